/* The diff of a part of two texts. Private to the room. */
#ifndef LABELWRIGHT_TEXT_DIFF_PART_INTERNAL_H
#define LABELWRIGHT_TEXT_DIFF_PART_INTERNAL_H

#include "labelwright/text/diff.h"

struct lw_diff_texts {
    const char *a;
    size_t na;
    const char *b;
    size_t nb;
};

/* Adds the runs of the bytes [a, ea) and [b, eb), which begin and end between words (see
 * lw_sure_break()) where the runs of `d` end. */
void lw_diff_add_part(
    struct lw_diff *d, struct lw_diff_texts t, size_t a, size_t ea, size_t b, size_t eb);

/* How many bytes are the same, at most `most`: from the start of both, or back from the two ends.
 */
size_t lw_diff_same_start(const char *a, const char *b, size_t most);
size_t lw_diff_same_end(const char *a_end, const char *b_end, size_t most);

#endif
