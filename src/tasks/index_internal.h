/* Where records start and the hashes of their ids, in about 15 bytes per record, 10 without slots.
 *
 * Offsets count through all files as if they were joined. Stored in chunks, so growing copies
 * nothing. */
#ifndef LABELWRIGHT_TASKS_INDEX_INTERNAL_H
#define LABELWRIGHT_TASKS_INDEX_INTERNAL_H

#include "labelwright/format/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LW_CHUNK = 4096, LW_GROUP = 64 };

struct lw_chunk {
    uint64_t key[LW_CHUNK];
    uint64_t base[LW_CHUNK / LW_GROUP]; /* the offset of every 64th record */
    uint16_t
        stride[LW_CHUNK]; /* from a record's offset to the next one's; LW_STRIDE_LONG: longer */
};
enum { LW_STRIDE_LONG = UINT16_MAX };

/* The stride of a record that is followed by the next one only so far behind. */
struct lw_long_stride {
    uint32_t position, stride;
};

/* A record whose id was used before: "~suffix" is added to it. */
struct lw_duplicate {
    uint32_t position, suffix;
};

/* The next suffix to try for the id of the record at `first`; none where next is 0. It only spares
 * trying those before again: the result is the same without. */
struct lw_suffix {
    uint32_t first, next;
};

/* Records that were added and are not in the chunks yet. */
enum { LW_INDEX_PENDING = 16 };
struct lw_index_pending {
    uint64_t offset, key;
    uint32_t stride, n; /* from the record before; bytes of the id */
    char id[LW_ID_MAX];
};

struct lw_index {
    struct lw_chunk **chunk;
    size_t room;                    /* chunks that `chunk` can hold */
    size_t n;                       /* records */
    uint64_t last;                  /* offset of the newest */
    struct lw_duplicate *duplicate; /* by position */
    size_t nduplicates, duplicate_room;
    struct lw_long_stride *longer; /* by position */
    size_t nlonger, longer_room;
    struct lw_suffix *suffix; /* open addressing by `first` */
    size_t nsuffixes, suffix_room;
    /* Open addressing by key; NULL until it is worth it. In each slot a position and 1, in the bits
     * that `positions` has, and in the others bits of the key, so that few keys are looked at; 0:
     * free. */
    uint32_t *slot, positions;
    size_t nslots, expected;
    struct lw_index_pending *pending; /* a ring from `oldest` on */
    size_t oldest, npending;
    unsigned searches; /* made without slots */
};

/* Adds the record whose id is the n bytes. False when it does not fit: more than 4 GiB after the
 * record before, or the 2^32nd record. `n` of the index counts it at lw_index_flush() at the
 * latest, which comes before anything else than adding. */
bool lw_index_add(struct lw_index *x, uint64_t offset, const char *id, size_t n);
void lw_index_flush(struct lw_index *x);

/* How many records there will be, as far as one can guess: so much room is made for them. */
void lw_index_expect(struct lw_index *x, size_t n);

uint64_t lw_index_key(const struct lw_index *x, size_t position);
uint64_t lw_index_offset(const struct lw_index *x, size_t position);

/* From the record at `position`, which is not the last, to the next one; the second says it, when
 * the next one comes. */
uint32_t lw_index_stride(const struct lw_index *x, size_t position);
void lw_index_set_stride(struct lw_index *x, size_t position, uint32_t stride);
void lw_index_drop_strides(struct lw_index *x, size_t from); /* long ones from that position on */

bool lw_index_find(struct lw_index *x, uint64_t key, size_t *position);
uint32_t lw_index_suffix(const struct lw_index *x, size_t position); /* 0 for none */

/* The chunk that holds `position`, made when it is not there. */
struct lw_chunk *lw_index_chunk(struct lw_index *x, size_t position);

/* The same as lw_index_find() from a position on; it looks at every key there, without slots. */
bool lw_index_scan(const struct lw_index *x, size_t from, uint64_t key, size_t *position);

/* Takes over n more records, at most to the end of the chunk, which are in it already. */
void lw_index_extend(struct lw_index *x, size_t n);

void lw_index_drop_duplicates(struct lw_index *x, size_t from); /* those from that position on */

void lw_index_fini(struct lw_index *x); /* leaves it empty and usable */

#endif
