/* Spans of two annotators side by side: both lists are sorted, and one pass counts what they have
 * in common. */
#include "labelwright/agree/span_overlap.h"

#include <stdbool.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const struct lw_marked *x = a, *y = b;
    if (x->tag != y->tag)
        return x->tag < y->tag ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

size_t lw_marked_sort(struct lw_marked *v, size_t n)
{
    size_t kept = 0;
    if (n > 1)
        qsort(v, n, sizeof *v, compare);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || compare(&v[kept - 1], &v[i]) != 0)
            v[kept++] = v[i];
    return kept;
}

static bool counts(const struct lw_marked *m, int32_t tag)
{
    return tag < 0 || m->tag == tag;
}

struct lw_overlap lw_overlap_exact(
    const struct lw_marked *a, size_t na, const struct lw_marked *b, size_t nb, int32_t tag)
{
    struct lw_overlap o = {0};
    for (size_t i = 0; i < na; i++)
        o.first += counts(&a[i], tag);
    for (size_t i = 0; i < nb; i++)
        o.second += counts(&b[i], tag);
    for (size_t i = 0, k = 0; i < na && k < nb;) {
        int order = compare(&a[i], &b[k]);
        o.both += order == 0 && counts(&a[i], tag);
        i += order <= 0;
        k += order >= 0;
    }
    return o;
}

/* The next run of bytes that are marked with one tag, whatever spans make it. */
static bool next_run(
    const struct lw_marked *v, size_t n, size_t *at, int32_t tag, struct lw_marked *to)
{
    while (*at < n && !counts(&v[*at], tag))
        ++*at;
    if (*at == n)
        return false;
    *to = v[(*at)++];
    for (; *at < n && v[*at].tag == to->tag && v[*at].start <= to->end; ++*at)
        if (v[*at].end > to->end)
            to->end = v[*at].end;
    return true;
}

static uint64_t bytes_of(const struct lw_marked *v, size_t n, int32_t tag)
{
    struct lw_marked run;
    uint64_t sum = 0;
    for (size_t at = 0; next_run(v, n, &at, tag, &run);)
        sum += run.end - run.start;
    return sum;
}

static uint64_t common(const struct lw_marked *x, const struct lw_marked *y)
{
    size_t start = x->start > y->start ? x->start : y->start;
    size_t end = x->end < y->end ? x->end : y->end;
    return x->tag == y->tag && end > start ? end - start : 0;
}

static bool ends_first(const struct lw_marked *x, const struct lw_marked *y)
{
    return x->tag != y->tag ? x->tag < y->tag : x->end < y->end;
}

struct lw_overlap lw_overlap_bytes(
    const struct lw_marked *a, size_t na, const struct lw_marked *b, size_t nb, int32_t tag)
{
    struct lw_overlap o = {bytes_of(a, na, tag), bytes_of(b, nb, tag), 0};
    struct lw_marked x, y;
    size_t i = 0, k = 0;
    bool more_x = next_run(a, na, &i, tag, &x), more_y = next_run(b, nb, &k, tag, &y);
    while (more_x && more_y) {
        o.both += common(&x, &y);
        if (ends_first(&x, &y))
            more_x = next_run(a, na, &i, tag, &x);
        else
            more_y = next_run(b, nb, &k, tag, &y);
    }
    return o;
}
