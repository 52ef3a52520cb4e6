/* `when` of a question, and what may be tested of an earlier answer: values, or a comparison.
 * Whether a test holds is said in the answers room. */
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

/* A scalar as the answer it means; NULL after a mistake. */
static json_t *read_scalar(const struct lw_test_place *a, const struct lw_yaml *y)
{
    enum lw_op op;
    const char *rest;
    if (!lw_yaml_text(y)) {
        lw_mistake(a->r, y, "a test must be a value, a list of values, or `\"<= 3\"`.");
        return NULL;
    }
    const struct lw_question_type *type = lw_question_type(a->asked->type);
    if (!type->is_on_scale && read_op(y->text, &op, &rest) &&
        (isdigit((unsigned char)*rest) || *rest == '-')) {
        lw_mistake(
            a->r, y, "\"%s\" is not a rating, so it takes no < or >. Use a value.", a->asked->name);
        return NULL;
    }
    return type->parse_value(a, y);
}

/* `op integer`: true when the scalar has this form, valid or not. */
static bool read_comparison(
    const struct lw_test_place *a, const struct lw_yaml *y, struct lw_test *to)
{
    const char *rest;
    const struct lw_question_type *type = lw_question_type(a->asked->type);
    if (!type->is_on_scale || y->kind != LW_YAML_SCALAR || !read_op(y->text, &to->op, &rest))
        return false;
    const struct lw_yaml number = {.kind = LW_YAML_SCALAR, .plain = true, .text = rest};
    char shown[LW_SHORT_MAX];
    if (lw_yaml_is_real(&number))
        lw_mistake(a->r, y, "%s is a decimal number. Use an integer.", lw_shorten(rest, shown));
    else if (!lw_yaml_int(&number, &to->number))
        lw_mistake(a->r, y, "\"%s\" is not a test. Write an operator and an integer: `\"<= 3\"`.",
            lw_shorten(y->text, shown));
    else
        type->is_on_scale(a, to->number);
    return true;
}

/* `answered`, unless that is an option of the question. */
static bool reads_answered(const struct lw_question *asked, const struct lw_yaml *y)
{
    const char *word = lw_yaml_text(y);
    return word && strcmp(word, "answered") == 0 && !lw_option_find(asked, word);
}

void lw_test_parse(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to)
{
    const struct lw_test_place place = {r, asked, y}, *a = &place;
    if (reads_answered(asked, y)) {
        to->op = LW_OP_ANSWERED;
        return;
    }
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
void lw_when_parse(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y)
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
        const char *untested = lw_question_type(asked->type)->untested;
        if (untested && !reads_answered(asked, y->item[k]))
            lw_mistake(r, y->key[k],
                "`when` cannot test a %s, only that it was given. Write `%s: answered`, or use "
                "another question.",
                untested, asked->name);
        else
            lw_test_parse(r, asked, y->item[k], test);
        q->nwhen++;
    }
}

void lw_stop_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y)
{
    if (q->on != LW_ON_TURN && q->on != LW_ON_STEP) {
        lw_mistake(r, y,
            "`stop_after` needs items that follow each other. Write `on: step`, or leave it out.");
        return;
    }
    if (!lw_question_type(q->type)->parse_value)
        return;
    q->stop = lw_alloc(sizeof *q->stop);
    lw_test_parse(r, q, y, q->stop);
}
