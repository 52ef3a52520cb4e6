/* Sending without a screen: runs sync.h until there is nothing more to do, and words the result. It
 * neither opens the journal nor knows signals; cmd_sync.c and plain_send.c do. */
#include "cli/send_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"

#include <inttypes.h>

enum { LISTED_MAX = 10 };

/* ---- sending */

static int64_t now_ms(void)
{
    return lw_clock_mono_ms(&lw_sys_real);
}

static bool is_over(const struct lw_sync_status *t, int64_t since, int64_t patience_ms)
{
    if (t->state == LW_SYNC_OFFLINE)
        return now_ms() + t->retry_ms - since > patience_ms;
    return t->state == LW_SYNC_ALL_SENT || t->state == LW_SYNC_NEEDS_YOU;
}

static bool all_over(const struct lw_sync *s, size_t n, int64_t since, int64_t patience_ms)
{
    for (size_t i = 0; i < n; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        if (!is_over(&t, since, patience_ms))
            return false;
    }
    return true;
}

bool lw_send_all(struct lw_sync *s, size_t n, int64_t patience_ms,
    bool (*wait)(void *ctx, struct lw_sync *s), void *ctx)
{
    int64_t since = now_ms();
    uint64_t done = lw_sync_status(s).done;
    while (!all_over(s, n, since, patience_ms)) {
        if (!wait(ctx, s))
            return false;
        lw_sync_step(s);
        if (lw_sync_stalled_ms(s) > patience_ms)
            lw_sync_give_up(s);
        uint64_t now = lw_sync_status(s).done;
        if (now != done)
            since = now_ms();
        done = now;
    }
    return true;
}

/* ---- the words */

static void print_buf(lw_send_print *print, struct lw_buf *b)
{
    print(b->data);
    lw_buf_fini(b);
}

/* "https://example.org: 3 sent, 2 refused. Reason." or "https://example.org: all sent." */
static void report_one(const struct lw_sync_status *t, lw_send_print *print)
{
    const struct {
        uint64_t n;
        const char *what;
    } counts[] = {{t->done, "sent"}, {t->unsent, "unsent"}, {t->parked, "refused"},
        {t->never, "that can never be sent"}};
    struct lw_buf b = {0};
    size_t listed = 0;
    lw_buf_fmt(&b, "%s: ", t->to);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i].n > 0)
            lw_buf_fmt(&b, "%s%" PRIu64 " %s", listed++ ? ", " : "", counts[i].n, counts[i].what);
    lw_buf_fmt(&b, "%s.%s%s", listed ? "" : "all sent", *t->text ? " " : "", t->text);
    print_buf(print, &b);
}

void lw_send_report(const struct lw_sync *s, size_t n, lw_send_print *print)
{
    for (size_t i = 0; i < n; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        report_one(&t, print);
    }
}

struct list {
    lw_send_print *print;
    size_t n;
};

static void list_refused(void *ctx, const struct lw_parked *one)
{
    struct list *l = ctx;
    struct lw_buf b = {0};
    if (++l->n > LISTED_MAX)
        return;
    lw_buf_fmt(&b, "refused: event %" PRIu64 "%s%s%s%s: %s. %s", one->seq, *one->type ? ", " : "",
        one->type, *one->task ? " of task " : "", one->task, one->code, one->message);
    print_buf(l->print, &b);
}

static void list_missing(void *ctx, uint64_t seq, const char *task)
{
    struct list *l = ctx;
    struct lw_buf b = {0};
    if (++l->n > LISTED_MAX)
        return;
    lw_buf_fmt(&b, "not sent: event %" PRIu64 "%s%s", seq, task ? ", task " : "", task ? task : "");
    print_buf(l->print, &b);
}

static size_t end_list(const struct list *l)
{
    struct lw_buf b = {0};
    if (l->n > LISTED_MAX) {
        lw_buf_fmt(&b, "And %zu more.", l->n - LISTED_MAX);
        print_buf(l->print, &b);
    }
    return l->n;
}

void lw_send_report_missing(const struct lw_sync *s, lw_send_print *print)
{
    struct list l = {print, 0};
    lw_sync_missing(s, list_missing, &l);
    end_list(&l);
}

size_t lw_send_report_refused(const struct lw_project *p, const struct lw_journal *j,
    const struct lw_ledger *l, lw_send_print *print)
{
    struct list list = {print, 0};
    lw_sync_parked(p, j, l, list_refused, &list);
    return end_list(&list);
}
