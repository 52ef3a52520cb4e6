/* `labelwright sync`: sends once, shows what would be sent, or watches the journal. Sending itself
 * is send.c, over the engine in sync/; here are signals, locks, rounds, and what is printed. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"
#include "cli/send_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"
#include "labelwright/text/glyph.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    INTERVAL_MS = 1000, /* ---- watch: how often it looks for new labels */
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
    lw_sync_poll(s, &fd, 1, ms < 0 || ms > INTERVAL_MS ? INTERVAL_MS : (int)ms);
    return fd.revents == 0;
}

/* ---- what is printed */

/* Words of --json: scripts depend on them. */
static const char *const states[] = {
    [LW_SYNC_NONE] = "none",
    [LW_SYNC_ALL_SENT] = "all_sent",
    [LW_SYNC_UNSENT] = "unsent",
    [LW_SYNC_SENDING] = "unsent",
    [LW_SYNC_OFFLINE] = "offline",
    [LW_SYNC_NEEDS_YOU] = "needs_you",
};

/* A message may hold bytes from outside, cut anywhere. */
static json_t *text_of(const char *s)
{
    struct lw_buf b = {0};
    lw_clean(s, strlen(s), false, &b);
    json_t *text = json_stringn(b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
    return text;
}

static void print_json(const struct lw_workspace *w, const struct lw_sync *s)
{
    struct lw_sync_status all = lw_sync_status(s);
    json_t *targets = json_array();
    uint64_t sent = 0;
    for (size_t i = 0; i < w->project->nsync; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        sent += t.done;
        json_array_append_new(targets,
            json_pack("{s:s,s:s,s:I,s:I,s:I,s:I,s:o}", "to", t.to, "state", states[t.state], "sent",
                (json_int_t)t.done, "unsent", (json_int_t)t.unsent, "parked", (json_int_t)t.parked,
                "never", (json_int_t)t.never, "text", text_of(t.text)));
    }
    lw_cli_print_json(json_pack("{s:I,s:I,s:I,s:o}", "sent", (json_int_t)sent, "unsent",
        (json_int_t)all.unsent, "parked", (json_int_t)all.parked, "targets", targets));
}

struct plan {
    bool json;
    size_t batches;
};

static void print_batch(void *ctx, const struct lw_planned *one)
{
    struct plan *p = ctx;
    p->batches++;
    if (p->json) {
        lw_cli_print_json(json_pack("{s:s,s:I,s:I,s:I,s:I,s:I,s:s}", "to", one->to, "first",
            (json_int_t)one->first, "last", (json_int_t)one->last, "events",
            (json_int_t)one->events, "labels", (json_int_t)one->labels, "bytes",
            (json_int_t)one->bytes, "sha256", one->sha256));
        return;
    }
    char *line = lw_format("events %" PRIu64 " to %" PRIu64 ": %zu label%s, %zu bytes, to %s",
        one->first, one->last, one->labels, one->labels == 1 ? "" : "s", one->bytes, one->to);
    lw_cli_print("", line);
    free(line);
}

static int print_plan(const struct lw_workspace *w, bool json)
{
    struct plan p = {.json = json};
    struct lw_err err = {0};
    if (lw_sync_plan(w->project, w->journal, w->ledger, print_batch, &p, &err) != LW_OK)
        return lw_cli_fail(NULL, &err);
    if (p.batches == 0)
        lw_cli_warn("Nothing to send.");
    return 0;
}

/* ---- one round */

static bool draw_and_wait(void *ctx, struct lw_sync *s)
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
    bool over = lw_send_all(s, n, patience_ms, draw_and_wait, &p);
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

static void warn_line(const char *line)
{
    lw_cli_warn("%s", line);
}

static void report(const struct lw_cli *c, const struct lw_workspace *w, const struct lw_sync *s)
{
    if (c->value[LW_OPT_JSON])
        print_json(w, s);
    else
        lw_send_report(s, w->project->nsync, warn_line);
    lw_send_report_missing(s, warn_line);
    if (lw_send_report_refused(w->project, w->journal, w->ledger, warn_line) > 0)
        lw_cli_warn("Label the task again to send a new label. If the server is fixed, use "
                    "--resend to send the refused ones again.");
}

/* What came of a round of --watch, for somebody who looks elsewhere. */
static void notify_round(
    const struct lw_cli *c, const struct lw_workspace *w, const struct lw_sync *s)
{
    struct lw_buf words = {0};
    struct lw_sync_status t = lw_sync_status(s);
    if (!c->value[LW_OPT_WATCH])
        return;
    if (t.state == LW_SYNC_NEEDS_YOU || t.trouble)
        lw_buf_str(&words, "there is a problem");
    else if (t.unsent == 0)
        lw_buf_str(&words, "all sent");
    else
        lw_buf_fmt(&words, "%s%" PRIu64 " to send", t.state == LW_SYNC_OFFLINE ? "offline, " : "",
            t.unsent);
    lw_cli_notify(&c->config, w->project->title, words.data);
    lw_buf_fini(&words);
}

/* One round. `before` is the status of the previous one: --watch reports only changes. */
struct round {
    int64_t patience_ms;
    int before;
};

static int send_round(struct lw_cli *c, struct lw_workspace *w, const struct round *round)
{
    struct lw_sync_opts opts = {.sys = w->sys,
        .project = w->project,
        .config = &c->config,
        .journal = w->journal,
        .ledger = w->ledger};
    struct lw_err err = {0};
    struct lw_sync *s;
    int status = 0;
    lw_cli_find_signer(c, w->project);
    opts.signer = c->signer;
    if (lw_sync_open(&opts, &s, &err) != LW_OK)
        return lw_cli_fail(NULL, &err);
    if (c->value[LW_OPT_RESEND] && lw_sync_resend(s, &err) != LW_OK)
        status = lw_cli_fail(NULL, &err);
    c->value[LW_OPT_RESEND] = NULL; /* ---- watch resends only once */
    if (status == 0 && !send_all(s, w->project->nsync, round->patience_ms))
        status = INTERRUPTED;
    else if (status == 0) {
        status = worst_of(w, s);
        if (status != round->before || lw_sync_status(s).done > 0) {
            report(c, w, s);
            notify_round(c, w, s);
        }
    }
    lw_sync_close(s);
    return status;
}

static int fail_locked(const struct lw_workspace *w, int before)
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
static int run_round(struct lw_cli *c, const struct round *round)
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
    int status = ours ? send_round(c, &w, round) : fail_locked(&w, round->before);
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
    struct lw_sent_opts check = {w.sys, w.project, w.journal, w.ledger};
    if (lw_sent_check(&check, &sent, NULL) == LW_OK && sent.text[0])
        lw_cli_warn("%s", sent.text);
    int status =
        sent.fork ? lw_exit_status(LW_EBAD) : print_plan(&w, c->value[LW_OPT_JSON] != NULL);
    lw_sent_fini(&sent);
    lw_workspace_close(&w);
    return status;
}

/* ---- sync --watch */

/* The size of the journal, to see whether it has grown. */
struct growth {
    uint64_t bytes, segments;
};

struct measuring {
    int folder;
    struct growth *to;
};

static void add_segment(void *ctx, const char *name)
{
    struct measuring *l = ctx;
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
    struct measuring l = {openat(w->dir, w->journal_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), &g};
    if (l.folder >= 0) {
        lw_sys_real.list(&lw_sys_real, l.folder, add_segment, &l);
        close(l.folder);
    }
    return g;
}

/* Holds the lock only while there is something to send, so that `record` and sessions can work. */
static int watch(struct lw_cli *c, const struct lw_workspace *w)
{
    struct growth before = {0};
    struct round round = {.before = NEVER};
    int64_t again_at = 0, wait_ms = 0;
    while (wait_for(NULL, INTERVAL_MS)) {
        struct growth now = measure(w);
        bool grown = now.bytes != before.bytes || now.segments != before.segments;
        bool due = again_at && lw_clock_mono_ms(&lw_sys_real) >= again_at;
        if (now.segments == 0 || !(due || (grown && !again_at)))
            continue;
        int status = run_round(c, &round);
        if (status == INTERRUPTED)
            break;
        round.before = status;
        before = measure(w);
        wait_ms = status == 0 ? 0 : wait_ms ? wait_ms * 2 : INTERVAL_MS;
        wait_ms = wait_ms < LW_RETRY_MOST_MS ? wait_ms : LW_RETRY_MOST_MS;
        again_at = wait_ms ? lw_clock_mono_ms(&lw_sys_real) + wait_ms : 0;
    }
    lw_cli_notify(&c->config, w->project->title, "sync has ended");
    return INTERRUPTED;
}

/* ---- the command */

static int run(struct lw_cli *c, const struct lw_workspace *w)
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
    struct round once = {LW_SEND_PATIENCE_MS, NEVER};
    return c->value[LW_OPT_DRY_RUN] ? dry_run(c) : run_round(c, &once);
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
    int status = run(c, &w);
    lw_workspace_close(&w);
    return status;
}
