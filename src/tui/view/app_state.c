/* Questions about the state of the screen: what is asked, shown, hidden, listed. They change
 * nothing and draw nothing; views and actions both ask them. */
#define _GNU_SOURCE
#include "tui/view/app_state_internal.h"

#include "tui/view/view_texts_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- the task */

const struct lw_question *lw_app_question(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    return s->task && s->nslots ? &s->opts.project->question[s->slot[s->focus].question] : NULL;
}

int lw_app_focused_response(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    return s->task && s->nslots ? lw_slot_response(s->opts.project, s->task, s->slot[s->focus])
                                : -1;
}

bool lw_app_is_shown(const struct lw_app *app, int response)
{
    for (int i = 1; i < app->npanes; i++)
        if (app->pane[i].rows > 0 && app->pane[i].response == response)
            return true;
    return false;
}

bool lw_app_is_judged(const struct lw_app *app, int response)
{
    return response >= 0 && lw_sitting_view(app->s)->task->nresponses > 1 &&
           lw_app_focused_response(app) == response;
}

static const struct lw_task *task(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->task;
}

bool lw_app_has_pair(const struct lw_app *app)
{
    return task(app) && task(app)->nresponses == 2;
}

bool lw_app_shows_next(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    return s->task && lw_next_is_shown(s->opts.project, s->task, s->answers);
}

const char *lw_app_hiding_tag(const struct lw_app *app)
{
    return task(app) ? lw_sitting_hiding_tag(app->s, task(app)) : NULL;
}

bool lw_app_is_hidden(const struct lw_app *app)
{
    return app->uncovered < SIZE_MAX && lw_app_hiding_tag(app) != NULL;
}

bool lw_app_is_covered(const struct lw_app *app)
{
    return app->uncovered == 0 && lw_app_is_hidden(app);
}

size_t lw_pane_last(const struct lw_pane *p)
{
    size_t rows = (size_t)(p->rows > p->growing ? p->rows - p->growing : 0);
    return rows > 0 && p->doc.n > (size_t)p->rows ? p->doc.n - rows : 0;
}

bool lw_pane_shows_end(const struct lw_pane *p)
{
    return p->doc.complete && p->top + (size_t)p->rows >= p->doc.n;
}

/* ---- corrections and the word diff */

int lw_text_cols(const struct lw_app *app, int cols)
{
    return cols > app->how.cols ? app->how.cols : cols > 1 ? cols : 1;
}

bool lw_app_writes_own(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    return q && (q->type == LW_Q_WRITE || q->type == LW_Q_TALK);
}

struct lw_correction_rows lw_correction_rows(const struct lw_app *app)
{
    int side = app->cols < LW_WIDE_COLS ? 0 : (app->cols + 1) / 2;
    bool renders = side && app->correction.renders;
    int room = app->rows - 4 - renders; /* header, titles, a rule, the keys */
    int below = room * 2 / 5, text = side && !renders ? room : room - below;
    int left = lw_text_cols(app, (side ? side : app->cols) - 2);
    int right = lw_text_cols(app, app->cols - side - 2);
    return (struct lw_correction_rows){
        .text = text,
        .cols = left,
        .diff = side && !renders ? room : below,
        .diff_cols = side && !renders ? right : lw_text_cols(app, app->cols - 2),
        .side = side,
        .side_cols = right,
        .rendered = renders ? text : 0,
    };
}

struct lw_span lw_entry_text(const struct lw_app *app)
{
    struct lw_span t;
    t.s = lw_edit_text(app->input, &t.n);
    return t;
}

bool lw_app_is_writing(const struct lw_app *app)
{
    return app->input && (app->input_for == LW_DIALOG_EDIT || app->input_for == LW_DIALOG_TEXT ||
                             app->input_for == LW_DIALOG_SKIP);
}

int lw_dialog_rows(const struct lw_app *app)
{
    return app->input_for != LW_DIALOG_TEXT ? 3 : app->rows >= 30 ? 10 : 6;
}

struct lw_typed_lines lw_typed_lines(const struct lw_app *app)
{
    if (app->input_for == LW_DIALOG_EDIT) {
        struct lw_correction_rows r = lw_correction_rows(app);
        return (struct lw_typed_lines){app->correction.top, r.text, r.cols};
    }
    int rows = lw_dialog_rows(app) - 2, cols = app->cols - 4;
    size_t at = lw_reflow_line_of(lw_edit_lines(app->input, cols), lw_edit_cursor(app->input));
    size_t top = at >= (size_t)rows ? at - (size_t)rows + 1 : 0;
    return (struct lw_typed_lines){top, rows, cols};
}

struct lw_span lw_correction_theirs(const struct lw_app *app)
{
    struct lw_span t = {0};
    if (app->over == LW_OVERLAY_EDIT && lw_sitting_view(app->s)->theirs)
        t = lw_sitting_their_text(app->s);
    return t.s && !lw_span_is_same(t, lw_entry_text(app)) ? t : (struct lw_span){0};
}

struct lw_span lw_correction_original(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    if (lw_app_writes_own(app))
        return (struct lw_span){0};
    return lw_slot_text(s->opts.project, s->task, s->slot[s->focus]);
}

/* The correction of the response, by the focused edit question or the first one answered. Empty
 * when there is none, or it changes nothing. */
static struct lw_span correction(const struct lw_app *app, int response)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    struct lw_span found = {0};
    for (size_t k = 0; k < s->nslots && !found.s; k++) {
        struct lw_slot slot = s->slot[(s->focus + k) % s->nslots];
        const json_t *v = lw_answer_get(s->opts.project, s->task, s->answers, slot);
        const json_t *text = json_object_get(v, "text");
        const struct lw_question *q = &s->opts.project->question[slot.question];
        if (q->on == LW_ON_RESPONSE && slot.item == response && json_is_string(text) &&
            !lw_edit_is_same(v) && q->type == LW_Q_EDIT)
            found = (struct lw_span){json_string_value(text), json_string_length(text)};
    }
    return found;
}

static struct lw_span response_text(const struct lw_app *app, int response)
{
    return lw_sitting_view(app->s)->task->response[response].text;
}

/* What was chosen to compare with; NULL for the response itself, or without a choice. */
static struct lw_span chosen_text(const struct lw_app *app, int response)
{
    if (app->against == LW_AGAINST_REFERENCE)
        return lw_sitting_view(app->s)->task->reference;
    bool other = app->against >= 0 && app->against != response;
    return other ? response_text(app, app->against) : (struct lw_span){0};
}

enum lw_diff_shows lw_diff_sides(
    const struct lw_app *app, int response, struct lw_span *a, struct lw_span *b)
{
    const int *order = lw_sitting_view(app->s)->order;
    *a = chosen_text(app, response);
    *b = response_text(app, response);
    if (app->against != LW_AGAINST_USUAL)
        return a->s ? LW_SHOWS_BOTH : LW_SHOWS_NONE;
    if (lw_app_has_pair(app)) {
        *a = response_text(app, order[0]);
        *b = response_text(app, order[1]);
        return response == order[0] ? LW_SHOWS_OUT : LW_SHOWS_IN;
    }
    *a = *b;
    *b = correction(app, response);
    return b->s ? LW_SHOWS_BOTH : LW_SHOWS_NONE;
}

bool lw_diff_is_of_answers(const struct lw_app *app)
{
    return app->against == LW_AGAINST_USUAL && !lw_app_has_pair(app);
}

void lw_diff_title(const struct lw_app *app, int pane, char *to, size_t n)
{
    struct lw_span a, b;
    int response = app->pane[pane].response;
    to[0] = '\0';
    if (!app->word_diff || app->reading == LW_READ_RAW || response < 0 ||
        lw_diff_sides(app, response, &a, &b) == LW_SHOWS_NONE)
        return;
    if (app->against == LW_AGAINST_REFERENCE)
        snprintf(to, n, LW_VIEW_DIFF_TO_REFERENCE);
    else if (app->against >= 0)
        snprintf(to, n, LW_VIEW_DIFF_TO, lw_sitting_letter(app->s, app->against));
    else
        snprintf(to, n, LW_VIEW_PANE_DIFF);
}

size_t lw_app_suggestions(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    size_t n = 0;
    for (size_t i = 0; i < v->nslots && v->task->suggestions; i++)
        n += lw_suggestion_left(v->opts.project, v->task, v->answers, v->slot[i]) != NULL;
    return n;
}

/* ---- the list of options */

bool lw_picker_is_needed(const struct lw_question *q)
{
    return q->type == LW_Q_CHOICE && q->noptions > LW_DIGITS;
}

bool lw_picker_matches(const struct lw_app *app, const struct lw_option *o)
{
    if (app->filter.len == 0)
        return true;
    return strcasestr(o->label, app->filter.data) || strcasestr(o->path, app->filter.data);
}

const json_t *lw_picker_value(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    enum lw_qtype type = lw_app_question(app)->type;
    return type == LW_Q_SPANS ? lw_marking_tags(app)
           : type == LW_Q_BOXES
               ? lw_boxing_tags(app)
               : lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
}

bool lw_picker_has(const struct lw_app *app, size_t option)
{
    return lw_option_is_in(&lw_app_question(app)->option[option], lw_picker_value(app));
}

bool lw_option_is_in(const struct lw_option *o, const json_t *v)
{
    const char *path = o->path;
    size_t i;
    json_t *tag;
    if (json_is_string(v))
        return strcmp(json_string_value(v), path) == 0;
    json_array_foreach(v, i, tag) if (strcmp(json_string_value(tag), path) == 0) return true;
    return false;
}

/* ---- the palette */

/* How well a command matches what was typed, 0 the best. */
enum fit { IS_NAME, BEGINS, IN_NAME, SPREAD_IN_NAME, IN_HELP, NO_FIT };

/* True when `whole` contains all letters of `part`, in this order. */
static bool spread_in(const char *whole, const char *part)
{
    for (; *whole && *part; whole++)
        if (tolower((unsigned char)*whole) == tolower((unsigned char)*part))
            part++;
    return !*part;
}

static enum fit fit_of(const struct lw_command_row *c, const char *typed)
{
    if (strcasecmp(c->name, typed) == 0)
        return IS_NAME;
    if (strncasecmp(c->name, typed, strlen(typed)) == 0)
        return BEGINS;
    if (strcasestr(c->name, typed))
        return IN_NAME;
    if (spread_in(c->name, typed))
        return SPREAD_IN_NAME;
    return strcasestr(c->help, typed) ? IN_HELP : NO_FIT;
}

/* Keeps to[from..n) in the order of use; equal ones stay in the order of the table. */
static size_t insert_by_use(
    const struct lw_app *app, enum lw_command_id *to, size_t from, size_t n, enum lw_command_id id)
{
    size_t at = n;
    for (; at > from && app->uses[to[at - 1]] < app->uses[id]; at--)
        to[at] = to[at - 1];
    to[at] = id;
    return n + 1;
}

static size_t find_commands(
    const struct lw_app *app, enum lw_command_id but, enum lw_command_id *to)
{
    const char *typed = app->filter.len ? app->filter.data : "";
    size_t n = 0;
    for (int fit = IS_NAME; fit < NO_FIT; fit++) {
        size_t from = n;
        for (int id = 0; id < LW_CMD_TABLE_END; id++)
            if (id != LW_CMD_DIGIT && id != (int)but &&
                fit_of(&lw_command_table[id], typed) == (enum fit)fit)
                n = insert_by_use(app, to, from, n, (enum lw_command_id)id);
    }
    return n;
}

size_t lw_palette_find(const struct lw_app *app, enum lw_command_id *to)
{
    return find_commands(app, LW_CMD_PALETTE, to);
}

/* The digits are ten keys of one command. */
size_t lw_remap_find(const struct lw_app *app, enum lw_command_id *to)
{
    return find_commands(app, LW_CMD_DIGIT, to);
}

/* ---- the task list */

int lw_list_detail_rows(const struct lw_app *app)
{
    return app->rows >= 20 ? 4 : 0; /* a rule, and three of text */
}

int lw_list_rows(const struct lw_app *app)
{
    return app->rows - 4 - lw_list_detail_rows(app); /* a rule, the column heads; message, footer */
}

bool lw_list_is_filtering(const struct lw_app *app)
{
    return lw_filter_more(&app->list.filter, app->s);
}

bool lw_list_is_complete(const struct lw_app *app)
{
    const struct lw_tasks *t = lw_sitting_view(app->s)->opts.tasks;
    return !lw_list_is_filtering(app) && (lw_tasks_complete(t) || lw_tasks_error(t));
}

bool lw_list_is_searching(const struct lw_app *app)
{
    return app->list.next != SIZE_MAX;
}

/* A search that has caught up with the index goes on when there are more tasks. */
static bool can_search(const struct lw_app *app)
{
    const struct lw_list *l = &app->list;
    return lw_list_is_searching(app) &&
           (l->next < lw_filter_count(&l->filter, app->s) || lw_list_is_complete(app));
}

bool lw_list_has_work(const struct lw_app *app)
{
    return app->over == LW_OVERLAY_LIST && (lw_list_is_filtering(app) || can_search(app));
}

bool lw_app_has_work(const struct lw_app *app)
{
    return app->spelling.waits || app->pictures.waits || lw_sitting_counts(app->s) ||
           (app->over == LW_OVERLAY_EDIT && app->correction.like_waits) || lw_list_has_work(app);
}

/* ---- scrolling and typing */

int lw_pager_rows(const struct lw_app *app)
{
    return app->rows - 4; /* a title rule, a rule, message, footer */
}

/* Help has short lines: two columns of them where there is room. */
int lw_pager_columns(const struct lw_app *app)
{
    enum { TWO_FROM = 100 };
    return app->over == LW_OVERLAY_HELP && app->cols >= TWO_FROM ? 2 : 1;
}

int lw_pager_cols(const struct lw_app *app)
{
    return app->cols / lw_pager_columns(app) - 2;
}

int lw_help_key_cols(const struct lw_app *app)
{
    enum { ENOUGH = 56 };
    return lw_pager_cols(app) < ENOUGH ? 12 : 16;
}

size_t lw_pager_lines(const struct lw_app *app)
{
    int lines = lw_pager_rows(app) * lw_pager_columns(app);
    return lines > 0 ? (size_t)lines : 0;
}

size_t lw_jump_rows(const struct lw_app *app)
{
    int rows =
        (app->rows - 4) / (app->jump.links ? 2 : 1); /* a title rule, a rule, message, footer */
    return rows > 1 ? (size_t)rows : 1;
}

long lw_scroll_lines(enum lw_command_id id, long page, long all)
{
    const long by[LW_CMD_TABLE_END] = {
        [LW_CMD_LINE_DOWN] = 1,
        [LW_CMD_LINE_UP] = -1,
        [LW_CMD_PAGE_DOWN] = page > 1 ? page : 1,
        [LW_CMD_PAGE_UP] = page > 1 ? -page : -1,
        [LW_CMD_TOP] = -all,
        [LW_CMD_BOTTOM] = all,
    };
    return id < LW_CMD_TABLE_END ? by[id] : 0;
}

bool lw_app_is_typing(const struct lw_app *app)
{
    return app->over == LW_OVERLAY_DIALOG || app->over == LW_OVERLAY_EDIT ||
           app->over == LW_OVERLAY_PALETTE || (app->over == LW_OVERLAY_PICKER && app->filtering) ||
           app->page_find.typing ||
           (app->over == LW_OVERLAY_LIST && app->list.typing != LW_TYPING_NONE);
}
