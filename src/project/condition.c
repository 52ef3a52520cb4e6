#include "labelwright/base/buf.h"
#include "project/question_internal.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Longer ones first: "<= 3" also starts with "<". */
static const struct {
    const char *sign;
    enum lw_op op;
} ops[] = {
    {"<=", LW_OP_LE},
    {">=", LW_OP_GE},
    {"==", LW_OP_EQ},
    {"!=", LW_OP_NE},
    {"<", LW_OP_LT},
    {">", LW_OP_GT},
};

/* What a test of a `when` is checked against. */
struct about {
    struct lw_reading *r;
    const struct lw_question *asked; /* the earlier question */
    const struct lw_yaml *at;
};

static bool read_op(const char *s, enum lw_op *op, const char **rest)
{
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        size_t n = strlen(ops[i].sign);
        if (strncmp(s, ops[i].sign, n) != 0)
            continue;
        *op = ops[i].op;
        *rest = s + n + strspn(s + n, " ");
        return true;
    }
    return false;
}

static bool on_scale(const struct about *a, int64_t v)
{
    const struct lw_scale *s = &a->asked->scale;
    if (v >= s->min && v <= s->max)
        return true;
    lw_mistake(a->r, a->at,
        "%" PRId64 " is outside the scale of \"%s\". Use a value from %" PRId64 " to %" PRId64 ".",
        v, a->asked->name, s->min, s->max);
    return false;
}

static json_t *read_rating(const struct about *a, const struct lw_yaml *y)
{
    int64_t v;
    if (lw_yaml_int(y, &v))
        return on_scale(a, v) ? json_integer(v) : NULL;
    char shown[LW_SHOWN_MAX];
    if (lw_yaml_is_real(y))
        lw_mistake(a->r, y, "%s is a decimal number. Use an integer.", lw_shown(y->text, shown));
    else
        lw_mistake(a->r, y,
            "\"%s\" is a rating: test it with an integer, a list of integers, or `\"<= 3\"`.",
            a->asked->name);
    return NULL;
}

static void unknown_option(const struct about *a, const struct lw_yaml *y)
{
    const char *words[LW_OPTIONS_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < a->asked->noptions; i++)
        if (!a->asked->option[i].group)
            words[n++] = a->asked->option[i].path;
    words[n] = NULL;
    lw_mistake_word(a->r, y, "option", y->text, words);
}

static json_t *read_option(const struct about *a, const struct lw_yaml *y)
{
    const struct lw_option *o = lw_option_find(a->asked, y->text);
    if (o && !o->group)
        return json_string(y->text);
    if (o)
        lw_mistake(
            a->r, y, "\"%s\" is a heading, not an answer. List the options below it.", o->path);
    else
        unknown_option(a, y);
    return NULL;
}

/* A scalar as the answer it means; NULL after a mistake. */
static json_t *read_scalar(const struct about *a, const struct lw_yaml *y)
{
    enum lw_op op;
    const char *rest;
    if (!lw_yaml_text(y)) {
        lw_mistake(a->r, y, "a test must be a value, a list of values, or `\"<= 3\"`.");
        return NULL;
    }
    if (a->asked->type == LW_Q_RATING)
        return read_rating(a, y);
    if (read_op(y->text, &op, &rest) && (isdigit((unsigned char)*rest) || *rest == '-')) {
        lw_mistake(
            a->r, y, "\"%s\" is not a rating, so it takes no < or >. Use a value.", a->asked->name);
        return NULL;
    }
    return a->asked->type == LW_Q_TEXT ? json_string(y->text) : read_option(a, y);
}

/* `op integer`: true when the scalar has this form, valid or not. */
static bool read_comparison(const struct about *a, const struct lw_yaml *y, struct lw_test *to)
{
    const char *rest;
    if (a->asked->type != LW_Q_RATING || y->kind != LW_YAML_SCALAR ||
        !read_op(y->text, &to->op, &rest))
        return false;
    const struct lw_yaml number = {.kind = LW_YAML_SCALAR, .plain = true, .text = rest};
    char shown[LW_SHOWN_MAX];
    if (lw_yaml_is_real(&number))
        lw_mistake(a->r, y, "%s is a decimal number. Use an integer.", lw_shown(rest, shown));
    else if (!lw_yaml_int(&number, &to->number))
        lw_mistake(a->r, y, "\"%s\" is not a test. Write an operator and an integer: `\"<= 3\"`.",
            lw_shown(y->text, shown));
    else
        on_scale(a, to->number);
    return true;
}

void lw_read_test(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to)
{
    const struct about about = {r, asked, y}, *a = &about;
    if (read_comparison(a, y, to))
        return;
    to->op = LW_OP_ANY_OF;
    to->any_of = json_array();
    if (y->kind == LW_YAML_LIST && y->n > 0) {
        for (size_t i = 0; i < y->n; i++)
            json_array_append_new(to->any_of, read_scalar(a, y->item[i]));
    } else {
        json_array_append_new(to->any_of, read_scalar(a, y));
    }
}

static void unknown_question(
    struct lw_reading *r, const struct lw_project *p, size_t i, const struct lw_yaml *key)
{
    for (size_t k = i; k < p->nquestions; k++)
        if (p->question[k].name && strcmp(p->question[k].name, key->text) == 0) {
            lw_mistake(r, key, "`when` can only use earlier questions, and \"%s\" %s",
                p->question[k].name,
                k == i ? "is this one. Use another." : "comes later. Move it up.");
            return;
        }
    const char *words[LW_QUESTIONS_MAX + 1];
    size_t n = 0;
    for (size_t k = 0; k < i; k++)
        if (p->question[k].name)
            words[n++] = p->question[k].name;
    words[n] = NULL;
    lw_mistake_word(r, key, "question", key->text, words);
}

static bool find_earlier(const struct lw_project *p, size_t i, const char *name, size_t *to)
{
    for (*to = 0; *to < i; ++*to)
        if (p->question[*to].name && strcmp(p->question[*to].name, name) == 0)
            return true;
    return false;
}

/* If the type of a question could not be read, that mistake was reported; nothing is reported
 * twice. */
void lw_read_when(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y)
{
    struct lw_question *q = &p->question[i];
    if (y->kind != LW_YAML_MAP || y->n == 0) {
        lw_mistake(r, y, "`when` must be a map of tests. Write `when: {quality: \"<= 3\"}`.");
        return;
    }
    q->when = lw_alloc(y->n * sizeof *q->when);
    for (size_t k = 0; k < y->n; k++) {
        struct lw_test *test = &q->when[q->nwhen];
        if (!find_earlier(p, i, y->key[k]->text, &test->question)) {
            unknown_question(r, p, i, y->key[k]);
            continue;
        }
        const struct lw_question *asked = &p->question[test->question];
        if (asked->type == LW_Q_COMPARE || asked->type == LW_Q_EDIT)
            lw_mistake(r, y->key[k], "`when` cannot test a %s. Use another question.",
                asked->type == LW_Q_EDIT ? "correction" : "comparison");
        else
            lw_read_test(r, asked, y->item[k], test);
        q->nwhen++;
    }
}
