/* Commands that only change how the task is read: panes, scrolling, folding, hiding, the word diff.
 */
#include "tui/app/screens_internal.h"
#include "tui/view/curtain_internal.h"

#include <limits.h>
#include <stdio.h>

/* ---- scrolling */

static struct lw_pane *active(struct lw_app *app)
{
    return &app->pane[app->active];
}

static void scroll_pane(struct lw_pane *p, long by)
{
    if (by > 0)
        lw_doc_reach(&p->doc, p->top + (size_t)by + (size_t)p->rows + 1);
    long last = (long)lw_pane_last(p), to = (long)p->top + by;
    p->top = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static void scroll(struct lw_app *app, long by)
{
    scroll_pane(active(app), by);
    lw_pair_follow(app);
}

static void scroll_by(struct lw_app *app, enum lw_command_id id)
{
    const struct lw_pane *p = active(app);
    if (id == LW_CMD_PAGE_DOWN && p->top >= lw_pane_last(p) && app->npanes > 1)
        lw_app_other_pane(app);
    else
        scroll(app, lw_scroll_lines(id, p->rows - 1, LONG_MAX / 2));
    lw_app_ask_about_seen(app);
}

/* ---- the word diff */

static void notify_counts(struct lw_app *app, const char *of, struct lw_span a, struct lw_span b)
{
    struct lw_diff diff = {0};
    lw_diff_words(&diff, a.s, a.n, b.s, b.n);
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_DIFF_COUNTS, of, diff.words_in,
        diff.words_in == 1 ? "" : "s", diff.words_out, diff.coarse ? LW_APP_DIFF_COARSE : "");
    lw_diff_fini(&diff);
}

/* Scrolls to the first change if the pane shows none. */
static void scroll_to_change(struct lw_pane *p)
{
    size_t rows = (size_t)(p->rows > 0 ? p->rows : 1);
    if (p->doc.nmarks == 0)
        return;
    for (size_t i = 0; i < p->doc.nmarks; i++) {
        size_t line = lw_doc_line_of(&p->doc, p->doc.mark[i].at.s);
        if (line >= p->top && line < p->top + rows)
            return;
    }
    size_t line = lw_doc_line_of(&p->doc, p->doc.mark[0].at.s), last = lw_pane_last(p);
    p->top = line > rows / 3 ? line - rows / 3 : 0;
    p->top = p->top < last ? p->top : last;
}

static void scroll_to_changes(struct lw_app *app)
{
    lw_layout_update(app);
    for (int i = 1; i < app->npanes; i++)
        scroll_to_change(&app->pane[i]);
}

static const char *compared(const struct lw_app *app, char to[32])
{
    if (app->against == LW_AGAINST_REFERENCE)
        return LW_APP_DIFF_REFERENCE;
    if (app->against < 0)
        return lw_app_has_pair(app) ? LW_APP_DIFF_PAIR : LW_APP_DIFF_CORRECTION;
    snprintf(to, 32, LW_APP_DIFF_FROM, lw_sitting_letter(app->s, app->against));
    return to;
}

static void show_diff(struct lw_app *app)
{
    char of[32];
    struct lw_span a, b;
    app->laid_out = false;
    enum lw_diff_shows shows =
        app->npanes > 1
            ? lw_diff_sides(app, app->pane[app->active ? app->active : 1].response, &a, &b)
            : LW_SHOWS_NONE;
    if (shows != LW_SHOWS_NONE)
        notify_counts(app, compared(app, of), a, b);
    else if (app->against >= 0)
        lw_sitting_notify(
            app->s, LW_TONE_INFO, LW_APP_DIFF_ITSELF, lw_sitting_letter(app->s, app->against));
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s",
            lw_sitting_view(app->s)->task->nresponses > 2 ? LW_APP_DIFF_OTHERS
                                                          : LW_APP_DIFF_NOTHING);
    scroll_to_changes(app);
}

static void end_diff(struct lw_app *app)
{
    app->word_diff = app->laid_out = false;
    app->against = LW_AGAINST_USUAL;
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_DIFF_OFF);
}

static void word_diff(struct lw_app *app)
{
    app->word_diff = !app->word_diff;
    if (app->word_diff)
        show_diff(app);
    else
        end_diff(app);
}

/* The response that is next to compare with, by letter; then the reference; then none, as before. A
 * and B of a pair are compared with each other by `d` already. */
static int next_against(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    int n = lw_app_has_pair(app) ? 0 : (int)v->task->nresponses, place = 0;
    if (app->against == LW_AGAINST_REFERENCE)
        return LW_AGAINST_USUAL;
    while (app->against >= 0 && place < n && v->order[place++] != app->against) {
    }
    if (n > 1 && place < n)
        return v->order[place];
    return v->task->reference.s ? LW_AGAINST_REFERENCE : LW_AGAINST_USUAL;
}

static void compare_with_next(struct lw_app *app)
{
    bool was = app->word_diff && app->against != LW_AGAINST_USUAL;
    app->against = next_against(app);
    app->word_diff = app->against != LW_AGAINST_USUAL;
    if (app->word_diff)
        show_diff(app);
    else if (was)
        end_diff(app);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s",
            lw_app_has_pair(app) ? LW_APP_COMPARE_PAIR : LW_APP_COMPARE_NONE);
}

/* The line of the change that is next behind the line `at`, or before it; SIZE_MAX for none. */
static size_t next_change(const struct lw_doc *doc, size_t at, int by, size_t *nth)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < doc->nmarks; i++) {
        size_t line = lw_doc_line_of(doc, doc->mark[i].at.s);
        if (by > 0 ? line > at && found == SIZE_MAX : line < at) {
            found = line;
            *nth = i;
        }
    }
    return found;
}

/* The line where the change that was gone to last stands: a third of the pane below the top. */
void lw_app_next_change(struct lw_app *app, int by)
{
    if (app->active == 0 && app->npanes > 1)
        lw_app_go_to_pane(app, 1);
    lw_layout_update(app);
    struct lw_pane *p = active(app);
    size_t third = (size_t)(p->rows > 0 ? p->rows : 1) / 3, nth = 0;
    size_t from = app->change_top == p->top ? app->change : p->top;
    size_t line = next_change(&p->doc, from, by, &nth);
    if (line == SIZE_MAX) {
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s",
            p->doc.nmarks == 0 ? LW_APP_NO_CHANGES
            : by > 0           ? LW_APP_LAST_CHANGE
                               : LW_APP_FIRST_CHANGE);
        return;
    }
    p->top = line > third ? line - third : 0;
    p->top = p->top < lw_pane_last(p) ? p->top : lw_pane_last(p);
    app->change = line;
    app->change_top = p->top;
    lw_pair_follow(app);
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_CHANGE_OF, nth + 1, p->doc.nmarks);
}

/* ---- switches */

static void flip(struct lw_app *app, bool *flag)
{
    *flag = !*flag;
    app->laid_out = false;
}

static bool has_markdown(const struct lw_app *app)
{
    for (int i = 0; i < app->npanes; i++)
        if (lw_doc_has_markdown(&app->pane[i].doc))
            return true;
    return false;
}

/* Rendered, source, source with every character; the source alone only where it differs. */
static void next_reading(struct lw_app *app)
{
    static const char *const message[] = {LW_APP_RENDERED, LW_APP_SOURCE, LW_APP_RAW};
    bool skip = app->reading == LW_READ_RENDERED && !has_markdown(app);
    app->reading = app->reading == LW_READ_RAW ? LW_READ_RENDERED : app->reading + 1;
    app->reading = skip ? LW_READ_RAW : app->reading;
    app->laid_out = false;
    lw_sitting_notify(app->s, LW_TONE_INFO, "%s", message[app->reading]);
}

static void fold_blocks(struct lw_app *app)
{
    flip(app, &app->how.fold);
    lw_sitting_notify(app->s, LW_TONE_INFO, "%s", app->how.fold ? LW_APP_FOLDED : LW_APP_UNFOLDED);
}

static void number_lines(struct lw_app *app)
{
    flip(app, &app->how.numbers);
    lw_sitting_notify(
        app->s, LW_TONE_INFO, "%s", app->how.numbers ? LW_APP_NUMBERED : LW_APP_NOT_NUMBERED);
}

/* What only changes how a text is laid out. */
static void lay_out_otherwise(struct lw_app *app, enum lw_command_id id)
{
    if (app->reading != LW_READ_RENDERED)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOT_LAID_OUT);
    else if (id == LW_CMD_FOLD_BLOCKS)
        fold_blocks(app);
    else
        number_lines(app);
}

static void link_scroll(struct lw_app *app)
{
    size_t count = lw_sitting_view(app->s)->task ? lw_sitting_view(app->s)->task->nresponses : 0;
    if (count < 2 || (app->npanes == 2 && !app->zoom && !app->link)) {
        lw_sitting_notify(
            app->s, LW_TONE_INFO, "%s", count < 2 ? LW_APP_ONE_RESPONSE : LW_APP_ONE_AT_A_TIME);
        return;
    }
    app->link = !app->link;
    app->laid_out = false;
    lw_sitting_notify(app->s, LW_TONE_INFO, app->link ? LW_APP_SCROLL_LINKED : LW_APP_SCROLL_FREE);
}

/* ---- a hidden task */

/* The next piece comes on the screen, its first line at the bottom at least. */
static void uncover_next(struct lw_app *app)
{
    int response = lw_curtain_owner(app, app->uncovered);
    if (response >= 0)
        lw_layout_bring_response(app, response);
    else
        lw_app_go_to_pane(app, 0);
    lw_layout_update(app);
    struct lw_pane *p = &app->pane[lw_shown_pane(app, response)];
    size_t line = p->doc.n > 0 ? p->doc.n - 1 : 0; /* that says what is hidden */
    app->uncovered = app->uncovered + 1 < lw_curtain_pieces(app) ? app->uncovered + 1 : SIZE_MAX;
    app->laid_out = false;
    lw_layout_update(app);
    if (p->rows > 0 && line >= p->top + (size_t)p->rows)
        p->top = line < lw_pane_last(p) ? line : lw_pane_last(p);
}

static void cover(struct lw_app *app, enum lw_command_id id)
{
    if (!lw_app_hiding_tag(app)) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOT_HIDDEN);
        return;
    }
    app->laid_out = false;
    if (app->uncovered == SIZE_MAX)
        app->uncovered = 0;
    else if (id == LW_CMD_CURTAIN_ALL)
        app->uncovered = SIZE_MAX;
    else
        uncover_next(app);
}

/* ---- the whole */

static bool is_of_picture(enum lw_command_id id)
{
    return id >= LW_CMD_LARGER && id <= LW_CMD_PICTURE_FILTER;
}

static void other_pane(struct lw_app *app)
{
    lw_app_other_pane(app);
    lw_layout_update(app);
    lw_app_ask_about_seen(app);
}

void lw_app_read(struct lw_app *app, enum lw_command_id id)
{
    if (id == LW_CMD_LINK)
        link_scroll(app);
    else if (id == LW_CMD_CURTAIN || id == LW_CMD_CURTAIN_ALL)
        cover(app, id);
    else if (!lw_sitting_view(app->s)->task)
        return;
    else if (is_of_picture(id))
        lw_app_picture(app, id);
    else if (id == LW_CMD_PANE)
        other_pane(app);
    else if (id == LW_CMD_NEXT_ITEM || id == LW_CMD_PREV_ITEM)
        lw_app_next_item(app, id == LW_CMD_NEXT_ITEM ? 1 : -1);
    else if (id == LW_CMD_ZOOM)
        flip(app, &app->zoom);
    else if (id == LW_CMD_RAW)
        next_reading(app);
    else if (id == LW_CMD_FOLD)
        flip(app, &app->fold);
    else if (id == LW_CMD_FOLD_BLOCKS || id == LW_CMD_NUMBERS)
        lay_out_otherwise(app, id);
    else if (id == LW_CMD_WORD_DIFF)
        word_diff(app);
    else if (id == LW_CMD_COMPARE_WITH)
        compare_with_next(app);
    else
        scroll_by(app, id);
}
