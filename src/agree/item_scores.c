/* Measures that are taken item by item: the order of the responses in one ranking, the overlap of
 * two sets of tags, what two annotators marked in one text. */
#include "agree/answer_tables_internal.h"

#include "agree/answer_code_internal.h"
#include "labelwright/base/buf.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Two annotators' answers to one unit. */
struct two {
    const char *first, *second;
    int option;
};

/* ---- sets of tags: what they share, of all that either has; two empty ones are the same */

struct bits {
    unsigned char *v; /* 1 the first has it, 2 the second, 3 both */
    unsigned char which;
};

static void set_bit(void *ctx, int32_t option)
{
    const struct bits *b = ctx;
    b->v[option] |= b->which;
}

static void score_sets(
    const struct lw_compared *q, const struct two *t, double *top, double *bottom)
{
    unsigned char *v = lw_alloc(q->q->noptions + 1);
    struct bits first = {v, 1}, second = {v, 2};
    size_t any = 0, both = 0;
    lw_answer_options(t->first, set_bit, &first);
    lw_answer_options(t->second, set_bit, &second);
    for (size_t i = 0; i < q->q->noptions; i++) {
        any += v[i] != 0;
        both += v[i] == 3;
    }
    free(v);
    *top += any ? (double)both / (double)any : 1;
    *bottom += 1;
}

/* ---- spans */

static void score_spans(const struct two *t, double *top, double *bottom,
    struct lw_overlap (*overlap)(
        const struct lw_marked *, size_t, const struct lw_marked *, size_t, int32_t))
{
    size_t na, nb;
    struct lw_marked *a = lw_answer_marked(t->first, &na), *b = lw_answer_marked(t->second, &nb);
    struct lw_overlap o = overlap(a, na, b, nb, t->option);
    *top += 2 * (double)o.both;
    *bottom += (double)o.first + (double)o.second;
    free(a);
    free(b);
}

static void score_exact(
    const struct lw_compared *q, const struct two *t, double *top, double *bottom)
{
    (void)q;
    score_spans(t, top, bottom, lw_overlap_exact);
}

static void score_bytes(
    const struct lw_compared *q, const struct two *t, double *top, double *bottom)
{
    (void)q;
    score_spans(t, top, bottom, lw_overlap_bytes);
}

/* ---- rankings: a table whose items are the responses, and whose categories are places */

static void add_places(json_t *rows, const json_t *order, size_t annotator, size_t *places)
{
    size_t place, i;
    json_t *tied, *id;
    json_array_foreach(order, place, tied)
    {
        json_array_foreach(tied, i, id)
        {
            json_t *row = json_object_get(rows, json_string_value(id));
            if (!row)
                json_object_set_new(rows, json_string_value(id), row = json_array());
            while (json_array_size(row) < annotator)
                json_array_append_new(row, json_integer(LW_RATING_NONE));
            json_array_append_new(row, json_integer((json_int_t)place));
        }
    }
    if (json_array_size(order) > *places)
        *places = json_array_size(order);
}

/* What could not be ranked has no place. */
static struct lw_ratings *table_of_rankings(const char *const *answer, size_t n)
{
    json_t *rows = json_object(), *row;
    const char *id;
    size_t places = 0, at = 0;
    for (size_t i = 0; i < n; i++) {
        json_t *both = json_loads(answer[i], 0, NULL);
        add_places(rows, json_array_get(both, 0), i, &places);
        json_decref(both);
    }
    struct lw_ratings *r = lw_ratings_new(json_object_size(rows), n, places);
    json_object_foreach(rows, id, row)
    {
        for (size_t i = 0; i < json_array_size(row); i++)
            r->given[at * n + i] = (int32_t)json_integer_value(json_array_get(row, i));
        at++;
    }
    json_decref(rows);
    return r;
}

static void score_tau(const struct lw_compared *q, const struct two *t, double *top, double *bottom)
{
    (void)q;
    const char *const both[] = {t->first, t->second};
    struct lw_ratings *r = table_of_rankings(both, 2);
    struct lw_figure f = lw_tau_b(r);
    if (f.why == LW_DEFINED) {
        *top += f.value;
        *bottom += 1;
    }
    lw_ratings_free(r);
}

static void score_w(
    const struct lw_compared *q, const int32_t *given, size_t n, double *top, double *bottom)
{
    const char **answer = lw_alloc((n + 1) * sizeof *answer);
    size_t have = 0;
    for (size_t i = 0; i < n && given[i] != LW_RATING_NONE; i++)
        answer[have++] = lw_compared_answer(q, given[i]);
    if (have == n) {
        struct lw_ratings *r = table_of_rankings(answer, n);
        struct lw_figure f = lw_kendall_w(r);
        if (f.why == LW_DEFINED) {
            *top = f.value;
            *bottom = 1;
        }
        lw_ratings_free(r);
    }
    free(answer);
}

/* ---- all units */

typedef void scorer(const struct lw_compared *q, const struct two *t, double *top, double *bottom);

static scorer *scorer_of(enum lw_measure m)
{
    static scorer *const table[] = {
        [LW_MEASURE_TAU_B_MEAN] = score_tau,
        [LW_MEASURE_SET_OVERLAP] = score_sets,
        [LW_MEASURE_SPANS_EXACT] = score_exact,
        [LW_MEASURE_SPANS_BYTES] = score_bytes,
    };
    return table[m];
}

/* All pairs of annotators, or one; how many pairs there were. */
static size_t score_unit(const struct lw_compared *q, const int32_t *given, size_t n, scorer *score,
    struct two t, int a, int b, double *top, double *bottom)
{
    size_t pairs = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            bool meant = a < 0 || ((size_t)a == i && (size_t)b == k);
            if (!meant || given[i] == LW_RATING_NONE || given[k] == LW_RATING_NONE)
                continue;
            t.first = lw_compared_answer(q, given[i]);
            t.second = lw_compared_answer(q, given[k]);
            score(q, &t, top, bottom);
            pairs++;
        }
    }
    return pairs;
}

static enum lw_undefined why_nothing(
    enum lw_measure m, size_t annotators, const struct lw_figure *f)
{
    if (annotators < 2)
        return LW_UNDEFINED_ONE_ANNOTATOR;
    if (f->pairs == 0)
        return m == LW_MEASURE_W_MEAN ? LW_UNDEFINED_NOT_ALL : LW_UNDEFINED_NO_PAIRS;
    return m == LW_MEASURE_SPANS_EXACT || m == LW_MEASURE_SPANS_BYTES ? LW_UNDEFINED_NO_SPANS
                                                                      : LW_UNDEFINED_NO_ORDER;
}

static size_t complete(const int32_t *given, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (given[i] == LW_RATING_NONE)
            return 0;
    return n * (n - 1) / 2;
}

struct lw_item_scores lw_item_scores(const struct lw_label_set *s, const struct lw_compared *q,
    enum lw_measure m, int option, int a, int b, struct lw_figure *figure)
{
    size_t n = s->annotators;
    struct lw_item_scores to = {
        lw_alloc((q->units + 1) * sizeof *to.top), lw_alloc((q->units + 1) * sizeof *to.bottom)};
    *figure = (struct lw_figure){0};
    for (size_t i = 0; i < q->units; i++) {
        const int32_t *given = q->given + i * n;
        size_t pairs = 0;
        if (m != LW_MEASURE_W_MEAN)
            pairs = score_unit(q, given, n, scorer_of(m), (struct two){.option = option}, a, b,
                &to.top[i], &to.bottom[i]);
        else if ((pairs = complete(given, n)) > 0)
            score_w(q, given, n, &to.top[i], &to.bottom[i]);
        figure->items += pairs > 0;
        figure->pairs += pairs;
        figure->observed += to.top[i];
        figure->expected += to.bottom[i];
    }
    if (figure->expected > 0)
        figure->value = figure->observed / figure->expected;
    else
        figure->why = why_nothing(m, n, figure);
    return to;
}

void lw_item_scores_fini(struct lw_item_scores *scores)
{
    free(scores->top);
    free(scores->bottom);
}
