/* Sorting whole numbers, and reading quantiles off them. What is measured, others know. */
#include "labelwright/stats/quantile.h"

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* ---- many: by one byte after the other, from the lowest on. In no order, a million of them take a
 * tenth of the time of qsort(), whose comparisons no processor can guess. */

enum { MANY = 4096, BYTE = 256 };

/* The byte of a number whose order as an unsigned one is that of the signed one. */
static size_t byte_of(int64_t n, int byte)
{
    return ((uint64_t)n ^ UINT64_C(1) << 63) >> 8 * byte & (BYTE - 1);
}

/* From `v` to `to`; false, and nothing is done, when all have the same byte. */
static bool sort_by_byte(const int64_t *v, size_t n, int byte, int64_t *to)
{
    size_t at[BYTE + 1] = {0};
    for (size_t i = 0; i < n; i++)
        at[byte_of(v[i], byte) + 1]++;
    if (at[byte_of(v[0], byte) + 1] == n)
        return false;
    for (int i = 0; i < BYTE; i++)
        at[i + 1] += at[i];
    for (size_t i = 0; i < n; i++)
        to[at[byte_of(v[i], byte)]++] = v[i];
    return true;
}

static void sort_many(int64_t *v, size_t n)
{
    int64_t *other = lw_alloc(n * sizeof *other), *from = v, *to = other;
    for (int byte = 0; byte < (int)sizeof *v; byte++) {
        if (!sort_by_byte(from, n, byte, to))
            continue;
        int64_t *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
    free(other);
}

void lw_sort_whole(int64_t *v, size_t n)
{
    if (n >= MANY)
        sort_many(v, n);
    else if (n > 1)
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
