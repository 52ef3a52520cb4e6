/* Suggestions: answers that a model or another annotator gave before, as the task's record has
 * them. They have the shape of answers, and count as none until the user accepts them. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

/* Where others could choose several, a list of one may answer a choice. */
static const json_t *suggested(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    const json_t *v = t->suggestions ? lw_answer_get(p, t, t->suggestions, s) : NULL;
    bool one = p->question[s.question].type == LW_Q_CHOICE && json_array_size(v) == 1;
    return one ? json_array_get(v, 0) : v;
}

const json_t *lw_suggestion_get(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    const struct lw_question *q = &p->question[s.question];
    const json_t *v = suggested(p, t, s);
    struct lw_err err = {0};
    struct lw_value_place a = {q, t, s.item, &err, false};
    char why[LW_LIMIT_WORDS];
    bool fits = v && lw_value_check(&a, v) == LW_OK && !lw_value_is_unfinished(q, v, why);
    return fits ? v : NULL;
}

const json_t *lw_suggestion_left(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s)
{
    return lw_answer_get(p, t, answers, s) ? NULL : lw_suggestion_get(p, t, s);
}

/* ---- what does not fit */

static enum lw_code check_named(const struct lw_project *p, const struct lw_task *t,
    const char *name, const json_t *v, struct lw_err *err)
{
    const struct lw_checking c = {p, t, NULL, err};
    enum lw_code code = lw_answer_check_named(&c, name, v);
    const struct lw_question *q = lw_question_find(p, name);
    if (code != LW_OK)
        return code;
    size_t n = lw_target_count(q->on, t);
    struct lw_slot s = {(size_t)(q - p->question), lw_target_is_keyed(q->on) ? 0 : -1};
    for (; s.item < (int)n; s.item++) {
        const json_t *one = lw_answer_get(p, t, t->suggestions, s);
        char why[LW_LIMIT_WORDS];
        struct lw_value_place a = {q, t, s.item, err, false};
        if (one && lw_value_is_unfinished(q, one, why))
            return lw_value_refuse(&a, "the text has %s.", why);
    }
    return LW_OK;
}

/* Each item that something is suggested for can have it. */
static bool all_fit(const struct lw_project *p, const struct lw_task *t, const char *name)
{
    const struct lw_question *q = lw_question_find(p, name);
    size_t found = 0, n = q ? lw_target_count(q->on, t) : 0;
    struct lw_slot s = {q ? (size_t)(q - p->question) : 0, q && lw_target_is_keyed(q->on) ? 0 : -1};
    for (; q && s.item < (int)n; s.item++) {
        if (!suggested(p, t, s))
            continue;
        if (!lw_suggestion_get(p, t, s))
            return false;
        found++;
    }
    const json_t *v = json_object_get(t->suggestions, name);
    return q && found > 0 && (s.item <= 0 || !json_is_object(v) || found == json_object_size(v));
}

/* Their spans are there only when they are marked, as by accepting those that are suggested. */
static bool is_about_spans(const struct lw_project *p, const char *name)
{
    const struct lw_question *q = lw_question_find(p, name);
    return q && q->on == LW_ON_SPAN;
}

size_t lw_suggestions_check(const struct lw_project *p, const struct lw_task *t,
    void (*tell)(void *ctx, const char *text), void *ctx)
{
    const char *name;
    json_t *v;
    size_t unfit = 0;
    json_object_foreach((json_t *)t->suggestions, name, v)
    {
        struct lw_err err = {0};
        if (lw_is_no_answer(v) || is_about_spans(p, name) || all_fit(p, t, name) ||
            check_named(p, t, name, v, &err) == LW_OK)
            continue;
        unfit++;
        if (tell)
            tell(ctx, err.text);
    }
    return unfit;
}

/* ---- what became of them */

static const char *outcome(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s)
{
    const json_t *v = lw_suggestion_get(p, t, s), *answer = lw_answer_get(p, t, answers, s);
    if (!v)
        return "unfit";
    return !answer ? "ignored" : json_equal(answer, v) ? "accepted" : "changed";
}

static void add_outcome(const struct lw_project *p, const struct lw_task *t, const json_t *answers,
    struct lw_slot s, json_t *to)
{
    const char *id = s.item < 0 ? "" : lw_slot_id(p, t, s);
    if (lw_answer_get(p, t, t->suggestions, s))
        json_array_append_new(
            to, json_pack("{s:s,s:s,s:s}", "question", p->question[s.question].name, "item", id,
                    "outcome", outcome(p, t, answers, s)));
}

json_t *lw_suggestions_outcome(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers)
{
    json_t *all = t->suggestions ? json_array() : NULL;
    struct lw_slot s;
    for (s.question = 0; all && s.question < p->nquestions; s.question++) {
        enum lw_target on = p->question[s.question].on;
        int n = (int)lw_target_count(on, t);
        for (s.item = lw_target_is_keyed(on) ? 0 : -1; s.item < n; s.item++)
            add_outcome(p, t, answers, s, all);
    }
    return all;
}
