/* The task list: title, one line a task, and the line for a search or a filter. */
#define _GNU_SOURCE
#include "tui/view/view_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/text/find.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Where the columns begin. */
struct columns {
    int number, digits, mark, state, when, answers, task;
    bool labeled; /* when and answers are there */
};

static bool any_labeled(const struct lw_app *app)
{
    return lw_ledger_last(lw_sitting_view(app->s)->opts.ledger) != NULL;
}

/* Numbers are as wide as the last of them. The task has what the answers leave, three fifths of the
 * rest; before the first label all of it. */
static struct columns columns_of(const struct lw_app *app, struct lw_area a)
{
    enum { NUMBER = 3, STATE_COLS = 9, WHEN_COLS = 14 };
    int digits = snprintf(NULL, 0, "%zu", lw_tasks_count(lw_sitting_view(app->s)->opts.tasks));
    struct columns c = {.number = NUMBER, .digits = digits > 3 ? digits : 3};
    c.mark = NUMBER + c.digits;
    c.state = c.mark + 2;
    c.when = c.state + STATE_COLS;
    c.answers = c.when + WHEN_COLS;
    c.labeled = any_labeled(app);
    c.task = c.labeled ? c.answers + (a.cols - c.answers) * 2 / 5 : c.when;
    return c;
}

static const char *state_of(const struct lw_listed *l)
{
    if (l->draft && l->state != LW_TASK_SKIPPED) /* a skipped task keeps its draft */
        return LW_VIEW_DRAFT;
    if (l->state == LW_TASK_SKIPPED)
        return LW_VIEW_SKIPPED;
    return l->state == LW_TASK_OPEN ? "" : l->changed ? LW_VIEW_CHANGED : LW_VIEW_DONE;
}

/* "today 09:14", "yest. 16:02", "3 Nov 16:02", "2025-11-03". */
static void format_when(int64_t then_ms, int64_t now_ms, char *to, size_t n)
{
    time_t then = (time_t)(then_ms / 1000), now = (time_t)(now_ms / 1000);
    time_t yesterday = now - 24 * 60 * 60;
    struct tm t, today, before;
    localtime_r(&then, &t);
    localtime_r(&now, &today);
    localtime_r(&yesterday, &before);
    const char *format = t.tm_year != today.tm_year ? "%Y-%m-%d" : "%e %b %H:%M";
    if (t.tm_year == today.tm_year && t.tm_yday == today.tm_yday)
        format = LW_VIEW_TODAY;
    else if (t.tm_year == before.tm_year && t.tm_yday == before.tm_yday)
        format = LW_VIEW_YESTERDAY;
    strftime(to, n, format, &t);
}

/* Of the text in this row, which is whole or its beginning, the part [at, at + n). */
static void mark_part(
    struct lw_area a, int row, int col, const char *text, size_t at, size_t n, enum lw_role role)
{
    int room = a.cols - col - 1, from = lw_cols(text, at, room);
    int cols = lw_cols(text + at, n, room);
    if (from < room)
        lw_draw_restyle(a, row, col + from, from + cols < room ? cols : room - from, role);
}

/* Why the row was found; also the row that keys go to has another style. */
static void mark_match(
    const struct lw_app *app, const struct lw_listed *l, struct lw_area a, int row, int col)
{
    size_t n = l->text ? strlen(l->text) : 0, len;
    struct lw_needle needle;
    if (app->list.excerpt != l->nth || n == 0)
        return;
    lw_needle_init(&needle, app->filter.data, app->filter.len);
    for (size_t at = 0; (at = lw_find(&needle, l->text, n, at, &len)) < n; at += len)
        mark_part(a, row, col, l->text, at, len, LW_ROLE_CHOSEN);
    lw_needle_fini(&needle);
}

static void draw_line(
    const struct lw_app *app, struct lw_area a, int row, const struct lw_listed *l, bool here)
{
    enum lw_role role = here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
    struct columns c = columns_of(app, a);
    char when[32] = "";
    lw_draw(a, row, 1, role, "%s", here ? ">" : " ");
    lw_draw(a, row, c.number, role, "%*zu", c.digits, l->nth + 1);
    lw_draw(a, row, c.mark, LW_ROLE_STATE, "%s", l->marked ? "*" : "");
    lw_draw(a, row, c.state, LW_ROLE_STATE, "%s", state_of(l));
    if (l->time_ms)
        format_when(
            l->time_ms, lw_clock_utc_ms(lw_sitting_view(app->s)->opts.sys), when, sizeof when);
    if (c.labeled)
        lw_draw(a, row, c.when, LW_ROLE_DIM, "%s", when);
    if (c.labeled && l->answers)
        lw_draw_clipped(a, row, c.answers, c.task - c.answers - 2, LW_ROLE_ANSWER, l->answers,
            strlen(l->answers));
    if (l->text)
        lw_draw_clipped(a, row, c.task, a.cols - c.task - 1, role, l->text, strlen(l->text));
    mark_match(app, l, a, row, c.task);
    if (here)
        lw_draw_cursor(a, row, 1);
}

static void draw_heads(const struct lw_app *app, struct lw_area a)
{
    struct columns c = columns_of(app, a);
    lw_draw(a, 0, c.number, LW_ROLE_DIM, "%*s", c.digits, LW_VIEW_HEAD_NUMBER);
    lw_draw(a, 0, c.state, LW_ROLE_DIM, LW_VIEW_HEAD_STATE);
    if (c.labeled) {
        lw_draw(a, 0, c.when, LW_ROLE_DIM, LW_VIEW_HEAD_WHEN);
        lw_draw(a, 0, c.answers, LW_ROLE_DIM, LW_VIEW_HEAD_ANSWERS);
    }
    lw_draw(a, 0, c.task, LW_ROLE_DIM, LW_VIEW_HEAD_TASK);
}

struct marking {
    struct lw_area a;
    const struct lw_doc *doc;
};

static bool mark_in_detail(void *ctx, struct lw_span at)
{
    const struct marking *m = ctx;
    for (int row = 0; row < m->a.rows && (size_t)row < m->doc->n; row++) {
        struct lw_doc_line l = lw_doc_line_at(m->doc, (size_t)row);
        lw_doc_restyle(m->a, row, 1, &l, at, LW_ROLE_CHOSEN);
    }
    return true;
}

static void mark_detail(const struct lw_app *app, struct lw_area a, struct lw_doc *doc)
{
    struct marking m = {a, doc};
    struct lw_needle needle;
    lw_needle_init(&needle, app->filter.data, app->filter.len);
    lw_doc_find(doc, &needle, mark_in_detail, &m);
    lw_needle_fini(&needle);
}

/* What the columns above cut off. */
static void draw_detail(const struct lw_app *app, struct lw_area a, const struct lw_listed *l)
{
    struct lw_buf whole = {0};
    struct lw_doc doc = {0};
    char title[32];
    snprintf(title, sizeof title, "%zu", l->nth + 1);
    lw_view_titled_rule(a, 0, title, LW_ROLE_TITLE, "");
    if (l->answers && *l->answers)
        lw_buf_fmt(&whole, "%s  ", l->answers);
    lw_buf_str(&whole, l->text ? l->text : "");
    a = lw_area_rows(a, 1, a.rows - 1);
    lw_doc_text(
        &doc, (struct lw_span){whole.data, whole.len}, a.cols - 2, LW_ROLE_TEXT, LW_READ_SOURCE);
    lw_doc_reach(&doc, (size_t)a.rows + 1);
    lw_doc_draw(&doc, 0, a, 1);
    if (app->list.excerpt == l->nth)
        mark_detail(app, a, &doc);
    if (doc.n > (size_t)a.rows) {
        lw_draw(a, a.rows - 1, a.cols - 1, LW_ROLE_DIM, "…");
        lw_draw_tell_cut(a, whole.data, whole.len);
    }
    lw_doc_fini(&doc);
    lw_buf_fini(&whole);
}

static void draw_typed(const struct lw_app *app, struct lw_area a)
{
    bool filter = app->list.typing == LW_TYPING_FILTER;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_INPUT, ' ');
    int col = lw_draw(a, 0, 1, LW_ROLE_KEY, filter ? "= " : "/ ");
    col = lw_draw_text(
        a, 0, col, LW_ROLE_INPUT, app->filter.len ? app->filter.data : "", app->filter.len);
    if (!filter && lw_list_has_work(app))
        lw_draw(a, 0, col + 2, LW_ROLE_DIM, LW_VIEW_SEARCHING);
    lw_draw_cursor(a, 0, col);
}

/* Above the filter line, in as many rows as it takes: its mistake, else suggestions. */
static void draw_hint(const struct lw_app *app, struct lw_area a)
{
    enum { MOST = 4 };
    struct lw_buf hint = {0}, more = {0};
    const char *wrong = lw_sitting_view(app->s)->message;
    lw_filter_hint(app, &hint, &more);
    const char *text = *wrong ? wrong : hint.len ? hint.data : "";
    int rows = lw_view_wrapped_rows(text, strlen(text), a.cols - 4);
    rows = rows < MOST ? rows : MOST;
    a = lw_area_rows(a, a.rows - rows, rows);
    for (int row = 0; row < rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_TEXT, ' ');
    lw_view_wrapped(
        a, 0, *wrong ? 1 : 3, *wrong ? LW_ROLE_WARNING : LW_ROLE_DIM, text, strlen(text));
    lw_buf_fini(&hint);
    lw_buf_fini(&more);
}

static void draw_title(const struct lw_app *app, struct lw_area a)
{
    const struct lw_filter *f = &app->list.filter;
    struct lw_totals t = lw_ledger_totals(lw_sitting_view(app->s)->opts.ledger);
    size_t n = lw_filter_count(f, app->s);
    char remark[96];
    char *title = lw_format(LW_VIEW_LIST_TITLE, lw_filter_describe(f));
    if (f->filter == LW_LIST_ALL)
        snprintf(remark, sizeof remark, LW_VIEW_LIST_TOTALS, t.done, t.skipped);
    else
        snprintf(remark, sizeof remark, LW_VIEW_LIST_COUNT, n, n == 1 ? "" : "s",
            lw_list_is_complete(app) ? "" : LW_VIEW_STILL_SEARCHING);
    lw_view_titled_rule(a, 0, title, LW_ROLE_TITLE, remark);
    free(title);
}

static void draw_foot(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"Enter", 0, "open"}, {NULL, LW_CMD_FIND, "search"},
        {NULL, LW_CMD_FIND_NEXT, "next match"}, {"Tab", 0, "next filter"}, {"=", 0, "filter"},
        {NULL, LW_CMD_MARK, "mark"}, {NULL, LW_CMD_LIST, "back"}};
    static const struct lw_hint words[] = {{"Enter", 0, "open"}, {"Esc", 0, "back"}};
    static const struct lw_hint filter[] = {
        {"Enter", 0, "filter"}, {"Tab", 0, "complete"}, {"Esc", 0, "back"}};
    struct lw_area foot = lw_area_rows(a, a.rows - 1, 1);
    bool types = app->list.typing || app->list.next != SIZE_MAX;
    if (types) {
        lw_view_message(app, lw_area_rows(a, a.rows - 2, 1));
        if (app->list.typing == LW_TYPING_FILTER)
            draw_hint(app, lw_area_rows(a, 0, a.rows - 2));
        draw_typed(app, lw_area_rows(a, a.rows - 2, 1));
    }
    if (app->list.typing == LW_TYPING_FILTER)
        lw_view_hints(app, foot, filter, 3);
    else if (app->list.typing)
        lw_view_hints(app, foot, words, 2);
    else
        lw_view_hints(app, foot, hints, sizeof hints / sizeof *hints);
    if (!types)
        lw_view_message(app, lw_area_rows(a, a.rows - 2, 2));
}

void lw_view_list(const struct lw_app *app, struct lw_area a)
{
    draw_title(app, a);
    draw_heads(app, lw_area_rows(a, 1, 1));
    struct lw_area body = lw_area_rows(a, 2, lw_list_rows(app));
    for (size_t i = 0; i < app->list.nlines && (int)i < body.rows; i++)
        draw_line(app, body, (int)i, &app->list.line[i], i == app->list.at);
    if (app->list.nlines == 0)
        lw_draw(body, 0, 3, LW_ROLE_DIM,
            lw_list_is_complete(app) ? LW_VIEW_LIST_EMPTY : LW_VIEW_LIST_SEARCHING);
    int detail = lw_list_detail_rows(app);
    if (detail > 0 && app->list.at < app->list.nlines)
        draw_detail(app, lw_area_rows(a, 2 + body.rows, detail), &app->list.line[app->list.at]);
    draw_foot(app, a);
}
