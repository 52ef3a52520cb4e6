/* Sorting whole numbers, and reading quantiles off them. What is measured, others know. */
#include "labelwright/stats/quantile.h"

#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void lw_sort_whole(int64_t *v, size_t n)
{
    if (n > 1)
        qsort(v, n, sizeof *v, by_size);
}

int64_t lw_quantile(const int64_t *ascending, size_t n, unsigned part, unsigned of)
{
    if (n == 0)
        return 0;
    size_t at = (n - 1) * part, below = at / of;
    int64_t rest = (int64_t)(at % of), low = ascending[below];
    if (rest == 0)
        return low;
    int64_t twice = 2 * rest * (ascending[below + 1] - low) + of; /* >= 0 */
    return low + twice / (2 * (int64_t)of);
}
