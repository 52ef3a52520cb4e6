/* How sending stands: the state of each target and of all, and the lists of what was refused or
 * cannot be sent. It changes nothing. */
#include "sync/sync_internal.h"
#include "sync/sync_messages_internal.h"

#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static enum lw_sync_state state_of(
    const struct lw_sync *s, const struct lw_destination *o, const struct lw_sync_status *t)
{
    switch (lw_outbox_action(
        &o->outbox, lw_destination_delivery(s, o), t->unsent, lw_sync_mono_ms(s))) {
    case LW_OUTBOX_STOPPED:
        return LW_SYNC_NEEDS_YOU;
    case LW_OUTBOX_NOTHING:
        return t->parked > 0 || t->never > 0 || s->sent.ahead || !o->target ? LW_SYNC_NEEDS_YOU
                                                                            : LW_SYNC_ALL_SENT;
    case LW_OUTBOX_WAIT:
        return LW_SYNC_OFFLINE;
    case LW_OUTBOX_CUT:
        return (o->done > 0 && !o->finished) || o->hurry ? LW_SYNC_SENDING : LW_SYNC_UNSENT;
    default:
        return LW_SYNC_SENDING;
    }
}

/* With a fork the ledger counts doubled numbers once; events added since then are counted right. */
static uint64_t unsent_of(const struct lw_sync *s, size_t n)
{
    const struct lw_destination *o = &s->destination[n];
    uint64_t now = lw_destination_unsent(s, o);
    return s->sent.fork ? s->sent.of[n].unsent + now - o->unsent_at_open : now;
}

struct lw_sync_status lw_sync_status_of(const struct lw_sync *s, size_t n)
{
    const struct lw_destination *o = &s->destination[n];
    struct lw_sync_status t = {
        .unsent = unsent_of(s, n),
        .never = s->sent.of[n].never,
        .parked = lw_ledger_parked(s->with.ledger, lw_destination_delivery(s, o), NULL, NULL),
        .retry_ms = -1,
        .code = o->outbox.code,
        .to = o->to->to,
        .text = *o->outbox.text || !(s->sent.of[n].never || s->sent.ahead) ? o->outbox.text
                                                                           : s->sent.text,
        .trouble = o->outbox.troubles >= LW_TROUBLES_TOLD,
    };
    t.state = state_of(s, o, &t);
    t.done = o->finished && t.unsent ? 0 : o->done;
    t.todo = t.done + t.unsent;
    if (t.state == LW_SYNC_OFFLINE)
        t.retry_ms = o->outbox.not_before - lw_sync_mono_ms(s);
    return t;
}

struct missing_list {
    void (*each)(void *ctx, uint64_t seq, const char *task);
    void *ctx;
};

static bool list_missing(void *ctx, const struct lw_event *e)
{
    const struct missing_list *l = ctx;
    bool label = e->type == LW_EV_ANNOTATE || e->type == LW_EV_SKIP || e->type == LW_EV_UNDO;
    if (!label || lw_event_is_private(e))
        return true;
    json_t *event = lw_event_json(e);
    l->each(l->ctx, e->seq, json_string_value(json_object_get(event, "task")));
    json_decref(event);
    return true;
}

void lw_sync_missing(
    const struct lw_sync *s, void (*each)(void *ctx, uint64_t seq, const char *task), void *ctx)
{
    struct missing_list l = {each, ctx};
    for (size_t i = 0; i < s->sent.nlacking; i++)
        each(ctx, s->sent.lacking[i].seq, s->sent.lacking[i].task);
    for (size_t i = 0; i < s->n && !s->sent.fork; i++) {
        const struct lw_destination *o = &s->destination[i];
        if (o->outbox.stopped && o->outbox.outcome == LW_SEND_FORK) {
            lw_batch_each_event(s->with.journal, s->with.ledger,
                lw_destination_delivery(s, o)->sent, list_missing, &l, NULL);
            return;
        }
    }
}

/* The worst first. */
static int rank(enum lw_sync_state state)
{
    static const enum lw_sync_state order[] = {LW_SYNC_NEEDS_YOU, LW_SYNC_SENDING, LW_SYNC_OFFLINE,
        LW_SYNC_UNSENT, LW_SYNC_ALL_SENT, LW_SYNC_NONE};
    int i = 0;
    while (order[i] != state)
        i++;
    return i;
}

struct lw_sync_status lw_sync_status(const struct lw_sync *s)
{
    struct lw_sync_status all = {.state = LW_SYNC_NONE, .retry_ms = -1, .text = ""};
    if (!s)
        return all;
    struct lw_totals totals = lw_ledger_totals(s->with.ledger);
    uint64_t unsent = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        unsent = t.unsent > unsent ? t.unsent : unsent;
        if (rank(t.state) < rank(all.state))
            all = t;
    }
    if (s->n != 1)
        all.to = NULL;
    all.unsent = unsent;
    all.never = s->sent.never;
    all.parked = totals.parked;
    return all;
}

/* ---- what is parked */

enum { LW_CODE_SHOWN = 200, LW_MESSAGE_SHOWN = 800 };

struct listing {
    const struct lw_journal *journal;
    const struct lw_ledger *ledger;
    const char *to;
    void (*each)(void *ctx, const struct lw_parked *one);
    void *ctx;
};

static const char *text(const json_t *event, const char *name)
{
    const char *s = json_string_value(json_object_get(event, name));
    return s ? s : "";
}

static void list_one(void *ctx, const struct lw_parked_event *h)
{
    const struct listing *l = ctx;
    json_t *parked = NULL, *event = NULL;
    const struct lw_entry *e = lw_ledger_entry(l->ledger, h->seq);
    lw_journal_read(l->journal, h->why, &parked, NULL);
    if (e)
        lw_journal_read(l->journal, e->pos, &event, NULL);
    char code[LW_CODE_SHOWN], message[LW_MESSAGE_SHOWN];
    lw_clean_line(text(parked, "code"), code, sizeof code);
    lw_clean_line(text(parked, "message"), message, sizeof message);
    struct lw_parked one = {
        .to = l->to,
        .seq = h->seq,
        .type = text(event, "type"),
        .task = text(event, "task"),
        .code = code,
        .message = message,
    };
    l->each(l->ctx, &one);
    json_decref(event);
    json_decref(parked);
}

void lw_sync_parked(const struct lw_project *p, const struct lw_journal *j,
    const struct lw_ledger *ledger, void (*each)(void *ctx, const struct lw_parked *one), void *ctx)
{
    for (size_t i = 0; i < p->nsync; i++) {
        struct listing l = {j, ledger, p->sync[i].to, each, ctx};
        lw_ledger_parked(ledger, lw_ledger_delivery(ledger, p->sync[i].key), list_one, &l);
    }
}
