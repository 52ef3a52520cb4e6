/* Checks answers from outside: from a script, or from a draft whose project changed. What a single
 * value may be is said by the type of its question. */
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

bool lw_answer_fits(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *value)
{
    const struct lw_question *q = &p->question[s.question];
    const char *response = s.response < 0 ? NULL : t->response[s.response].id;
    struct lw_err err = {0};
    struct lw_value_place a = {q, t, response, &err};
    json_t *done = value ? lw_text_closed(q, value) : NULL;
    bool fits = done && lw_value_check(&a, done) == LW_OK;
    json_decref(done);
    return fits;
}

static enum lw_code unknown_response(const struct lw_value_place *a, const char *id)
{
    struct lw_buf known = {0};
    for (size_t i = 0; i < a->t->nresponses && known.len < 120; i++)
        lw_buf_fmt(&known, "%s%.40s", i ? ", " : "", a->t->response[i].id);
    enum lw_code code =
        known.len
            ? lw_value_refuse(a, "the task has no response \"%.80s\". It has: %s.", id, known.data)
            : lw_value_refuse(a, "the task has no responses. Leave this question out.");
    lw_buf_fini(&known);
    return code;
}

static enum lw_code check_question(const struct lw_value_place *a, const json_t *v)
{
    if (a->q->on != LW_ON_RESPONSE)
        return lw_value_check(a, v);
    if (!json_is_object(v))
        return lw_value_refuse(a,
            "this question asks about each response. Give an object with an answer for "
            "each response id.");
    const char *id;
    json_t *each;
    enum lw_code code = LW_OK;
    json_object_foreach((json_t *)v, id, each)
    {
        struct lw_value_place one = {a->q, a->t, id, a->err};
        code = lw_task_response(a->t, id) ? lw_value_check(&one, each) : unknown_response(a, id);
        if (code != LW_OK)
            break;
    }
    return code;
}

static enum lw_code unknown_question(
    const struct lw_project *p, const char *name, struct lw_err *err)
{
    const char **words = lw_grow(NULL, p->nquestions + 1, sizeof *words);
    for (size_t i = 0; i < p->nquestions; i++)
        words[i] = p->question[i].name;
    words[p->nquestions] = NULL;
    const char *near = lw_nearest(name, words);
    free(words);
    if (near)
        return lw_fail(
            err, LW_EBAD, "no question is called \"%.80s\". Did you mean \"%s\"?", name, near);
    return lw_fail(err, LW_EBAD,
        "no question is called \"%.80s\". Use the question names from project.yaml.", name);
}

static enum lw_code check_missing(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err)
{
    struct lw_slot s;
    if (!lw_answers_missing(p, t, NULL, answers, &s))
        return LW_OK;
    struct lw_value_place a = {
        &p->question[s.question], t, s.response < 0 ? NULL : t->response[s.response].id, err};
    return lw_value_refuse(&a, "an answer is required. Give one, or skip the task.");
}

enum lw_code lw_answers_check(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err)
{
    if (!json_is_object(answers))
        return lw_fail(
            err, LW_EBAD, "answers must be an object with an answer for each question name.");
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)answers, name, v)
    {
        struct lw_value_place a = {lw_question_find(p, name), t, NULL, err};
        enum lw_code code = a.q ? check_question(&a, v) : unknown_question(p, name, err);
        if (code != LW_OK)
            return code;
    }
    return check_missing(p, t, answers, err);
}
