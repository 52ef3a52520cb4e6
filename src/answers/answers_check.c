/* Checks answers from outside: from a script, or from a draft whose project changed. What a single
 * value may be is said by the type of its question. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"

#include "answers/answers_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

bool lw_answer_fits(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *value)
{
    const struct lw_question *q = &p->question[s.question];
    struct lw_err err = {0};
    struct lw_value_place a = {q, t, s.item, &err, true};
    json_t *done = value ? lw_text_closed(q, value) : NULL;
    bool fits = done && lw_value_check(&a, done) == LW_OK;
    json_decref(done);
    return fits;
}

static enum lw_code unknown_item(const struct lw_value_place *a, const char *id)
{
    struct lw_buf known = {0};
    const char *noun = lw_target_type(a->q->on)->noun;
    size_t n = lw_target_count(a->q->on, a->t);
    for (size_t i = 0; i < n && known.len < 120; i++)
        lw_buf_fmt(&known, "%s%.40s", i ? ", " : "", lw_target_item(a->q->on, a->t, i).id);
    enum lw_code code =
        known.len
            ? lw_value_refuse(a, "the task has no %s \"%.80s\". It has: %s.", noun, id, known.data)
            : lw_value_refuse(a, "the task has no %ss. Leave this question out.", noun);
    lw_buf_fini(&known);
    return code;
}

/* About a message of a talk that is not shown now. Where the value has its text, it was checked
 * against that when it was shown. */
static enum lw_code check_kept(const struct lw_value_place *a, const json_t *v)
{
    bool has_text = a->q->type == LW_Q_EDIT || a->q->type == LW_Q_SPANS;
    return has_text ? LW_OK : lw_value_check(a, v);
}

static enum lw_code check_item(
    const struct lw_checking *c, const struct lw_question *q, const char *id, const json_t *v)
{
    struct lw_value_place a = {q, c->t, lw_target_find(q->on, c->t, id), c->err, false};
    if (a.item >= 0)
        return lw_value_check(&a, v);
    return lw_talk_keeps(c->p, c->answers, q->on, id) ? check_kept(&a, v) : unknown_item(&a, id);
}

static enum lw_code check_question(
    const struct lw_checking *c, const struct lw_question *q, const json_t *v)
{
    struct lw_value_place a = {q, c->t, -1, c->err, false};
    if (!lw_target_is_keyed(q->on))
        return lw_value_check(&a, v);
    const char *noun = lw_target_type(q->on)->noun;
    if (!json_is_object(v))
        return lw_value_refuse(&a,
            "this question asks about each %s. Give an object with an answer for each %s id.", noun,
            noun);
    const char *id;
    json_t *each;
    enum lw_code code = LW_OK;
    json_object_foreach((json_t *)v, id, each)
    {
        code = check_item(c, q, id, each);
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
    struct lw_value_place a = {&p->question[s.question], t, s.item, err, false};
    const json_t *v = lw_answer_get(p, t, answers, s);
    char why[LW_LIMIT_WORDS];
    if (v && lw_value_is_unfinished(a.q, v, why))
        return lw_value_refuse(&a, "the %s has %s. Change it, or skip the task.",
            a.q->type == LW_Q_TALK ? "talk" : "text", why);
    return lw_value_refuse(&a, "an answer is required. Give one, or skip the task.");
}

enum lw_code lw_answer_check_named(const struct lw_checking *c, const char *name, const json_t *v)
{
    const struct lw_question *q = lw_question_find(c->p, name);
    return q ? check_question(c, q, v) : unknown_question(c->p, name, c->err);
}

enum lw_code lw_answers_check(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err)
{
    if (!json_is_object(answers))
        return lw_fail(
            err, LW_EBAD, "answers must be an object with an answer for each question name.");
    const struct lw_checking c = {p, t, answers, err};
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)answers, name, v)
    {
        enum lw_code code = lw_answer_check_named(&c, name, v);
        if (code != LW_OK)
            return code;
    }
    const char *twice = lw_spans_twice(p, answers);
    if (twice)
        return lw_fail(err, LW_EBAD,
            "two spans have the id \"%.20s\". Give each span of a task its own.", twice);
    return check_missing(p, t, answers, err);
}
