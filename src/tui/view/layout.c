/* Where the panes are on the screen and how they share it. Runs before every key and every frame;
 * does nothing while neither the screen nor the task nor the rows below have changed. */
#include "tui/view/answer_area_internal.h"
#include "tui/view/items_internal.h"
#include "tui/view/misspelt_internal.h"
#include "tui/view/shown_internal.h"
#include "tui/view/text_grid_internal.h"

#include <stdlib.h>

enum { MOVED_LEAST = 8 /* rows, for ncurses to let the terminal move most of them */ };

static const struct lw_task *task(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->task;
}

/* ---- what stands at the top of a pane stays there */

static void find_place(struct lw_pane *p)
{
    size_t line = p->top;
    if (p->rows == 0) {
        p->top = 0;
        return;
    }
    lw_doc_reach(&p->doc, p->top + (size_t)p->rows);
    if (p->at && (p->top == 0 || lw_doc_source(&p->doc, p->top) != p->at) &&
        lw_doc_find_source(&p->doc, p->at, &line))
        lw_doc_reach(&p->doc, line + (size_t)p->rows);
    p->top = line < lw_pane_last(p) ? line : lw_pane_last(p);
    p->at = NULL;
}

/* ---- which responses */

static int place_of(const struct lw_sitting *s, int response)
{
    int place = 0;
    while (lw_sitting_view(s)->order[place] != response)
        place++;
    return place;
}

void lw_layout_bring_response(struct lw_app *app, int response)
{
    int place = place_of(app->s, response);
    lw_layout_show_place(app, place);
    int pane = 1 + place - app->first;
    if (app->active != pane && app->zoom)
        app->laid_out = false;
    app->active = pane;
}

/* The pane follows the question to another response; until then `o` can show any. */
static void follow_focus(struct lw_app *app)
{
    int about = lw_app_focused_response(app);
    if (about >= 0 && about != app->followed)
        lw_layout_bring_response(app, about);
    app->followed = about;
}

/* The talk of the task as its panes show it; NULL for none. */
static const json_t *talk(const struct lw_app *app)
{
    return task(app)->talk ? json_array_get(task(app)->talk, 0) : NULL;
}

/* ---- sharing the rows */

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int lines(const struct lw_pane *p)
{
    return p->doc.n > 10000 ? 10000 : (int)p->doc.n;
}

static void place(struct lw_pane *p, int row, int col, int rows, int cols)
{
    p->row = row;
    p->col = col;
    p->rows = rows;
    p->cols = cols;
}

/* Rows for the prompt above `others` rows that the responses could use of `room` rows of text. */
static int prompt_rows(const struct lw_app *app, int room, int others)
{
    int wants = lines(&app->pane[0]);
    int modest = room / 4 > 3 ? room / 4 : 3;
    if (app->fold)
        return 1;
    if (wants <= modest || others + modest >= room)
        return least(wants, modest);
    return least(wants, room - others); /* the responses leave room over */
}

/* Columns of text; beside another one with a gap wide enough to part two columns of text. */
static int text_cols(const struct lw_app *app, int pane)
{
    struct lw_grid g = app->grid;
    int beside = pane > 0 ? lw_grid_in_row(g, lw_grid_row_of(g, pane - 1)) : 1;
    return beside > 1 ? lw_text_screen_cols(app) / beside - 4 : lw_text_screen_cols(app) - 2;
}

/* What the longest response of a row wants. While replies come the panes are as large as they may
 * become, so that nothing moves. */
static int wanted_rows(const struct lw_app *app, int row)
{
    int wants = lw_talk_live(talk(app)) > 0 ? app->rows : 1;
    for (int i = 1; i < app->npanes; i++)
        if (lw_grid_row_of(app->grid, i - 1) == row && lines(&app->pane[i]) > wants)
            wants = lines(&app->pane[i]);
    return wants;
}

static void place_row(struct lw_app *app, int row, int top, int rows)
{
    int wide = lw_text_screen_cols(app);
    for (int i = 1; i < app->npanes; i++) {
        int n = lw_grid_in_row(app->grid, row), nth = lw_grid_place_in_row(app->grid, i - 1);
        int col = wide * nth / n;
        if (lw_grid_row_of(app->grid, i - 1) == row)
            place(&app->pane[i], top, col, rows, wide * (nth + 1) / n - col);
    }
}

static void lay_grid(struct lw_app *app, int top, int rows)
{
    int wants[LW_GRID_MOST], share[LW_GRID_MOST], all = 0, n = app->grid.rows;
    for (int i = 0; i < n; i++)
        all += wants[i] = wanted_rows(app, i);
    int room = rows - 1 - n, prompt = prompt_rows(app, room, all);
    place(&app->pane[0], top + 1, 0, prompt, lw_text_screen_cols(app));
    lw_grid_share(room - prompt, wants, n, share);
    for (int i = 0, row = top + prompt + 2; i < n; row += share[i++] + 1)
        place_row(app, i, row, share[i]);
}

static bool beside(const struct lw_app *app)
{
    return app->grid.shown > 1 && app->grid.rows == 1;
}

/* Rows between header and questions. */
static int text_rows(const struct lw_app *app)
{
    return app->rows - 1 - lw_opening_rows(app) - lw_view_bottom_rows(app);
}

/* Rows of the task's words around a picture, at least: those of the prompt, its own, a speaker's.
 */
static int words_rows(const struct lw_app *app)
{
    const struct lw_task *t = task(app);
    size_t bytes = t->nturns > 0 ? t->turn[t->nturns - 1].text.n : 0;
    return 3 + (int)(bytes < 1000 ? bytes : 1000) / (app->cols - 2);
}

/* A picture has what its words leave; beside responses half of the rows; zoomed all but its name.
 */
static int picture_rows(const struct lw_app *app, int rows)
{
    int words = words_rows(app), room = rows - 1, half = room / 2;
    if (app->zoom)
        return room - 1;
    if (lw_text_count(app) > 0)
        return half;
    return room - words > half ? room - words : half;
}

/* The prompt's lines, from which follows how many responses have room beside it. */
static void fill_prompt(struct lw_app *app)
{
    lw_pictures_lay_out(&app->pictures, picture_rows(app, text_rows(app)));
    app->pane[0].response = -1;
    lw_pane_fill(app, &app->pane[0], text_cols(app, 0));
}

/* As many as there is room for; zoomed one at a time. Of what is hidden all lines count, where they
 * are known, so that nothing moves while it is uncovered. */
static void fit_panes(struct lw_app *app)
{
    int count = lw_text_count(app), prompt = lines(&app->pane[0]);
    if (lw_app_is_hidden(app))
        prompt = lw_panes_are_known(app)
                     ? lw_pane_count_lines(app, -1, text_cols(app, 0), app->rows)
                     : app->rows;
    prompt = app->fold ? 1 : prompt;
    struct lw_grid now = lw_text_grid(app, text_rows(app), lw_text_screen_cols(app), prompt);
    app->grid = app->zoom && count > 0 ? (struct lw_grid){1, 1} : now;
    lw_shown_fit(app, app->grid.shown);
}

/* Of a talk the sitting keeps only the newest texts. */
static void keep_texts(struct lw_app *app)
{
    json_t *was = app->talk_texts;
    app->talk_texts = json_incref(task(app)->talk);
    app->talk_has_changed = false;
    json_decref(was);
}

static void lay_out(struct lw_app *app)
{
    int top = 1 + lw_opening_rows(app), rows = text_rows(app);
    for (int i = 0; i < app->npanes; i++) {
        if (i > 0)
            lw_pane_fill(app, &app->pane[i], text_cols(app, i));
        place(&app->pane[i], 0, 0, 0, 0);
    }
    keep_texts(app);
    lw_pair_update(app, beside(app));
    if (app->zoom || app->npanes == 1)
        place(&app->pane[app->active], top + 1, 0, rows - 1, lw_text_screen_cols(app));
    else
        lay_grid(app, top, rows);
}

/* ---- the item asked about */

/* A span is where it stands in a text, the others are parts of the pane. */
static size_t line_of_item(const struct lw_app *app, struct lw_doc *doc, int item)
{
    size_t line;
    const struct lw_question *q = lw_app_question(app);
    if (item < 0 || !q || q->on != LW_ON_SPAN)
        return item < 0 ? SIZE_MAX : lw_doc_item_line(doc, item);
    if ((size_t)item >= task(app)->nspans)
        return SIZE_MAX;
    return lw_doc_find_source(doc, task(app)->span[item].text.s, &line) ? line : SIZE_MAX;
}

/* The pane scrolls to another turn, step or span when the question moves there. */
static void follow_item(struct lw_app *app)
{
    int pane, item = lw_items_focused(app, &pane);
    if (item == app->followed_item)
        return;
    app->followed_item = item;
    struct lw_pane *p = &app->pane[pane];
    size_t line = line_of_item(app, &p->doc, item);
    if (line == SIZE_MAX || p->rows <= 0)
        return;
    bool span = lw_app_question(app)->on == LW_ON_SPAN;
    size_t next = span ? line + 1 : lw_doc_item_line(&p->doc, item + 1), rows = (size_t)p->rows;
    size_t end = next != SIZE_MAX && next - line <= rows ? next : line + 1;
    if (line < p->top || end > p->top + rows)
        p->top = line > rows / 3 ? line - rows / 3 : 0;
}

/* ---- the whole */

/* A conversation opens at its last turn: the responses answer that. A single line shows the text,
 * not the speaker. */
static void open_at_last_turn(struct lw_pane *p)
{
    size_t top = 0, lines = lw_doc_reach(&p->doc, SIZE_MAX);
    for (size_t i = 0; i < lines; i++) {
        struct lw_doc_line l = lw_doc_line_at(&p->doc, i);
        if (l.heading && l.role != LW_ROLE_TITLE)
            top = p->rows == 1 ? i + 1 : i;
    }
    p->top = top < lw_pane_last(p) ? top : lw_pane_last(p);
}

/* What was just uncovered is on the screen, with its title. */
static void show_next(struct lw_app *app)
{
    struct lw_pane *p = &app->pane[0];
    lw_doc_reach(&p->doc, SIZE_MAX);
    size_t line = lw_doc_line_of(&p->doc, task(app)->next.s), title = line > 0 ? line - 1 : 0;
    app->active = 0;
    if (p->rows > 0 && p->doc.n > p->top + (size_t)p->rows)
        p->top = title < lw_pane_last(p) ? title : lw_pane_last(p);
}

static void begin_task(struct lw_app *app)
{
    lw_pictures_begin(&app->pictures);
    app->shown = lw_sitting_view(app->s)->show_count;
    app->zoom = false;
    app->uncovered = 0;
    app->talk_has_changed = false;
    app->reading = LW_READ_RENDERED;
    app->against = LW_AGAINST_USUAL;
    app->how.fold = false;
    lw_shown_begin(app);
    app->followed = app->followed_item = -1;
    app->hit_at = 0;
    app->active = task(app)->nresponses > 0 && !task(app)->unreadable ? 1 : 0;
    for (int i = 0; i < LW_PANES; i++) {
        app->pane[i].top = 0;
        app->pane[i].at = NULL;
    }
    free(app->left_at);
    app->left_at = lw_alloc((task(app)->nresponses + 1) * sizeof *app->left_at);
    app->laid_out = false;
}

/* What was said since: other panes, from their beginning; a reply that has grown stays where it is.
 * What the panes kept of the texts before is no more. True: other panes. */
static bool follow_talk(struct lw_app *app)
{
    const struct lw_task *t = task(app);
    bool others = app->talk_turns != t->nturns || app->talk_replies != t->nresponses;
    if (app->talked == lw_sitting_view(app->s)->talk_count)
        return false;
    app->talked = lw_sitting_view(app->s)->talk_count;
    app->talk_has_changed = true;
    app->talk_turns = t->nturns;
    app->talk_replies = t->nresponses;
    free(app->left_at);
    app->left_at = lw_alloc((t->nresponses + 1) * sizeof *app->left_at);
    for (int i = 0; i < LW_PANES; i++) {
        app->pane[i].at = NULL;
        app->pane[i].rows = 0;
    }
    if (others) {
        lw_shown_begin(app);
        app->active = t->nresponses > 0 ? 1 : 0;
    }
    app->laid_out = false;
    return others;
}

/* How many rows a text leaves empty when it moves. Over the whole width the terminal itself moves
 * the lines that stay, if they are many; else each is written again, so that they move seldom. */
static int empty_rows(const struct lw_app *app, const struct lw_pane *p)
{
    bool moved = p->cols == app->cols && p->rows >= MOVED_LEAST;
    return moved ? p->rows / 4 : p->rows * 2 / 3;
}

static void set_growing(struct lw_app *app)
{
    for (int i = 1; i < app->npanes; i++) {
        struct lw_pane *p = &app->pane[i];
        p->growing = lw_talk_grows(app, p->response) ? empty_rows(app, p) : 0;
    }
}

void lw_layout_update(struct lw_app *app)
{
    if (!task(app) || app->rows < LW_MIN_ROWS || app->cols < LW_MIN_COLS)
        return;
    bool anew = app->shown != lw_sitting_view(app->s)->show_count, folded = app->pane[0].rows == 1;
    bool said = follow_talk(app) && !anew;
    if (anew)
        begin_task(app);
    else
        lw_shown_follow_active(app);
    follow_focus(app);
    lw_answer_area_update(app);
    bool next = lw_app_shows_next(app), uncovered = !anew && next && !app->next_shown;
    if (app->laid_out && app->bottom == lw_view_bottom_rows(app) &&
        app->top == lw_opening_rows(app) && app->next_shown == next) {
        follow_item(app);
        return;
    }
    app->bottom = lw_view_bottom_rows(app);
    app->top = lw_opening_rows(app);
    app->next_shown = next;
    if (!anew)
        lw_shown_note_place(&app->pane[0]);
    int first = app->first, shown = app->npanes;
    fill_prompt(app);
    fit_panes(app);
    lay_out(app);
    set_growing(app);
    for (int i = 0; i < app->npanes; i++)
        find_place(&app->pane[i]);
    if (anew || said || (app->pane[0].rows == 1) != folded)
        open_at_last_turn(&app->pane[0]);
    if (!anew && app->link && (app->first != first || app->npanes != shown))
        lw_pair_follow(app); /* those that came back were left elsewhere */
    if (uncovered)
        show_next(app);
    follow_item(app);
    lw_hits_update(app);
    lw_misspelt_panes_update(app);
    app->laid_out = true;
}
