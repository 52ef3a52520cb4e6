/* Whether annotators put items in the same order: Kendall's tau-b for two, Kendall's W for any
 * number. Categories ascend, so their numbers do as ranks. */
#include "labelwright/agree/coefficients.h"

#include "labelwright/base/buf.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- tau-b */

/* How many of the categories so far are at or below one: sums in a tree (Fenwick). */
struct tally {
    uint64_t *sum;
    size_t n;
};

static void tally_add(struct tally *t, size_t at)
{
    for (size_t i = at + 1; i <= t->n; i += i & (~i + 1))
        t->sum[i]++;
}

static uint64_t tally_below(const struct tally *t, size_t at)
{
    uint64_t sum = 0;
    for (size_t i = at; i > 0; i -= i & (~i + 1))
        sum += t->sum[i];
    return sum;
}

/* The items that both answered, in the order of the first one's answers: `first[c]` to
 * `first[c + 1]` of `second` are the second one's answers where the first gave c. */
struct sorted {
    size_t n, *first;
    int32_t *second;
};

static bool both(const struct lw_ratings *r, size_t item)
{
    return r->given[2 * item] != LW_RATING_NONE && r->given[2 * item + 1] != LW_RATING_NONE;
}

static struct sorted sort(const struct lw_ratings *r)
{
    size_t k = r->categories;
    struct sorted s = {.first = lw_alloc((k + 2) * sizeof *s.first)};
    for (size_t i = 0; i < r->items; i++)
        if (both(r, i)) {
            s.n++;
            s.first[r->given[2 * i] + 1]++;
        }
    for (size_t c = 1; c <= k; c++)
        s.first[c] += s.first[c - 1];
    s.second = lw_grow(NULL, s.n + 1, sizeof *s.second);
    size_t *next = lw_alloc((k + 1) * sizeof *next);
    memcpy(next, s.first, k * sizeof *next);
    for (size_t i = 0; i < r->items; i++)
        if (both(r, i))
            s.second[next[r->given[2 * i]]++] = r->given[2 * i + 1];
    free(next);
    return s;
}

/* Pairs in the same order, less those in the other one. */
static double same_less_other(const struct sorted *s, size_t k)
{
    struct tally t = {lw_alloc((k + 2) * sizeof *t.sum), k};
    double sum = 0;
    for (size_t c = 0; c < k; c++) {
        for (size_t i = s->first[c]; i < s->first[c + 1]; i++) {
            uint64_t below = tally_below(&t, (size_t)s->second[i]);
            uint64_t upto = tally_below(&t, (size_t)s->second[i] + 1);
            sum += (double)below - (double)(s->first[c] - upto);
        }
        for (size_t i = s->first[c]; i < s->first[c + 1]; i++)
            tally_add(&t, (size_t)s->second[i]);
    }
    free(t.sum);
    return sum;
}

static double pairs_of(uint64_t n)
{
    return (double)n * ((double)n - 1) / 2;
}

/* Pairs that an annotator put in an order at all. */
static double untied(const uint64_t *count, size_t k, size_t n)
{
    double tied = 0;
    for (size_t c = 0; c < k; c++)
        tied += count[c] > 0 ? pairs_of(count[c]) : 0;
    return pairs_of(n) - tied;
}

struct lw_figure lw_tau_b(const struct lw_ratings *r)
{
    struct sorted s = sort(r);
    struct lw_figure f = {.items = s.n, .pairs = s.n};
    size_t k = r->categories;
    uint64_t *first = lw_alloc((k + 1) * sizeof *first),
             *second = lw_alloc((k + 1) * sizeof *first);
    for (size_t c = 0; c < k; c++)
        first[c] = s.first[c + 1] - s.first[c];
    for (size_t i = 0; i < s.n; i++)
        second[s.second[i]]++;
    double a = untied(first, k, s.n), b = untied(second, k, s.n);
    if (s.n < 2) {
        f.why = s.n == 0 ? LW_UNDEFINED_NO_PAIRS : LW_UNDEFINED_ONE_ITEM;
    } else if (a <= 0 || b <= 0) {
        f.why = LW_UNDEFINED_CONSTANT;
    } else {
        f.observed = same_less_other(&s, k);
        f.expected = sqrt(a) * sqrt(b);
        f.value = f.observed / f.expected;
    }
    free(first);
    free(second);
    free(s.first);
    free(s.second);
    return f;
}

/* ---- W */

static size_t mark_complete(const struct lw_ratings *r, unsigned char *complete)
{
    size_t n = 0;
    for (size_t i = 0; i < r->items; i++) {
        complete[i] = lw_ratings_answers(r, i) == r->annotators;
        n += complete[i];
    }
    return n;
}

/* Adds to each complete item the rank that the annotator gave it, tied ones the mean of theirs;
 * returns the sum of t^3 - t over the ties. */
static double add_ranks(
    const struct lw_ratings *r, size_t annotator, const unsigned char *complete, double *sum)
{
    size_t k = r->categories, width = r->annotators;
    uint64_t *count = lw_alloc((k + 1) * sizeof *count);
    double *rank = lw_alloc((k + 1) * sizeof *rank), below = 0, ties = 0;
    for (size_t i = 0; i < r->items; i++)
        if (complete[i])
            count[r->given[i * width + annotator]]++;
    for (size_t c = 0; c < k; c++) {
        double t = (double)count[c];
        rank[c] = below + (t + 1) / 2;
        below += t;
        ties += t * t * t - t;
    }
    for (size_t i = 0; i < r->items; i++)
        if (complete[i])
            sum[i] += rank[r->given[i * width + annotator]];
    free(count);
    free(rank);
    return ties;
}

struct lw_figure lw_kendall_w(const struct lw_ratings *r)
{
    unsigned char *complete = lw_alloc(r->items + 1);
    double *sum = lw_alloc((r->items + 1) * sizeof *sum), ties = 0;
    double n = (double)mark_complete(r, complete), m = (double)r->annotators;
    struct lw_figure f = {.items = (uint64_t)n,
        .pairs = (uint64_t)n * r->annotators * (r->annotators > 0 ? r->annotators - 1 : 0) / 2};
    for (size_t a = 0; a < r->annotators; a++)
        ties += add_ranks(r, a, complete, sum);
    for (size_t i = 0; i < r->items; i++)
        if (complete[i])
            f.observed += (sum[i] - m * (n + 1) / 2) * (sum[i] - m * (n + 1) / 2);
    f.expected = (m * m * (n * n * n - n) - m * ties) / 12;
    if (r->annotators < 2)
        f.why = LW_UNDEFINED_ONE_ANNOTATOR;
    else if (n < 2)
        f.why = n < 1 ? LW_UNDEFINED_NOT_ALL : LW_UNDEFINED_ONE_ITEM;
    else if (f.expected <= 0)
        f.why = LW_UNDEFINED_ALL_CONSTANT;
    else
        f.value = f.observed / f.expected;
    if (f.why != LW_DEFINED)
        f.observed = f.expected = 0;
    free(complete);
    free(sum);
    return f;
}
