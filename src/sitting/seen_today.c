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

/* Where to begin to read: at the last label before today, which has the sums of its session. */
static struct lw_mark begin_of(const struct lw_sitting *s, int64_t midnight)
{
    struct last last = {.before_ms = midnight};
    lw_ledger_each(s->view.opts.ledger, note_last, &last);
    return last.mark;
}

/* Only this session knows what it has seen since. */
static void add_since(const struct lw_sitting *s, struct lw_exposure *x, int64_t now)
{
    json_t *e = json_object();
    lw_event_set_seen(e, s->seeing.sum, s->seeing.nsums);
    if (lw_journal_mode(s->view.opts.journal) == LW_JOURNAL_WRITABLE)
        lw_exposure_add(x, now, json_object_get(e, "seen"));
    json_decref(e);
}

/* Days of the rows are those of the journal's zones: all of them are today. */
static size_t sum_up(struct lw_exposure *x, struct lw_exposure_row to[LW_SEEN_TAGS])
{
    size_t nrows, n = 0;
    const struct lw_exposure_row *row = lw_exposure_rows(x, &nrows);
    for (size_t i = 0; i < nrows; i++) {
        size_t k = 0;
        while (k < n && strcmp(to[k].tag, row[i].tag) != 0)
            k++;
        if (k == n && n == LW_SEEN_TAGS)
            continue;
        if (k == n)
            to[n++] = (struct lw_exposure_row){.tag = row[i].tag};
        to[k].tasks += row[i].tasks;
        to[k].ms += row[i].ms;
    }
    return n;
}

bool lw_sitting_describe_seen(const struct lw_sitting *s, struct lw_buf *to)
{
    int64_t now = lw_clock_utc_ms(s->view.opts.sys), midnight = lw_local_midnight(now);
    struct lw_exposure *x = lw_exposure_from(midnight);
    struct lw_exposure_row sum[LW_SEEN_TAGS];
    struct lw_err err = {0};
    lw_journal_lines(s->view.opts.journal, begin_of(s, midnight), fold, x, &err);
    add_since(s, x, now);
    size_t n = sum_up(x, sum);
    for (size_t i = 0; i < n; i++) {
        char time[LW_DURATION_MAX];
        lw_duration_words(sum[i].ms, time);
        lw_buf_fmt(to, "%s%s %llu task%s, %s", i ? "; " : "", sum[i].tag,
            (unsigned long long)sum[i].tasks, sum[i].tasks == 1 ? "" : "s", time);
    }
    lw_exposure_free(x);
    return n > 0;
}
