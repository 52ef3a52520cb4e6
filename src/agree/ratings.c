/* The table of who gave what to which item: made, cut and drawn from. What it adds up to is the
 * coefficients'. */
#include "labelwright/agree/ratings.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

struct lw_ratings *lw_ratings_new(size_t items, size_t annotators, size_t categories)
{
    struct lw_ratings *r = lw_alloc(sizeof *r);
    *r = (struct lw_ratings){
        .items = items, .annotators = annotators, .categories = categories, .declared = categories};
    r->given = lw_grow(NULL, items * annotators + 1, sizeof *r->given);
    for (size_t i = 0; i < items * annotators; i++)
        r->given[i] = LW_RATING_NONE;
    return r;
}

void lw_ratings_free(struct lw_ratings *r)
{
    if (!r)
        return;
    free(r->given);
    free(r->value);
    free(r);
}

struct lw_ratings *lw_ratings_pair(const struct lw_ratings *r, size_t a, size_t b)
{
    struct lw_ratings *to = lw_ratings_new(r->items, 2, r->categories);
    to->declared = r->declared;
    for (size_t i = 0; i < r->items; i++) {
        to->given[2 * i] = r->given[i * r->annotators + a];
        to->given[2 * i + 1] = r->given[i * r->annotators + b];
    }
    if (r->value) {
        to->value = lw_grow(NULL, r->categories + 1, sizeof *to->value);
        memcpy(to->value, r->value, r->categories * sizeof *to->value);
    }
    return to;
}

struct lw_ratings *lw_ratings_binary(const struct lw_ratings *r, const unsigned char *in)
{
    struct lw_ratings *to = lw_ratings_new(r->items, r->annotators, 2);
    for (size_t i = 0; i < r->items * r->annotators; i++)
        if (r->given[i] != LW_RATING_NONE)
            to->given[i] = in[r->given[i]] != 0;
    return to;
}

void lw_ratings_draw(
    const struct lw_ratings *r, const uint32_t *item, size_t n, struct lw_ratings *to)
{
    size_t width = r->annotators;
    to->items = n;
    to->given = lw_grow(to->given, n * width + 1, sizeof *to->given);
    for (size_t i = 0; i < n; i++)
        memcpy(to->given + i * width, r->given + item[i] * width, width * sizeof *to->given);
}

size_t lw_ratings_answers(const struct lw_ratings *r, size_t item)
{
    size_t n = 0;
    for (size_t a = 0; a < r->annotators; a++)
        n += r->given[item * r->annotators + a] != LW_RATING_NONE;
    return n;
}
