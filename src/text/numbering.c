/* Gives equal pieces of text equal numbers, so that comparing is comparing integers. A hash table
 * with chains, which grows with what is in it: the words of a long text are few, and stay near.
 * Nothing is ever taken out. */
#include "text/numbering_internal.h"

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WASTE_MOST = 4 * 1000 * 1000, LEAST = 1024 /* a power of two */ };

/* So that there are some more buckets than pieces. Those that came first are mostly those that come
 * most often: they are found first. */
static void resize(struct lw_numbering *in, size_t room)
{
    in->room = room;
    in->v = lw_grow(in->v, room, sizeof *in->v);
    free(in->bucket);
    in->mask = 2 * room - 1;
    in->bucket = lw_alloc((in->mask + 1) * sizeof *in->bucket);
    for (size_t i = in->n; i-- > 0;) {
        uint32_t *first = &in->bucket[in->v[i].hash & in->mask];
        in->v[i].next = *first;
        *first = (uint32_t)i + 1;
    }
}

void lw_numbering_init(struct lw_numbering *to)
{
    *to = (struct lw_numbering){.left = WASTE_MOST};
    resize(to, LEAST);
}

void lw_numbering_fini(struct lw_numbering *to)
{
    free(to->v);
    free(to->bucket);
    *to = (struct lw_numbering){0};
}

static inline uint64_t two_ends(const char *s, size_t n, size_t half)
{
    uint64_t first = 0, last = 0;
    memcpy(&first, s, half);
    memcpy(&last, s + n - half, half);
    return first | last << 8 * half;
}

/* The first bytes, at most 8: another value for each of the same length. */
static inline uint64_t load(const char *s, size_t n)
{
    return n >= 8   ? two_ends(s, 8, 4)
           : n >= 4 ? two_ends(s, n, 4)
           : n >= 2 ? two_ends(s, n, 2)
           : n == 1 ? (unsigned char)*s
                    : 0;
}

static uint32_t hash(uint64_t start, const char *s, size_t n)
{
    uint64_t h = (start ^ n) * 0x9E3779B97F4A7C15U;
    for (size_t i = 8; i < n; i += 8)
        h = ((h ^ h >> 29) ^ load(s + i, n - i)) * 0x9E3779B97F4A7C15U;
    return (uint32_t)(h >> 32);
}

static inline bool is_it(
    const struct lw_numbered *k, uint32_t h, uint64_t start, const char *s, size_t n)
{
    return k->hash == h && k->n == n && k->start == start &&
           (n <= 8 || memcmp(k->s + 8, s + 8, n - 8) == 0);
}

uint32_t lw_number_of(struct lw_numbering *in, const char *s, size_t n)
{
    uint64_t start = load(s, n);
    uint32_t h = hash(start, s, n), *first = &in->bucket[h & in->mask];
    for (uint32_t i = *first; i && in->left > 0; in->left--) {
        if (is_it(&in->v[i - 1], h, start, s, n))
            return i - 1;
        i = in->v[i - 1].next;
    }
    in->v[in->n++] = (struct lw_numbered){s, n, start, h, *first};
    *first = (uint32_t)in->n;
    if (in->n == in->room)
        resize(in, 2 * in->room);
    return (uint32_t)in->n - 1;
}
