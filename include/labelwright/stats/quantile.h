/* Quantiles of whole numbers: medians and quartiles of durations. No floats: what is told of a
 * payment must come out the same everywhere. */
#ifndef LABELWRIGHT_STATS_QUANTILE_H
#define LABELWRIGHT_STATS_QUANTILE_H

#include <stddef.h>
#include <stdint.h>

void lw_sort_whole(int64_t *v, size_t n); /* ascending */

/* The part / of quantile of n ascending numbers: 1 / 2 is the median, 1 / 4 the lower quartile.
 * Between two numbers on a straight line, as R (type 7), numpy and Excel's PERCENTILE.INC have it,
 * rounded to a whole number, halves up. 0 when n is 0. part <= of, 1 <= of <= 1000; numbers below
 * 2^53. */
int64_t lw_quantile(const int64_t *ascending, size_t n, unsigned part, unsigned of);

#endif
