/* `labelwright sync`: drives sync.h without a screen. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"
#include "cli/sync_drive_internal.h"
#include "cli/sync_say_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    LOOK_MS = 1000, /* --watch: how often it looks for new labels */
    INTERRUPTED = 130,
    NEVER = -1
};

/* ---- signals: a byte in a pipe ends the command */

static int signal_pipe[2] = {-1, -1};

static void on_signal(int number)
{
    int kept = errno;
    char byte = (char)number;
    ssize_t n = write(signal_pipe[1], &byte, 1);
    (void)n;
    errno = kept;
}

static bool watch_signals(void)
{
    struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    return true;
}

/* Waits; false when a signal came. `s` may be NULL. */
static bool wait_for(struct lw_sync *s, int64_t ms)
{
    struct pollfd fd = {.fd = signal_pipe[0], .events = POLLIN};
    lw_sync_poll(s, &fd, 1, ms < 0 || ms > LOOK_MS ? LOOK_MS : (int)ms);
    return fd.revents == 0;
}

/* ---- one round */

static bool show_and_wait(void *ctx, struct lw_sync *s)
{
    struct lw_sync_status t = lw_sync_status(s);
    lw_progress_draw(ctx, t.done, t.todo);
    return wait_for(s, lw_sync_due_ms(s));
}

/* Sends until all is finished; false when a signal ended it. */
static bool send_all(struct lw_sync *s, size_t n, int64_t patience_ms)
{
    struct lw_progress p = lw_progress_start("sending");
    p.counts = true;
    bool over = lw_sync_drive(s, n, patience_ms, show_and_wait, &p);
    lw_progress_end(&p);
    return over;
}

/* ---- the result */

static int status_of(const struct lw_sync_status *t)
{
    if (t->unsent == 0 && t->parked == 0 && t->never == 0 && t->state != LW_SYNC_NEEDS_YOU)
        return 0;
    return lw_exit_status(t->code == LW_EIO || t->code == LW_EFULL ? t->code : LW_EBAD);
}

static int worst_of(const struct lw_workspace *w, const struct lw_sync *s)
{
    int worst = 0;
    for (size_t i = 0; i < w->project->nsync; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        int status = status_of(&t);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static void report(const struct lw_cli *c, const struct lw_workspace *w, const struct lw_sync *s)
{
    for (size_t i = 0; i < w->project->nsync && !c->value[LW_OPT_JSON]; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        lw_sync_say(&t);
    }
    if (c->value[LW_OPT_JSON])
        lw_sync_print_json(w, s);
    lw_sync_say_lacking(s);
    lw_sync_say_parked(w);
}

/* One round. `before` is the status of the previous one: --watch reports only changes. */
struct round {
    int64_t patience_ms;
    int before;
};

static int send(struct lw_cli *c, struct lw_workspace *w, const struct round *round)
{
    struct lw_sync_opts opts = {.sys = w->sys,
        .project = w->project,
        .config = &c->config,
        .journal = w->journal,
        .ledger = w->ledger};
    struct lw_err err = {0};
    struct lw_sync *s;
    int status = 0;
    if (lw_sync_open(&opts, &s, &err) != LW_OK)
        return lw_cli_fail(NULL, &err);
    if (c->value[LW_OPT_RESEND] && lw_sync_resend(s, &err) != LW_OK)
        status = lw_cli_fail(NULL, &err);
    c->value[LW_OPT_RESEND] = NULL; /* --watch resends only once */
    if (status == 0 && !send_all(s, w->project->nsync, round->patience_ms))
        status = INTERRUPTED;
    else if (status == 0) {
        status = worst_of(w, s);
        if (status != round->before || lw_sync_status(s).done > 0)
            report(c, w, s);
    }
    lw_sync_close(s);
    return status;
}

static int say_locked(const struct lw_workspace *w, int before)
{
    const char *owner = lw_journal_owner(w->journal);
    int status = lw_exit_status(owner ? LW_EBUSY : LW_EIO);
    if (owner && status != before)
        lw_cli_warn("Nothing sent. Another labelwright has this project open (%s).", owner);
    else if (status != before)
        lw_cli_warn("Nothing sent: the journal cannot be written, so receipts cannot be saved.");
    return status;
}

/* Opens the journal, and sends. */
static int go_round(struct lw_cli *c, const struct round *round)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, false);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    opts.purpose = LW_SENDING;
    if (lw_cli_open_or_ask(&opts, lw_workspace_journal, &w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    lw_cli_warn_notes(&w, 0);
    bool ours = lw_journal_mode(w.journal) == LW_JOURNAL_WRITABLE;
    int status = ours ? send(c, &w, round) : say_locked(&w, round->before);
    lw_workspace_close(&w);
    return status;
}

static int dry_run(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (lw_workspace_journal(&opts, &w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    struct lw_sent_report sent = {0};
    struct lw_sent_opts look = {w.sys, w.project, w.journal, w.ledger};
    if (lw_sent_check(&look, &sent, NULL) == LW_OK && sent.text[0])
        lw_cli_warn("%s", sent.text);
    int status =
        sent.fork ? lw_exit_status(LW_EBAD) : lw_sync_print_plan(&w, c->value[LW_OPT_JSON] != NULL);
    lw_sent_fini(&sent);
    lw_workspace_close(&w);
    return status;
}

/* ---- --watch */

/* The size of the journal, to see whether it has grown. */
struct growth {
    uint64_t bytes, segments;
};

struct looking {
    int folder;
    struct growth *to;
};

static void add_segment(void *ctx, const char *name)
{
    struct looking *l = ctx;
    struct stat st;
    const char *dot = strrchr(name, '.');
    if (!dot || strcmp(dot, ".jsonl") != 0 || fstatat(l->folder, name, &st, 0) != 0)
        return;
    l->to->bytes += (uint64_t)st.st_size;
    l->to->segments++;
}

static struct growth measure(const struct lw_workspace *w)
{
    struct growth g = {0};
    struct looking l = {openat(w->dir, w->journal_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), &g};
    if (l.folder >= 0) {
        lw_sys_real.list(&lw_sys_real, l.folder, add_segment, &l);
        close(l.folder);
    }
    return g;
}

/* Holds the lock only while there is something to send, so that `record` and sessions can work. */
static int watch(struct lw_cli *c, const struct lw_workspace *w)
{
    struct growth seen = {0};
    struct round round = {.before = NEVER};
    int64_t again_at = 0, wait_ms = 0;
    while (wait_for(NULL, LOOK_MS)) {
        struct growth now = measure(w);
        bool grown = now.bytes != seen.bytes || now.segments != seen.segments;
        bool due = again_at && lw_clock_mono_ms(&lw_sys_real) >= again_at;
        if (now.segments == 0 || !(due || (grown && !again_at)))
            continue;
        int status = go_round(c, &round);
        if (status == INTERRUPTED)
            break;
        round.before = status;
        seen = measure(w);
        wait_ms = status == 0 ? 0 : wait_ms ? wait_ms * 2 : LOOK_MS;
        wait_ms = wait_ms < LW_RETRY_MOST_MS ? wait_ms : LW_RETRY_MOST_MS;
        again_at = wait_ms ? lw_clock_mono_ms(&lw_sys_real) + wait_ms : 0;
    }
    return INTERRUPTED;
}

/* ---- the command */

static int act(struct lw_cli *c, const struct lw_workspace *w)
{
    if (w->project->nsync == 0) {
        lw_cli_warn(
            "%s: no `sync`, so labels stay here. Add `sync: {to: \"file:outbox/\"}`, or the "
            "address your client gave you.",
            w->project->file);
        return lw_exit_status(LW_EUSAGE);
    }
    if (c->value[LW_OPT_WATCH])
        return watch(c, w);
    if (measure(w).segments == 0) {
        lw_cli_fail_absent(w);
        return 0;
    }
    struct round once = {LW_SYNC_PATIENCE_MS, NEVER};
    return c->value[LW_OPT_DRY_RUN] ? dry_run(c) : go_round(c, &once);
}

int lw_cmd_sync(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (c->value[LW_OPT_DRY_RUN] && (c->value[LW_OPT_WATCH] || c->value[LW_OPT_RESEND])) {
        lw_cli_warn("--dry-run sends nothing. Use it alone or with --json.");
        return lw_exit_status(LW_EUSAGE);
    }
    if (!watch_signals())
        return lw_exit_status(LW_EIO);
    if (lw_workspace_find(&opts, &w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    int status = act(c, &w);
    lw_workspace_close(&w);
    return status;
}
