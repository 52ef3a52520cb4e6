/* A row of bytes is found by those four of it that are rarest in texts; the others are compared
 * only where these fit. */
#include "tasks/search_pattern_internal.h"

#include "tasks/search_rows_internal.h"

void lw_pattern_allow(struct lw_pattern *p, size_t at, unsigned char c)
{
    lw_byte_set_add(&p->set[at], c);
    p->n = at + 1 > p->n ? at + 1 : p->n;
}

static uint64_t commonness_from(const struct lw_pattern *p, size_t at)
{
    uint64_t all = 1;
    for (size_t i = at; i < at + LW_QUAD && i < p->n; i++)
        all *= lw_byte_set_commonness(&p->set[i]);
    return all;
}

void lw_pattern_done(struct lw_pattern *p, struct lw_quad *rarest)
{
    uint64_t least = UINT64_MAX;
    for (size_t at = 0; at == 0 || at + LW_QUAD <= p->n; at++) {
        uint64_t common = commonness_from(p, at);
        p->rarest = common < least ? at : p->rarest;
        least = common < least ? common : least;
    }
    for (size_t k = 0; k < LW_QUAD; k++)
        if (p->rarest + k < p->n)
            rarest->at[k] = p->set[p->rarest + k];
        else
            lw_byte_set_add_all(&rarest->at[k]);
}

bool lw_pattern_is_around(const struct lw_pattern *p, struct lw_span bytes, size_t at)
{
    size_t i = 0, from = at - p->rarest;
    if (at < p->rarest || bytes.n - from < p->n)
        return false;
    while (i < p->n && lw_byte_set_has(&p->set[i], (unsigned char)bytes.s[from + i]))
        i++;
    return i == p->n;
}
