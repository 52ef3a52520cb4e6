/* Where records begin and the hash of each id, in chunks of 4096 records that never move. Ids are
 * found by open addressing over the hashes (linear probing; a slot has a part of the key, too),
 * made only when a search is worth it. It knows no files; index_cache.c saves it.
 *
 * A slot is seldom in the processor's cache. So it is asked for when a record comes, and looked at
 * some records later. */
#include "tasks/index_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"
#include "labelwright/format/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEARCHES_WITHOUT_SLOTS = 8 };

struct lw_chunk *lw_index_chunk(struct lw_index *x, size_t position)
{
    size_t i = position / LW_CHUNK;
    if (i >= x->room) {
        size_t room = x->room ? 2 * x->room : 16;
        x->chunk = lw_grow(x->chunk, room, sizeof(struct lw_chunk *));
        for (size_t k = x->room; k < room; k++)
            x->chunk[k] = NULL;
        x->room = room;
    }
    if (!x->chunk[i])
        x->chunk[i] = lw_alloc(sizeof(struct lw_chunk));
    return x->chunk[i];
}

uint64_t lw_index_key(const struct lw_index *x, size_t position)
{
    return x->chunk[position / LW_CHUNK]->key[position % LW_CHUNK];
}

uint64_t lw_index_offset(const struct lw_index *x, size_t position)
{
    const struct lw_chunk *c = x->chunk[position / LW_CHUNK];
    size_t i = position % LW_CHUNK, from = i / LW_GROUP * LW_GROUP;
    uint64_t at = c->base[i / LW_GROUP];
    for (; from < i; from++)
        at += c->stride[from] < LW_STRIDE_LONG ? c->stride[from]
                                               : lw_index_stride(x, position - i + from);
    return at;
}

/* ---- slots */

/* Keys are hashes already: their low half, as a fraction, says where to start, for any number of
 * slots. */
static size_t first_slot(const struct lw_index *x, uint64_t key)
{
    return (size_t)((key & UINT32_MAX) * x->nslots >> 32);
}

static uint32_t tag_of(const struct lw_index *x, uint64_t key)
{
    return (uint32_t)(key >> 32) & ~x->positions;
}

static size_t position_in(const struct lw_index *x, uint32_t slot)
{
    return (slot & x->positions) - 1;
}

/* The slot where `key` is or would be. */
static size_t slot_of(const struct lw_index *x, uint64_t key)
{
    size_t i = first_slot(x, key);
    uint32_t tag = tag_of(x, key), slot;
    while ((slot = x->slot[i]) &&
           ((slot & ~x->positions) != tag || lw_index_key(x, position_in(x, slot)) != key))
        i = i + 1 < x->nslots ? i + 1 : 0;
    return i;
}

static void fill_slot(struct lw_index *x, uint64_t key, size_t position)
{
    size_t i = slot_of(x, key);
    if (!x->slot[i])
        x->slot[i] = tag_of(x, key) | (uint32_t)(position + 1);
}

/* Room for n keys. Where more are expected there is room for these, but not for many times as many:
 * it is a guess. */
static size_t slots_for(const struct lw_index *x, size_t n)
{
    enum { LEAST = 1024, MOST_TIMES = 8 };
    size_t least = x->nslots ? x->nslots : LEAST;
    if (n <= least / 5 * 4)
        return least;
    size_t expected = x->expected > n ? x->expected : n + n / 2;
    size_t most = n < SIZE_MAX / MOST_TIMES ? n * MOST_TIMES : n;
    return (expected < most ? expected : most) / 4 * 5 + LEAST;
}

/* The old table goes first: the keys themselves are in the chunks. */
static void make_slots(struct lw_index *x, size_t n)
{
    enum { AHEAD = 16 };
    size_t room = slots_for(x, n);
    if (x->slot && room == x->nslots)
        return;
    free(x->slot);
    x->slot = lw_alloc(room * sizeof *x->slot);
    x->nslots = room;
    x->positions = UINT32_MAX;
    while (x->positions / 2 > room)
        x->positions /= 2;
    for (size_t i = 0; i < x->n; i++) {
        if (i + AHEAD < x->n)
            __builtin_prefetch(&x->slot[first_slot(x, lw_index_key(x, i + AHEAD))], 1);
        fill_slot(x, lw_index_key(x, i), i);
    }
}

void lw_index_expect(struct lw_index *x, size_t n)
{
    x->expected = n;
}

static bool find_among(const struct lw_chunk *c, size_t n, uint64_t key, size_t *at)
{
    for (size_t i = 0; i < n; i++)
        if (c->key[i] == key) {
            *at = i;
            return true;
        }
    return false;
}

bool lw_index_scan(const struct lw_index *x, size_t from, uint64_t key, size_t *position)
{
    for (from -= from % LW_CHUNK; from < x->n; from += LW_CHUNK) {
        size_t n = x->n - from < LW_CHUNK ? x->n - from : LW_CHUNK;
        if (find_among(x->chunk[from / LW_CHUNK], n, key, position)) {
            *position += from;
            return true;
        }
    }
    return false;
}

/* A start from a saved index asks for a task or two: looking through all keys for these costs a
 * tenth of making slots. */
bool lw_index_find(struct lw_index *x, uint64_t key, size_t *position)
{
    if (!x->slot && x->searches++ < SEARCHES_WITHOUT_SLOTS)
        return lw_index_scan(x, 0, key, position);
    x->expected = x->expected > x->n ? x->expected : x->n;
    make_slots(x, x->n);
    uint32_t slot = x->slot[slot_of(x, key)];
    if (slot)
        *position = position_in(x, slot);
    return slot != 0;
}

static struct lw_suffix *suffix_of(const struct lw_index *x, uint32_t first)
{
    size_t mask = x->suffix_room - 1, i = (size_t)(first * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    for (i &= mask; x->suffix[i].next && x->suffix[i].first != first;)
        i = (i + 1) & mask;
    return &x->suffix[i];
}

static void grow_suffixes(struct lw_index *x)
{
    struct lw_suffix *old = x->suffix;
    size_t n = x->suffix_room;
    x->suffix_room = n ? 2 * n : 64;
    x->suffix = lw_alloc(x->suffix_room * sizeof *x->suffix);
    for (size_t i = 0; i < n; i++)
        if (old[i].next)
            *suffix_of(x, old[i].first) = old[i];
    free(old);
}

/* The counter for ids like the one at `first`. It only goes up, so a million equal ids try a
 * million suffixes, and one more for each "id~k" that is somebody's own id. */
static uint32_t *next_suffix(struct lw_index *x, uint32_t first)
{
    if (x->nsuffixes >= x->suffix_room / 4 * 3)
        grow_suffixes(x);
    struct lw_suffix *s = suffix_of(x, first);
    if (!s->next) {
        *s = (struct lw_suffix){first, 2};
        x->nsuffixes++;
    }
    return &s->next;
}

static void add_duplicate(struct lw_index *x, uint32_t suffix)
{
    if (x->nduplicates == x->duplicate_room) {
        x->duplicate_room = x->duplicate_room ? 2 * x->duplicate_room : 64;
        x->duplicate = lw_grow(x->duplicate, x->duplicate_room, sizeof *x->duplicate);
    }
    x->duplicate[x->nduplicates++] = (struct lw_duplicate){(uint32_t)x->n, suffix};
}

/* Makes the key of an id that is already used unique. */
static uint64_t make_unique(struct lw_index *x, uint32_t first, const char *id, size_t n)
{
    char name[LW_ID_MAX + 16];
    uint32_t *next = next_suffix(x, first);
    memcpy(name, id, n);
    for (;;) {
        int more = snprintf(name + n, sizeof name - n, "~%u", *next);
        uint64_t key = lw_fingerprint(name, n + (size_t)more);
        ++*next;
        if (!x->slot[slot_of(x, key)]) {
            add_duplicate(x, *next - 1);
            return key;
        }
    }
}

/* ---- records */

static void put(struct lw_index *x, const struct lw_index_pending *p, uint64_t key)
{
    if (x->n > 0)
        lw_index_set_stride(x, x->n - 1, p->stride);
    struct lw_chunk *c = lw_index_chunk(x, x->n);
    size_t i = x->n % LW_CHUNK;
    c->key[i] = key;
    if (i % LW_GROUP == 0)
        c->base[i / LW_GROUP] = p->offset;
    x->n++;
}

static void add_oldest(struct lw_index *x)
{
    const struct lw_index_pending *p = &x->pending[x->oldest];
    uint64_t key = p->key;
    size_t i = slot_of(x, key);
    if (x->slot[i]) {
        key = make_unique(x, (uint32_t)position_in(x, x->slot[i]), p->id, p->n);
        i = slot_of(x, key);
    }
    x->slot[i] = tag_of(x, key) | (uint32_t)(x->n + 1);
    put(x, p, key);
    x->oldest = (x->oldest + 1) % LW_INDEX_PENDING;
    x->npending--;
}

bool lw_index_add(struct lw_index *x, uint64_t offset, const char *id, size_t n)
{
    size_t all = x->n + x->npending;
    uint64_t stride = all > 0 ? offset - x->last : 0;
    if (stride > UINT32_MAX || all >= UINT32_MAX - 1)
        return false;
    if (x->npending == LW_INDEX_PENDING)
        add_oldest(x);
    if (!x->pending)
        x->pending = lw_alloc(LW_INDEX_PENDING * sizeof *x->pending);
    make_slots(x, all + 1);
    struct lw_index_pending *p = &x->pending[(x->oldest + x->npending++) % LW_INDEX_PENDING];
    p->offset = offset;
    p->key = lw_fingerprint(id, n);
    p->stride = (uint32_t)stride;
    p->n = (uint32_t)n;
    memcpy(p->id, id, n);
    __builtin_prefetch(&x->slot[first_slot(x, p->key)], 1);
    x->last = offset;
    return true;
}

void lw_index_flush(struct lw_index *x)
{
    while (x->npending > 0)
        add_oldest(x);
}

uint32_t lw_index_suffix(const struct lw_index *x, size_t position)
{
    size_t low = 0, high = x->nduplicates;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->duplicate[mid].position < position)
            low = mid + 1;
        else
            high = mid;
    }
    return low < x->nduplicates && x->duplicate[low].position == position ? x->duplicate[low].suffix
                                                                          : 0;
}

void lw_index_extend(struct lw_index *x, size_t n)
{
    free(x->slot);
    x->slot = NULL;
    x->nslots = 0;
    x->n += n;
    x->last = lw_index_offset(x, x->n - 1);
}

void lw_index_drop_duplicates(struct lw_index *x, size_t from)
{
    while (x->nduplicates > 0 && x->duplicate[x->nduplicates - 1].position >= from)
        x->nduplicates--;
}

void lw_index_fini(struct lw_index *x)
{
    for (size_t i = 0; i < x->room; i++)
        free(x->chunk[i]);
    free(x->chunk);
    free(x->duplicate);
    free(x->longer);
    free(x->suffix);
    free(x->slot);
    free(x->pending);
    *x = (struct lw_index){0};
}
