/* Percent agreement, and the coefficients that set it against what chance gives by how often each
 * answer was given: Cohen's kappa, Fleiss' kappa, Gwet's AC1. */
#include "labelwright/agree/coefficients.h"

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdlib.h>

/* ---- what is seen, of any number of annotators */

/* Pairs of answers to the item, and how many of them are the same. */
static size_t count_pairs(const struct lw_ratings *r, size_t item, size_t *same)
{
    const int32_t *given = r->given + item * r->annotators;
    size_t pairs = 0;
    *same = 0;
    for (size_t a = 0; a < r->annotators; a++) {
        for (size_t b = a + 1; b < r->annotators && given[a] != LW_RATING_NONE; b++) {
            pairs += given[b] != LW_RATING_NONE;
            *same += given[b] == given[a];
        }
    }
    return pairs;
}

struct lw_figure lw_percent(const struct lw_ratings *r)
{
    struct lw_figure f = {0};
    for (size_t i = 0; i < r->items; i++) {
        size_t same, pairs = count_pairs(r, i, &same);
        f.items += pairs > 0;
        f.pairs += pairs;
        if (pairs > 0)
            f.observed += (double)same / (double)pairs;
    }
    if (r->annotators < 2 || f.items == 0) {
        f.why = r->annotators < 2 ? LW_UNDEFINED_ONE_ANNOTATOR : LW_UNDEFINED_NO_PAIRS;
        f.observed = 0;
        return f;
    }
    f.observed /= (double)f.items;
    f.value = f.observed;
    return f;
}

/* How often each category was given: the mean over the items of its share in each. How many were
 * given at all. */
static size_t find_shares(const struct lw_ratings *r, double *share)
{
    size_t items = 0, used = 0;
    for (size_t i = 0; i < r->items; i++) {
        const int32_t *given = r->given + i * r->annotators;
        size_t n = lw_ratings_answers(r, i);
        items += n > 0;
        for (size_t a = 0; a < r->annotators; a++)
            if (given[a] != LW_RATING_NONE)
                share[given[a]] += 1 / (double)n;
    }
    for (size_t c = 0; c < r->categories && items > 0; c++) {
        used += share[c] > 0;
        share[c] /= (double)items;
    }
    return used;
}

static double fleiss_chance(const double *share, const struct lw_ratings *r)
{
    double chance = 0;
    for (size_t c = 0; c < r->categories; c++)
        chance += share[c] * share[c];
    return chance;
}

static double ac1_chance(const double *share, const struct lw_ratings *r)
{
    double chance = 0;
    for (size_t c = 0; c < r->categories; c++)
        chance += share[c] * (1 - share[c]);
    return chance / (double)(r->declared - 1);
}

static struct lw_figure beyond_chance(const struct lw_ratings *r,
    double (*chance)(const double *share, const struct lw_ratings *r), enum lw_undefined why)
{
    struct lw_figure f = lw_percent(r);
    if (f.why != LW_DEFINED)
        return f;
    double *share = lw_alloc((r->categories + 1) * sizeof *share);
    f.value = 0;
    if (find_shares(r, share) < 2) {
        f.why = why;
    } else {
        f.expected = chance(share, r);
        f.value = (f.observed - f.expected) / (1 - f.expected);
    }
    free(share);
    return f;
}

struct lw_figure lw_fleiss(const struct lw_ratings *r)
{
    return beyond_chance(r, fleiss_chance, LW_UNDEFINED_ONE_CATEGORY);
}

struct lw_figure lw_ac1(const struct lw_ratings *r)
{
    return beyond_chance(r, ac1_chance, LW_UNDEFINED_ONE_CATEGORY_AC1);
}

/* ---- two annotators, each with their own habits */

enum distance { SAME_OR_NOT, LINEAR, SQUARE };

struct both {
    uint64_t n, *first, *second; /* answers to items that both answered, by category */
    double apart;                /* sum of their distances */
};

static double distance(const struct lw_ratings *r, int32_t a, int32_t b, enum distance kind)
{
    if (kind == SAME_OR_NOT)
        return a != b;
    double d = r->value[a] - r->value[b];
    return kind == SQUARE ? d * d : d < 0 ? -d : d;
}

static struct both count_both(const struct lw_ratings *r, enum distance kind)
{
    struct both t = {.first = lw_alloc((r->categories + 1) * sizeof *t.first),
        .second = lw_alloc((r->categories + 1) * sizeof *t.second)};
    for (size_t i = 0; i < r->items; i++) {
        int32_t a = r->given[2 * i], b = r->given[2 * i + 1];
        if (a == LW_RATING_NONE || b == LW_RATING_NONE)
            continue;
        t.n++;
        t.first[a]++;
        t.second[b]++;
        t.apart += distance(r, a, b, kind);
    }
    return t;
}

static double chance_of_difference(const struct lw_ratings *r, const struct both *t)
{
    double same = 0, n = (double)t->n;
    for (size_t c = 0; c < r->categories; c++)
        same += (double)t->first[c] / n * ((double)t->second[c] / n);
    return 1 - same;
}

/* The expected distance of two independent draws, between one value and the next: the chance that
 * one lies on each side of the gap. */
static double chance_linear(const struct lw_ratings *r, const struct both *t)
{
    double sum = 0, n = (double)t->n, f = 0, g = 0;
    for (size_t c = 0; c + 1 < r->categories; c++) {
        f += (double)t->first[c] / n;
        g += (double)t->second[c] / n;
        sum += (r->value[c + 1] - r->value[c]) * (f * (1 - g) + g * (1 - f));
    }
    return sum;
}

static double mean_of(const struct lw_ratings *r, const uint64_t *count, double n)
{
    double sum = 0;
    for (size_t c = 0; c < r->categories; c++)
        sum += (double)count[c] / n * r->value[c];
    return sum;
}

static double variance_of(const struct lw_ratings *r, const uint64_t *count, double n, double mean)
{
    double sum = 0;
    for (size_t c = 0; c < r->categories; c++)
        sum += (double)count[c] / n * (r->value[c] - mean) * (r->value[c] - mean);
    return sum;
}

static double chance_square(const struct lw_ratings *r, const struct both *t)
{
    double n = (double)t->n, a = mean_of(r, t->first, n), b = mean_of(r, t->second, n);
    return variance_of(r, t->first, n, a) + variance_of(r, t->second, n, b) + (a - b) * (a - b);
}

/* Whether both gave one and the same category alone. */
static bool one_category(const struct lw_ratings *r, const struct both *t)
{
    size_t used = 0;
    for (size_t c = 0; c < r->categories; c++)
        used += t->first[c] > 0 || t->second[c] > 0;
    return used < 2;
}

static struct lw_figure cohen(const struct lw_ratings *r, enum distance kind)
{
    static double (*const chance[])(const struct lw_ratings *, const struct both *) = {
        [SAME_OR_NOT] = chance_of_difference, [LINEAR] = chance_linear, [SQUARE] = chance_square};
    struct both t = count_both(r, kind);
    struct lw_figure f = {.items = t.n, .pairs = t.n};
    if (t.n == 0) {
        f.why = LW_UNDEFINED_NO_PAIRS;
    } else if (one_category(r, &t)) {
        f.why = LW_UNDEFINED_ONE_CATEGORY;
    } else {
        f.observed = t.apart / (double)t.n;
        f.expected = chance[kind](r, &t);
        f.value = 1 - f.observed / f.expected;
    }
    free(t.first);
    free(t.second);
    return f;
}

struct lw_figure lw_cohen(const struct lw_ratings *r)
{
    return cohen(r, SAME_OR_NOT);
}

struct lw_figure lw_cohen_linear(const struct lw_ratings *r)
{
    return cohen(r, LINEAR);
}

struct lw_figure lw_cohen_quadratic(const struct lw_ratings *r)
{
    return cohen(r, SQUARE);
}
