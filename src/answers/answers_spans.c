/* The ids of spans, going by the answers alone. What a span may be is said by question_spans.c. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- ids */

static void each_value(const struct lw_question *q, const json_t *answers,
    void (*each)(void *ctx, const json_t *value), void *ctx)
{
    const char *id;
    json_t *one, *v = json_object_get(answers, q->name);
    if (q->type != LW_Q_SPANS)
        return;
    if (!lw_target_is_keyed(q->on))
        each(ctx, v);
    else
        json_object_foreach(v, id, one) each(ctx, one);
}

static void greatest(void *ctx, const json_t *value)
{
    uint64_t *most = ctx;
    struct lw_tagged s;
    for (size_t i = 0; i < json_array_size(value); i++) {
        uint64_t n = lw_spans_get(value, i, &s) ? lw_span_number(s.id) : 0;
        *most = n > *most ? n : *most;
    }
}

void lw_spans_new_id(const struct lw_project *p, const json_t *answers, char to[LW_ITEM_ID])
{
    uint64_t most = 0;
    for (size_t q = 0; q < p->nquestions; q++)
        each_value(&p->question[q], answers, greatest, &most);
    snprintf(to, LW_ITEM_ID, "s%" PRIu64, most + 1);
}

struct twins {
    json_t *ids;
    const char *twice; /* NULL: none */
};

static void note_ids(void *ctx, const json_t *value)
{
    struct twins *t = ctx;
    struct lw_tagged s;
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!lw_spans_get(value, i, &s))
            continue;
        if (json_object_get(t->ids, s.id))
            t->twice = s.id;
        json_object_set_new(t->ids, s.id, json_true());
    }
}

const char *lw_spans_twice(const struct lw_project *p, const json_t *answers)
{
    struct twins t = {json_object(), NULL};
    for (size_t q = 0; q < p->nquestions; q++)
        each_value(&p->question[q], answers, note_ids, &t);
    json_decref(t.ids);
    return t.twice;
}

/* ---- without the task */

struct finding {
    const char *id;
    const json_t *found;
};

static void find_id(void *ctx, const json_t *value)
{
    struct finding *f = ctx;
    struct lw_tagged s;
    for (size_t i = 0; i < json_array_size(value) && !f->found; i++)
        if (lw_spans_get(value, i, &s) && strcmp(s.id, f->id) == 0)
            f->found = json_array_get(value, i);
}

const json_t *lw_spans_of_id(const struct lw_question *q, const json_t *answers, const char *id)
{
    struct finding f = {id, NULL};
    each_value(q, answers, find_id, &f);
    return f.found;
}
