/* Plain mode: .send. The words are send.c's, as for `sync`. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "cli/send_internal.h"

#include <signal.h>
#include <stdio.h>

enum { WAIT_MS = 200 };

/* Signals are blocked except while a line is read: a pending one stops the sending. */
static bool wait_for_network(void *ctx, struct lw_sync *s)
{
    sigset_t pending;
    int64_t ms = lw_sync_due_ms(s);
    (void)ctx;
    lw_sync_poll(s, NULL, 0, ms < 0 || ms > WAIT_MS ? WAIT_MS : (int)ms);
    sigpending(&pending);
    return !sigismember(&pending, SIGINT) && !sigismember(&pending, SIGTERM) &&
           !sigismember(&pending, SIGHUP);
}

void lw_plain_send(const struct lw_sitting *s, struct lw_sync *sync)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(s)->opts;
    if (w->project->nsync == 0) {
        puts("This project sends nothing (no `sync:` in project.yaml).");
        return;
    }
    if (lw_journal_mode(w->journal) != LW_JOURNAL_WRITABLE) {
        puts("View only here; the other window sends.");
        return;
    }
    lw_sync_now(sync);
    lw_send_all(sync, w->project->nsync, LW_SEND_PATIENCE_MS, wait_for_network, NULL);
    lw_send_report(sync, w->project->nsync, lw_plain_print);
    lw_send_report_refused(w->project, w->journal, w->ledger, lw_plain_print);
}
