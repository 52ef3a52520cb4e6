/* Where records begin and the hash of each id, in chunks of 4096 records that never move. Ids are
 * found by open addressing over the hashes (linear probing, a byte of the key beside each slot),
 * made only when a search is worth it. It knows no files; index_cache.c saves it. */
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
    while (from < i)
        at += c->stride[from++];
    return at;
}

uint32_t lw_index_stride(const struct lw_index *x, size_t position)
{
    return x->chunk[position / LW_CHUNK]->stride[position % LW_CHUNK];
}

static uint8_t tag_of(uint64_t key)
{
    return (uint8_t)(key >> 56 | 1);
}

/* The slot where `key` is or would be. Keys are hashes already: their low half, as a fraction, says
 * where to start, for any number of slots. */
static size_t slot_of(const struct lw_index *x, uint64_t key)
{
    size_t i = (size_t)((key & UINT32_MAX) * x->nslots >> 32);
    uint8_t tag = tag_of(key);
    while (x->tag[i] && (x->tag[i] != tag || lw_index_key(x, x->slot[i]) != key))
        i = i + 1 < x->nslots ? i + 1 : 0;
    return i;
}

static void fill_slot(struct lw_index *x, uint64_t key, size_t position)
{
    size_t i = slot_of(x, key);
    if (!x->tag[i]) {
        x->tag[i] = tag_of(key);
        x->slot[i] = (uint32_t)position;
    }
}

/* Makes room for n keys. The old table goes first: the keys themselves are in the chunks. */
static void make_slots(struct lw_index *x, size_t n)
{
    size_t room = x->nslots ? x->nslots : 1024;
    while (n > room / 4 * 3)
        room += room / 2; /* doubling would leave more of it empty */
    if (x->slot && room == x->nslots)
        return;
    free(x->slot);
    free(x->tag);
    x->slot = lw_alloc(room * sizeof *x->slot);
    x->tag = lw_alloc(room);
    x->nslots = room;
    for (size_t i = 0; i < x->n; i++)
        fill_slot(x, lw_index_key(x, i), i);
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
    make_slots(x, x->n);
    size_t i = slot_of(x, key);
    if (x->tag[i])
        *position = x->slot[i];
    return x->tag[i] != 0;
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
        if (!x->tag[slot_of(x, key)]) {
            add_duplicate(x, *next - 1);
            return key;
        }
    }
}

static void put(struct lw_index *x, uint64_t offset, uint64_t key)
{
    struct lw_chunk *c = lw_index_chunk(x, x->n);
    size_t i = x->n % LW_CHUNK;
    c->key[i] = key;
    if (i % LW_GROUP == 0)
        c->base[i / LW_GROUP] = offset;
    fill_slot(x, key, x->n);
    x->last = offset;
    x->n++;
}

bool lw_index_add(struct lw_index *x, uint64_t offset, const char *id, size_t n)
{
    if (x->n > 0) {
        if (offset - x->last > UINT32_MAX || x->n >= UINT32_MAX - 1)
            return false;
        x->chunk[(x->n - 1) / LW_CHUNK]->stride[(x->n - 1) % LW_CHUNK] =
            (uint32_t)(offset - x->last);
    }
    make_slots(x, x->n + 1);
    uint64_t key = lw_fingerprint(id, n);
    size_t slot = slot_of(x, key);
    if (x->tag[slot])
        key = make_unique(x, x->slot[slot], id, n);
    put(x, offset, key);
    return true;
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
    free(x->tag);
    x->slot = NULL;
    x->tag = NULL;
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
    free(x->suffix);
    free(x->slot);
    free(x->tag);
    *x = (struct lw_index){0};
}
