/* Progress on the title line: a bar of all tasks, how many are done, how many of them today. How
 * fast that went is never shown unasked. */
#include "tui/view/view_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/local_time.h"

#include <inttypes.h>

enum { BAR = 8, GAP = 2 };

/* Goes through all labels: only when there is a new event, or a new day. */
void lw_progress_update(struct lw_app *app)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    struct lw_title_progress *p = &app->progress;
    uint64_t events = lw_ledger_totals(w->ledger).events;
    int64_t now = lw_clock_utc_ms(w->sys), midnight = lw_local_midnight(now);
    if (p->known && p->events == events && p->midnight == midnight)
        return;
    struct lw_day day = lw_ledger_day(w->ledger, midnight, INT64_MAX);
    *p = (struct lw_title_progress){true, events, midnight, day.done};
}

int lw_progress_filled(uint64_t done, uint64_t all, int cells)
{
    if (all == 0 || done >= all)
        return all ? cells : 0;
    int filled = (int)(done * (uint64_t)cells / all);
    return done > 0 && filled == 0 ? 1 : filled; /* what was done is seen */
}

static int draw_bar(struct lw_area a, int col, uint64_t done, uint64_t all)
{
    int filled = lw_progress_filled(done, all, BAR);
    lw_draw_fill(a, 0, col, filled, LW_ROLE_HEADER, U'━');
    lw_draw_fill(a, 0, col + filled, BAR - filled, LW_ROLE_HEADER, U'┄');
    return col + BAR;
}

/* "12 done, 5 today"; "5 done today" when these are all; nothing before the first. */
static void add_words(uint64_t done, uint64_t today, struct lw_buf *to)
{
    if (done > 0 && done == today)
        lw_buf_fmt(to, LW_VIEW_ALL_TODAY, done);
    else if (done > 0)
        lw_buf_fmt(to, LW_VIEW_DONE_TODAY, done, today);
}

/* Or the part of them that fits. */
static void draw_words(struct lw_area a, int col, int room, uint64_t done, uint64_t today)
{
    struct lw_buf words = {0};
    add_words(done, today, &words);
    if ((int)words.len > room) {
        lw_buf_clear(&words);
        lw_buf_fmt(&words, LW_VIEW_TODAY_ONLY, today);
    }
    if (words.len && (int)words.len <= room)
        lw_draw(a, 0, col, LW_ROLE_HEADER, "%s", words.data);
    lw_buf_fini(&words);
}

int lw_progress_cols(const struct lw_app *app)
{
    struct lw_buf words = {0};
    add_words(
        lw_ledger_totals(lw_sitting_view(app->s)->opts.ledger).done, app->progress.today, &words);
    int cols = BAR + (words.len ? GAP + (int)words.len : 0);
    lw_buf_fini(&words);
    return cols;
}

void lw_view_progress(const struct lw_app *app, struct lw_area a, int col, int end)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    struct lw_totals t = lw_ledger_totals(w->ledger);
    if (!lw_tasks_complete(w->tasks) || lw_tasks_count(w->tasks) == 0 || col + BAR > end)
        return;
    col = draw_bar(a, col, t.done + t.skipped, lw_tasks_count(w->tasks)) + GAP;
    draw_words(a, col, end - col, t.done, app->progress.today);
}
