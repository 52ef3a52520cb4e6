/* The words of a text that are worth looking up. Pure. */
#ifndef LABELWRIGHT_SPELL_WORD_CUT_INTERNAL_H
#define LABELWRIGHT_SPELL_WORD_CUT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LW_CHUNK_MAX = 4096, /* bytes without a blank that are looked at together */
    LW_WORD_BYTES = 128, /* longer ones are no words */
    LW_CAPITALS_MAX = 5  /* letters of an abbreviation */
};

struct lw_cut_word {
    size_t at, len;
    size_t whole, nwhole; /* with what hyphens join to it; the same as at and len for nothing */
    bool unspaced;        /* of a script without spaces */
    bool dotted;          /* has a dot inside, as "e.g" and "col.lecció" have */
};

struct lw_word_cutter {
    const char *s;
    size_t n;
    size_t stop;
    size_t chunk, end; /* the bytes between blanks that are looked at */
    size_t at;
    char begins[LW_CHUNK_MAX + 1]; /* of each byte of the chunk: 1 where a word begins */
};

/* From byte `from` on: 0, or c->at when an earlier one had given all words before its `stop`. No
 * chunk that begins at or behind `stop` is looked at. */
void lw_word_cutter_init(
    struct lw_word_cutter *c, const char *s, size_t n, size_t from, size_t stop);

/* The next word; false at the end, or behind `stop`: c->at is n or where to go on then. Left out
 * are addresses, paths, identifiers, words with digits or with capitals inside, short words in
 * capitals, and what stands alone as one letter. c->at is behind the word then. Linear, all calls
 * together. */
bool lw_word_cutter_next(struct lw_word_cutter *c, struct lw_cut_word *w);

/* True for a word (valid UTF-8) that no dictionary is asked about: see above. */
bool lw_word_is_left_alone(const char *s, size_t n);

#endif
