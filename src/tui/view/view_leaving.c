/* The summary of the day that is shown before leaving. */
#include "tui/view/view_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/local_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* In as many rows as it takes; returns the row below. */
static int card_line(struct lw_area a, int row, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static int card_line(struct lw_area a, int row, const char *label, const char *fmt, ...)
{
    enum { LABEL = 3, VALUE = 14 };
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    lw_draw(a, row, LABEL, LW_ROLE_DIM, "%s", label);
    return lw_view_wrapped(
        lw_area_rows(a, 0, a.rows - 2), row, VALUE, LW_ROLE_TEXT, text, strlen(text));
}

/* Returns the row below. */
static int card_today(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting *s = app->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    int64_t now = lw_clock_utc_ms(v->opts.sys);
    struct lw_day day = lw_ledger_day(v->opts.ledger, lw_local_midnight(now), now + 1);
    char active[LW_DURATION_MAX], breaks[LW_DURATION_MAX];
    lw_duration_words(day.active_ms, active);
    lw_duration_words(day.break_ms, breaks);
    int row = card_line(a, 2, LW_VIEW_CARD_TODAY, LW_VIEW_TODAY_COUNTS, day.done, day.skipped,
        day.replaced, day.undone);
    row = card_line(a, row, LW_VIEW_CARD_TIME, LW_VIEW_TIME_SPENT, active, breaks);
    return app->card.seen ? card_line(a, row, LW_VIEW_CARD_SEEN, "%s", app->card.seen) : row;
}

/* Only where there was any; returns the row below. */
static int card_practice(const struct lw_app *app, struct lw_area a, int row)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    int64_t now = lw_clock_utc_ms(v->opts.sys);
    struct lw_day day = lw_ledger_day(v->opts.ledger, lw_local_midnight(now), now + 1);
    struct lw_practice_sum sum =
        lw_ledger_practice(v->opts.ledger, lw_local_midnight(now), now + 1);
    struct lw_buf words = {0};
    lw_practice_describe(&sum, &words);
    if (sum.asked)
        row = card_line(a, row, LW_VIEW_CARD_PRACTICE, "%s", words.data);
    if (day.repeats)
        row = card_line(a, row, LW_VIEW_CARD_REPEATS, LW_VIEW_REPEATS_COUNT, day.repeats,
            day.repeats == 1 ? "" : "s");
    lw_buf_fini(&words);
    return row;
}

/* Returns the row below. */
static int card_sending(const struct lw_app *app, struct lw_area a, int row)
{
    struct lw_sync_status s = lw_sync_status(app->sync);
    struct lw_buf words = {0};
    lw_view_status_words(app, &words);
    if (s.parked > 0 && (s.unsent > 0 || s.state != LW_SYNC_NEEDS_YOU)) /* else the words say so */
        lw_buf_fmt(&words, LW_VIEW_AND_REFUSED, s.parked);
    if (s.state != LW_SYNC_NONE)
        row = card_line(a, row, LW_VIEW_CARD_SENDING, "%s", words.data);
    lw_buf_fini(&words);
    return row;
}

static int card_journal(const struct lw_app *app, struct lw_area a, int row)
{
    const struct lw_verdict *v = &app->card.verdict;
    if (!app->card.checked)
        return card_line(a, row, LW_VIEW_CARD_JOURNAL, LW_VIEW_JOURNAL_UNCHECKED);
    if (v->first_damage[0])
        return card_line(a, row, LW_VIEW_CARD_JOURNAL, LW_VIEW_JOURNAL_DAMAGED);
    return card_line(a, row, LW_VIEW_CARD_JOURNAL, LW_VIEW_JOURNAL_SAFE, v->events,
        v->events == 1 ? "y" : "ies");
}

/* Returns the row below it. */
static int card_project(const struct lw_app *app, struct lw_area a, int row)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    const struct lw_sitting_opts *w = &v->opts;
    struct lw_totals t = lw_ledger_totals(w->ledger);
    size_t count = lw_tasks_count(w->tasks);
    uint64_t left = count > t.done + t.skipped ? count - t.done - t.skipped : 0;
    row = card_line(a, row, LW_VIEW_CARD_TOTAL, LW_VIEW_TOTAL_COUNTS, t.done, t.skipped, left,
        lw_tasks_complete(w->tasks) ? "" : LW_VIEW_OR_MORE);
    row = card_sending(app, a, card_journal(app, a, row));
    if (v->draft)
        row = card_line(a, row, LW_VIEW_CARD_DRAFT,
            app->draft_kept ? LW_VIEW_DRAFT_KEPT : LW_VIEW_DRAFT_LOST, v->nth + 1);
    return row;
}

/* What there is to say of today's labels, and the day by its hours where there is room. */
static void card_work(const struct lw_app *app, struct lw_area a, int row)
{
    enum { COL = 3, LABELS = 1 };
    const struct lw_my_work *w = app->work;
    if (w && w->line)
        row = card_line(a, row, LW_VIEW_CARD_LABELS, "%s", w->line) + 1;
    if (!w || lw_work_chart_sum(&w->day_chart) < LW_PACE_LEAST_MS)
        return;
    int height = (a.rows - 2 - row - LABELS) / (int)w->day_drawing.chart.nseries - 1;
    if (height > 0)
        lw_view_work_chart(a, row, COL, &w->day_drawing.chart, height > 3 ? 3 : height);
}

void lw_view_leaving(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint stay[] = {
        {NULL, LW_CMD_SEND, "send now"}, {"Enter", 0, "leave"}, {"any other key:", 0, "stay here"}};
    static const struct lw_hint part[] = {{"any key:", 0, "leave now, send later"}};
    enum lw_sync_state state = lw_sync_status(app->sync).state;
    bool sends = state != LW_SYNC_NONE && state != LW_SYNC_ALL_SENT;
    lw_view_titled_rule(
        a, 0, app->card.for_today ? LW_VIEW_LEAVING_TODAY : LW_VIEW_LEAVING, LW_ROLE_TITLE, "");
    int row = card_today(app, a);
    row = card_practice(app, a, row);
    card_work(app, a, card_project(app, a, row + 1) + 1);
    lw_draw_rule(a, a.rows - 2);
    if (app->send.leave_at)
        lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), part, 1);
    else
        lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), stay + !sends, 2 + sends);
    lw_draw_cursor(a, a.rows - 1, 1);
}
