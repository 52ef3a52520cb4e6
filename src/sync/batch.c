/* The lines of a batch from the journal: a new batch, or one read again. */
#include "sync/send_order_internal.h"
#include "sync/sync_internal.h"

#include <string.h>

struct loading {
    const struct lw_outbox *box;
    const struct lw_delivery *delivery;
    struct lw_in_flight *to;
};

static void add(struct lw_in_flight *h, const struct lw_event *e)
{
    lw_buf_add(&h->bytes, e->text, e->pos.len - 1);
    lw_buf_char(&h->bytes, '\n');
}

static bool offer(void *ctx, const struct lw_event *e)
{
    struct loading *l = ctx;
    enum lw_cut_word word = lw_outbox_offer(l->box, l->delivery, &l->to->cut, e);
    if (word == LW_CUT_TAKEN)
        add(l->to, e);
    return word != LW_CUT_FULL;
}

static bool collect(void *ctx, const struct lw_event *e)
{
    struct loading *l = ctx;
    if (e->seq > l->delivery->batch.last)
        return false;
    lw_cut_add(&l->to->cut, e);
    add(l->to, e);
    return true;
}

static enum lw_load load(const struct lw_sync *s, const struct lw_destination *o, struct loading *l,
    uint64_t behind, bool (*each)(void *ctx, const struct lw_event *e), struct lw_err *err)
{
    struct lw_in_flight *h = l->to;
    h->of = NULL;
    lw_cut_clear(&h->cut);
    lw_buf_clear(&h->bytes);
    if (lw_in_order(s->with.journal, s->with.ledger, behind, each, l, err) != LW_OK)
        return LW_LOAD_FAILED;
    if (h->cut.events == 0)
        return LW_LOAD_NONE;
    lw_sha256_hex(h->bytes.data, h->bytes.len, h->sha256);
    h->of = o;
    return LW_LOAD_OK;
}

enum lw_load lw_load_next(const struct lw_sync *s, const struct lw_destination *o,
    const struct lw_delivery *delivery, struct lw_in_flight *to, struct lw_err *err)
{
    struct loading l = {&o->box, delivery, to};
    return load(s, o, &l, lw_outbox_from(&o->box, delivery), offer, err);
}

enum lw_load lw_load_posted(struct lw_sync *s, const struct lw_destination *o, struct lw_err *err)
{
    struct loading l = {&o->box, lw_destination_delivery(s, o), &s->hand};
    const char *posted = l.delivery->batch.sha256;
    if (s->hand.of == o && strcmp(s->hand.sha256, posted) == 0)
        return LW_LOAD_OK;
    enum lw_load word = load(s, o, &l, l.delivery->batch.first - 1, collect, err);
    bool same = word == LW_LOAD_OK && strcmp(s->hand.sha256, posted) == 0;
    if (word == LW_LOAD_FAILED || same)
        return word;
    s->hand.of = NULL;
    return LW_LOAD_OTHER;
}

void lw_in_flight_fini(struct lw_in_flight *h)
{
    lw_cut_fini(&h->cut);
    lw_buf_fini(&h->bytes);
}
