/* Which lines of the journal make a batch: cut anew, read again after a restart, or only listed for
 * --dry-run. Where a batch ends the outbox decides; what becomes of it, sync.c. */
#include "sync/batch_internal.h"

#include "labelwright/sync/sync.h"

#include <stdlib.h>
#include <string.h>

/* ---- events in order of their numbers */

struct place {
    uint64_t seq;
    enum lw_event_type type;
    struct lw_pos pos;
};

struct order {
    uint64_t next; /* the number that must come */
    bool gap;      /* another one came */
    bool (*each)(void *ctx, const struct lw_event *e);
    void *ctx;
    struct place *place; /* once there was a gap */
    size_t n, cap;
};

static bool pass_next(void *ctx, const struct lw_event *e)
{
    struct order *o = ctx;
    if (e->seq < o->next)
        return true;
    o->gap = e->seq > o->next;
    if (o->gap)
        return false;
    o->next++;
    return o->each(o->ctx, e);
}

static bool note_place(void *ctx, const struct lw_event *e)
{
    struct order *o = ctx;
    if (e->seq < o->next)
        return true;
    if (o->n == o->cap) {
        o->cap = o->cap ? o->cap * 2 : 256;
        o->place = lw_grow(o->place, o->cap, sizeof *o->place);
    }
    o->place[o->n++] = (struct place){e->seq, e->type, e->pos};
    return true;
}

/* Of doubles, the earlier place counts. */
static int by_seq(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->seq != y->seq)
        return x->seq < y->seq ? -1 : 1;
    if (x->pos.segment != y->pos.segment)
        return x->pos.segment < y->pos.segment ? -1 : 1;
    return (x->pos.offset > y->pos.offset) - (x->pos.offset < y->pos.offset);
}

static enum lw_code pass_sorted(struct order *o, const struct lw_journal *j, struct lw_err *err)
{
    struct lw_buf text = {0};
    enum lw_code code = LW_OK;
    bool more = true;
    qsort(o->place, o->n, sizeof *o->place, by_seq);
    for (size_t i = 0; i < o->n && more && code == LW_OK; i++) {
        const struct place *p = &o->place[i];
        if (i > 0 && p[-1].seq == p->seq)
            continue;
        lw_buf_clear(&text);
        code = lw_journal_text(j, p->pos, &text, err);
        struct lw_event e = {.type = p->type, .seq = p->seq, .pos = p->pos, .text = text.data};
        more = code == LW_OK && o->each(o->ctx, &e);
    }
    lw_buf_fini(&text);
    return code;
}

enum lw_code lw_batch_each_event(const struct lw_journal *j, const struct lw_ledger *l,
    uint64_t seq, bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err)
{
    struct order o = {.next = seq + 1, .each = each, .ctx = ctx};
    enum lw_code code = lw_journal_lines(j, lw_ledger_before(l, seq), pass_next, &o, err);
    if (code == LW_OK && o.gap)
        code = lw_journal_lines(j, (struct lw_mark){0}, note_place, &o, err);
    if (code == LW_OK && o.n > 0)
        code = pass_sorted(&o, j, err);
    free(o.place);
    return code;
}

/* ---- one batch */

static void add_line(struct lw_batch *b, const struct lw_event *e)
{
    lw_buf_add(&b->bytes, e->text, e->pos.len - 1);
    lw_buf_char(&b->bytes, '\n');
}

static void clear(struct lw_batch *b)
{
    b->filled = false;
    lw_cut_clear(&b->cut);
    lw_buf_clear(&b->bytes);
}

struct filling {
    struct lw_batch *to;
    const struct lw_outbox *outbox;
    const struct lw_delivery *delivery;
};

/* A private event ends the batch before it, so that the numbers of a batch have no gap. */
static bool offer(void *ctx, const struct lw_event *e)
{
    struct filling *f = ctx;
    if (lw_event_is_private(e))
        return f->to->cut.events == 0;
    enum lw_cut_answer answer = lw_outbox_offer(f->outbox, f->delivery, &f->to->cut, e);
    if (answer == LW_CUT_ADDED)
        add_line(f->to, e);
    return answer != LW_CUT_FULL;
}

static bool add_named(void *ctx, const struct lw_event *e)
{
    struct filling *f = ctx;
    if (e->seq > f->delivery->batch.last)
        return false;
    lw_cut_add(&f->to->cut, e);
    add_line(f->to, e);
    return true;
}

static enum lw_batch_state finish(struct lw_batch *b, enum lw_code code)
{
    if (code != LW_OK)
        return LW_BATCH_FAILED;
    if (b->cut.events == 0)
        return LW_BATCH_EMPTY;
    lw_sha256_hex(b->bytes.data, b->bytes.len, b->sha256);
    b->filled = true;
    return LW_BATCH_READY;
}

enum lw_batch_state lw_batch_cut(struct lw_batch *b, const struct lw_journal *j,
    const struct lw_ledger *l, const struct lw_outbox *o, const struct lw_delivery *delivery,
    struct lw_err *err)
{
    struct filling f = {b, o, delivery};
    clear(b);
    return finish(b, lw_batch_each_event(j, l, lw_outbox_from(o, delivery), offer, &f, err));
}

enum lw_batch_state lw_batch_reload(struct lw_batch *b, const struct lw_journal *j,
    const struct lw_ledger *l, const struct lw_delivery *delivery, struct lw_err *err)
{
    struct filling f = {b, NULL, delivery};
    const char *sha256 = delivery->batch.sha256;
    if (b->filled && strcmp(b->sha256, sha256) == 0)
        return LW_BATCH_READY;
    clear(b);
    enum lw_batch_state state =
        finish(b, lw_batch_each_event(j, l, delivery->batch.first - 1, add_named, &f, err));
    if (state == LW_BATCH_FAILED || (b->filled && strcmp(b->sha256, sha256) == 0))
        return state;
    b->filled = false;
    return LW_BATCH_CHANGED;
}

void lw_batch_fini(struct lw_batch *b)
{
    lw_cut_fini(&b->cut);
    lw_buf_fini(&b->bytes);
}

/* ---- all batches, without sending them */

struct plan {
    const char *to;
    struct lw_outbox outbox;
    struct lw_delivery delivery;
    struct lw_parked_event *parked; /* of the delivery, once it is our own */
    struct lw_batch batch;
    void (*each)(void *ctx, const struct lw_planned *one);
    void *ctx;
};

/* Reports the current batch, and goes on as if it had arrived. */
static void report_batch(struct plan *p)
{
    const struct lw_cut *c = &p->batch.cut;
    finish(&p->batch, LW_OK);
    struct lw_planned one = {
        p->to, c->first, c->last, c->events, c->labels, c->bytes, p->batch.sha256};
    p->each(p->ctx, &one);
    p->delivery = lw_delivery_after(&p->delivery, c);
    free(p->parked);
    p->parked = p->delivery.parked;
    clear(&p->batch);
}

/* Adds a line of the batch that was cut before; false for others. */
static bool add_cut_before(struct plan *p, const struct lw_event *e)
{
    const struct lw_cut *c = &p->batch.cut;
    if (e->seq < p->delivery.batch.first || (c->events && e->seq <= c->last))
        return true;
    if (e->seq > p->delivery.batch.last)
        return false;
    lw_cut_add(&p->batch.cut, e);
    add_line(&p->batch, e);
    return true;
}

static bool plan_line(void *ctx, const struct lw_event *e)
{
    struct plan *p = ctx;
    struct filling f = {&p->batch, &p->outbox, &p->delivery};
    if (p->delivery.batch.first && add_cut_before(p, e))
        return true;
    if (p->delivery.batch.first && p->batch.cut.events)
        report_batch(p);
    p->delivery.batch.first = 0;
    if (!offer(&f, e)) {
        report_batch(p);
        offer(&f, e);
    }
    return true;
}

static uint64_t plan_start(const struct plan *p)
{
    uint64_t from = lw_outbox_from(&p->outbox, &p->delivery), first = p->delivery.batch.first;
    return first && first - 1 < from ? first - 1 : from;
}

enum lw_code lw_sync_plan(const struct lw_project *project, const struct lw_journal *j,
    const struct lw_ledger *l, void (*each)(void *ctx, const struct lw_planned *one), void *ctx,
    struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < project->nsync && code == LW_OK; i++) {
        const struct lw_sync_to *to = &project->sync[i];
        struct plan p = {
            .to = to->to, .delivery = *lw_ledger_delivery(l, to->key), .each = each, .ctx = ctx};
        if (!p.delivery.batch.first && lw_ledger_unsent(l, &p.delivery) == 0)
            continue;
        lw_outbox_init(&p.outbox, (size_t)to->batch);
        code = lw_batch_each_event(j, l, plan_start(&p), plan_line, &p, err);
        if (code == LW_OK && (p.batch.cut.labels || (p.batch.cut.events && p.delivery.batch.first)))
            report_batch(&p);
        free(p.parked);
        lw_batch_fini(&p.batch);
    }
    return code;
}
