/* Intervals: how far a share or a mean of so few numbers can be trusted. Pure; the same numbers and
 * the same seed give the same interval in every version and on every machine. */
#ifndef LABELWRIGHT_STATS_INTERVAL_H
#define LABELWRIGHT_STATS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lw_interval {
    double low, high;
};

/* How many standard errors an interval of 95 and of 99.9 % reaches to either side. */
#define LW_Z_95 1.959963984540054
#define LW_Z_999 3.2905267314918945

/* Below so many numbers a sample is called small, and nothing is concluded from it. */
enum { LW_SMALL_SAMPLE = 30 };

/* Wilson's score interval of the share k / n, k <= n. From 0 to 1 when n is 0. */
struct lw_interval lw_interval_wilson(uint64_t k, uint64_t n, double z);

/* The mean of n numbers, with an interval of 95 %. */
struct lw_mean {
    uint64_t n;
    double mean, sd; /* sd: of the sample, divided by n - 1; 0 when n < 2 */
    struct lw_interval at95;
    bool bootstrap; /* how the interval was found; else it is mean +- z sd / sqrt n */
};

/* Up to LW_BOOTSTRAP_MOST numbers by bootstrap: LW_BOOTSTRAP_TIMES samples of n drawn from them
 * with replacement, their means sorted, and of those the 25th from either end. More of them: by the
 * normal distribution, which agrees by then. All zero when n is 0. */
enum { LW_BOOTSTRAP_TIMES = 1000, LW_BOOTSTRAP_MOST = 300 };
struct lw_mean lw_mean_of(const double *x, size_t n, uint64_t seed);

/* SplitMix64: each seed gives one sequence. */
uint64_t lw_random_next(uint64_t *state);
uint64_t lw_random_below(uint64_t *state, uint64_t n); /* 0 … n - 1, all alike; n > 0 */

#endif
