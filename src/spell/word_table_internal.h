/* A set of words, each with a small number: verdicts and lists. */
#ifndef LABELWRIGHT_SPELL_WORD_TABLE_INTERNAL_H
#define LABELWRIGHT_SPELL_WORD_TABLE_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise. */
struct lw_word_table {
    struct lw_buf bytes; /* of all words */
    struct lw_word_slot {
        size_t at;
        uint32_t n; /* 0: free */
        uint32_t value;
    } * slot;
    size_t n, cap;         /* cap is a power of two */
    unsigned char key[16]; /* of the hash: texts cannot be made to collide */
};

/* The number of the word; -1 when it is not there. */
int lw_word_table_find(const struct lw_word_table *t, const char *s, size_t n);

/* Puts it in (n > 0), or changes its number. */
void lw_word_table_put(struct lw_word_table *t, const char *s, size_t n, uint8_t value);
void lw_word_table_clear(struct lw_word_table *t); /* keeps the memory */
void lw_word_table_fini(struct lw_word_table *t);

#endif
