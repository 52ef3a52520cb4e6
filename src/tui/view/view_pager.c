/* Full screens other than a task: help, guidelines, notices, summary, pause, too small. */
#define _GNU_SOURCE
#include "tui/app/app_parts_internal.h"

#include "labelwright/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* --- pages of text --------------------------------------------------------------------------- */

static const char *page_title(enum lw_overlay over)
{
    switch (over) {
    case LW_OVERLAY_HELP:
        return "KEYS";
    case LW_OVERLAY_GUIDELINES:
        return "GUIDELINES";
    case LW_OVERLAY_OLD:
        return "OLD DRAFT";
    case LW_OVERLAY_MESSAGES:
        return "MESSAGES";
    default:
        return "BEFORE YOU START";
    }
}

/* In help, the key column stands out. */
static void mark_keys(const struct lw_app *d, struct lw_area a)
{
    if (d->over != LW_OVERLAY_HELP)
        return;
    for (int row = 0; row < a.rows && d->page_top + (size_t)row < d->page.n; row++)
        if (!d->page.v[d->page_top + (size_t)row].heading)
            lw_draw_restyle(a, row, 3, 15, LW_ROLE_KEY);
}

void lw_view_pager(const struct lw_app *d, struct lw_area a)
{
    static const struct lw_hint hints[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {"Space", 0, "page"}, {NULL, LW_CMD_TOP, "start"},
        {NULL, LW_CMD_BOTTOM, "end"}, {"any other key:", 0, "back"}};
    struct lw_area body = lw_area_rows(a, 1, lw_app_pager_rows(d));
    size_t last = d->page_top + (size_t)body.rows;
    char remark[48] = "";
    if (last < d->page.n)
        snprintf(remark, sizeof remark, "%zu more", d->page.n - last);
    else if (d->page_top > 0)
        snprintf(remark, sizeof remark, "end");
    lw_view_titled_rule(a, 0, page_title(d->over), LW_ROLE_TITLE, remark);
    lw_doc_draw(&d->page, d->page_top, body, 1);
    mark_keys(d, body);
    lw_draw_rule(a, a.rows - 2);
    lw_view_hints(d, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
    lw_draw_cursor(a, 1, 0);
}

/* --- the summary ----------------------------------------------------------------------------- */

static int64_t midnight_ms(int64_t utc_ms)
{
    time_t now = (time_t)(utc_ms / 1000);
    struct tm tm;
    localtime_r(&now, &tm);
    tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
    tm.tm_isdst = -1;
    return (int64_t)mktime(&tm) * 1000;
}

static void duration(int64_t ms, char *to, size_t n)
{
    int64_t minutes = ms / 60000;
    if (minutes >= 60)
        snprintf(to, n, "%" PRId64 " h %02" PRId64 " min", minutes / 60, minutes % 60);
    else if (minutes > 0)
        snprintf(to, n, "%" PRId64 " min", minutes);
    else
        snprintf(to, n, "%" PRId64 " s", ms / 1000);
}

static void card_line(struct lw_area a, int row, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static void card_line(struct lw_area a, int row, const char *label, const char *fmt, ...)
{
    char text[160];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    lw_draw(a, row, 3, LW_ROLE_DIM, "%s", label);
    lw_draw(a, row, 14, LW_ROLE_TEXT, "%s", text);
}

static void card_today(const struct lw_app *d, struct lw_area a)
{
    const struct lw_sitting *s = d->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    int64_t now = lw_clock_utc_ms(v->opts.sys);
    struct lw_day day = lw_ledger_day(v->opts.ledger, midnight_ms(now), now + 1);
    char active[40], breaks[40];
    duration(day.active_ms, active, sizeof active);
    duration(day.break_ms, breaks, sizeof breaks);
    card_line(a, 2, "Today",
        "%" PRIu64 " done, %" PRIu64 " skipped, %" PRIu64 " corrected, %" PRIu64 " undone",
        day.done, day.skipped, day.replaced, day.undone);
    card_line(a, 3, "Time", "worked %s, breaks %s", active, breaks);
}

static void card_sending(const struct lw_app *d, struct lw_area a)
{
    struct lw_sync_status s = lw_sync_status(d->sync);
    struct lw_buf words = {0};
    lw_sync_describe(&s, &words);
    if (s.state != LW_SYNC_NONE)
        card_line(a, 7, "Sending", "%s, %" PRIu64 " refused", words.data, s.parked);
    lw_buf_fini(&words);
}

static void card_journal(const struct lw_app *d, struct lw_area a)
{
    const struct lw_verdict *v = &d->card.verdict;
    if (!d->card.checked)
        card_line(a, 6, "Journal", "not checked now; run: labelwright verify");
    else if (v->first_damage[0])
        card_line(a, 6, "Journal", "DAMAGED; run: labelwright verify");
    else
        card_line(a, 6, "Journal", "your labels are safe (%" PRIu64 " entr%s)", v->events,
            v->events == 1 ? "y" : "ies");
}

static void card_project(const struct lw_app *d, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(d->s);
    const struct lw_sitting_opts *w = &v->opts;
    struct lw_totals t = lw_ledger_totals(w->ledger);
    size_t count = lw_tasks_count(w->tasks);
    uint64_t left = count > t.done + t.skipped ? count - t.done - t.skipped : 0;
    card_line(a, 5, "Total", "%" PRIu64 " done, %" PRIu64 " skipped, %" PRIu64 " left%s", t.done,
        t.skipped, left, lw_tasks_complete(w->tasks) ? "" : " or more");
    card_journal(d, a);
    card_sending(d, a);
    if (v->draft)
        card_line(a, 8, "Draft",
            d->draft_kept ? "task %zu unfinished; kept for next time"
                          : "task %zu unfinished and NOT kept: the folder cannot be written",
            v->nth + 1);
}

void lw_view_card(const struct lw_app *d, struct lw_area a)
{
    static const struct lw_hint stay[] = {
        {NULL, LW_CMD_SEND, "send now"}, {"Enter", 0, "leave"}, {"any other key:", 0, "stay here"}};
    static const struct lw_hint part[] = {{"any key:", 0, "leave now, send later"}};
    enum lw_sync_state state = lw_sync_status(d->sync).state;
    bool sends = state != LW_SYNC_NONE && state != LW_SYNC_ALL_SENT;
    lw_view_titled_rule(a, 0, "LEAVING", LW_ROLE_TITLE, "");
    card_today(d, a);
    card_project(d, a);
    lw_draw_rule(a, a.rows - 2);
    if (d->send.leave_at)
        lw_view_hints(d, lw_area_rows(a, a.rows - 1, 1), part, 1);
    else
        lw_view_hints(d, lw_area_rows(a, a.rows - 1, 1), stay + !sends, 2 + sends);
    lw_draw_cursor(a, a.rows - 1, 1);
}

/* --- pause, too small ------------------------------------------------------------------------ */

void lw_view_pause(struct lw_area a)
{
    lw_draw(a, a.rows / 2 - 1, a.cols / 2 - 3, LW_ROLE_TITLE, "paused");
    lw_draw(a, a.rows / 2 + 1, a.cols / 2 - 22, LW_ROLE_DIM,
        "The clock is stopped. Press any key to continue.");
    lw_draw_cursor(a, a.rows / 2 - 1, a.cols / 2 - 3);
}

void lw_view_too_small(const struct lw_app *d, struct lw_area a)
{
    lw_draw(a, 0, 0, LW_ROLE_WARNING, "Too small: %dx%d.", d->cols, d->rows);
    lw_draw(a, 1, 0, LW_ROLE_TEXT, "labelwright needs %dx%d.", LW_MIN_COLS, LW_MIN_ROWS);
    lw_draw(a, 2, 0, LW_ROLE_TEXT, "Nothing is lost.");
    lw_draw_cursor(a, 0, 0);
}
