/* Plain mode: .send. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "cli/sync_drive_internal.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

enum { WAIT_MS = 200, PARKED_SHOWN = 10 };

/* Signals are blocked except while a line is read: a pending one stops the sending. */
static bool wait_a_little(void *ctx, struct lw_sync *s)
{
    sigset_t pending;
    int64_t ms = lw_sync_due_ms(s);
    (void)ctx;
    lw_sync_poll(s, NULL, 0, ms < 0 || ms > WAIT_MS ? WAIT_MS : (int)ms);
    sigpending(&pending);
    return !sigismember(&pending, SIGINT) && !sigismember(&pending, SIGTERM) &&
           !sigismember(&pending, SIGHUP);
}

static void say_target(const struct lw_sync_status *t)
{
    struct lw_buf b = {0};
    lw_buf_fmt(&b, "%s: ", t->to);
    if (t->state == LW_SYNC_NEEDS_YOU && t->parked > 0)
        lw_buf_fmt(&b, "%" PRIu64 " refused.", t->parked);
    else if (t->unsent > 0)
        lw_buf_fmt(&b, "%" PRIu64 " not sent.", t->unsent);
    else
        lw_buf_str(&b, "all sent.");
    if (*t->text)
        lw_buf_fmt(&b, " %s", t->text);
    lw_plain_say(b.data);
    lw_buf_fini(&b);
}

static void say_refused(void *ctx, const struct lw_parked *one)
{
    size_t *n = ctx;
    if (++*n > PARKED_SHOWN)
        return;
    struct lw_buf b = {0};
    lw_buf_fmt(&b, "Refused: task %s, %s. %s", one->task, one->code, one->message);
    lw_plain_say(b.data);
    lw_buf_fini(&b);
}

void lw_plain_send(const struct lw_sitting *s, struct lw_sync *sync)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(s)->opts;
    size_t refused = 0;
    if (w->project->nsync == 0) {
        puts("This project sends nothing (no `sync:` in project.yaml).");
        return;
    }
    if (lw_journal_mode(w->journal) != LW_JOURNAL_WRITABLE) {
        puts("View only here; the other window sends.");
        return;
    }
    lw_sync_now(sync);
    lw_sync_drive(sync, w->project->nsync, LW_SYNC_PATIENCE_MS, wait_a_little, NULL);
    for (size_t i = 0; i < w->project->nsync; i++) {
        struct lw_sync_status t = lw_sync_status_of(sync, i);
        say_target(&t);
    }
    lw_sync_parked(w->project, w->journal, w->ledger, say_refused, &refused);
    if (refused > PARKED_SHOWN)
        printf("And %zu more.\n", refused - PARKED_SHOWN);
}
