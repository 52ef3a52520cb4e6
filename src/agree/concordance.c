/* Puts together what is known of a question's answers: which tables are looked at, which measures
 * are taken of each, and how far each figure can be trusted. */
#include "labelwright/agree/concordance.h"

#include "agree/answer_code_internal.h"
#include "agree/answer_tables_internal.h"
#include "agree/resample_internal.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

struct building {
    const struct lw_label_set *set;
    struct lw_concordance *to;
    struct lw_clusters tasks;
    bool intervals;
};

/* ---- rows over a table */

static struct lw_concordance_row *add_row(
    struct building *b, enum lw_measure m, int option, int first, int second)
{
    struct lw_concordance *to = b->to;
    to->row = lw_grow(to->row, to->rows + 1, sizeof *to->row);
    struct lw_concordance_row *row = &to->row[to->rows++];
    *row = (struct lw_concordance_row){.measure = m, .option = option, .a = first, .b = second};
    return row;
}

/* The figures of samples of one table, for the rows from `from` on. */
struct sampling {
    const struct lw_ratings *table;
    struct lw_ratings *drawn;
    const struct lw_concordance_row *row;
    size_t rows;
    double *value; /* LW_BOOTSTRAP_TIMES for each row */
    size_t *n;     /* of them that are defined */
};

static void sample_table(void *ctx, const uint32_t *item, size_t n)
{
    struct sampling *s = ctx;
    lw_ratings_draw(s->table, item, n, s->drawn);
    for (size_t i = 0; i < s->rows; i++) {
        struct lw_figure f = lw_measure_entry(s->row[i].measure)->compute(s->drawn);
        if (f.why == LW_DEFINED)
            s->value[i * LW_BOOTSTRAP_TIMES + s->n[i]++] = f.value;
    }
}

static void set_interval(struct lw_concordance_row *row, double *value, size_t n)
{
    row->has_interval = row->figure.why == LW_DEFINED &&
                        lw_resample_interval(value, n, LW_BOOTSTRAP_TIMES, &row->at95);
}

static void add_intervals(struct building *b, const struct lw_ratings *table, size_t from)
{
    struct lw_concordance *to = b->to;
    struct sampling s = {.table = table, .row = to->row + from, .rows = to->rows - from};
    if (!b->intervals || s.rows == 0)
        return;
    s.drawn = lw_ratings_new(0, table->annotators, table->categories);
    s.drawn->value = table->value;
    s.drawn->declared = table->declared;
    s.value = lw_alloc(s.rows * LW_BOOTSTRAP_TIMES * sizeof *s.value);
    s.n = lw_alloc(s.rows * sizeof *s.n);
    lw_resample(&b->tasks, LW_BOOTSTRAP_TIMES, LW_CONCORDANCE_SEED, sample_table, &s);
    for (size_t i = 0; i < s.rows; i++)
        set_interval(&to->row[from + i], s.value + i * LW_BOOTSTRAP_TIMES, s.n[i]);
    s.drawn->value = NULL; /* the table's */
    lw_ratings_free(s.drawn);
    free(s.value);
    free(s.n);
}

/* Whether the measure is taken of all together, or of each two, when there are so many. */
static bool among(enum lw_measure m, bool pairs, size_t annotators)
{
    enum lw_among who = lw_measure_entry(m)->among;
    if (!pairs)
        return who != LW_AMONG_PAIRS || annotators < 2;
    return who == LW_AMONG_PAIRS || (who == LW_AMONG_ALL_AND_PAIRS && annotators > 2);
}

static void add_figures(struct building *b, const struct lw_ratings *table, unsigned measures,
    int option, int first, int second)
{
    size_t from = b->to->rows, annotators = b->set->annotators;
    for (enum lw_measure m = 0; m < LW_MEASURE_COUNT; m++) {
        if (!(measures & 1u << m) || !among(m, first >= 0, annotators))
            continue;
        struct lw_concordance_row *row = add_row(b, m, option, first, second);
        if (annotators < 2)
            row->figure.why = LW_UNDEFINED_ONE_ANNOTATOR;
        else
            row->figure = lw_measure_entry(m)->compute(table);
    }
    add_intervals(b, table, from);
}

static bool any_pairs(unsigned measures, size_t annotators)
{
    for (enum lw_measure m = 0; m < LW_MEASURE_COUNT; m++)
        if ((measures & 1u << m) && among(m, true, annotators))
            return true;
    return false;
}

static void add_table(
    struct building *b, const struct lw_ratings *table, unsigned measures, int option)
{
    size_t n = b->set->annotators;
    if (!table || measures == 0)
        return;
    add_figures(b, table, measures, option, -1, -1);
    for (size_t i = 0; i < n && any_pairs(measures, n); i++) {
        for (size_t k = i + 1; k < n; k++) {
            struct lw_ratings *pair = lw_ratings_pair(table, i, k);
            add_figures(b, pair, measures, option, (int)i, (int)k);
            lw_ratings_free(pair);
        }
    }
}

/* ---- rows over scores */

struct score_sampling {
    const struct lw_item_scores *scores;
    double *value;
    size_t n;
};

static void sample_scores(void *ctx, const uint32_t *item, size_t n)
{
    struct score_sampling *s = ctx;
    double top = 0, bottom = 0;
    for (size_t i = 0; i < n; i++) {
        top += s->scores->top[item[i]];
        bottom += s->scores->bottom[item[i]];
    }
    if (bottom > 0)
        s->value[s->n++] = top / bottom;
}

static void add_score(struct building *b, enum lw_measure m, int option, int first, int second)
{
    struct lw_concordance_row *row = add_row(b, m, option, first, second);
    struct lw_item_scores scores =
        lw_item_scores(b->set, b->to->asked, m, option, first, second, &row->figure);
    if (b->intervals) {
        struct score_sampling s = {&scores, lw_alloc(LW_BOOTSTRAP_TIMES * sizeof *s.value), 0};
        lw_resample(&b->tasks, LW_BOOTSTRAP_TIMES, LW_CONCORDANCE_SEED, sample_scores, &s);
        set_interval(row, s.value, s.n);
        free(s.value);
    }
    lw_item_scores_fini(&scores);
}

static void add_scores(struct building *b, unsigned measures, int option)
{
    size_t n = b->set->annotators;
    for (enum lw_measure m = 0; m < LW_MEASURE_COUNT; m++) {
        if (!(measures & 1u << m))
            continue;
        if (among(m, false, n))
            add_score(b, m, option, -1, -1);
        for (size_t i = 0; i < n && among(m, true, n); i++)
            for (size_t k = i + 1; k < n; k++)
                add_score(b, m, option, (int)i, (int)k);
    }
}

/* ---- all of a question */

/* How many spans have each tag. */
static void count_spans(struct building *b)
{
    const struct lw_compared *q = b->to->asked;
    for (size_t i = 0; i < q->units * b->set->annotators; i++) {
        size_t n = 0;
        if (q->given[i] == LW_RATING_NONE)
            continue;
        struct lw_marked *m = lw_answer_marked(lw_compared_answer(q, q->given[i]), &n);
        for (size_t k = 0; k < n; k++)
            b->to->given[m[k].tag]++;
        free(m);
    }
}

static void add_option(struct building *b, const struct lw_measure_plan *plan, size_t option)
{
    const struct lw_answer_tables *t = b->to->tables;
    if (!t->option[option])
        return;
    if (plan->option) {
        struct lw_ratings *has = lw_ratings_binary(t->kinds, t->in + option * t->kinds->categories);
        for (size_t i = 0; i < has->items * has->annotators; i++)
            b->to->given[option] += has->given[i] == 1;
        add_table(b, has, plan->option, (int)option);
        lw_ratings_free(has);
    }
    add_scores(b, plan->option_scores, (int)option);
}

static void count_items(struct building *b)
{
    struct lw_concordance *to = b->to;
    struct lw_figure f = lw_percent(to->kinds);
    to->items = f.items;
    to->pairs = f.pairs;
    for (size_t t = 0; t < b->tasks.n; t++) {
        bool two = false;
        for (size_t i = b->tasks.first[t]; i < b->tasks.first[t + 1]; i++)
            two = two || lw_ratings_answers(to->kinds, i) >= 2;
        to->tasks += two;
    }
}

static size_t count_tables(const struct building *b, const struct lw_measure_plan *plan)
{
    size_t n = b->set->annotators, each = 1 + n * (n - 1) / 2;
    return each * (2 + (plan->option || plan->option_scores ? b->to->options : 0));
}

static int by_place(const void *a, const void *b)
{
    const struct lw_concordance_row *x = a, *y = b;
    if (x->option != y->option)
        return x->option < y->option ? -1 : 1;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static void build(struct building *b)
{
    struct lw_concordance *to = b->to;
    const struct lw_answer_tables *t = to->tables;
    const struct lw_measure_plan *plan = lw_measure_plan(to->asked->q->type);
    to->kinds = t->kinds;
    to->kind = (const char *const *)t->kind;
    to->option = t->option;
    to->options = t->options;
    to->given = lw_alloc((t->options + 1) * sizeof *to->given);
    b->tasks = lw_clusters_of(to->asked->unit, to->asked->units);
    count_items(b);
    b->intervals = b->intervals && to->tasks >= 2 &&
                   to->asked->units * count_tables(b, plan) <= LW_INTERVAL_WORK;
    to->intervals = b->intervals;
    add_table(b, t->kinds, plan->kinds, -1);
    add_table(b, t->degrees, plan->degrees, -1);
    add_scores(b, plan->scores, -1);
    if (plan->option_scores)
        count_spans(b);
    for (size_t i = 0; i < t->options; i++)
        add_option(b, plan, i);
    if (to->rows > 1)
        qsort(to->row, to->rows, sizeof *to->row, by_place);
    lw_clusters_fini(&b->tasks);
}

struct lw_concordance *lw_concordance_of(
    const struct lw_label_set *s, const struct lw_compared *asked, bool intervals)
{
    struct lw_concordance *to = lw_alloc(sizeof *to);
    struct building b = {.set = s, .to = to, .intervals = intervals};
    *to = (struct lw_concordance){.asked = asked, .refused = asked->refused};
    if (to->refused)
        return to;
    to->tables = lw_alloc(sizeof *to->tables);
    lw_answer_tables(s, asked, to->tables);
    to->refused = to->tables->refused;
    if (!to->refused)
        build(&b);
    return to;
}

void lw_concordance_free(struct lw_concordance *a)
{
    if (!a)
        return;
    if (a->tables)
        lw_answer_tables_fini(a->tables);
    free(a->tables);
    free(a->given);
    free(a->row);
    free(a);
}

/* ---- queries */

bool lw_concordance_differs(const struct lw_concordance *a, size_t unit)
{
    const int32_t *given = a->kinds->given + unit * a->kinds->annotators;
    int32_t first = LW_RATING_NONE;
    for (size_t i = 0; i < a->kinds->annotators; i++) {
        if (given[i] == LW_RATING_NONE)
            continue;
        if (first != LW_RATING_NONE && given[i] != first)
            return true;
        first = given[i];
    }
    return false;
}

static void count_confusion(const struct lw_ratings *r, size_t a, size_t b, uint64_t *to)
{
    for (size_t i = 0; i < r->items; i++) {
        int32_t x = r->given[i * r->annotators + a], y = r->given[i * r->annotators + b];
        if (x != LW_RATING_NONE && y != LW_RATING_NONE)
            to[(size_t)x * r->categories + (size_t)y]++;
    }
}

uint64_t *lw_concordance_confusion(const struct lw_concordance *g, int a, int b)
{
    const struct lw_ratings *r = g->kinds;
    uint64_t *to = lw_alloc((r->categories * r->categories + 1) * sizeof *to);
    for (size_t i = 0; i < r->annotators; i++)
        for (size_t k = 0; k < r->annotators; k++)
            if (i != k && (a < 0 || ((size_t)a == i && (size_t)b == k)))
                count_confusion(r, i, k, to);
    return to;
}
