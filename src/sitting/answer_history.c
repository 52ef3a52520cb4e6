#include "sitting/sitting_internal.h"

void lw_answer_history_push(struct lw_answer_history *h, struct lw_slot slot, const json_t *was)
{
    if (h->n == h->cap) {
        h->cap = h->cap ? 2 * h->cap : 16;
        h->v = lw_grow(h->v, h->cap, sizeof *h->v);
    }
    h->v[h->n++] = (struct lw_answer_change){slot, was ? json_deep_copy(was) : NULL};
}

bool lw_answer_history_pop(struct lw_answer_history *h, struct lw_answer_change *to)
{
    if (h->n == 0)
        return false;
    *to = h->v[--h->n];
    return true;
}

void lw_answer_history_clear(struct lw_answer_history *h)
{
    struct lw_answer_change c;
    while (lw_answer_history_pop(h, &c))
        json_decref(c.was);
}
