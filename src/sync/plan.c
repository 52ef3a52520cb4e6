/* What would be sent: runs the outbox's decisions on a copy of the delivery. */
#include "labelwright/base/buf.h"
#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"
#include "sync/send_order_internal.h"

#include <stdlib.h>
#include <string.h>

struct plan {
    const char *to;
    struct lw_outbox box;
    struct lw_delivery delivery;
    struct lw_cut cut;
    struct lw_buf bytes;
    void (*each)(void *ctx, const struct lw_planned *one);
    void *ctx;
};

/* Reports the current batch, and continues as if it had arrived. */
static void arrive(struct plan *p)
{
    struct lw_cut *c = &p->cut;
    char sha256[LW_SHA256_HEX];
    lw_sha256_hex(p->bytes.data, p->bytes.len, sha256);
    struct lw_planned one = {p->to, c->first, c->last, c->events, c->labels, c->bytes, sha256};
    p->each(p->ctx, &one);
    for (size_t i = 0; i < p->delivery.nheld; i++)
        if (p->delivery.held[i].seq >= c->first && p->delivery.held[i].seq <= c->last)
            p->delivery.held[i].again = false;
    if (c->last > p->delivery.sent)
        p->delivery.sent = c->last;
    p->delivery.batch.first = 0;
    lw_cut_clear(c);
    lw_buf_clear(&p->bytes);
}

static void take(struct plan *p, const struct lw_event *e)
{
    lw_buf_add(&p->bytes, e->text, e->pos.len - 1);
    lw_buf_char(&p->bytes, '\n');
}

/* The lines of what was posted before; false for others. */
static bool was_posted(struct plan *p, const struct lw_event *e)
{
    struct lw_cut *c = &p->cut;
    if (e->seq < p->delivery.batch.first || (c->events && e->seq <= c->last))
        return true;
    if (e->seq > p->delivery.batch.last)
        return false;
    lw_cut_add(c, e);
    take(p, e);
    return true;
}

static bool plan_line(void *ctx, const struct lw_event *e)
{
    struct plan *p = ctx;
    if (p->delivery.batch.first && was_posted(p, e))
        return true;
    if (p->delivery.batch.first && p->cut.events)
        arrive(p);
    p->delivery.batch.first = 0;
    enum lw_cut_word word = lw_outbox_offer(&p->box, &p->delivery, &p->cut, e);
    if (word == LW_CUT_FULL) {
        arrive(p);
        word = lw_outbox_offer(&p->box, &p->delivery, &p->cut, e);
    }
    if (word == LW_CUT_TAKEN)
        take(p, e);
    return true;
}

static uint64_t start(const struct plan *p)
{
    uint64_t from = lw_outbox_from(&p->box, &p->delivery), first = p->delivery.batch.first;
    return first && first - 1 < from ? first - 1 : from;
}

static void copy_post(struct lw_delivery *to, const struct lw_delivery *from)
{
    *to = *from;
    to->held = lw_alloc((from->nheld + 1) * sizeof *to->held);
    if (from->nheld)
        memcpy(to->held, from->held, from->nheld * sizeof *to->held);
}

enum lw_code lw_sync_plan(const struct lw_project *project, const struct lw_journal *j,
    const struct lw_ledger *l, void (*each)(void *ctx, const struct lw_planned *one), void *ctx,
    struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < project->nsync && code == LW_OK; i++) {
        const struct lw_sync_to *to = &project->sync[i];
        const struct lw_delivery *delivery = lw_ledger_delivery(l, to->key);
        struct plan p = {.to = to->to, .each = each, .ctx = ctx};
        if (!delivery->batch.first && lw_ledger_unsent(l, delivery) == 0)
            continue;
        lw_outbox_init(&p.box, (size_t)to->batch);
        copy_post(&p.delivery, delivery);
        code = lw_in_order(j, l, start(&p), plan_line, &p, err);
        if (code == LW_OK && (p.cut.labels || (p.cut.events && p.delivery.batch.first)))
            arrive(&p);
        free(p.delivery.held);
        lw_cut_fini(&p.cut);
        lw_buf_fini(&p.bytes);
    }
    return code;
}
