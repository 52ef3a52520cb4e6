/* The task list: title, one line a task, and the line for a search or a filter. */
#define _GNU_SOURCE
#include "tui/view/view_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/text/reflow.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Columns of the list: where each begins. */
enum { NUMBER = 3, MARK = 10, STATE = 12, WHEN = 21, ANSWERS = 35 };

/* The task has what the answers leave: three fifths of the rest. */
static int task_column(struct lw_area a)
{
    return ANSWERS + (a.cols - ANSWERS) * 2 / 5;
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

static void draw_line(
    const struct lw_app *app, struct lw_area a, int row, const struct lw_listed *l, bool here)
{
    enum lw_role role = here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
    int task = task_column(a);
    char when[32] = "";
    lw_draw(a, row, 1, role, "%s", here ? ">" : " ");
    lw_draw(a, row, NUMBER, role, "%7zu", l->nth + 1);
    lw_draw(a, row, MARK, LW_ROLE_STATE, "%s", l->marked ? "*" : "");
    lw_draw(a, row, STATE, LW_ROLE_STATE, "%s", state_of(l));
    if (l->time_ms)
        format_when(
            l->time_ms, lw_clock_utc_ms(lw_sitting_view(app->s)->opts.sys), when, sizeof when);
    lw_draw(a, row, WHEN, LW_ROLE_DIM, "%s", when);
    if (l->answers)
        lw_draw_clipped(
            a, row, ANSWERS, task - ANSWERS - 2, LW_ROLE_ANSWER, l->answers, strlen(l->answers));
    if (l->text)
        lw_draw_clipped(a, row, task, a.cols - task - 1, role, l->text, strlen(l->text));
    if (here)
        lw_draw_cursor(a, row, 1);
}

static void draw_heads(struct lw_area a)
{
    lw_draw(a, 0, NUMBER, LW_ROLE_DIM, LW_VIEW_HEAD_NUMBER);
    lw_draw(a, 0, STATE, LW_ROLE_DIM, LW_VIEW_HEAD_STATE);
    lw_draw(a, 0, WHEN, LW_ROLE_DIM, LW_VIEW_HEAD_WHEN);
    lw_draw(a, 0, ANSWERS, LW_ROLE_DIM, LW_VIEW_HEAD_ANSWERS);
    lw_draw(a, 0, task_column(a), LW_ROLE_DIM, LW_VIEW_HEAD_TASK);
}

/* What the columns above cut off. */
static void draw_detail(struct lw_area a, const struct lw_listed *l)
{
    struct lw_buf whole = {0};
    struct lw_reflow lines = {0};
    char title[32];
    snprintf(title, sizeof title, "%zu", l->nth + 1);
    lw_view_titled_rule(a, 0, title, LW_ROLE_TITLE, "");
    if (l->answers && *l->answers)
        lw_buf_fmt(&whole, "%s  ", l->answers);
    lw_buf_str(&whole, l->text ? l->text : "");
    const char *text = whole.data ? whole.data : "";
    lw_reflow_text(&lines, text, whole.len, a.cols - 2);
    for (int row = 1; row < a.rows && (size_t)row <= lw_reflow_count(&lines); row++) {
        struct lw_line line = lw_reflow_line(&lines, (size_t)row - 1);
        size_t n = row == a.rows - 1 ? whole.len - line.start : line.end - line.start;
        lw_draw_clipped(a, row, 1, a.cols - 2, LW_ROLE_TEXT, text + line.start, n);
    }
    lw_reflow_fini(&lines);
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

/* Above the filter line: its mistake, else suggestions. */
static void draw_hint(const struct lw_app *app, struct lw_area a)
{
    struct lw_buf hint = {0}, more = {0};
    const char *wrong = lw_sitting_view(app->s)->message;
    lw_filter_hint(app, &hint, &more);
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_TEXT, ' ');
    if (*wrong)
        lw_draw_clipped(a, 0, 1, a.cols - 2, LW_ROLE_WARNING, wrong, strlen(wrong));
    else if (hint.len)
        lw_draw_clipped(a, 0, 3, a.cols - 4, LW_ROLE_DIM, hint.data, hint.len);
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
            draw_hint(app, lw_area_rows(a, a.rows - 3, 1));
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
    draw_heads(lw_area_rows(a, 1, 1));
    struct lw_area body = lw_area_rows(a, 2, lw_list_rows(app));
    for (size_t i = 0; i < app->list.nlines && (int)i < body.rows; i++)
        draw_line(app, body, (int)i, &app->list.line[i], i == app->list.at);
    if (app->list.nlines == 0)
        lw_draw(body, 0, NUMBER, LW_ROLE_DIM,
            lw_list_is_complete(app) ? LW_VIEW_LIST_EMPTY : LW_VIEW_LIST_SEARCHING);
    int detail = lw_list_detail_rows(app);
    if (detail > 0 && app->list.at < app->list.nlines)
        draw_detail(lw_area_rows(a, 2 + body.rows, detail), &app->list.line[app->list.at]);
    draw_foot(app, a);
}
