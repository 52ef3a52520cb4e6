/* Intervals by Wilson's score and by bootstrap, and the generator that bootstrap draws with. What
 * is measured and what follows from it, those who call decide. */
#include "labelwright/stats/interval.h"

#include "labelwright/base/buf.h"

#include <math.h>
#include <stdlib.h>

/* ---- shares */

struct lw_interval lw_interval_wilson(uint64_t k, uint64_t n, double z)
{
    if (n == 0)
        return (struct lw_interval){0, 1};
    double all = (double)n, p = (double)k / all, z2 = z * z;
    double scale = 1 + z2 / all, middle = (p + z2 / (2 * all)) / scale;
    double half = z / scale * sqrt(p * (1 - p) / all + z2 / (4 * all * all));
    /* Rounding must not move an end that is one exactly. */
    return (struct lw_interval){k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

/* ---- random numbers */

uint64_t lw_random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint64_t lw_random_below(uint64_t *state, uint64_t n)
{
    uint64_t uneven = (UINT64_MAX - n + 1) % n; /* so many at the end would favour the small ones */
    uint64_t r;
    do
        r = lw_random_next(state);
    while (r > UINT64_MAX - uneven);
    return r % n;
}

/* ---- means */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct lw_interval bootstrap(const double *x, size_t n, uint64_t seed)
{
    enum { TAIL = LW_BOOTSTRAP_TIMES / 40 };
    double *mean = lw_alloc(LW_BOOTSTRAP_TIMES * sizeof *mean);
    for (size_t i = 0; i < LW_BOOTSTRAP_TIMES; i++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += x[lw_random_below(&seed, n)];
        mean[i] = sum / (double)n;
    }
    qsort(mean, LW_BOOTSTRAP_TIMES, sizeof *mean, compare_numbers);
    struct lw_interval at = {mean[TAIL - 1], mean[LW_BOOTSTRAP_TIMES - TAIL]};
    free(mean);
    return at;
}

struct lw_mean lw_mean_of(const double *x, size_t n, uint64_t seed)
{
    struct lw_mean m = {.n = n, .bootstrap = n <= LW_BOOTSTRAP_MOST};
    double sum = 0, squares = 0;
    if (n == 0)
        return m;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    m.mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - m.mean) * (x[i] - m.mean);
    m.sd = n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
    double half = LW_Z_95 * m.sd / sqrt((double)n);
    m.at95 =
        m.bootstrap ? bootstrap(x, n, seed) : (struct lw_interval){m.mean - half, m.mean + half};
    return m;
}
