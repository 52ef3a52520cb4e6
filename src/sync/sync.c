/* Connects outbox, target, HTTP client and journal. There is one batch at a time, whatever the
 * number of targets; they take turns. */
#include "sync/sync_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening */

static void say(struct lw_destination *o, enum lw_code code, const char *text)
{
    o->box.code = code;
    lw_clean_line(text, o->box.text, sizeof o->box.text);
}

/* The user is needed. */
static void halt(struct lw_destination *o, const struct lw_err *err)
{
    o->box.stopped = true;
    say(o, err->code, err->text);
}

static void open_outlet(struct lw_sync *s, struct lw_destination *o, const struct lw_sync_to *to)
{
    struct lw_err err = {0};
    struct lw_target_opts opts = {.sys = s->with.sys,
        .project = s->with.project,
        .to = to,
        .journal = s->with.journal,
        .ledger = s->with.ledger};
    o->to = to;
    o->kind = lw_target_kind(to);
    lw_outbox_init(&o->box, (size_t)to->batch);
    if (s->with.config)
        opts.endpoint = lw_config_endpoint(s->with.config, to->to);
    if (opts.endpoint)
        o->credentials = lw_credentials_new(opts.endpoint, 0);
    if (o->kind)
        o->target = o->kind->open(&opts, &err);
    else
        lw_fail(&err, LW_EUSAGE, "%s: this version cannot send there.", to->to);
    if (!o->target)
        halt(o, &err);
}

/* The journal was continued in two places: what is sent from here would contradict what was sent
 * from the other. */
static void close_outlet(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_err err = {.code = LW_EBAD};
    if (o->target)
        o->kind->close(o->target);
    o->target = NULL;
    snprintf(err.text, sizeof err.text, "%s", s->sent.text);
    halt(o, &err);
}

enum lw_code lw_sync_open(const struct lw_sync_opts *opts, struct lw_sync **to, struct lw_err *err)
{
    struct lw_sent_report sent;
    struct lw_sent_opts look = {opts->sys, opts->project, opts->journal, opts->ledger};
    enum lw_code code = lw_sent_check(&look, &sent, err);
    if (code != LW_OK) {
        lw_sent_fini(&sent);
        return code;
    }
    struct lw_sync *s = lw_alloc(sizeof *s);
    s->sent = sent;
    s->with = *opts;
    s->n = opts->project->nsync;
    s->outlet = lw_alloc((s->n + 1) * sizeof *s->outlet);
    s->http = lw_http_new(NULL);
    for (size_t i = 0; i < s->n; i++)
        open_outlet(s, &s->outlet[i], &opts->project->sync[i]);
    for (size_t i = 0; i < s->n; i++) {
        s->outlet[i].unsent_then = lw_destination_unsent(s, &s->outlet[i]);
        if (sent.fork)
            close_outlet(s, &s->outlet[i]);
    }
    *to = s;
    return LW_OK;
}

void lw_sync_close(struct lw_sync *s)
{
    if (!s)
        return;
    lw_http_free(s->http);
    for (size_t i = 0; i < s->n; i++) {
        lw_credentials_free(s->outlet[i].credentials);
        if (s->outlet[i].target)
            s->outlet[i].kind->close(s->outlet[i].target);
    }
    lw_in_flight_fini(&s->hand);
    lw_in_flight_fini(&s->ahead);
    lw_sent_fini(&s->sent);
    free(s->outlet);
    free(s);
}

/* ---- state */

const struct lw_delivery *lw_destination_delivery(
    const struct lw_sync *s, const struct lw_destination *o)
{
    return lw_ledger_delivery(s->with.ledger, o->to->key);
}

uint64_t lw_destination_unsent(const struct lw_sync *s, const struct lw_destination *o)
{
    return lw_ledger_unsent(s->with.ledger, lw_destination_delivery(s, o));
}

int64_t lw_sync_mono(const struct lw_sync *s)
{
    return lw_clock_mono_ms(s->with.sys);
}

static bool writable(const struct lw_sync *s)
{
    return s->with.journal && lw_journal_mode(s->with.journal) == LW_JOURNAL_WRITABLE;
}

/* Milliseconds that the labels still wait to be sent together; 0 to send now. */
static int64_t gathers_ms(const struct lw_sync *s, struct lw_destination *o, uint64_t unsent)
{
    int64_t now = lw_sync_mono(s);
    if (unsent == 0)
        o->gathers_since = 0;
    else if (!o->gathers_since)
        o->gathers_since = now ? now : 1;
    if (o->hurry || unsent == 0 || unsent >= o->box.batch)
        return 0;
    int64_t left = o->gathers_since + s->with.gather_ms - now;
    return left > 0 ? left : 0;
}

/* Milliseconds until the outlet has something to do; -1 for never. */
static int64_t due_ms(const struct lw_sync *s, struct lw_destination *o)
{
    uint64_t unsent = lw_destination_unsent(s, o);
    int64_t now = lw_sync_mono(s), gathers = gathers_ms(s, o, unsent);
    switch (lw_outbox_action(&o->box, lw_destination_delivery(s, o), unsent, now)) {
    case LW_OUTBOX_WAIT:
        return o->box.not_before - now;
    case LW_OUTBOX_CUT:
        return gathers;
    case LW_OUTBOX_SEND:
        if (o->credentials && lw_credentials_work(o->credentials) == LW_CREDENTIALS_WAITING)
            return lw_credentials_due_ms(o->credentials);
        return 0;
    default:
        return -1;
    }
}

int64_t lw_sync_due_ms(const struct lw_sync *s)
{
    int64_t least = -1;
    if (!s || !writable(s) || s->active)
        return -1;
    for (size_t i = 0; i < s->n && least != 0; i++) {
        int64_t ms = due_ms(s, &s->outlet[i]);
        if (ms >= 0 && (least < 0 || ms < least))
            least = ms;
    }
    return least;
}

/* ---- the journal */

static bool append(struct lw_sync *s, struct lw_destination *o, json_t *bodies)
{
    struct lw_err err = {0};
    size_t n = json_array_size(bodies);
    json_t **body = lw_alloc((n + 1) * sizeof *body);
    struct lw_event *e = lw_alloc((n + 1) * sizeof *e);
    for (size_t i = 0; i < n; i++)
        body[i] = json_array_get(bodies, i);
    bool kept = lw_journal_append(s->with.journal, body, n, e, &err) == LW_OK;
    for (size_t i = 0; kept && i < n; i++)
        lw_ledger_fold(s->with.ledger, &e[i]);
    if (!kept)
        halt(o, &err);
    free(e);
    free(body);
    return kept;
}

static bool append_one(struct lw_sync *s, struct lw_destination *o, json_t *body)
{
    json_t *bodies = json_pack("[o]", body);
    bool kept = append(s, o, bodies);
    json_decref(bodies);
    return kept;
}

/* ---- the result */

/* The user may have changed the token, or the program gives a new one each time: read it once more
 * before asking the user. */
static void try_other_credentials(struct lw_destination *o)
{
    if (o->box.fate != LW_SEND_LOGIN || !o->credentials || o->asked_anew)
        return;
    o->asked_anew = true;
    lw_credentials_refresh(o->credentials);
    o->box.stopped = false;
}

/* The post as it will be once the receipt is on the disk. The caller frees `held`. */
static struct lw_delivery post_after(const struct lw_delivery *delivery, const struct lw_cut *c)
{
    struct lw_delivery after = *delivery;
    after.held = lw_alloc((delivery->nheld + 1) * sizeof *after.held);
    after.nheld = 0;
    for (size_t i = 0; i < delivery->nheld; i++)
        if (!delivery->held[i].again || delivery->held[i].seq < c->first ||
            delivery->held[i].seq > c->last)
            after.held[after.nheld++] = delivery->held[i];
    after.sent = c->last > delivery->sent ? c->last : delivery->sent;
    after.batch.first = 0;
    return after;
}

/* Prepares the next batch as if the current one had arrived: we read and hash while the server is
 * busy with it. */
static void look_ahead(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_delivery after = post_after(lw_destination_delivery(s, o), &s->hand.cut);
    uint64_t unsent = lw_ledger_unsent(s->with.ledger, &after);
    s->looked_ahead = true;
    s->ahead.of = NULL;
    if (unsent > 0 && (o->hurry || unsent >= o->box.batch || s->with.gather_ms == 0))
        lw_load_next(s, o, &after, &s->ahead, NULL);
    free(after.held);
}

/* Writes the receipt and the next batch in one write, if there is more to send at once and nothing
 * was rejected. The current batch is done. */
static bool add_next(struct lw_sync *s, struct lw_destination *o, json_t *events)
{
    if (!s->looked_ahead)
        look_ahead(s, o);
    if (!s->ahead.of)
        return false;
    struct lw_in_flight done = s->hand;
    s->hand = s->ahead;
    s->ahead = done;
    json_array_append_new(events, lw_event_batch(o->to->key, &s->hand.cut, s->hand.sha256));
    return true;
}

static uint64_t refused(const struct lw_sync *s, const struct lw_destination *o)
{
    return lw_ledger_parked(s->with.ledger, lw_destination_delivery(s, o), NULL, NULL);
}

/* Refused events are no longer unsent, but they were not sent either. */
static void count_sent(
    struct lw_sync *s, struct lw_destination *o, uint64_t unsent_before, uint64_t refused_before)
{
    uint64_t after = lw_destination_unsent(s, o), more = refused(s, o);
    uint64_t before = unsent_before - (more > refused_before ? more - refused_before : 0);
    o->done += before > after && before <= unsent_before ? before - after : 0;
    o->asked_anew = false;
    o->hurry = o->hurry && after > 0;
    o->finished = after == 0;
    o->gathers_since = 0;
}

/* The server names another event as its last one, or none: that counts from now on. */
static void take_head(struct lw_sync *s, const struct lw_send_result *d)
{
    struct lw_sent_opts look = {s->with.sys, s->with.project, s->with.journal, s->with.ledger};
    if (d->head[0]) {
        lw_sent_say_ahead(&s->sent, s->with.project);
    } else if (s->sent.ahead) {
        struct lw_sent_report sent, old = s->sent;
        bool known = lw_sent_check(&look, &sent, NULL) == LW_OK;
        s->sent = known ? sent : old;
        lw_sent_fini(known ? &old : &sent);
    }
}

static void settle(struct lw_sync *s, struct lw_destination *o, const struct lw_send_result *said)
{
    struct lw_send_result seen = lw_sync_beyond(s, o, said), *d = &seen;
    json_t *events = json_array();
    uint64_t chance = 0, unsent = lw_destination_unsent(s, o), held = refused(s, o);
    s->with.sys->random(s->with.sys, &chance, sizeof chance);
    lw_outbox_answer(
        &o->box, lw_destination_delivery(s, o), &s->hand.cut, d, lw_sync_mono(s), chance, events);
    bool arrived = o->box.fate == LW_SEND_SENT;
    bool next = arrived && json_array_size(events) == 1 && add_next(s, o, events);
    if (json_array_size(events) > 0 && append(s, o, events) && arrived)
        count_sent(s, o, unsent, held);
    if (arrived)
        take_head(s, d);
    if (next)
        lw_outbox_posted(&o->box);
    try_other_credentials(o);
    json_decref(events);
    s->changed = true;
}

static void answered(void *ctx, const struct lw_http_reply *reply);

/* Runs one step of the target, and sends its request. */
static void go_on(struct lw_sync *s, struct lw_destination *o, const struct lw_http_reply *reply)
{
    const struct lw_delivery *delivery = lw_destination_delivery(s, o);
    struct lw_http_request next = {0};
    struct lw_send_result result = {.wait_ms = -1};
    struct lw_err err = {0};
    struct lw_send_request request = {
        .journal = lw_journal_id(s->with.journal),
        .first = delivery->batch.first,
        .last = delivery->batch.last,
        .sha256 = s->hand.sha256,
        .bytes = s->hand.bytes.data,
        .len = s->hand.bytes.len,
        .events = s->hand.cut.events,
        .seq = s->hand.cut.seq,
        .authorization = o->credentials ? lw_credentials_header(o->credentials) : NULL,
    };
    s->active = NULL;
    s->changed = true;
    if (o->kind->step(o->target, &request, reply, &next, &result) == LW_STEP_DONE)
        settle(s, o, &result);
    else if (lw_http_start(s->http, &next, answered, s, &err) == LW_OK) {
        s->active = o;
        s->moved.at = lw_sync_mono(s);
        s->moved.bytes = 0;
    } else
        halt(o, &err);
}

static void answered(void *ctx, const struct lw_http_reply *reply)
{
    struct lw_sync *s = ctx;
    go_on(s, s->active, reply);
}

/* ---- sending */

static void cut(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_err err = {0};
    enum lw_load word = lw_load_next(s, o, lw_destination_delivery(s, o), &s->hand, &err);
    if (word == LW_LOAD_NONE)
        lw_fail(&err, LW_EBAD,
            "Events to be sent are missing from the journal. Run `labelwright verify`.");
    if (o->finished)
        o->done = 0;
    o->finished = false;
    if (word != LW_LOAD_OK)
        halt(o, &err);
    else if (append_one(s, o, lw_event_batch(o->to->key, &s->hand.cut, s->hand.sha256)))
        lw_outbox_posted(&o->box);
}

static void send_posted(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_err err = {0};
    enum lw_credentials_state c =
        o->credentials ? lw_credentials_work(o->credentials) : LW_CREDENTIALS_NONE;
    enum lw_load word = lw_load_posted(s, o, &err);
    if (c == LW_CREDENTIALS_WAITING)
        return;
    if (c == LW_CREDENTIALS_FAILED)
        halt(o, lw_credentials_error(o->credentials));
    else if (word == LW_LOAD_FAILED)
        halt(o, &err);
    else if (word == LW_LOAD_OTHER)
        lw_outbox_recut(&o->box);
    else {
        s->looked_ahead = false;
        go_on(s, o, NULL);
    }
}

static void act(struct lw_sync *s, struct lw_destination *o)
{
    int64_t now = lw_sync_mono(s);
    s->changed = true;
    if (lw_outbox_action(&o->box, lw_destination_delivery(s, o), lw_destination_unsent(s, o),
            now) == LW_OUTBOX_CUT)
        cut(s, o);
    else
        send_posted(s, o);
}

static void look_at_request(struct lw_sync *s)
{
    uint64_t sent = lw_http_sent(s->http);
    if (sent > s->moved.bytes)
        s->moved.at = lw_sync_mono(s);
    s->moved.bytes = sent;
}

int64_t lw_sync_still_ms(const struct lw_sync *s)
{
    return s->active ? lw_sync_mono(s) - s->moved.at : 0;
}

void lw_sync_give_up(struct lw_sync *s)
{
    struct lw_destination *o = s->active;
    struct lw_send_result d = {.fate = LW_SEND_OFFLINE,
        .wait_ms = -1,
        .text = "The server takes the data, but does not answer."};
    if (!o)
        return;
    lw_http_cancel(s->http);
    s->active = NULL;
    settle(s, o, &d);
}

bool lw_sync_step(struct lw_sync *s)
{
    s->changed = false;
    lw_http_work(s->http);
    look_at_request(s);
    if (s->active && !s->looked_ahead && lw_http_uploaded(s->http, s->hand.bytes.len))
        look_ahead(s, s->active);
    if (s->active || !writable(s))
        return s->changed;
    for (size_t i = 0; i < s->n; i++) {
        struct lw_destination *o = &s->outlet[(s->turn + i) % s->n];
        if (due_ms(s, o) != 0)
            continue;
        act(s, o);
        s->turn = (size_t)(o - s->outlet) + (lw_destination_delivery(s, o)->batch.first ? 0 : 1);
        break;
    }
    return s->changed;
}

/* ---- commands of the user */

void lw_sync_now(struct lw_sync *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct lw_destination *o = &s->outlet[i];
        if (!o->target)
            continue;
        lw_outbox_retry_now(&o->box);
        o->hurry = lw_destination_unsent(s, o) > 0;
        o->asked_anew = false;
        if (o->credentials)
            lw_credentials_refresh(o->credentials);
    }
    s->changed = true;
}

enum lw_code lw_sync_resend(struct lw_sync *s, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < s->n && code == LW_OK; i++) {
        struct lw_destination *o = &s->outlet[i];
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
        if (s->outlet[i].credentials) {
            lw_credentials_fds(s->outlet[i].credentials, all + m);
            m += LW_CREDENTIALS_FDS;
        }
    lw_http_poll(s->http, all, m, timeout_ms);
    int ready = 0;
    for (size_t i = 0; i < n; i++)
        ready += (fd[i].revents = all[i].revents) != 0;
    free(all);
    return ready;
}
