/* The rules of sending to one target: when, how many lines together, and what an answer changes. It
 * reads no journal and sends nothing: batch.c collects the lines, sync.c sends them. */
#include "labelwright/sync/outbox.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"
#include "sync/sync_messages_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- when */

void lw_outbox_init(struct lw_outbox *o, size_t batch)
{
    *o = (struct lw_outbox){.batch = batch, .most_events = batch, .most_bytes = LW_BATCH_BYTES};
}

void lw_outbox_retry_now(struct lw_outbox *o)
{
    o->stopped = false;
    o->not_before = 0;
    o->attempts = o->culprits = o->troubles = 0;
}

void lw_outbox_posted(struct lw_outbox *o)
{
    o->recut = false;
    o->rewind = 0;
}

void lw_outbox_recut(struct lw_outbox *o)
{
    o->recut = true;
}

enum lw_outbox_action lw_outbox_action(
    const struct lw_outbox *o, const struct lw_delivery *delivery, uint64_t unsent, int64_t now)
{
    bool posted = delivery->batch.first != 0;
    if (!posted && unsent == 0)
        return LW_OUTBOX_NOTHING;
    if (o->stopped)
        return LW_OUTBOX_STOPPED;
    if (now < o->not_before)
        return LW_OUTBOX_WAIT;
    return posted && !o->recut && !o->rewind ? LW_OUTBOX_SEND : LW_OUTBOX_CUT;
}

/* ---- cutting */

void lw_cut_clear(struct lw_cut *c)
{
    *c = (struct lw_cut){.seq = c->seq, .cap = c->cap};
}

void lw_cut_fini(struct lw_cut *c)
{
    free(c->seq);
    *c = (struct lw_cut){0};
}

/* The first event to send again; but if the server wants earlier ones, those go first. */
static const struct lw_parked_event *first_again(
    const struct lw_outbox *o, const struct lw_delivery *delivery)
{
    for (size_t i = 0; i < delivery->nparked && !o->rewind; i++)
        if (delivery->parked[i].again)
            return &delivery->parked[i];
    return NULL;
}

static int by_seq(const void *key, const void *item)
{
    uint64_t seq = *(const uint64_t *)key, other = ((const struct lw_parked_event *)item)->seq;
    return (seq > other) - (seq < other);
}

static const struct lw_parked_event *find_parked(const struct lw_delivery *delivery, uint64_t seq)
{
    if (delivery->nparked == 0)
        return NULL;
    return bsearch(&seq, delivery->parked, delivery->nparked, sizeof *delivery->parked, by_seq);
}

uint64_t lw_outbox_from(const struct lw_outbox *o, const struct lw_delivery *delivery)
{
    const struct lw_parked_event *again = first_again(o, delivery);
    if (again)
        return again->seq - 1;
    return o->rewind && o->rewind <= delivery->sent ? o->rewind - 1 : delivery->sent;
}

static bool is_label(enum lw_event_type type)
{
    return type == LW_EV_ANNOTATE || type == LW_EV_SKIP || type == LW_EV_UNDO;
}

static bool has_room(const struct lw_outbox *o, const struct lw_cut *c, size_t len)
{
    return c->events == 0 || (c->events < o->most_events && c->bytes + len < o->most_bytes);
}

void lw_cut_add(struct lw_cut *c, const struct lw_event *e)
{
    if (c->events == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 64;
        c->seq = lw_grow(c->seq, c->cap, sizeof *c->seq);
    }
    if (c->events == 0)
        c->first = e->seq;
    c->last = e->seq;
    c->seq[c->events++] = e->seq;
    c->labels += is_label(e->type);
    c->bytes += e->pos.len;
}

enum lw_cut_answer lw_outbox_offer(const struct lw_outbox *o, const struct lw_delivery *delivery,
    struct lw_cut *c, const struct lw_event *e)
{
    uint64_t behind = c->events ? c->last : lw_outbox_from(o, delivery);
    bool again = first_again(o, delivery) != NULL;
    const struct lw_parked_event *h = find_parked(delivery, e->seq);
    if (e->seq <= behind)
        return LW_CUT_PASS; /* is there twice, or was sent before */
    if (again ? !(h && h->again) : h != NULL)
        return c->events ? LW_CUT_FULL : LW_CUT_PASS;
    if (again && c->events && e->seq != c->last + 1)
        return LW_CUT_FULL;
    if (!has_room(o, c, e->pos.len))
        return LW_CUT_FULL;
    lw_cut_add(c, e);
    return LW_CUT_ADDED;
}

struct lw_delivery lw_delivery_after(const struct lw_delivery *d, const struct lw_cut *c)
{
    struct lw_delivery after = *d;
    after.parked = lw_alloc((d->nparked + 1) * sizeof *after.parked);
    after.nparked = 0;
    for (size_t i = 0; i < d->nparked; i++)
        if (!d->parked[i].again || d->parked[i].seq < c->first || d->parked[i].seq > c->last)
            after.parked[after.nparked++] = d->parked[i];
    after.sent = c->last > d->sent ? c->last : d->sent;
    after.batch.first = 0;
    return after;
}

/* ---- events */

static void set(json_t *e, const char *name, json_t *value)
{
    json_object_set_new(e, name, value);
}

static json_t *event(const char *type, const char *to)
{
    return json_pack("{s:s,s:s}", "type", type, "to", to);
}

static json_t *about(const char *type, const char *to, const struct lw_cut *c)
{
    json_t *e = event(type, to);
    set(e, "first", json_integer((json_int_t)c->first));
    set(e, "last", json_integer((json_int_t)c->last));
    set(e, "events", json_integer((json_int_t)c->events));
    set(e, "labels", json_integer((json_int_t)c->labels));
    return e;
}

json_t *lw_event_batch(const char *to, const struct lw_cut *c, const char *sha256)
{
    json_t *e = about("batch", to, c);
    set(e, "sha256", json_string(sha256));
    return e;
}

static json_t *receipt(
    const struct lw_delivery *delivery, const struct lw_cut *c, const struct lw_send_result *d)
{
    json_t *e = about("receipt", delivery->to, c);
    set(e, "sha256", json_string(delivery->batch.sha256));
    set(e, "accepted", json_integer((json_int_t)d->accepted));
    set(e, "duplicates", json_integer((json_int_t)d->duplicates));
    set(e, "rejected", json_integer((json_int_t)d->nrejected));
    if (strlen(d->head) == LW_SHA256_HEX - 1)
        set(e, "head", json_string(d->head));
    return e;
}

static json_t *parked(const char *to, const struct lw_refusal *r)
{
    json_t *e = event("parked", to);
    json_t *code = json_string(r->code), *message = json_string(r->message);
    set(e, "of", json_integer((json_int_t)r->seq));
    set(e, "code", code ? code : json_string(""));
    set(e, "message", message ? message : json_string(""));
    return e;
}

json_t *lw_event_resend(const char *to)
{
    return event("resend", to);
}

/* ---- what an answer means */

/* One answer to one batch, and its result. */
struct answer {
    struct lw_outbox *o;
    const struct lw_delivery *delivery;
    const struct lw_cut *c;
    const struct lw_send_result *d;
    int64_t now;
    uint64_t chance;
    json_t *events;
};

/* Full jitter; at least what the server asks for. */
static void wait(const struct answer *a)
{
    struct lw_outbox *o = a->o;
    int64_t most = LW_RETRY_FIRST_MS;
    for (unsigned i = 0; i < o->attempts && most < LW_RETRY_MOST_MS; i++)
        most *= 2;
    most = most < LW_RETRY_MOST_MS ? most : LW_RETRY_MOST_MS;
    int64_t ms = (int64_t)(a->chance % (uint64_t)(most + 1));
    if (ms < a->d->wait_ms)
        ms = a->d->wait_ms;
    o->attempts++;
    o->troubles = a->d->trouble ? o->troubles + 1 : 0;
    o->not_before = a->now + ms;
}

static void stop(const struct answer *a)
{
    a->o->stopped = true;
}

static void park(const struct answer *a, const struct lw_refusal *r)
{
    json_array_append_new(a->events, parked(a->delivery->to, r));
}

static void arrive(const struct answer *a)
{
    struct lw_outbox *o = a->o;
    for (size_t i = 0; i < a->d->nrejected; i++)
        park(a, &a->d->rejected[i]);
    json_array_append_new(a->events, receipt(a->delivery, a->c, a->d));
    o->most_events = o->most_events < o->batch / 2 ? o->most_events * 2 : o->batch;
    o->attempts = o->culprits = o->troubles = 0;
}

static void conflict(const struct answer *a)
{
    uint64_t seq = a->d->expected_seq;
    if (seq > 0 && seq < a->c->first)
        a->o->rewind = seq;
    wait(a);
}

/* A single event was refused: it must not block the ones after it. If many in a row are refused,
 * the cause is not the single events. */
static void park_alone(const struct answer *a)
{
    struct lw_refusal r = {.seq = a->c->first};
    const char *code = a->d->outcome == LW_SEND_TOO_LARGE ? "too_large" : "refused";
    snprintf(r.code, sizeof r.code, "%s", code);
    snprintf(r.message, sizeof r.message, "%.*s", (int)sizeof r.message - 1, a->d->text);
    park(a, &r);
    if (++a->o->culprits < LW_CULPRITS_MAX)
        return;
    stop(a);
    snprintf(a->o->text, sizeof a->o->text, LW_SYNC_MSG_CULPRITS, LW_CULPRITS_MAX, r.message);
}

static void halve_events(const struct answer *a)
{
    if (a->c->events <= 1) {
        park_alone(a);
        return;
    }
    a->o->most_events = a->c->events / 2;
    a->o->recut = true;
}

static void halve_bytes(const struct answer *a)
{
    if (a->c->events <= 1) {
        park_alone(a);
        return;
    }
    if (a->c->bytes / 2 < a->o->most_bytes)
        a->o->most_bytes = a->c->bytes / 2;
    a->o->recut = true;
}

static void refused(const struct answer *a)
{
    for (size_t i = 0; i < a->d->nrejected; i++)
        park(a, &a->d->rejected[i]);
    if (a->d->nrejected == 0)
        halve_events(a);
}

static void (*const acts[])(const struct answer *) = {
    [LW_SEND_SENT] = arrive,
    [LW_SEND_AGAIN] = wait,
    [LW_SEND_OFFLINE] = wait,
    [LW_SEND_CONFLICT] = conflict,
    [LW_SEND_REFUSED] = refused,
    [LW_SEND_TOO_LARGE] = halve_bytes,
    [LW_SEND_LOGIN] = stop,
    [LW_SEND_CONFIG] = stop,
    [LW_SEND_FORK] = stop,
};

/* ---- whether the answer is consistent */

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool is_line_of(const struct lw_cut *c, uint64_t seq)
{
    return c->events && bsearch(&seq, c->seq, c->events, sizeof *c->seq, ascending);
}

/* Every rejected event is a line of the batch, and none is listed twice. */
static bool lists_lines(const struct lw_cut *c, const struct lw_send_result *d)
{
    if (d->nrejected > c->events)
        return false;
    uint64_t *seq = lw_alloc((d->nrejected + 1) * sizeof *seq);
    bool well = true;
    for (size_t i = 0; i < d->nrejected; i++)
        seq[i] = d->rejected[i].seq;
    qsort(seq, d->nrejected, sizeof *seq, ascending);
    for (size_t i = 0; i < d->nrejected && well; i++)
        well = is_line_of(c, seq[i]) && (i == 0 || seq[i] != seq[i - 1]);
    free(seq);
    return well;
}

static const char *receipt_fault(
    const struct lw_delivery *delivery, const struct lw_cut *c, const struct lw_send_result *d)
{
    const uint64_t n = c->events;
    if (strcmp(d->batch, delivery->batch.sha256) != 0)
        return LW_SYNC_MSG_NO_RECEIPT;
    if (d->accepted > n || d->duplicates > n || d->accepted + d->duplicates + d->nrejected != n)
        return LW_SYNC_MSG_WRONG_SUMS;
    if (!lists_lines(c, d))
        return LW_SYNC_MSG_WRONG_EVENTS;
    return NULL;
}

void lw_outbox_apply(struct lw_outbox *o, const struct lw_delivery *delivery,
    const struct lw_cut *c, const struct lw_send_result *d, int64_t now, uint64_t chance,
    json_t *events)
{
    struct lw_send_result believed = *d;
    struct answer a = {o, delivery, c, &believed, now, chance, events};
    const char *fault = d->outcome == LW_SEND_SENT ? receipt_fault(delivery, c, d) : NULL;
    if (fault) {
        believed.outcome = LW_SEND_AGAIN;
        snprintf(believed.text, sizeof believed.text, "%s", fault);
    }
    if (d->outcome == LW_SEND_REFUSED && !lists_lines(c, d))
        believed.nrejected = 0;
    lw_outbox_posted(o);
    /* The text of a receipt stays until there is another text. */
    if (*believed.text || believed.outcome != LW_SEND_SENT || o->outcome != LW_SEND_SENT)
        lw_clean_line(believed.text, o->text, sizeof o->text);
    o->outcome = believed.outcome;
    o->code = d->code;
    acts[believed.outcome](&a);
}
