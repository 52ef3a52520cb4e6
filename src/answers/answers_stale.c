/* Answers that their `when` does not allow, found from the answers alone, without the task. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"

static const json_t *answer_of(const struct lw_project *p, size_t question, const json_t *answers)
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
static bool holds(
    const struct lw_project *p, const struct lw_question *q, const char *id, const json_t *answers)
{
    for (size_t i = 0; i < q->nwhen; i++) {
        const struct lw_test *test = &q->when[i];
        const json_t *v = answer_of(p, test->question, answers);
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
        if (!holds(p, q, id, answers)) {
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
        } else if (!holds(p, q, NULL, answers)) {
            json_object_del(answers, q->name);
            dropped++;
        }
    }
    return dropped;
}
