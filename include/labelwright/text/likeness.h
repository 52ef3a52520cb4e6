/* Which of many texts another one is much like: by the words that stand in both in the same order,
 * three at a time (shingles). Case, punctuation and which number it is make no difference. A letter
 * of a script without spaces counts as a word, and five stand together. Pure.
 *
 * All texts are looked through: some thousands take less time than a key, and nothing is missed as
 * it would be with sketches (MinHash, SimHash), which pay off with millions. */
#ifndef LABELWRIGHT_TEXT_LIKENESS_H
#define LABELWRIGHT_TEXT_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LW_LIKE_PERCENT = 60,     /* from here on a text is much like another */
    LW_LIKE_FEW_WORDS = 8,    /* a text of fewer must be the same */
    LW_LIKE_WORDS_MAX = 20000 /* what stands behind is not looked at */
};

struct lw_likeness;
struct lw_likeness *lw_likeness_new(void);
void lw_likeness_free(struct lw_likeness *l); /* NULL is fine */

/* Adds a text under a number, under which there may be others; removes all of that number. */
void lw_likeness_add(struct lw_likeness *l, uint64_t id, const char *s, size_t n);
void lw_likeness_remove(struct lw_likeness *l, uint64_t id);

struct lw_like {
    uint64_t id;
    int percent; /* of the words of both texts together that are in the other one, too */
};

/* The text that is most like this one, those of number `but` left out; false: none is much like it.
 */
bool lw_likeness_find(
    const struct lw_likeness *l, const char *s, size_t n, uint64_t but, struct lw_like *to);

#endif
