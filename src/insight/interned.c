/* Numbers for what comes again and again: answers, and all answers of a label together. Each is
 * known by its hash of 64 bits. */
#include "insight/insight_internal.h"

#include <stdlib.h>

void *lw_insight_room(void *items, size_t n, size_t *cap, size_t item)
{
    if (n < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 64;
    return lw_grow(items, *cap, item);
}

uint64_t lw_insight_hash(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001B3);
    return hash;
}

uint64_t lw_insight_hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static size_t slot_of(const struct lw_interned *t, uint64_t hash)
{
    size_t at = (size_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (t->cap_slots - 1);
    while (t->slot[at] && t->hash[t->slot[at] - 1] != hash)
        at = (at + 1) & (t->cap_slots - 1);
    return at;
}

static void grow_slots(struct lw_interned *t)
{
    t->cap_slots = t->cap_slots ? t->cap_slots * 2 : 256;
    free(t->slot);
    t->slot = lw_alloc(t->cap_slots * sizeof *t->slot);
    for (size_t i = 0; i < t->n; i++)
        t->slot[slot_of(t, t->hash[i])] = (uint32_t)i + 1;
}

uint32_t lw_intern(struct lw_interned *t, uint64_t hash, bool *is_new)
{
    if (t->n * 2 >= t->cap_slots)
        grow_slots(t);
    size_t at = slot_of(t, hash);
    *is_new = t->slot[at] == 0;
    if (!*is_new)
        return t->slot[at] - 1;
    t->hash = lw_insight_room(t->hash, t->n, &t->cap, sizeof *t->hash);
    t->hash[t->n++] = hash;
    t->slot[at] = (uint32_t)t->n;
    return t->slot[at] - 1;
}

void lw_interned_fini(struct lw_interned *t)
{
    free(t->hash);
    free(t->slot);
}
