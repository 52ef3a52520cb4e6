/* Draws tasks with replacement, and takes the interval from the figures that come out. */
#include "agree/resample_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

struct lw_clusters lw_clusters_of(const struct lw_unit *unit, size_t units)
{
    struct lw_clusters c = {lw_alloc((units + 2) * sizeof *c.first), 0};
    for (size_t i = 0; i < units; i++)
        if (i == 0 || unit[i].task != unit[i - 1].task)
            c.first[c.n++] = (uint32_t)i;
    c.first[c.n] = (uint32_t)units;
    return c;
}

void lw_clusters_fini(struct lw_clusters *c)
{
    free(c->first);
}

void lw_resample(const struct lw_clusters *c, size_t times, uint64_t seed,
    void (*each)(void *ctx, const uint32_t *item, size_t n), void *ctx)
{
    uint32_t *item = NULL;
    size_t cap = 0;
    for (size_t t = 0; t < times; t++) {
        size_t n = 0;
        for (size_t i = 0; i < c->n; i++) {
            size_t task = (size_t)lw_random_below(&seed, c->n);
            size_t more = c->first[task + 1] - c->first[task];
            if (n + more > cap)
                item = lw_grow(item, cap = 2 * (n + more), sizeof *item);
            for (size_t k = 0; k < more; k++)
                item[n++] = c->first[task] + (uint32_t)k;
        }
        each(ctx, item, n);
    }
    free(item);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

bool lw_resample_interval(double *v, size_t n, size_t times, struct lw_interval *to)
{
    if (n == 0 || n < times - times / 10)
        return false;
    qsort(v, n, sizeof *v, by_size);
    size_t end = n / 40; /* 2.5 % */
    end = end > 0 ? end - 1 : 0;
    *to = (struct lw_interval){v[end], v[n - 1 - end]};
    return true;
}
