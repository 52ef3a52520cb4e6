/* Tests of answers: whether one of a `when` passes, and tests that the user types to filter labels.
 * What a `when` may say is read by project/condition.c. */
#define _GNU_SOURCE
#include "answers/answers_internal.h"

#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"
#include "labelwright/text/find.h"

#include <stdlib.h>
#include <string.h>

/* ---- holding */

bool lw_is_no_answer(const json_t *v)
{
    return !v || json_is_null(v) || (json_is_array(v) && json_array_size(v) == 0) ||
           (json_is_string(v) && json_string_length(v) == 0);
}

static bool is_any_of(const json_t *value, const json_t *wanted);

/* One of the tags of a span. */
static bool is_tagged(const json_t *span, const json_t *wanted)
{
    const json_t *tags = json_object_get(span, "tags");
    return tags && is_any_of(tags, wanted);
}

static bool is_any_of(const json_t *value, const json_t *wanted)
{
    if (is_tagged(value, wanted))
        return true;
    for (size_t i = 0; i < json_array_size(wanted); i++) {
        const json_t *w = json_array_get(wanted, i);
        if (json_equal(value, w))
            return true;
        for (size_t k = 0; k < json_array_size(value); k++)
            if (json_equal(json_array_get(value, k), w) ||
                (i == 0 && is_tagged(json_array_get(value, k), wanted)))
                return true;
    }
    return false;
}

static bool text_has(const json_t *text, struct lw_needle *needle)
{
    size_t len, n = json_string_length(text);
    return json_is_string(text) && lw_find(needle, json_string_value(text), n, 0, &len) < n;
}

/* For a correction: the corrected text; for a talk, any message of it. */
static bool has_words(const json_t *value, const json_t *words)
{
    struct lw_needle needle;
    json_t *m;
    size_t i;
    lw_needle_init(&needle, json_string_value(words), json_string_length(words));
    bool found = text_has(json_is_object(value) ? json_object_get(value, "text") : value, &needle);
    json_array_foreach(json_object_get(value, "messages"), i, m) found =
        found || text_has(json_object_get(m, "text"), &needle);
    lw_needle_fini(&needle);
    return found;
}

bool lw_test_passes(const struct lw_test *test, const json_t *value)
{
    if (test->op == LW_OP_ANSWERED)
        return !lw_is_no_answer(value) && !lw_edit_is_open(value);
    if (test->op == LW_OP_HAS)
        return has_words(value, json_array_get(test->any_of, 0));
    if (test->op == LW_OP_ANY_OF)
        return value && is_any_of(value, test->any_of);
    if (!json_is_integer(value))
        return false;
    json_int_t v = json_integer_value(value);
    switch (test->op) {
    case LW_OP_LT:
        return v < test->number;
    case LW_OP_LE:
        return v <= test->number;
    case LW_OP_EQ:
        return v == test->number;
    case LW_OP_NE:
        return v != test->number;
    case LW_OP_GE:
        return v >= test->number;
    default:
        return v > test->number;
    }
}

static enum lw_target tested(const struct lw_project *p, const struct lw_test *t)
{
    return p->question[t->question].on;
}

/* The tests about a target at one item of it; those about the task and its prompt with NULL. */
static bool hold_at(const struct lw_project *p, const struct lw_tests *t, const json_t *answers,
    enum lw_target on, const char *id)
{
    for (size_t i = 0; i < t->n; i++) {
        const json_t *v = json_object_get(answers, p->question[t->v[i].question].name);
        bool about = id ? tested(p, &t->v[i]) == on : !lw_target_is_keyed(tested(p, &t->v[i]));
        if (about && !lw_test_passes(&t->v[i], id ? json_object_get(v, id) : v))
            return false;
    }
    return true;
}

/* At some item all tests of the target of this one hold. */
static bool hold_somewhere(const struct lw_project *p, const struct lw_tests *t,
    const json_t *answers, const struct lw_test *first)
{
    json_t *all = json_object_get(answers, p->question[first->question].name);
    for (void *at = json_object_iter(all); at; at = json_object_iter_next(all, at))
        if (hold_at(p, t, answers, tested(p, first), json_object_iter_key(at)))
            return true;
    return false;
}

bool lw_tests_hold(const struct lw_project *p, const struct lw_tests *t, const json_t *answers)
{
    bool hold = hold_at(p, t, answers, LW_ON_TASK, NULL);
    for (size_t i = 0; i < t->n && hold; i++)
        hold = !lw_target_is_keyed(tested(p, &t->v[i])) || hold_somewhere(p, t, answers, &t->v[i]);
    return hold;
}

static bool has_tags(const json_t *answer)
{
    const char *id;
    json_t *tags;
    if (!json_is_object(answer))
        return json_array_size(answer) > 0;
    json_object_foreach((json_t *)answer, id, tags) if (json_array_size(tags) > 0) return true;
    return false;
}

bool lw_answers_have_tag(const struct lw_project *p, const json_t *answers)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_TAGS &&
            has_tags(json_object_get(answers, p->question[i].name)))
            return true;
    return false;
}

/* ---- reading */

/* What was typed, parsed piece by piece. */
struct typed {
    const struct lw_project *p;
    struct lw_reading r;
    struct lw_test *test;
};

static char *trimmed(const char *s, size_t n)
{
    while (n > 0 && strchr(" \t", *s)) {
        s++;
        n--;
    }
    while (n > 0 && strchr(" \t", s[n - 1]))
        n--;
    return lw_strndup(s, n);
}

static struct lw_yaml scalar(const char *text)
{
    return (struct lw_yaml){
        .kind = LW_YAML_SCALAR, .line = 1, .col = 1, .plain = true, .text = text};
}

static const struct lw_question *find_question(struct typed *t, const char *name)
{
    const struct lw_project *p = t->p;
    const char *words[LW_QUESTIONS_MAX + 1] = {0};
    for (size_t i = 0; i < p->nquestions; i++) {
        words[i] = p->question[i].name;
        if (strcasecmp(p->question[i].name, name) == 0 ||
            strcasecmp(p->question[i].label, name) == 0) {
            t->test->question = i;
            return &p->question[i];
        }
    }
    struct lw_yaml at = scalar(name);
    lw_mistake_word(&t->r, &at, "question", name, words);
    return NULL;
}

/* The label of an option, as the screen shows it, also counts as its value. */
static const char *option_value(const struct lw_question *q, const char *word)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group &&
            (strcasecmp(q->option[i].label, word) == 0 || strcasecmp(q->option[i].path, word) == 0))
            return q->option[i].path;
    return word;
}

static void read_values(struct typed *t, const struct lw_question *q, const char *rest)
{
    enum { MOST = 32 };
    struct lw_yaml item[MOST], *items[MOST], list = {.kind = LW_YAML_LIST, .item = items};
    char *word[MOST];
    while (list.n < MOST) {
        size_t n = strcspn(rest, ",");
        word[list.n] = trimmed(rest, n);
        item[list.n] = scalar(option_value(q, word[list.n]));
        items[list.n] = &item[list.n];
        list.n++;
        rest += n;
        if (!*rest++)
            break;
    }
    lw_test_parse(&t->r, q, list.n > 1 ? &list : items[0], t->test);
    for (size_t i = 0; i < list.n; i++)
        free(word[i]);
}

static void read_rest(struct typed *t, const struct lw_question *q, const char *rest)
{
    struct lw_yaml at = scalar(rest);
    const struct lw_question_type *type = lw_question_type(q->type);
    if (type->unfiltered && *rest) {
        lw_mistake(&t->r, &at,
            "you cannot filter %s. Type \"%s\" alone to find the tasks where it is answered.",
            type->unfiltered, q->name);
        return;
    }
    if (*rest == ':' || (*rest == '=' && rest[1] != '='))
        rest += 1 + strspn(rest + 1, " ");
    if (!*rest) {
        t->test->op = LW_OP_ANSWERED;
    } else if (type->words) {
        t->test->op = LW_OP_HAS;
        t->test->any_of = json_pack("[s]", rest);
    } else {
        read_values(t, q, rest);
    }
}

static void read_one(struct typed *t, const char *s, size_t n)
{
    char *clause = trimmed(s, n);
    size_t len = strcspn(clause, "<>=!:");
    char *name = trimmed(clause, len);
    const struct lw_question *q = find_question(t, name);
    if (q)
        read_rest(t, q, clause + len);
    free(name);
    free(clause);
}

enum lw_code lw_tests_parse(
    const struct lw_project *p, const char *typed, struct lw_tests *to, struct lw_err *err)
{
    static const char AND[] = " and ";
    struct typed t = {.p = p};
    struct lw_problems problems = {0};
    *to = (struct lw_tests){0};
    for (const char *s = typed, *end; s; s = end ? end + sizeof AND - 1 : NULL) {
        end = strcasestr(s, AND);
        to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
        t.test = &to->v[to->n++];
        *t.test = (struct lw_test){0};
        read_one(&t, s, end ? (size_t)(end - s) : strlen(s));
    }
    t.r.file = "";
    if (lw_reading_end(&t.r, &problems))
        return LW_OK;
    const char *text = strstr(problems.v[0], ": ");
    lw_fail(err, LW_EBAD, "%s", text ? text + 2 : problems.v[0]);
    lw_problems_fini(&problems);
    return LW_EBAD;
}

void lw_tests_free(struct lw_tests *t)
{
    for (size_t i = 0; i < t->n; i++)
        json_decref(t->v[i].any_of);
    free(t->v);
    *t = (struct lw_tests){0};
}
