#include "sync/send_order_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- in file order */

static bool follow(void *ctx, const struct lw_event *e)
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

/* ---- sorted by number */

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

static enum lw_code give_places(struct order *o, const struct lw_journal *j, struct lw_err *err)
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

enum lw_code lw_in_order(const struct lw_journal *j, const struct lw_ledger *l, uint64_t seq,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err)
{
    struct order o = {.next = seq + 1, .each = each, .ctx = ctx};
    enum lw_code code = lw_journal_lines(j, lw_ledger_before(l, seq), follow, &o, err);
    if (code == LW_OK && o.gap)
        code = lw_journal_lines(j, (struct lw_mark){0}, note_place, &o, err);
    if (code == LW_OK && o.n > 0)
        code = give_places(&o, j, err);
    free(o.place);
    return code;
}
