/* Numbers that occur once in each of two rows are sure signs of what belongs together ("patience
 * diff", Bram Cohen); those that both have equally often, a few times, are good ones. Finds them,
 * and the heaviest way through them that keeps the order. */
#include "text/sequence_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

/* ---- the heaviest way */

/* A Fenwick tree over places of `b`: the heaviest way that ends before one. Indexes of ways are 1 +
 * that of their last match; 0 for none. */
struct ways {
    uint32_t *best;
    size_t m;
    const uint64_t *total; /* by match */
};

static uint32_t heavier(const struct ways *w, uint32_t x, uint32_t y)
{
    if (!x || !y)
        return x ? x : y;
    return w->total[y - 1] > w->total[x - 1] ? y : x;
}

static uint32_t best_before(const struct ways *w, size_t b)
{
    uint32_t best = 0;
    for (; b > 0; b &= b - 1)
        best = heavier(w, best, w->best[b]);
    return best;
}

static void add_way(struct ways *w, size_t b, uint32_t way)
{
    for (b++; b <= w->m; b += b & (~b + 1))
        w->best[b] = heavier(w, w->best[b], way);
}

size_t lw_matches_in_order(struct lw_match *v, size_t n, size_t m)
{
    uint64_t *total = lw_alloc((n + 1) * sizeof *total);
    uint32_t *before = lw_alloc((n + 1) * sizeof *before);
    struct ways ways = {lw_alloc((m + 1) * sizeof *ways.best), m, total};
    uint32_t best = 0;
    for (size_t i = 0; i < n; i++) {
        before[i] = best_before(&ways, v[i].b);
        total[i] = v[i].weight + (before[i] ? total[before[i] - 1] : 0);
        add_way(&ways, v[i].b, (uint32_t)i + 1);
        best = heavier(&ways, best, (uint32_t)i + 1);
    }
    size_t kept = 0;
    for (uint32_t i = best; i; i = before[i - 1])
        kept++;
    uint32_t *way = lw_grow(NULL, kept + 1, sizeof *way);
    size_t at = kept;
    for (uint32_t i = best; i; i = before[i - 1])
        way[--at] = i - 1;
    for (; at < kept; at++)
        v[at] = v[way[at]];
    free(way);
    free(total);
    free(before);
    free(ways.best);
    return kept;
}

/* ---- what is rare */

enum { RARE = 15, ONCE = 4 /* how much surer a sign is that occurs once */ };

/* How often each number occurs, and where: v[i] is the same as v[next[i]]. */
struct places {
    unsigned char *count; /* RARE + 1: more */
    uint32_t *first, *next;
};

static struct places find_places(const uint32_t *v, size_t n, size_t numbers, bool where)
{
    struct places p = {.count = lw_alloc(numbers + 1)};
    if (where) {
        p.first = lw_grow(NULL, numbers + 1, sizeof *p.first);
        p.next = lw_grow(NULL, n + 1, sizeof *p.next);
    }
    for (size_t i = n; i-- > 0;) {
        unsigned char *count = &p.count[v[i]];
        if (where && *count <= RARE) {
            p.next[i] = *count ? p.first[v[i]] : (uint32_t)i;
            p.first[v[i]] = (uint32_t)i;
        }
        *count = (unsigned char)(*count + (*count <= RARE));
    }
    return p;
}

struct lw_match *lw_rare_matches(const uint32_t *a, size_t n, const uint32_t *b, size_t m,
    uint32_t numbers, const uint32_t *weight, size_t *count)
{
    struct places of_a = find_places(a, n, numbers, false), of_b = find_places(b, m, numbers, true);
    struct lw_match *v = NULL, *last = NULL;
    size_t cap = 0;
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        unsigned often = of_a.count[a[i]];
        uint64_t w = (weight ? weight[a[i]] : 1) * (uint64_t)(often == 1 ? ONCE : 1);
        if (often > RARE || often != of_b.count[a[i]] || w == 0)
            continue;
        uint32_t k = of_b.first[a[i]];
        of_b.first[a[i]] = of_b.next[k];
        if (last && last->a + last->n == i && last->b + last->n == k) {
            last->n++;
            last->weight += w;
            continue;
        }
        if (*count == cap) {
            cap = cap ? 2 * cap : 64;
            v = lw_grow(v, cap, sizeof *v);
        }
        last = &v[(*count)++];
        *last = (struct lw_match){i, k, 1, w};
    }
    free(of_a.count);
    free(of_b.count);
    free(of_b.first);
    free(of_b.next);
    return v;
}
