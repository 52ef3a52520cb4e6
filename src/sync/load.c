/* The batch in hand: its lines from the journal, cut anew or read back. */
#include "sync/in_order.h"
#include "sync/sync_impl.h"

#include <string.h>

struct loading {
    struct lw_sync *s;
    const struct lw_outbox *box;
    const struct lw_post *post;
};

static void add(struct lw_sync *s, const struct lw_event *e)
{
    lw_buf_add(&s->bytes, e->text, e->pos.len - 1);
    lw_buf_char(&s->bytes, '\n');
}

static bool offer(void *ctx, const struct lw_event *e)
{
    struct loading *l = ctx;
    enum lw_cut_word word = lw_outbox_offer(l->box, l->post, &l->s->cut, e);
    if (word == LW_CUT_TAKEN)
        add(l->s, e);
    return word != LW_CUT_FULL;
}

static bool collect(void *ctx, const struct lw_event *e)
{
    struct loading *l = ctx;
    struct lw_cut *c = &l->s->cut;
    if (e->seq > l->post->batch.last)
        return false;
    lw_cut_add(c, e);
    add(l->s, e);
    return true;
}

static enum lw_load load(struct loading *l, struct lw_outlet *o, uint64_t behind,
    bool (*each)(void *ctx, const struct lw_event *e), struct lw_err *err)
{
    struct lw_sync *s = l->s;
    s->loaded = NULL;
    lw_cut_clear(&s->cut);
    lw_buf_clear(&s->bytes);
    if (lw_in_order(s->with.journal, s->with.ledger, behind, each, l, err) != LW_OK)
        return LW_LOAD_FAILED;
    if (s->cut.events == 0)
        return LW_LOAD_NONE;
    lw_sha256_hex(s->bytes.data, s->bytes.len, s->sha256);
    s->loaded = o;
    return LW_LOAD_OK;
}

enum lw_load lw_load_next(
    struct lw_sync *s, struct lw_outlet *o, const struct lw_post *post, struct lw_err *err)
{
    struct loading l = {s, &o->box, post};
    return load(&l, o, lw_outbox_from(&o->box, post), offer, err);
}

enum lw_load lw_load_posted(struct lw_sync *s, struct lw_outlet *o, struct lw_err *err)
{
    struct loading l = {s, &o->box, lw_outlet_post(s, o)};
    const char *posted = l.post->batch.sha256;
    if (s->loaded == o && strcmp(s->sha256, posted) == 0)
        return LW_LOAD_OK;
    enum lw_load word = load(&l, o, l.post->batch.first - 1, collect, err);
    bool same = word == LW_LOAD_OK && strcmp(s->sha256, posted) == 0;
    if (word == LW_LOAD_FAILED || same)
        return word;
    s->loaded = NULL;
    return LW_LOAD_OTHER;
}
