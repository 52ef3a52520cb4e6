/* Who gave what to which item: a table with a row for each item and a column for each annotator,
 * and in it the number of a category, or nothing. Pure. */
#ifndef LABELWRIGHT_AGREE_RATINGS_H
#define LABELWRIGHT_AGREE_RATINGS_H

#include <stddef.h>
#include <stdint.h>

enum { LW_RATING_NONE = -1 };

struct lw_ratings {
    size_t items, annotators;
    int32_t *given;    /* items times annotators: below `categories`, or LW_RATING_NONE */
    size_t categories; /* from 0 */
    double *value;     /* the number of each, ascending; NULL where they have no order */
    size_t declared;   /* how many an annotator can choose from, used or not */
};

/* All of it LW_RATING_NONE, without values. */
struct lw_ratings *lw_ratings_new(size_t items, size_t annotators, size_t categories);
void lw_ratings_free(struct lw_ratings *r); /* NULL is fine */

/* Only these two annotators, new. Its values are a copy. */
struct lw_ratings *lw_ratings_pair(const struct lw_ratings *r, size_t a, size_t b);

/* Whether an answer was in one of the categories that `in` has: 1, else 0. New. */
struct lw_ratings *lw_ratings_binary(const struct lw_ratings *r, const unsigned char *in);

/* Fills `to`, of the same shape but for `items`, with the n rows `item` of `r`. */
void lw_ratings_draw(
    const struct lw_ratings *r, const uint32_t *item, size_t n, struct lw_ratings *to);

/* How many annotators gave the item something. */
size_t lw_ratings_answers(const struct lw_ratings *r, size_t item);

#endif
