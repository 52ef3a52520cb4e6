/* Numbers for pieces of texts: the same for the same bytes. Private to the room. */
#ifndef LABELWRIGHT_TEXT_NUMBERING_INTERNAL_H
#define LABELWRIGHT_TEXT_NUMBERING_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

struct lw_numbering {
    struct lw_numbered {
        const char *s;
        size_t n;
        uint64_t start;      /* its first bytes, at most 8 */
        uint32_t hash, next; /* next: 1 + index of one in the same bucket; 0 for none */
    } * v;
    uint32_t *bucket; /* mask + 1 of them, a power of two */
    size_t n, room, mask;
    long left; /* comparisons that may be wasted on unlike pieces */
};

/* Somebody may choose pieces that all fall into one bucket: when `left` reaches 0, equal pieces may
 * get unlike numbers. */
void lw_numbering_init(struct lw_numbering *to);
void lw_numbering_fini(struct lw_numbering *to);

/* 0 for the first piece, then one more for each new one. Borrows the bytes. */
uint32_t lw_number_of(struct lw_numbering *in, const char *s, size_t n);

#endif
