/* What an answer changes: receipts and refusals go to the journal and its ledger, then to the
 * destination's counts. What the answer means was decided by the target and the outbox. */
#include "sync/sync_internal.h"
#include "sync/sync_messages_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the journal */

bool lw_sync_append(struct lw_sync *s, struct lw_destination *o, json_t *bodies)
{
    struct lw_err err = {0};
    size_t n = json_array_size(bodies);
    json_t **body = lw_alloc((n + 1) * sizeof *body);
    struct lw_event *e = lw_alloc((n + 1) * sizeof *e);
    for (size_t i = 0; i < n; i++)
        body[i] = json_array_get(bodies, i);
    bool written = lw_journal_append(s->with.journal, body, n, e, &err) == LW_OK;
    for (size_t i = 0; written && i < n; i++)
        lw_ledger_fold(s->with.ledger, &e[i]);
    if (!written)
        lw_destination_stop(o, &err);
    free(e);
    free(body);
    return written;
}

/* ---- a server that has more of the journal than we have: its end was lost here */

struct search {
    const char *hash;
    bool found;
};

static bool has_hash(void *ctx, const struct lw_event *e)
{
    struct search *f = ctx;
    f->found = strcmp(e->hash, f->hash) == 0;
    return !f->found;
}

/* The server's last event is usually the last one of the batch; else we search the journal. */
static bool is_in_journal(const struct lw_sync *s, const char *head)
{
    const struct lw_buf *b = &s->batch.bytes;
    const char *last = b->data + b->len - strlen("\"}\n") - (LW_SHA256_HEX - 1);
    struct search f = {head, strncmp(last, head, LW_SHA256_HEX - 1) == 0};
    if (!f.found)
        lw_journal_lines(s->with.journal, (struct lw_mark){0}, has_hash, &f, NULL);
    return f.found;
}

/* The result as the journal sees it: LW_SEND_FORK when the server wants events that the journal
 * does not have; `head` stays only when it is not in the journal. */
static struct lw_send_result compare_with_journal(
    const struct lw_sync *s, const struct lw_destination *o, const struct lw_send_result *d)
{
    struct lw_send_result r = *d;
    uint64_t last = lw_journal_head(s->with.journal).seq;
    if (d->outcome == LW_SEND_CONFLICT && d->expected_seq > last + 1) {
        r.outcome = LW_SEND_FORK;
        snprintf(r.text, sizeof r.text, LW_SYNC_MSG_END_LOST, d->expected_seq - 1, last,
            s->with.project->dir);
    }
    if (d->outcome == LW_SEND_SENT &&
        strcmp(d->batch, lw_destination_delivery(s, o)->batch.sha256) == 0 &&
        strlen(d->head) == LW_SHA256_HEX - 1 && is_in_journal(s, d->head))
        r.head[0] = '\0';
    return r;
}

/* The server names another event as its last one, or none: that counts from now on. */
static void update_ahead(struct lw_sync *s, const struct lw_send_result *d)
{
    struct lw_sent_opts opts = {s->with.sys, s->with.project, s->with.journal, s->with.ledger};
    if (d->head[0]) {
        lw_sent_set_ahead(&s->sent, s->with.project);
    } else if (s->sent.ahead) {
        struct lw_sent_report sent, old = s->sent;
        bool known = lw_sent_check(&opts, &sent, NULL) == LW_OK;
        s->sent = known ? sent : old;
        lw_sent_fini(known ? &old : &sent);
    }
}

/* ---- the next batch */

json_t *lw_sync_batch_event(const struct lw_sync *s, const struct lw_destination *o)
{
    const struct lw_cut *c = &s->batch.cut;
    json_t *e = lw_event_batch(o->to->key, c, s->batch.sha256);
    char signature[LW_SIGNATURE_TEXT];
    if (!s->with.signer)
        return e;
    char *text = lw_format("%s\n%" PRIu64 "\n%" PRIu64 "\n%s\n", lw_journal_id(s->with.journal),
        c->first, c->last, s->batch.sha256);
    lw_identity_sign(s->with.signer, "batch", text, signature);
    json_object_set_new(e, "key", json_string(lw_identity_key(s->with.signer)));
    json_object_set_new(e, "signature", json_string(signature));
    free(text);
    return e;
}

void lw_sync_prepare_next(struct lw_sync *s, struct lw_destination *o)
{
    struct lw_delivery after = lw_delivery_after(lw_destination_delivery(s, o), &s->batch.cut);
    uint64_t unsent = lw_ledger_unsent(s->with.ledger, &after);
    s->next_tried = true;
    s->next.filled = false;
    if (unsent > 0 && lw_destination_sends_at_once(s, o, unsent))
        lw_batch_cut(&s->next, s->with.journal, s->with.ledger, &o->outbox, &after, NULL);
    free(after.parked);
}

/* Adds the next batch to the receipt, for one write, if there is more to send at once. The batch
 * before it is done. */
static bool add_next(struct lw_sync *s, struct lw_destination *o, json_t *events)
{
    if (!s->next_tried)
        lw_sync_prepare_next(s, o);
    if (!s->next.filled)
        return false;
    struct lw_batch done = s->batch;
    s->batch = s->next;
    s->next = done;
    json_array_append_new(events, lw_sync_batch_event(s, o));
    return true;
}

/* ---- the result */

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
    o->reread = false;
    o->hurry = o->hurry && after > 0;
    o->finished = after == 0;
    o->gathers_since = 0;
}

/* The user may have changed the token, or the program gives a new one each time: read it once more
 * before asking the user. */
static void reread_credentials(struct lw_destination *o)
{
    if (o->outbox.outcome != LW_SEND_LOGIN || !o->credentials || o->reread)
        return;
    o->reread = true;
    lw_credentials_refresh(o->credentials);
    o->outbox.stopped = false;
}

void lw_sync_apply_result(
    struct lw_sync *s, struct lw_destination *o, const struct lw_send_result *result)
{
    struct lw_send_result d = compare_with_journal(s, o, result);
    json_t *events = json_array();
    uint64_t chance = 0, unsent = lw_destination_unsent(s, o), refused_before = refused(s, o);
    s->with.sys->random(s->with.sys, &chance, sizeof chance);
    lw_outbox_apply(&o->outbox, lw_destination_delivery(s, o), &s->batch.cut, &d,
        lw_sync_mono_ms(s), chance, events);
    bool arrived = o->outbox.outcome == LW_SEND_SENT;
    bool next = arrived && json_array_size(events) == 1 && add_next(s, o, events);
    if (json_array_size(events) > 0 && lw_sync_append(s, o, events) && arrived)
        count_sent(s, o, unsent, refused_before);
    if (arrived)
        update_ahead(s, &d);
    if (next)
        lw_outbox_posted(&o->outbox);
    reread_credentials(o);
    json_decref(events);
    s->changed = true;
}
