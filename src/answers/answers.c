/* What is asked of a task, given the answers so far, and what is missing or no longer asked.
 * Whether a value is well-formed is answers_check.c's. */
#include "labelwright/answers/answers.h"
#include "answers/answers_internal.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

/* What is asked of one task, worked out question by question: a `when` may look only at answers
 * that are asked for themselves. One cell for the task and one for each response. */
struct view {
    const struct lw_project *p;
    const struct lw_task *t;
    const json_t *answers;
    bool *asked; /* [question * (nresponses + 1) + response + 1] */
};

json_t *lw_answer_get(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s)
{
    json_t *v = json_object_get(answers, p->question[s.question].name);
    if (s.response >= 0)
        v = json_object_get(v, t->response[s.response].id);
    return lw_is_no_answer(v) ? NULL : v;
}

static void set_for_response(json_t *answers, const char *name, const char *id, json_t *value)
{
    json_t *all = json_object_get(answers, name);
    if (value && !json_is_object(all)) {
        all = json_object();
        json_object_set_new(answers, name, all);
    }
    if (value)
        json_object_set_new(all, id, value);
    else
        json_object_del(all, id);
    if (json_object_size(all) == 0)
        json_object_del(answers, name);
}

void lw_answer_set(const struct lw_project *p, const struct lw_task *t, json_t *answers,
    struct lw_slot s, json_t *value)
{
    const char *name = p->question[s.question].name;
    if (lw_is_no_answer(value)) {
        json_decref(value);
        value = NULL;
    }
    if (s.response >= 0)
        set_for_response(answers, name, t->response[s.response].id, value);
    else if (value)
        json_object_set_new(answers, name, value);
    else
        json_object_del(answers, name);
}

/* Whether the task has this target at all. A comparison needs a left and a right response. */
static bool has_target(const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    const struct lw_question *q = &p->question[s.question];
    size_t responses = lw_question_type(q->type)->responses;
    if (q->on == LW_ON_RESPONSE)
        return s.response >= 0 && (size_t)s.response < t->nresponses;
    return s.response < 0 && (responses == 0 || t->nresponses == responses);
}

static bool *cell(const struct view *v, struct lw_slot s)
{
    return &v->asked[s.question * (v->t->nresponses + 1) + (size_t)(s.response + 1)];
}

static bool holds_at(const struct view *v, const struct lw_test *test, int response)
{
    struct lw_slot s = {test->question, response};
    return *cell(v, s) && lw_test_passes(test, lw_answer_get(v->p, v->t, v->answers, s));
}

static bool holds(const struct view *v, const struct lw_test *test, int response)
{
    if (v->p->question[test->question].on == LW_ON_TASK)
        return holds_at(v, test, -1);
    if (response >= 0)
        return holds_at(v, test, response);
    for (int r = 0; (size_t)r < v->t->nresponses; r++)
        if (holds_at(v, test, r))
            return true;
    return false;
}

static bool is_asked(const struct view *v, struct lw_slot s)
{
    const struct lw_question *q = &v->p->question[s.question];
    bool asked = has_target(v->p, v->t, s);
    for (size_t i = 0; asked && i < q->nwhen; i++)
        asked = holds(v, &q->when[i], s.response);
    return asked;
}

/* Fills the cells of the first n questions. */
static void view_init(struct view *v, const struct lw_project *p, const struct lw_task *t,
    const json_t *answers, size_t n)
{
    *v = (struct view){p, t, answers, lw_alloc(p->nquestions * (t->nresponses + 1))};
    struct lw_slot s;
    for (s.question = 0; s.question < n; s.question++)
        for (s.response = -1; s.response < (int)t->nresponses; s.response++)
            *cell(v, s) = is_asked(v, s);
}

bool lw_slot_asked(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *answers)
{
    if (!has_target(p, t, s))
        return false;
    if (p->question[s.question].nwhen == 0)
        return true;
    struct view v;
    view_init(&v, p, t, answers, s.question + 1);
    bool asked = *cell(&v, s);
    free(v.asked);
    return asked;
}

static void add_slot(const struct view *v, struct lw_slot s, struct lw_slot *to, size_t *n)
{
    if (*cell(v, s))
        to[(*n)++] = s;
}

/* The questions about responses that follow each other from `first` on; returns the index after
 * them. */
static size_t add_run(
    const struct view *v, size_t first, const int *order, struct lw_slot *to, size_t *n)
{
    size_t end = first;
    while (end < v->p->nquestions && v->p->question[end].on == LW_ON_RESPONSE)
        end++;
    for (size_t i = 0; i < v->t->nresponses; i++)
        for (size_t q = first; q < end; q++)
            add_slot(v, (struct lw_slot){q, order ? order[i] : (int)i}, to, n);
    return end;
}

struct lw_slot *lw_slots(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, size_t *n)
{
    struct view v;
    view_init(&v, p, t, answers, p->nquestions);
    struct lw_slot *slots = lw_grow(NULL, p->nquestions * (t->nresponses + 1), sizeof *slots);
    *n = 0;
    for (size_t q = 0; q < p->nquestions;) {
        if (p->question[q].on == LW_ON_RESPONSE)
            q = add_run(&v, q, order, slots, n);
        else
            add_slot(&v, (struct lw_slot){q++, -1}, slots, n);
    }
    free(v.asked);
    return slots;
}

void lw_answers_prune(const struct lw_project *p, const struct lw_task *t, json_t *answers)
{
    struct view v;
    view_init(&v, p, t, answers, p->nquestions);
    json_t *kept = json_object();
    struct lw_slot s;
    for (s.question = 0; s.question < p->nquestions; s.question++)
        for (s.response = -1; s.response < (int)t->nresponses; s.response++)
            if (*cell(&v, s))
                lw_answer_set(p, t, kept, s, json_incref(lw_answer_get(p, t, answers, s)));
    json_object_clear(answers);
    json_object_update(answers, kept);
    json_decref(kept);
    free(v.asked);
}

bool lw_answers_missing(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, struct lw_slot *first)
{
    size_t n;
    struct lw_slot *slots = lw_slots(p, t, order, answers, &n);
    bool missing = false;
    for (size_t i = 0; i < n && !missing; i++) {
        const json_t *v = lw_answer_get(p, t, answers, slots[i]);
        missing = v ? lw_edit_is_open(v) : p->question[slots[i].question].required;
        if (missing)
            *first = slots[i];
    }
    free(slots);
    return missing;
}

/* ---- without the task: only what the answers tell */

static const json_t *named_answer(
    const struct lw_project *p, size_t question, const json_t *answers)
{
    return json_object_get(answers, p->question[question].name);
}

static bool any_passes(const struct lw_test *test, const json_t *keyed)
{
    json_t *all = (json_t *)(uintptr_t)keyed;
    for (void *at = json_object_iter(all); at; at = json_object_iter_next(all, at))
        if (lw_test_passes(test, json_object_iter_value(at)))
            return true;
    return false;
}

/* `id` is NULL for the task as a whole. */
static bool holds_without_task(
    const struct lw_project *p, const struct lw_question *q, const char *id, const json_t *answers)
{
    for (size_t i = 0; i < q->nwhen; i++) {
        const struct lw_test *test = &q->when[i];
        const json_t *v = named_answer(p, test->question, answers);
        bool whole = p->question[test->question].on == LW_ON_TASK;
        bool passes = whole ? lw_test_passes(test, v)
                      : id  ? lw_test_passes(test, json_object_get(v, id))
                            : any_passes(test, v);
        if (!passes)
            return false;
    }
    return true;
}

static size_t drop_keyed(const struct lw_project *p, const struct lw_question *q, json_t *answers)
{
    json_t *keyed = json_object_get(answers, q->name), *v;
    const char *id;
    void *next;
    size_t dropped = 0;
    json_object_foreach_safe(keyed, next, id, v)
    {
        if (!holds_without_task(p, q, id, answers)) {
            json_object_del(keyed, id);
            dropped++;
        }
    }
    if (dropped > 0 && json_object_size(keyed) == 0)
        json_object_del(answers, q->name);
    return dropped;
}

/* In the order of the questions: each `when` looks at earlier ones, which are clean by then. */
size_t lw_answers_drop_stale(const struct lw_project *p, json_t *answers)
{
    size_t dropped = 0;
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        if (q->nwhen == 0 || !json_object_get(answers, q->name))
            continue;
        if (q->on == LW_ON_RESPONSE) {
            dropped += drop_keyed(p, q, answers);
        } else if (!holds_without_task(p, q, NULL, answers)) {
            json_object_del(answers, q->name);
            dropped++;
        }
    }
    return dropped;
}
