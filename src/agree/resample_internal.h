/* The bootstrap over tasks: figures of samples of as many tasks, drawn with replacement. All items
 * of a task go together, as they are not independent. */
#ifndef LABELWRIGHT_AGREE_RESAMPLE_INTERNAL_H
#define LABELWRIGHT_AGREE_RESAMPLE_INTERNAL_H

#include "labelwright/agree/label_set.h"
#include "labelwright/stats/interval.h"

#include <stdbool.h>

/* first[i] to first[i + 1] are the items of task i. */
struct lw_clusters {
    uint32_t *first;
    size_t n;
};
struct lw_clusters lw_clusters_of(const struct lw_unit *unit, size_t units);
void lw_clusters_fini(struct lw_clusters *c);

/* Calls `each` with the items of every sample: n of them. The same seed draws the same. */
void lw_resample(const struct lw_clusters *c, size_t times, uint64_t seed,
    void (*each)(void *ctx, const uint32_t *item, size_t n), void *ctx);

/* From the figures of `n` samples, which are sorted, what lies between the 2.5 % at either end;
 * false when more than one in ten of `times` had none. */
bool lw_resample_interval(double *v, size_t n, size_t times, struct lw_interval *to);

#endif
