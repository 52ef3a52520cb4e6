/* Finds where four bytes in a row may begin, or be a part of, one of several things: of each, the
 * values that each of the four bytes may have. All things are looked for at once. */
#ifndef LABELWRIGHT_TASKS_SEARCH_QUADS_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_QUADS_INTERNAL_H

#include "labelwright/base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows from LW_QUAD_HIGH on are for what begins with a byte that is not ASCII. */
enum { LW_QUAD = 4, LW_QUAD_HIGH = 8, LW_QUAD_ROWS = 16 };

/* The values that a byte may have. */
struct lw_byte_set {
    uint32_t bits[8];
};

void lw_byte_set_add(struct lw_byte_set *set, unsigned char c);
void lw_byte_set_add_all(struct lw_byte_set *set);
bool lw_byte_set_has(const struct lw_byte_set *set, unsigned char c);

struct lw_quad {
    struct lw_byte_set at[LW_QUAD];
};

/* Starts empty, as zeros. Quads of one row are told apart no more: any byte that one of them allows
 * at a place is allowed there. */
struct lw_quads {
    uint16_t fits[LW_QUAD][256]; /* by place and byte: a bit for each row */
    /* The same by the low and the high half of the byte: a byte fits a row at most where both of
     * its halves do. Eight rows, then the others. */
    unsigned char low[2][LW_QUAD][16], high[2][LW_QUAD][16];
};

void lw_quads_add(struct lw_quads *q, unsigned row, const struct lw_quad *quad);

/* Whether what fits these rows is at a place; `*behind`, which is right behind it, may be moved on
 * when it is not: to where it can be next. */
typedef bool lw_quads_check(const void *ctx, size_t at, unsigned rows, size_t *behind);

/* The first place at or after `from` where a row fits and `is_there` says so; bytes.n for none. */
size_t lw_quads_find(const struct lw_quads *q, struct lw_span bytes, size_t from,
    lw_quads_check *is_there, const void *ctx);

/* The same without instructions that not every processor has. */
size_t lw_quads_find_plainly(const struct lw_quads *q, struct lw_span bytes, size_t from,
    lw_quads_check *is_there, const void *ctx);

#endif
