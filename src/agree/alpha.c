/* Krippendorff's alpha: how far the answers to one item are apart, against how far any two answers
 * are. Only items with two answers and more count.
 *
 * The ordinal distance of two categories is by how many answers lie between them, half of their own
 * included: the same as the distance of their ranks, all answers in one row. So it is the interval
 * alpha of these ranks, and no table of all categories is needed. */
#include "labelwright/agree/coefficients.h"

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdlib.h>

/* The answers that can be paired, by category. */
struct paired {
    uint64_t items, answers, pairs, *count;
    size_t used; /* categories */
};

static struct paired count_paired(const struct lw_ratings *r)
{
    struct paired p = {.count = lw_alloc((r->categories + 1) * sizeof *p.count)};
    for (size_t i = 0; i < r->items; i++) {
        const int32_t *given = r->given + i * r->annotators;
        size_t n = lw_ratings_answers(r, i);
        if (n < 2)
            continue;
        p.items++;
        p.answers += n;
        p.pairs += n * (n - 1) / 2;
        for (size_t a = 0; a < r->annotators; a++)
            if (given[a] != LW_RATING_NONE)
                p.count[given[a]]++;
    }
    for (size_t c = 0; c < r->categories; c++)
        p.used += p.count[c] > 0;
    return p;
}

/* Both distances squared; `at` is where each category lies, NULL for nominal ones. */
static double distance(const double *at, int32_t a, int32_t b)
{
    return at ? (at[a] - at[b]) * (at[a] - at[b]) : (double)(a != b);
}

static double apart_in(const struct lw_ratings *r, size_t item, const double *at)
{
    const int32_t *given = r->given + item * r->annotators;
    double sum = 0;
    for (size_t a = 0; a < r->annotators; a++)
        for (size_t b = a + 1; b < r->annotators && given[a] != LW_RATING_NONE; b++)
            if (given[b] != LW_RATING_NONE)
                sum += distance(at, given[a], given[b]);
    return sum;
}

/* The mean distance of two answers to one item. */
static double observed(const struct lw_ratings *r, const struct paired *p, const double *at)
{
    double sum = 0;
    for (size_t i = 0; i < r->items; i++) {
        size_t n = lw_ratings_answers(r, i);
        if (n >= 2)
            sum += 2 * apart_in(r, i, at) / (double)(n - 1);
    }
    return sum / (double)p->answers;
}

/* The mean distance of any two answers. */
static double expected(const struct lw_ratings *r, const struct paired *p, const double *at)
{
    double n = (double)p->answers, mean = 0, sum = 0;
    for (size_t c = 0; c < r->categories && at; c++)
        mean += (double)p->count[c] / n * at[c];
    for (size_t c = 0; c < r->categories; c++) {
        double count = (double)p->count[c];
        sum += at ? 2 * count * (at[c] - mean) * (at[c] - mean) : count * (1 - count / n);
    }
    return sum / (n - 1);
}

static struct lw_figure alpha(const struct lw_ratings *r, struct paired *p, const double *at)
{
    struct lw_figure f = {.items = p->items, .pairs = p->pairs};
    if (p->items == 0) {
        f.why = r->annotators < 2 ? LW_UNDEFINED_ONE_ANNOTATOR : LW_UNDEFINED_NO_PAIRS;
    } else if (p->used < 2) {
        f.why = LW_UNDEFINED_ONE_CATEGORY;
    } else {
        f.observed = observed(r, p, at);
        f.expected = expected(r, p, at);
        f.value = 1 - f.observed / f.expected;
    }
    free(p->count);
    return f;
}

struct lw_figure lw_alpha_nominal(const struct lw_ratings *r)
{
    struct paired p = count_paired(r);
    return alpha(r, &p, NULL);
}

struct lw_figure lw_alpha_interval(const struct lw_ratings *r)
{
    struct paired p = count_paired(r);
    return alpha(r, &p, r->value);
}

struct lw_figure lw_alpha_ordinal(const struct lw_ratings *r)
{
    struct paired p = count_paired(r);
    double *rank = lw_alloc((r->categories + 1) * sizeof *rank), below = 0;
    for (size_t c = 0; c < r->categories; c++) {
        rank[c] = below + (double)p.count[c] / 2;
        below += (double)p.count[c];
    }
    struct lw_figure f = alpha(r, &p, rank);
    free(rank);
    return f;
}
