/* Which columns a table of labels needs. Almost every label needs only those that some label before
 * it has needed already: that is seen in its line without checking its hash, since a damaged line
 * that needs nothing new changes nothing either. Only the others are read as when they are
 * exported. */
#include "export/csv_columns_internal.h"

#include "labelwright/answers/answers.h"

#include <stdlib.h>
#include <string.h>

bool lw_csv_is_keyed(const struct lw_question *q)
{
    return q && lw_target_is_keyed(q->on);
}

const struct lw_question *lw_csv_question(
    const struct lw_project *p, const char *name, size_t len, char first)
{
    const struct lw_question *q = lw_find_question(p, name, len);
    bool map = lw_csv_is_keyed(q) || (q && q->type == LW_Q_COMPARE);
    return map && first != '{' ? NULL : q;
}

/* ---- what is there */

static struct lw_csv_column *find_column(const struct lw_csv_columns *c, const char *name, size_t n)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].len == n && memcmp(c->v[i].name, name, n) == 0)
            return &c->v[i];
    return NULL;
}

static bool is_item(const struct lw_csv_items *items, size_t i, const char *id, size_t n)
{
    return i < items->n && items->v[i].len == n && memcmp(items->v[i].id, id, n) == 0;
}

/* Most labels name their items in the same order: then it is number `guess`. */
static bool has_item(const struct lw_csv_items *items, const char *id, size_t n, size_t guess)
{
    size_t i = 0;
    if (is_item(items, guess, id, n))
        return true;
    while (i < items->n && !is_item(items, i, id, n))
        i++;
    return i < items->n;
}

static bool is_column_enough(const struct lw_csv_column *c, const struct lw_question *q)
{
    bool keyed = lw_csv_is_keyed(q);
    return (keyed ? c->keyed[q->on] : c->plain) && (c->strength || !q || q->type != LW_Q_COMPARE);
}

/* ---- without reading */

/* A key with escapes is not compared: it is read. */
static bool is_plain(const struct lw_member *m)
{
    return m->value_len > 0 && !memchr(m->key, '\\', m->key_len);
}

/* Whether the walk went over all of an object. */
static bool is_walked(const char *at, const char *end)
{
    return end - at == 1 && *at == '}';
}

static bool are_items_enough(const struct lw_csv_items *items, const struct lw_member *answer)
{
    const char *at = answer->value, *end = at + answer->value_len;
    struct lw_member m;
    if (items->n == LW_CSV_ITEMS)
        return true;
    for (size_t i = 0; lw_member_next(&at, end, &m); i++)
        if (!is_plain(&m) || !has_item(items, m.key, m.key_len, i))
            return false;
    return is_walked(at, end);
}

static bool is_answer_enough(
    const struct lw_csv_columns *c, const struct lw_project *p, const struct lw_member *answer)
{
    const struct lw_csv_column *column = find_column(c, answer->key, answer->key_len);
    if (!column || !is_plain(answer))
        return false;
    const struct lw_question *q =
        lw_csv_question(p, answer->key, answer->key_len, answer->value[0]);
    return is_column_enough(column, q) &&
           (!lw_csv_is_keyed(q) || are_items_enough(&c->items[q->on], answer));
}

/* Whether the label in x->line, which may be damaged, needs no more columns. What is not written
 * compactly is not walked to its end. */
static bool is_enough(struct lw_export_state *x, const struct lw_csv_columns *c)
{
    const struct lw_member *answers = &x->in[LW_IN_ANSWERS];
    const char *at = answers->value, *end = at ? at + answers->value_len : NULL;
    const struct lw_project *p;
    struct lw_member m;
    if ((!c->suggested && x->in[LW_IN_SUGGESTIONS].value) ||
        (!c->defaulted && x->in[LW_IN_DEFAULTED].value))
        return false;
    if (!at)
        return true;
    if (!lw_label_questions_at_hand(x, &p))
        return false;
    while (lw_member_next(&at, end, &m))
        if (!is_answer_enough(c, p, &m))
            return false;
    return is_walked(at, end);
}

/* ---- reading */

static struct lw_csv_column *column_of(struct lw_csv_columns *c, const char *name)
{
    size_t n = strlen(name);
    struct lw_csv_column *found = find_column(c, name, n);
    if (found)
        return found;
    c->v = lw_grow(c->v, c->n + 1, sizeof *c->v);
    c->v[c->n] = (struct lw_csv_column){.name = lw_strdup(name), .len = n};
    return &c->v[c->n++];
}

static void need(struct lw_csv_column *c, const struct lw_question *q)
{
    bool keyed = lw_csv_is_keyed(q);
    if (keyed)
        c->keyed[q->on] = true;
    c->plain = c->plain || !keyed;
    c->strength = c->strength || (q && q->type == LW_Q_COMPARE);
}

static void need_item(struct lw_csv_items *items, const char *id)
{
    size_t n = strlen(id);
    if (items->n < LW_CSV_ITEMS && !has_item(items, id, n, items->n))
        items->v[items->n++] = (struct lw_csv_item){lw_strdup(id), n};
}

static void gather(struct lw_csv_columns *c, const struct lw_project *p, json_t *answers)
{
    const char *name, *id;
    json_t *answer, *v;
    json_object_foreach(answers, name, answer)
    {
        const struct lw_question *q =
            lw_csv_question(p, name, strlen(name), json_is_object(answer) ? '{' : '\0');
        need(column_of(c, name), q);
        if (lw_csv_is_keyed(q))
            json_object_foreach(answer, id, v) need_item(&c->items[q->on], id);
    }
}

static void gather_line(struct lw_export_state *x, struct lw_csv_columns *c)
{
    const struct lw_project *p = lw_label_questions(x);
    json_t *answers = lw_export_answers(x);
    c->suggested = c->suggested || x->in[LW_IN_SUGGESTIONS].value;
    c->defaulted = c->defaulted || x->in[LW_IN_DEFAULTED].value;
    if (answers && lw_has_conditions(p))
        lw_answers_drop_stale(p, answers);
    gather(c, p, answers);
    json_decref(answers);
}

enum lw_code lw_csv_columns_gather(struct lw_export_state *x, const struct lw_submitted *labels,
    size_t n, struct lw_csv_columns *to, struct lw_err *err)
{
    const struct lw_project *p = x->with->project;
    for (size_t i = 0; i < p->nquestions; i++)
        need(column_of(to, p->question[i].name), &p->question[i]);
    for (size_t i = 0; i < n; i++) {
        struct lw_err why = {0};
        if (labels[i].skip || (lw_export_glance(x, labels[i].pos) && is_enough(x, to)))
            continue;
        enum lw_code code = lw_export_read(x, labels[i].pos, &why);
        if (code == LW_OK)
            gather_line(x, to);
        else if (code != LW_EBAD && code != LW_EABSENT)
            return lw_fail(err, code, "%s", why.text);
    }
    return LW_OK;
}

void lw_csv_columns_fini(struct lw_csv_columns *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->v[i].name);
    for (size_t t = 0; t < LW_CSV_TARGETS; t++)
        for (size_t i = 0; i < c->items[t].n; i++)
            free(c->items[t].v[i].id);
    free(c->v);
    *c = (struct lw_csv_columns){0};
}
