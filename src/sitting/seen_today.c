/* What was seen of hidden tags today, in words: what the journal has of the day, and what this
 * session has seen since its last event. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/local_time.h"
#include "labelwright/worklog/exposure.h"

#include <string.h>

static bool fold(void *ctx, const struct lw_event *e)
{
    lw_exposure_fold(ctx, e);
    return true;
}

struct last {
    int64_t before_ms;
    struct lw_mark mark;
};

static void note_last(void *ctx, const struct lw_entry *e)
{
    struct last *last = ctx;
    if (e->time_ms < last->before_ms)
        last->mark =
            (struct lw_mark){.seq = e->seq, .segment = e->pos.segment, .offset = e->pos.offset};
}

/* Where to begin to read: at the last label before today. */
static struct lw_mark begin_of(const struct lw_sitting *s, int64_t midnight)
{
    struct last last = {.before_ms = midnight};
    lw_ledger_each(s->view.opts.ledger, note_last, &last);
    return last.mark;
}

static void add(
    struct lw_seen_sum to[LW_SEEN_TAGS], size_t *n, const char *tag, int64_t ms, uint64_t tasks)
{
    size_t i = 0;
    while (i < *n && strcmp(to[i].tag, tag) != 0)
        i++;
    if (i == LW_SEEN_TAGS)
        return;
    if (i == *n)
        to[(*n)++] = (struct lw_seen_sum){.tag = (char *)(uintptr_t)tag};
    to[i].ms += ms;
    to[i].tasks += tasks;
}

/* Whatever the day of a row is by the journal's zones: all of them are today. */
static size_t sum_up(
    const struct lw_sitting *s, struct lw_exposure *x, struct lw_seen_sum to[LW_SEEN_TAGS])
{
    struct lw_seen_sum untold[LW_SEEN_TAGS];
    size_t nrows, n = 0, nuntold = lw_seen_untold(s, untold);
    const struct lw_exposure_row *row = lw_exposure_rows(x, &nrows);
    for (size_t i = 0; i < nrows; i++)
        add(to, &n, row[i].tag, row[i].ms, row[i].tasks);
    for (size_t i = 0; i < nuntold; i++)
        add(to, &n, untold[i].tag, untold[i].ms, untold[i].tasks);
    return n;
}

bool lw_sitting_describe_seen(const struct lw_sitting *s, struct lw_buf *to)
{
    int64_t midnight = lw_local_midnight(lw_clock_utc_ms(s->view.opts.sys));
    struct lw_exposure *x = lw_exposure_from(midnight);
    struct lw_seen_sum sum[LW_SEEN_TAGS];
    lw_journal_lines(s->view.opts.journal, begin_of(s, midnight), fold, x, NULL);
    size_t n = sum_up(s, x, sum);
    for (size_t i = 0; i < n; i++) {
        char time[LW_DURATION_MAX];
        lw_duration_words(sum[i].ms, time);
        lw_buf_fmt(to, "%s%s %llu task%s, %s", i ? "; " : "", sum[i].tag,
            (unsigned long long)sum[i].tasks, sum[i].tasks == 1 ? "" : "s", time);
    }
    lw_exposure_free(x);
    return n > 0;
}
