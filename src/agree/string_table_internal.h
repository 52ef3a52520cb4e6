/* Strings that come again and again, each kept once and known by a number. */
#ifndef LABELWRIGHT_AGREE_STRING_TABLE_INTERNAL_H
#define LABELWRIGHT_AGREE_STRING_TABLE_INTERNAL_H

#include "labelwright/base/arena.h"

#include <stdint.h>

/* Zero-initialise. */
struct lw_string_table {
    struct lw_table_string {
        const char *s; /* with a NUL behind */
        uint32_t n;
        uint32_t hash;
    } * v; /* `n` of them, by number */
    uint32_t n, cap;
    uint32_t *slot; /* 1 + a number; 0 is free; a power of two */
    uint32_t slots;
    struct lw_arena arena;
};

/* The number of the string, a new one where it was not seen before. `known` (may be NULL) gets
 * whether it was. */
uint32_t lw_string_number(struct lw_string_table *t, const char *s, size_t n, int *known);
void lw_string_table_fini(struct lw_string_table *t);

#endif
