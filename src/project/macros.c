/* Keys that give a whole verdict, checked against the questions of a project: which of them can be
 * given here, and what is wrong with the others. Giving them is the session's. */
#include "labelwright/project/macros.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

/* ---- one value */

struct place {
    struct lw_reading *r;
    const struct lw_macro_def *def;
    const struct lw_question *q;
};

static json_t *parse_scalar(const struct place *a, const struct lw_yaml *y)
{
    const struct lw_test_place at = {a->r, a->q, y};
    int64_t number;
    bool wanted = lw_yaml_text(y) && (a->q->type != LW_Q_RATING || lw_yaml_int(y, &number));
    if (wanted)
        return lw_question_type(a->q->type)->parse_value(&at, y);
    lw_mistake(a->r, y, "\"%s\" takes %s here. Write it behind the colon.", a->q->name,
        a->q->type == LW_Q_RATING ? "an integer" : "the value of an option");
    return NULL;
}

static json_t *parse_tags(const struct place *a, const struct lw_yaml *y)
{
    json_t *tags = json_array();
    size_t n = y->kind == LW_YAML_LIST ? y->n : 1;
    for (size_t i = 0; i < n; i++) {
        json_t *tag = parse_scalar(a, y->kind == LW_YAML_LIST ? y->item[i] : y);
        if (tag)
            json_array_append_new(tags, tag);
    }
    if (json_array_size(tags) == n)
        return tags;
    json_decref(tags);
    return NULL;
}

static json_t *parse_compare(const struct place *a, const struct lw_yaml *y)
{
    int64_t point;
    if (lw_yaml_int(y, &point) && point >= 1 && point <= LW_COMPARE_POINTS)
        return json_integer(point);
    lw_mistake(a->r, y,
        "\"%s\" is a comparison. Write its key: 1 (A is much better) to 7 (B is), 4 for a tie.",
        a->q->name);
    return NULL;
}

static json_t *parse_words(const struct place *a, const struct lw_yaml *y)
{
    if (lw_yaml_text(y))
        return json_string(y->text);
    lw_mistake(a->r, y, "\"%s\" takes a text here. Write it in quotes.", a->q->name);
    return NULL;
}

static json_t *parse_value(const struct place *a, const struct lw_yaml *y)
{
    switch (a->q->type) {
    case LW_Q_RATING:
    case LW_Q_CHOICE:
        return parse_scalar(a, y);
    case LW_Q_TAGS:
        return parse_tags(a, y);
    case LW_Q_COMPARE:
        return parse_compare(a, y);
    case LW_Q_TEXT:
        return parse_words(a, y);
    default:
        lw_mistake(a->r, y,
            "a key cannot answer \"%s\": it is of type %s, which is about the text of one task. "
            "Remove it.",
            a->q->name, lw_qtype_name(a->q->type));
        return NULL;
    }
}

/* ---- one macro */

static void add_answer(const struct place *a, const struct lw_yaml *y, size_t question,
    const char *item, struct lw_macro *to)
{
    json_t *value = parse_value(a, y);
    if (!value)
        return;
    to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
    to->v[to->n++] = (struct lw_macro_answer){question, item, value};
}

static void add_answers(const struct lw_project *p, const struct place *a,
    const struct lw_yaml *value, struct lw_macro *to)
{
    size_t question = (size_t)(a->q - p->question);
    if (value->kind != LW_YAML_MAP)
        add_answer(a, value, question, NULL, to);
    else if (!lw_target_is_keyed(a->q->on))
        lw_mistake(a->r, value, "\"%s\" is asked once a task. Write its answer without a letter.",
            a->q->name);
    else
        for (size_t i = 0; i < value->n; i++)
            add_answer(a, value->item[i], question, value->key[i]->text, to);
}

/* Where options have keys of their own, those come first. */
static void check_option_key(
    const struct lw_project *p, struct lw_reading *r, const struct lw_macro_def *d)
{
    const struct lw_yaml at = {.line = d->line, .col = d->col};
    for (size_t i = 0; i < p->nquestions; i++)
        for (size_t k = 0; k < p->question[i].noptions; k++) {
            const struct lw_option *o = &p->question[i].option[k];
            if (d->key[0] && !d->key[1] && o->key == (char32_t)(unsigned char)d->key[0])
                lw_mistake(r, &at,
                    "key %s is the key of the option \"%s\" of %s, and a macro. Give the macro "
                    "another key.",
                    d->key, o->path, p->question[i].name);
        }
}

static void list_questions(const struct lw_project *p, const char *names[LW_QUESTIONS_MAX + 1])
{
    size_t n = 0;
    for (; n < p->nquestions && n < LW_QUESTIONS_MAX; n++)
        names[n] = p->question[n].name;
    names[n] = NULL;
}

static void read_macro(const struct lw_project *p, struct lw_reading *r, struct lw_macro *to)
{
    const struct lw_macro_def *d = to->def;
    const char *names[LW_QUESTIONS_MAX + 1];
    list_questions(p, names);
    check_option_key(p, r, d);
    for (size_t i = 0; i < d->answers->n; i++) {
        const struct lw_yaml *key = d->answers->key[i];
        const struct place a = {r, d, lw_question_find(p, key->text)};
        if (!lw_macro_def_answers(d, i))
            continue;
        if (a.q)
            add_answers(p, &a, d->answers->item[i], to);
        else
            lw_mistake_word(r, key, "question", key->text, names);
    }
}

static void free_answers(struct lw_macro *m)
{
    for (size_t i = 0; i < m->n; i++)
        json_decref(m->v[i].value);
    free(m->v);
    free(m->words);
}

static char *describe(const struct lw_macro_def *d)
{
    struct lw_buf b = {0};
    lw_macro_def_describe(d, &b);
    return lw_buf_detach(&b);
}

/* ---- all of them */

/* A question that neither is one here nor is like one; NULL when there is none. */
static const char *foreign_question(const struct lw_project *p, const struct lw_macro_def *d)
{
    const char *names[LW_QUESTIONS_MAX + 1];
    list_questions(p, names);
    for (size_t i = 0; i < d->answers->n; i++) {
        const char *name = d->answers->key[i]->text;
        if (lw_macro_def_answers(d, i) && !lw_question_find(p, name) && !lw_nearest(name, names))
            return name;
    }
    return NULL;
}

void lw_macros_add(const struct lw_project *p, const struct lw_macro_defs *defs, const char *file,
    bool users, struct lw_macros *to, struct lw_problems *mistakes, struct lw_problems *absent)
{
    for (size_t i = 0; i < defs->n; i++) {
        const struct lw_macro_def *d = &defs->v[i];
        const char *foreign = users ? foreign_question(p, d) : NULL;
        struct lw_reading r = {.file = file};
        struct lw_macro m = {.def = d, .file = file, .users = users};
        if (foreign && absent)
            lw_problem(absent, file, d->line, d->col,
                "%s does nothing in this project, which has no question \"%.80s\".", d->key,
                foreign);
        if (foreign)
            continue;
        read_macro(p, &r, &m);
        if (lw_reading_end(&r, mistakes)) {
            m.words = describe(d);
            to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
            to->v[to->n++] = m;
        } else {
            free_answers(&m);
        }
    }
}

void lw_macros_find(const struct lw_project *p, const struct lw_macro_defs *users,
    const char *users_file, struct lw_macros *to, struct lw_problems *mistakes,
    struct lw_problems *absent)
{
    lw_macros_add(p, users, users_file, true, to, mistakes, absent);
    lw_macros_add(p, &p->macros, p->file, false, to, mistakes, absent);
}

void lw_macros_fini(struct lw_macros *m)
{
    for (size_t i = 0; i < m->n; i++)
        free_answers(&m->v[i]);
    free(m->v);
    *m = (struct lw_macros){0};
}
