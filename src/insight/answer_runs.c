/* Runs of labels with the same answers, and the answers that were given most often. Chance is one's
 * own labels in another order: what follows from how many there are of each, without drawing any.
 */
#include "insight/insight_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The labels with answers, in order, as the numbers of their patterns; and how many there are of
 * each, those that are there. */
struct sequence {
    const struct lw_counted_label **label;
    size_t n;
    uint64_t *count;
    size_t npatterns;
};

static struct sequence sequence_of(const struct lw_counted *c)
{
    struct sequence q = {.label = lw_alloc((c->n + 1) * sizeof *q.label)};
    size_t all = c->s->pattern_numbers.n;
    uint64_t *count = lw_alloc((all + 1) * sizeof *count);
    for (size_t i = 0; i < c->n; i++) {
        if (c->v[i].label->pattern == LW_NO_PATTERN)
            continue;
        q.label[q.n++] = &c->v[i];
        count[c->v[i].label->pattern]++;
    }
    for (size_t i = 0; i < all; i++)
        if (count[i] > 0)
            count[q.npatterns++] = count[i];
    q.count = count;
    return q;
}

/* ---- by chance */

/* How many runs of `length` or more a shuffled order has on average, exactly. Of an answer that was
 * given c times among n, `length` places in a row have it with probability c/n (c-1)/(n-1) …; a run
 * begins at the first place, or at another one where the place before has a different answer.
 * `chain` has that product for each answer, for length - 1 factors; it is brought to `length`. */
static double expected_runs(const struct sequence *q, double *chain, uint64_t length)
{
    double all = 0, n = (double)q->n, rest = n - (double)length;
    for (size_t i = 0; i < q->npatterns; i++) {
        double c = (double)q->count[i], before = (double)(length - 1);
        if (c < (double)length)
            continue;
        chain[i] *= (c - before) / (n - before);
        double longer = rest > 0 ? chain[i] * (c - (double)length) / rest : 0;
        all += chain[i] + rest * (chain[i] - longer);
    }
    return all;
}

static int compare_counts(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* Answers by how often they were given, so that those too rare for a length are at the end. */
static void set_chance(struct sequence *q, struct lw_answer_runs *r)
{
    double *chain = lw_alloc((q->npatterns + 1) * sizeof *chain);
    qsort(q->count, q->npatterns, sizeof *q->count, compare_counts);
    for (size_t i = 0; i < q->npatterns; i++)
        chain[i] = 1;
    for (uint64_t length = 1; length <= q->n; length++) {
        while (q->npatterns > 0 && q->count[q->npatterns - 1] < length)
            q->npatterns--;
        double runs = expected_runs(q, chain, length);
        if (length == r->longest)
            r->by_chance = runs;
        if (!r->usual && runs <= 0.05)
            r->usual = length;
        if (r->usual && length >= r->longest)
            break;
    }
    free(chain);
}

/* Mean and deviation of the number of runs in a shuffled order of any number of kinds. */
static void set_expected(const struct sequence *q, struct lw_answer_runs *r)
{
    double n = (double)q->n, squares = 0, cubes = 0;
    for (size_t i = 0; i < q->npatterns; i++) {
        double c = (double)q->count[i];
        squares += c * c;
        cubes += c * c * c;
    }
    r->expected = n + 1 - squares / n;
    double variance =
        n > 1 ? (squares * (squares + n * (n + 1)) - 2 * n * cubes - n * n * n) / (n * n * (n - 1))
              : 0;
    r->sd = variance > 0 ? sqrt(variance) : 0;
}

/* ---- what is there */

static void count_runs(
    const struct lw_counted *c, const struct sequence *q, struct lw_answer_runs *r)
{
    size_t start = 0;
    for (size_t i = 0; i < q->n; i++) {
        if (i == 0 || q->label[i]->label->pattern != q->label[i - 1]->label->pattern) {
            r->runs++;
            start = i;
        }
        if (i - start + 1 > r->longest) {
            r->longest = i - start + 1;
            r->from = lw_name_label(q->label[start]);
            r->to = lw_name_label(q->label[i]);
        }
    }
    for (size_t i = 0; i < q->n && !r->answer; i++)
        if (q->label[i]->label->seq == r->from.seq)
            r->answer = lw_insight_describe(c->s, q->label[i]->label);
}

static enum lw_chance longest_verdict(const struct lw_answer_runs *r)
{
    if (r->n < LW_SMALL_SAMPLE)
        return r->n == 0 ? LW_CHANCE_NO_DATA : LW_CHANCE_SMALL;
    return r->by_chance > 0.05    ? LW_CHANCE_EXPLAINS
           : r->by_chance > 0.001 ? LW_CHANCE_SELDOM
                                  : LW_CHANCE_HARDLY;
}

void lw_report_runs(const struct lw_counted *c, struct lw_insight_report *report)
{
    struct lw_answer_runs *r = &report->runs;
    struct sequence q = sequence_of(c);
    r->n = q.n;
    if (q.n > 0) {
        count_runs(c, &q, r);
        set_expected(&q, r);
        set_chance(&q, r);
    }
    double z = r->sd > 0 ? ((double)r->runs - r->expected) / r->sd : 0;
    r->longest_verdict = longest_verdict(r);
    r->runs_verdict = lw_chance_of_z(r->n, z < 0 ? z : 0); /* more runs than expected are fine */
    free(q.label);
    free(q.count);
}

/* ---- most often */

static void add_top(struct lw_insight_report *r, struct lw_top_answer top)
{
    r->top = lw_grow(r->top, r->ntop + 1, sizeof *r->top);
    r->top[r->ntop++] = top;
}

/* How often each was given; the largest, and the first of those that are. */
static struct lw_top_answer top_of(const uint64_t *count, size_t n, size_t *which)
{
    struct lw_top_answer top = {.k = 0};
    for (size_t i = 0; i < n; i++) {
        top.n += count[i];
        top.different += count[i] > 0;
        if (count[i] > top.k) {
            top.k = count[i];
            *which = i;
        }
    }
    return top;
}

static void top_patterns(const struct lw_counted *c, struct lw_insight_report *r)
{
    size_t n = c->s->pattern_numbers.n, which = 0;
    uint64_t *count = lw_alloc((n + 1) * sizeof *count);
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].label->pattern != LW_NO_PATTERN)
            count[c->v[i].label->pattern]++;
    struct lw_top_answer top = top_of(count, n, &which);
    if (top.n > 0) {
        top.answer = lw_insight_describe(c->s, &c->s->label[c->s->pattern_label[which]]);
        add_top(r, top);
    }
    free(count);
}

static uint64_t *count_given(const struct lw_counted *c)
{
    uint64_t *count = lw_alloc((c->s->given_numbers.n + 1) * sizeof *count);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->v[i].label->n; k++)
            count[c->s->mark[c->v[i].label->first + k].given]++;
    return count;
}

void lw_report_top(const struct lw_counted *c, struct lw_insight_report *r)
{
    size_t n = c->s->given_numbers.n, which = 0;
    uint64_t *count = count_given(c), *own = lw_alloc((n + 1) * sizeof *own);
    if (!c->opts->question)
        top_patterns(c, r);
    for (size_t q = 0; q < c->s->nquestions; q++) {
        for (size_t i = 0; i < n; i++)
            own[i] = c->s->given[i].question == q ? count[i] : 0;
        struct lw_top_answer top = top_of(own, n, &which);
        top.question = c->s->question[q].name;
        if (top.n == 0 || !lw_is_wanted(c, (uint32_t)q))
            continue;
        top.answer = lw_strdup(c->s->given[which].text);
        add_top(r, top);
    }
    free(count);
    free(own);
}
