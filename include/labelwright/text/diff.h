/* What changed between two texts, by words. Derived whenever it is shown, never stored. Pure.
 *
 * Words are those of UAX #29; a script that writes without spaces (Thai, Khmer, Han …) goes letter
 * by letter, and no grapheme is ever taken apart. */
#ifndef LABELWRIGHT_TEXT_DIFF_H
#define LABELWRIGHT_TEXT_DIFF_H

#include <stdbool.h>
#include <stddef.h>

enum lw_diff_kind {
    LW_DIFF_SAME, /* bytes [a, a + n) of the first text, [b, b + n) of the second */
    LW_DIFF_OUT,  /* bytes [a, a + n) of the first, gone; b is where they would stand */
    LW_DIFF_IN    /* bytes [b, b + n) of the second, new; a is where they would stand */
};

struct lw_diff_run {
    enum lw_diff_kind kind;
    size_t a, b, n; /* n > 0 */
    size_t words;   /* what is not blank in it; 0 for SAME */
};

/* Zero-initialise; reused by every call. */
struct lw_diff {
    struct lw_diff_run *v; /* in order; where both stand together OUT comes before IN */
    size_t n, cap;
    size_t words_in, words_out; /* the sums of IN and of OUT */
    bool coarse;                /* too many differences to look for the fewest everywhere */
};

/* Of any bytes. SAME and OUT together are all of the first text, SAME and IN all of the second.
 * A change is moved to where it reads best, and takes in a short word between two changes. Linear
 * in the texts: beyond some work more is told as changed than is, beyond 8 MB that differ a stretch
 * without a common line or sentence is one piece whose words are what stands between blanks. */
void lw_diff_words(struct lw_diff *d, const char *a, size_t na, const char *b, size_t nb);

/* `d` tells of `a` and of a text in which the bytes [at, at + gone) then became `come` others: `b`
 * is that text now. Looks only at the lines around, up to the nearest place on both sides where the
 * texts are the same, and at whether they still begin and end alike; an edit of over 1 KB is
 * compared from scratch. What holds for lw_diff_words() holds for the result. It may call a few
 * words more changed than that one would, as nothing far from the edit is paired anew. `coarse`
 * stays until lw_diff_words() is called again. */
void lw_diff_update(struct lw_diff *d, const char *a, size_t na, const char *b, size_t nb,
    size_t at, size_t gone, size_t come);

/* Where byte `at` of the first text is in the second: the place of what replaced it when it is
 * gone. */
size_t lw_diff_place(const struct lw_diff *d, size_t at);

void lw_diff_fini(struct lw_diff *d);

#endif
