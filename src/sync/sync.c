/* The engine: which target's turn it is, one batch and one request at a time, and the waiting. It
 * connects journal, outbox, target and HTTP client and decides little: what is sent next and what
 * an answer means, the outbox and the target say. */
#include "sync/sync_internal.h"
#include "sync/sync_messages_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening */

enum lw_code lw_sync_open(const struct lw_sync_opts *opts, struct lw_sync **to, struct lw_err *err)
{
    struct lw_sent_report sent;
    struct lw_sent_opts check = {opts->sys, opts->project, opts->journal, opts->ledger};
    enum lw_code code = lw_sent_check(&check, &sent, err);
    if (code != LW_OK) {
        lw_sent_fini(&sent);
        return code;
    }
    struct lw_sync *s = lw_alloc(sizeof *s);
    s->sent = sent;
    s->with = *opts;
    s->n = opts->project->nsync;
    s->destination = lw_alloc((s->n + 1) * sizeof *s->destination);
    s->own_http = opts->http ? NULL : lw_http_new(s->with.sys, NULL);
    s->http = opts->http ? opts->http : s->own_http;
    for (size_t i = 0; i < s->n; i++)
        lw_destination_open(s, i);
    *to = s;
    return LW_OK;
}

void lw_sync_close(struct lw_sync *s)
{
    if (!s)
        return;
    lw_http_cancel(s->transfer);
    lw_http_free(s->own_http);
    for (size_t i = 0; i < s->n; i++)
        lw_destination_close(&s->destination[i]);
    lw_batch_fini(&s->batch);
    lw_batch_fini(&s->next);
    lw_sent_fini(&s->sent);
    free(s->destination);
    free(s);
}

/* ---- state */

static bool writable(const struct lw_sync *s)
{
    return s->with.journal && lw_journal_mode(s->with.journal) == LW_JOURNAL_WRITABLE;
}

int64_t lw_sync_due_ms(const struct lw_sync *s)
{
    int64_t least = -1;
    if (!s || !writable(s) || s->active)
        return -1;
    for (size_t i = 0; i < s->n && least != 0; i++) {
        int64_t ms = lw_destination_due_ms(s, &s->destination[i]);
        if (ms >= 0 && (least < 0 || ms < least))
            least = ms;
    }
    return least;
}

/* ---- a request */

static void on_reply(void *ctx, const struct lw_http_reply *reply);

/* Runs one step of the target, and sends its request. */
static void step_target(
    struct lw_sync *s, struct lw_destination *o, const struct lw_http_reply *reply)
{
    const struct lw_delivery *delivery = lw_destination_delivery(s, o);
    struct lw_http_request next = {0};
    struct lw_send_result result = {.wait_ms = -1};
    struct lw_err err = {0};
    struct lw_send_request request = {
        .journal = lw_journal_id(s->with.journal),
        .first = delivery->batch.first,
        .last = delivery->batch.last,
        .sha256 = s->batch.sha256,
        .bytes = s->batch.bytes.data,
        .len = s->batch.bytes.len,
        .events = s->batch.cut.events,
        .seq = s->batch.cut.seq,
        .authorization = o->credentials ? lw_credentials_header(o->credentials) : NULL,
    };
    s->active = NULL;
    s->changed = true;
    if (o->kind->step(o->target, &request, reply, &next, &result) == LW_STEP_DONE)
        lw_sync_apply_result(s, o, &result);
    else if ((s->transfer = lw_http_start(s->http, &next, on_reply, s, &err))) {
        s->active = o;
        s->progress.at = lw_sync_mono_ms(s);
        s->progress.bytes = 0;
    } else
        lw_destination_stop(o, &err);
}

static void on_reply(void *ctx, const struct lw_http_reply *reply)
{
    struct lw_sync *s = ctx;
    s->transfer = NULL;
    step_target(s, s->active, reply);
}

/* ---- sending */

static void cut_batch(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_err err = {0};
    enum lw_batch_state state = lw_batch_cut(&s->batch, s->with.journal, s->with.ledger, &o->outbox,
        lw_destination_delivery(s, o), &err);
    if (state == LW_BATCH_EMPTY)
        lw_fail(&err, LW_EBAD, LW_SYNC_MSG_EVENTS_GONE);
    if (o->finished)
        o->done = 0;
    o->finished = false;
    if (state != LW_BATCH_READY) {
        lw_destination_stop(o, &err);
        return;
    }
    json_t *events = json_pack("[o]", lw_sync_batch_event(s, o));
    if (lw_sync_append(s, o, events))
        lw_outbox_posted(&o->outbox);
    json_decref(events);
}

static void send_posted(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_err err = {0};
    enum lw_credentials_state c =
        o->credentials ? lw_credentials_work(o->credentials) : LW_CREDENTIALS_NONE;
    enum lw_batch_state state = lw_batch_reload(
        &s->batch, s->with.journal, s->with.ledger, lw_destination_delivery(s, o), &err);
    if (c == LW_CREDENTIALS_WAITING)
        return;
    if (c == LW_CREDENTIALS_FAILED)
        lw_destination_stop(o, lw_credentials_error(o->credentials));
    else if (state == LW_BATCH_FAILED)
        lw_destination_stop(o, &err);
    else if (state == LW_BATCH_CHANGED)
        lw_outbox_recut(&o->outbox);
    else {
        s->next_tried = false;
        step_target(s, o, NULL);
    }
}

static void start_next(struct lw_sync *s, struct lw_destination *o)
{
    int64_t now = lw_sync_mono_ms(s);
    s->changed = true;
    if (lw_outbox_action(&o->outbox, lw_destination_delivery(s, o), lw_destination_unsent(s, o),
            now) == LW_OUTBOX_CUT)
        cut_batch(s, o);
    else
        send_posted(s, o);
}

static void note_progress(struct lw_sync *s)
{
    uint64_t sent = lw_http_sent(s->transfer);
    if (sent > s->progress.bytes)
        s->progress.at = lw_sync_mono_ms(s);
    s->progress.bytes = sent;
}

int64_t lw_sync_stalled_ms(const struct lw_sync *s)
{
    return s->active ? lw_sync_mono_ms(s) - s->progress.at : 0;
}

void lw_sync_give_up(struct lw_sync *s)
{
    struct lw_destination *o = s->active;
    struct lw_send_result d = {
        .outcome = LW_SEND_OFFLINE, .wait_ms = -1, .text = LW_SYNC_MSG_NO_ANSWER};
    if (!o)
        return;
    lw_http_cancel(s->transfer);
    s->transfer = NULL;
    s->active = NULL;
    lw_sync_apply_result(s, o, &d);
}

static void start_due(struct lw_sync *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct lw_destination *o = &s->destination[(s->turn + i) % s->n];
        if (lw_destination_due_ms(s, o) != 0)
            continue;
        start_next(s, o);
        s->turn =
            (size_t)(o - s->destination) + (lw_destination_delivery(s, o)->batch.first ? 0 : 1);
        break;
    }
}

/* An answer may have come before, while somebody else used the HTTP client: that is news, too. */
bool lw_sync_step(struct lw_sync *s)
{
    lw_http_work(s->http);
    note_progress(s);
    if (s->active && !s->next_tried && lw_http_uploaded(s->transfer, s->batch.bytes.len))
        lw_sync_prepare_next(s, s->active);
    if (!s->active && writable(s))
        start_due(s);
    bool changed = s->changed;
    s->changed = false;
    return changed;
}

/* ---- commands of the user */

void lw_sync_now(struct lw_sync *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct lw_destination *o = &s->destination[i];
        if (!o->target)
            continue;
        lw_outbox_retry_now(&o->outbox);
        o->hurry = lw_destination_unsent(s, o) > 0;
        o->reread = false;
        if (o->credentials)
            lw_credentials_refresh(o->credentials);
    }
    s->changed = true;
}

enum lw_code lw_sync_resend(struct lw_sync *s, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < s->n && code == LW_OK; i++) {
        struct lw_destination *o = &s->destination[i];
        struct lw_event e;
        if (lw_ledger_parked(s->with.ledger, lw_destination_delivery(s, o), NULL, NULL) == 0)
            continue;
        json_t *body = lw_event_resend(o->to->key);
        code = lw_journal_append(s->with.journal, &body, 1, &e, err);
        if (code == LW_OK)
            lw_ledger_fold(s->with.ledger, &e);
        json_decref(body);
    }
    lw_sync_now(s);
    return code;
}

/* ---- waiting */

/* Also polls the pipes of each target's token program. */
int lw_sync_poll(struct lw_sync *s, struct pollfd *fd, size_t n, int timeout_ms)
{
    if (!s)
        return poll(fd, (nfds_t)n, timeout_ms);
    struct pollfd *all = lw_alloc((n + s->n * LW_CREDENTIALS_FDS + 1) * sizeof *all);
    size_t m = n;
    if (n > 0)
        memcpy(all, fd, n * sizeof *fd);
    for (size_t i = 0; i < s->n; i++)
        if (s->destination[i].credentials) {
            lw_credentials_fds(s->destination[i].credentials, all + m);
            m += LW_CREDENTIALS_FDS;
        }
    lw_http_poll(s->http, all, m, timeout_ms);
    int ready = 0;
    for (size_t i = 0; i < n; i++)
        ready += (fd[i].revents = all[i].revents) != 0;
    free(all);
    return ready;
}
