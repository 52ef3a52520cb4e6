/* The order in which tasks are shown when it is random.
 *
 * A task's place is decided by h = mix(key ^ mix(seed)), smallest first, equal h by key and then by
 * position, where `key` is the fingerprint of the task's id (the first 8 bytes of its SHA-256,
 * big-endian) and mix is the output function of SplitMix64:
 *   z += 0x9E3779B97F4A7C15; z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
 *   z = (z ^ z >> 27) * 0x94D049BB133111EB; z ^= z >> 31;
 * So anybody can work the order out from the ids and the seed in the journal, and a task that is
 * added later moves no other one past another. */
#include "labelwright/base/buf.h"
#include "tasks/tasks_internal.h"

#include <stdlib.h>

enum { BUCKETS = 1 << 16 };

static uint64_t mix(uint64_t z)
{
    z += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static uint64_t hash_at(const struct lw_tasks *t, uint64_t salt, uint32_t position)
{
    return mix(lw_index_key(t->index, position) ^ salt);
}

/* Keys are unique but for a crafted index file; then position decides. */
static bool before(const struct lw_tasks *t, uint64_t salt, uint32_t a, uint32_t b)
{
    uint64_t ha = hash_at(t, salt, a), hb = hash_at(t, salt, b);
    return ha != hb ? ha < hb : a < b;
}

static void sort_bucket(const struct lw_tasks *t, uint64_t salt, uint32_t *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t one = v[i];
        size_t k = i;
        for (; k > 0 && before(t, salt, one, v[k - 1]); k--)
            v[k] = v[k - 1];
        v[k] = one;
    }
}

/* A bucket for each value of the top 16 bits, then each bucket by itself: linear, and four bytes a
 * task where a sort with keys beside would take sixteen. */
void lw_tasks_shuffle(struct lw_tasks *t, uint64_t seed)
{
    uint64_t salt = mix(seed);
    size_t n = t->index->n;
    uint32_t *end = lw_alloc(BUCKETS * sizeof *end);
    t->order = lw_grow(t->order, n, sizeof *t->order);
    t->rank = lw_grow(t->rank, n, sizeof *t->rank);
    for (size_t i = 0; i < n; i++)
        end[hash_at(t, salt, (uint32_t)i) >> 48]++;
    for (uint32_t b = 0, sum = 0; b < BUCKETS; b++) {
        uint32_t count = end[b];
        end[b] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        t->order[end[hash_at(t, salt, (uint32_t)i) >> 48]++] = (uint32_t)i;
    for (uint32_t b = 0, from = 0; b < BUCKETS; from = end[b++])
        sort_bucket(t, salt, t->order + from, end[b] - from);
    for (size_t i = 0; i < n; i++)
        t->rank[t->order[i]] = (uint32_t)i;
    free(end);
}

size_t lw_tasks_at(const struct lw_tasks *t, size_t n)
{
    return t->order ? t->order[n] : n;
}

size_t lw_tasks_rank(const struct lw_tasks *t, size_t position)
{
    return t->rank ? t->rank[position] : position;
}
