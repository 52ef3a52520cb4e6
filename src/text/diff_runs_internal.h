/* From words that are the same to runs that read well. Private to the room. */
#ifndef LABELWRIGHT_TEXT_DIFF_RUNS_INTERNAL_H
#define LABELWRIGHT_TEXT_DIFF_RUNS_INTERNAL_H

#include "labelwright/text/diff.h"
#include "text/words_internal.h"

#include <stdint.h>

/* One of the two texts, and those of its words that were compared. */
struct lw_diff_side {
    const char *s;
    size_t n;
    struct lw_word_list words;
    uint32_t *number; /* of each word: the same for the same bytes in both texts */
    char *same;       /* of each word: it is in the other text too */
};

/* Bytes [a, ea) and [b, eb) that differ, and the words in them. */
struct lw_stretch {
    size_t a, ea, b, eb;
    size_t i, ei, k, ek; /* words of a and of b */
    bool whole;          /* too long to be cut into words */
};

void lw_diff_add_run(
    struct lw_diff *d, enum lw_diff_kind kind, size_t a, size_t b, size_t n, size_t words);

/* Adds the runs of one stretch. Changes move to where sentences and lines begin, and a short word
 * between two long changes changes with them; a line end always parts them. */
void lw_diff_add_stretch(struct lw_diff *d, const struct lw_diff_side *a,
    const struct lw_diff_side *b, const struct lw_stretch *s);

#endif
