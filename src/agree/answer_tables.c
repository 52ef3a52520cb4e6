/* Answers become categories: one function a type. A comparison's sides are the two responses; where
 * their ids are others from task to task, it is their place in the record. */
#include "agree/answer_tables_internal.h"

#include "agree/answer_code_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/question.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LEFT, TIE, RIGHT, SIDES };

/* ---- one category for each different answer */

static size_t width(const struct lw_label_set *s)
{
    return s->annotators;
}

/* A table of the question's answers through a map from answer to category. */
static struct lw_ratings *map_answers(const struct lw_label_set *s, const struct lw_compared *a,
    const int32_t *map, size_t categories)
{
    struct lw_ratings *r = lw_ratings_new(a->units, width(s), categories);
    for (size_t i = 0; i < a->units * width(s); i++)
        if (a->given[i] != LW_RATING_NONE)
            r->given[i] = map[a->given[i]];
    return r;
}

static void name_kinds(struct lw_answer_tables *to, size_t n)
{
    to->kind = lw_alloc((n + 1) * sizeof *to->kind);
}

/* Looks at the categories themselves, one by one. */
static void options_are_kinds(struct lw_answer_tables *to)
{
    size_t n = to->kinds->categories;
    to->options = n;
    to->option = lw_alloc((n + 1) * sizeof *to->option);
    to->in = lw_alloc(n * n + 1);
    for (size_t i = 0; i < n; i++) {
        to->option[i] = lw_strdup(to->kind[i]);
        to->in[i * n + i] = 1;
    }
}

/* ---- ratings */

struct point {
    int64_t value;
    int32_t answer;
};

static int by_value(const void *a, const void *b)
{
    int64_t x = ((const struct point *)a)->value, y = ((const struct point *)b)->value;
    return x < y ? -1 : x > y;
}

static void tables_of_rating(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    size_t n = a->answers;
    struct point *p = lw_alloc((n + 1) * sizeof *p);
    int32_t *map = lw_alloc((n + 1) * sizeof *map);
    for (size_t i = 0; i < n; i++)
        p[i] = (struct point){strtoll(lw_compared_answer(a, (int32_t)i), NULL, 10), (int32_t)i};
    if (n > 1)
        qsort(p, n, sizeof *p, by_value);
    name_kinds(to, n);
    double *value = lw_alloc((n + 1) * sizeof *value);
    for (size_t i = 0; i < n; i++) {
        map[p[i].answer] = (int32_t)i;
        value[i] = (double)p[i].value;
        to->kind[i] = lw_format("%" PRId64, p[i].value);
    }
    to->kinds = map_answers(s, a, map, n);
    to->kinds->declared = (size_t)lw_scale_points(&a->q->scale);
    to->degrees = map_answers(s, a, map, n);
    to->degrees->value = value;
    to->degrees->declared = to->kinds->declared;
    options_are_kinds(to);
    free(p);
    free(map);
}

/* ---- choices and corrections */

static void tables_of_choice(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    size_t n = a->q->noptions;
    int32_t *map = lw_alloc((a->answers + 1) * sizeof *map), *at = lw_alloc((n + 1) * sizeof *at);
    size_t used = 0;
    name_kinds(to, n);
    for (size_t i = 0; i < n; i++) {
        at[i] = (int32_t)used;
        if (!a->q->option[i].group)
            to->kind[used++] = lw_strdup(a->q->option[i].path);
    }
    for (size_t i = 0; i < a->answers; i++)
        map[i] = at[atoi(lw_compared_answer(a, (int32_t)i))];
    to->kinds = map_answers(s, a, map, used);
    options_are_kinds(to);
    free(map);
    free(at);
}

static void tables_of_edit(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    int32_t *map = lw_alloc((a->answers + 1) * sizeof *map);
    for (size_t i = 0; i < a->answers; i++)
        map[i] = atoi(lw_compared_answer(a, (int32_t)i));
    name_kinds(to, 2);
    to->kind[0] = lw_strdup("unchanged");
    to->kind[1] = lw_strdup("changed");
    to->kinds = map_answers(s, a, map, 2);
    free(map);
}

/* ---- tags, spans, rankings: each different set or ranking is a kind of its own */

struct marking {
    unsigned char *in;
    size_t kind, kinds;
};

static void mark_option(void *ctx, int32_t option)
{
    struct marking *m = ctx;
    m->in[(size_t)option * m->kinds + m->kind] = 1;
}

static void options_of_question(const struct lw_compared *a, struct lw_answer_tables *to)
{
    size_t n = a->q->noptions;
    to->options = n;
    to->option = lw_alloc((n + 1) * sizeof *to->option);
    to->in = lw_alloc(n * a->answers + 1);
    for (size_t i = 0; i < n; i++)
        to->option[i] = a->q->option[i].group ? NULL : lw_strdup(a->q->option[i].path);
}

static char *name_set(const struct lw_compared *a, const char *text)
{
    struct lw_buf b = {0};
    char *end;
    lw_buf_str(&b, *text ? "" : "(none)");
    for (const char *p = text; *p; p = *end ? end + 1 : end)
        lw_buf_fmt(&b, "%s%s", b.len ? ", " : "", a->q->option[strtol(p, &end, 10)].path);
    return lw_buf_detach(&b);
}

/* "0-5 place, 12-18 person" */
static char *name_spans(const struct lw_compared *a, const char *text)
{
    struct lw_buf b = {0};
    size_t n;
    struct lw_marked *m = lw_answer_marked(text, &n);
    lw_buf_str(&b, n ? "" : "(none)");
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(
            &b, "%s%zu-%zu %s", i ? ", " : "", m[i].start, m[i].end, a->q->option[m[i].tag].path);
    free(m);
    return lw_buf_detach(&b);
}

static void add_ids(struct lw_buf *to, const json_t *ids, const char *between)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        lw_buf_fmt(to, "%s%s", i ? between : "", json_string_value(json_array_get(ids, i)));
}

/* "b > a = c; not rankable: d" */
static char *name_ranking(const struct lw_compared *a, const char *text)
{
    (void)a;
    struct lw_buf b = {0};
    json_t *both = json_loads(text, 0, NULL);
    const json_t *order = json_array_get(both, 0), *rest = json_array_get(both, 1);
    lw_buf_str(&b, "");
    for (size_t i = 0; i < json_array_size(order); i++) {
        lw_buf_str(&b, i ? " > " : "");
        add_ids(&b, json_array_get(order, i), " = ");
    }
    if (json_array_size(rest) > 0) {
        lw_buf_str(&b, b.len ? "; not rankable: " : "not rankable: ");
        add_ids(&b, rest, ", ");
    }
    json_decref(both);
    return lw_buf_detach(&b);
}

static void tables_of_sets(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    size_t n = a->answers;
    int32_t *map = lw_alloc((n + 1) * sizeof *map);
    char *(*const name)(const struct lw_compared *, const char *) =
        a->q->type == LW_Q_TAGS   ? name_set
        : a->q->type == LW_Q_RANK ? name_ranking
                                  : name_spans;
    name_kinds(to, n);
    if (a->q->type != LW_Q_RANK)
        options_of_question(a, to);
    for (size_t i = 0; i < n; i++) {
        const char *text = lw_compared_answer(a, (int32_t)i);
        struct marking m = {to->in, i, n};
        map[i] = (int32_t)i;
        if (a->q->type == LW_Q_TAGS)
            lw_answer_options(text, mark_option, &m);
        to->kind[i] = name(a, text);
    }
    to->kinds = map_answers(s, a, map, n);
    free(map);
}

/* ---- comparisons */

/* The two ids, sorted, that are better anywhere; how many there are, at most 3. */
static size_t find_ids(const struct lw_compared *a, const char *id[2])
{
    size_t n = 0;
    for (size_t i = 0; i < a->answers; i++) {
        const char *better = lw_answer_better(lw_compared_answer(a, (int32_t)i));
        bool known = !*better;
        for (size_t k = 0; k < n && k < 2; k++)
            known = known || strcmp(id[k], better) == 0;
        if (!known && n < 2)
            id[n] = better;
        n += !known && n < 3;
    }
    if (n >= 2 && strcmp(id[0], id[1]) > 0) {
        const char *was = id[0];
        id[0] = id[1];
        id[1] = was;
    }
    return n;
}

/* -3 to 3: the left one much better to the right one much better. */
static int degree_of(const char *answer, const char *left)
{
    int strength = lw_answer_strength(answer);
    return strcmp(lw_answer_better(answer), left) == 0 ? -strength : strength;
}

static void set_side(struct lw_answer_tables *to, size_t cell, int degree)
{
    to->kinds->given[cell] = degree < 0 ? LEFT : degree > 0 ? RIGHT : TIE;
    to->degrees->given[cell] = degree + LW_STRENGTH_MAX;
}

static void sides_by_id(const struct lw_label_set *s, const struct lw_compared *a, const char *left,
    struct lw_answer_tables *to)
{
    for (size_t i = 0; i < a->units * width(s); i++)
        if (a->given[i] != LW_RATING_NONE)
            set_side(to, i, degree_of(lw_compared_answer(a, a->given[i]), left));
}

/* False where a task cannot be read. */
static bool sides_by_place(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    for (size_t i = 0; i < a->units; i++) {
        struct lw_task *t = lw_label_set_task(s, a->unit[i].task);
        bool two = t && t->nresponses == 2;
        for (size_t k = 0; two && k < width(s); k++) {
            size_t cell = i * width(s) + k;
            if (a->given[cell] != LW_RATING_NONE)
                set_side(
                    to, cell, degree_of(lw_compared_answer(a, a->given[cell]), t->response[0].id));
        }
        lw_task_free(t);
        if (!two)
            return false;
    }
    return true;
}

static void tables_of_compare(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    const char *id[2] = {"", ""};
    size_t ids = find_ids(a, id);
    to->kinds = lw_ratings_new(a->units, width(s), SIDES);
    to->degrees = lw_ratings_new(a->units, width(s), LW_COMPARE_POINTS);
    to->degrees->value = lw_alloc(LW_COMPARE_POINTS * sizeof *to->degrees->value);
    for (int i = 0; i < LW_COMPARE_POINTS; i++)
        to->degrees->value[i] = i - LW_STRENGTH_MAX;
    name_kinds(to, SIDES);
    to->kind[LEFT] = lw_strdup(ids == 1 || ids == 2 ? id[0] : "first response");
    to->kind[TIE] = lw_strdup("tie");
    to->kind[RIGHT] = lw_strdup(ids == 2 ? id[1] : ids == 1 ? "the other" : "second response");
    if (ids <= 2)
        sides_by_id(s, a, id[0], to);
    else if (!sides_by_place(s, a, to))
        to->refused = lw_strdup("the responses have other ids from task to task, and the tasks "
                                "cannot be read as they were labeled");
    options_are_kinds(to);
}

/* ---- all types */

void lw_answer_tables(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to)
{
    static void (*const make[])(
        const struct lw_label_set *, const struct lw_compared *, struct lw_answer_tables *) = {
        [LW_Q_RATING] = tables_of_rating,
        [LW_Q_CHOICE] = tables_of_choice,
        [LW_Q_TAGS] = tables_of_sets,
        [LW_Q_COMPARE] = tables_of_compare,
        [LW_Q_RANK] = tables_of_sets,
        [LW_Q_EDIT] = tables_of_edit,
        [LW_Q_SPANS] = tables_of_sets,
    };
    *to = (struct lw_answer_tables){0};
    make[a->q->type](s, a, to);
}

void lw_answer_tables_fini(struct lw_answer_tables *t)
{
    for (size_t i = 0; t->kinds && i < t->kinds->categories; i++)
        free(t->kind[i]);
    for (size_t i = 0; i < t->options; i++)
        free(t->option[i]);
    free(t->kind);
    free(t->option);
    free(t->in);
    free(t->refused);
    lw_ratings_free(t->kinds);
    lw_ratings_free(t->degrees);
}
