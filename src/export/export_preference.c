/* Formats that are made from which of two responses is better, which are good, or how they were
 * corrected. A comparison, a rating, a correction or a written text becomes a pair or single
 * responses here (a ranking in export_ranking.c), and the format writes them (`pair`, `one`). */
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"

#include <stdlib.h>
#include <string.h>

/* ---- the question */

static bool compares(const struct lw_question *q)
{
    return q->type == LW_Q_COMPARE && q->on == LW_ON_TASK;
}

static bool ranks(const struct lw_question *q)
{
    return q->type == LW_Q_RANK && q->on == LW_ON_TASK;
}

/* A rating of the whole task makes no pair. */
static bool rates(const struct lw_export_format *f, const struct lw_question *q)
{
    return q->type == LW_Q_RATING &&
           (q->on == LW_ON_RESPONSE || (q->on == LW_ON_TASK && f->one != NULL));
}

static bool corrects(const struct lw_question *q)
{
    return q->type == LW_Q_EDIT && q->on == LW_ON_RESPONSE;
}

/* Its text is one to imitate: the answer to the prompt. */
static bool writes(const struct lw_export_format *f, const struct lw_question *q)
{
    return q->type == LW_Q_WRITE && q->on == LW_ON_TASK && f->good_only;
}

static bool talks(const struct lw_question *q)
{
    return q->type == LW_Q_TALK;
}

static bool decides(const struct lw_export_format *f, const struct lw_question *q)
{
    return compares(q) || ranks(q) || rates(f, q) || corrects(q);
}

/* A comparison or a ranking says more about a pair than two ratings. For text to imitate, a
 * correction is best, then what was written for it. 0: not for this format. */
static int rank_of(const struct lw_export_format *f, const struct lw_question *q)
{
    if (talks(q))
        return 1;
    if (corrects(q))
        return f->good_only ? 1 : 3;
    if (writes(f, q))
        return 2;
    return (compares(q) || ranks(q) ? 1
               : rates(f, q)        ? 2
                                    : 0) +
           (f->good_only && decides(f, q) ? 2 : 0);
}

static const char *must(const struct lw_export_format *f)
{
    if (f->good_only)
        return "compare, rank, rate or correct responses, or ask for one (type write, on task)";
    return f->one ? "compare or rank responses, rate them, or correct them"
                  : "compare or rank responses, rate each of them, or correct them";
}

/* ---- the answer */

static const struct lw_response *rated_better(
    const struct lw_scale *s, const struct lw_task *t, const json_t *answer)
{
    json_int_t value[2];
    for (int i = 0; i < 2; i++)
        value[i] = json_integer_value(json_object_get(answer, t->response[i].id));
    if (value[0] == value[1])
        return NULL;
    return &t->response[(value[0] < value[1]) != s->low_is_best];
}

static bool both_rated(const struct lw_task *t, const json_t *answer)
{
    return json_is_integer(json_object_get(answer, t->response[0].id)) &&
           json_is_integer(json_object_get(answer, t->response[1].id));
}

/* The better of the task's two responses; NULL when there is none, which is counted. */
static const struct lw_response *better_of(
    struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    const struct lw_response *better = NULL;
    bool compared = x->question->type == LW_Q_COMPARE;
    const json_t *id = json_object_get(answer, "better");
    enum lw_loss loss = LW_LOSS_NO_PAIR;
    if (compared && json_is_null(id))
        loss = LW_LOSS_TIE;
    else if (compared && t->nresponses == 2 && json_is_string(id))
        better = lw_task_response(t, json_string_value(id));
    else if (!compared && t->nresponses == 2 && both_rated(t, answer)) {
        better = rated_better(&x->question->scale, t, answer);
        loss = LW_LOSS_TIE;
    }
    if (!better)
        lw_export_lose(x, loss);
    return better;
}

static void add_pair(struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    const struct lw_response *better = better_of(x, t, answer);
    if (!better || !x->format->accepts(x, t))
        return;
    const struct lw_response *worse = &t->response[better == &t->response[0]];
    lw_export_pair(x, t, better, worse);
    if (x->question->type != LW_Q_COMPARE ||
        json_integer_value(json_object_get(answer, "strength")) > 0)
        lw_export_lose(x, LW_LOSS_STRENGTH);
}

/* The middle of the scale is neither good nor bad. */
static void add_rated(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *r, const json_t *v)
{
    int64_t worth = lw_scale_worth(&x->question->scale, json_integer_value(v));
    bool good = worth > 0, wanted = good || (worth < 0 && !x->format->good_only);
    if (!json_is_integer(v))
        lw_export_lose(x, LW_LOSS_UNRATED);
    else if (!wanted)
        lw_export_lose(x, x->format->good_only ? LW_LOSS_NOT_GOOD : LW_LOSS_MIDDLE);
    else {
        x->format->one(x, t, r, good);
        lw_export_lose(x, LW_LOSS_DEGREE);
    }
}

static void add_ratings(struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    bool whole = x->question->on == LW_ON_TASK;
    if (whole && t->nresponses != 1)
        lw_export_lose(x, LW_LOSS_NOT_ONE);
    else if (x->format->accepts(x, t))
        for (size_t i = 0; i < t->nresponses; i++)
            add_rated(
                x, t, &t->response[i], whole ? answer : json_object_get(answer, t->response[i].id));
}

/* NULL also where the question was of another type when it was answered. */
static const json_t *correction_of(const json_t *answer, const struct lw_response *r)
{
    const json_t *v = json_object_get(answer, r->id);
    return json_is_string(json_object_get(v, "text")) ? v : NULL;
}

static struct lw_response corrected(const struct lw_response *r, const json_t *v)
{
    struct lw_response to = *r;
    const json_t *text = json_object_get(v, "text");
    to.text = (struct lw_span){json_string_value(text), json_string_length(text)};
    return to;
}

/* The correction is better than what it corrects. */
static void add_corrected(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *to, const struct lw_response *from, const json_t *v)
{
    bool same = lw_edit_is_same(v);
    if (x->format->pair && same)
        lw_export_lose(x, LW_LOSS_FINE);
    else if (x->format->pair)
        x->format->pair(x, t, to, from);
    else
        x->format->one(x, t, to, true);
    if (x->format->one && !same && x->format->good_only)
        lw_export_lose(x, LW_LOSS_ORIGINAL);
    else if (x->format->one && !same)
        x->format->one(x, t, from, false);
}

static void add_corrections(
    struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    struct lw_response *to = lw_alloc((t->nresponses + 1) * sizeof *to);
    struct lw_task all = *t; /* as corrected: the new texts must fit the format too */
    const json_t *v;
    for (size_t i = 0; i < t->nresponses; i++) {
        v = correction_of(answer, &t->response[i]);
        to[i] = v ? corrected(&t->response[i], v) : t->response[i];
    }
    all.response = to;
    bool accepts = x->format->accepts(x, t) && x->format->accepts(x, &all);
    for (size_t i = 0; accepts && i < t->nresponses; i++) {
        if ((v = correction_of(answer, &t->response[i])))
            add_corrected(x, t, &to[i], &t->response[i], v);
        else
            lw_export_lose(x, LW_LOSS_UNCORRECTED);
    }
    free(to);
}

/* The prompt and what was written about the task, as its response. */
static void add_written(struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    struct lw_response own = {.id = ""}; /* none of the task's */
    own.text = (struct lw_span){json_string_value(answer), json_string_length(answer)};
    struct lw_task with = *t; /* the new text must fit the format too */
    with.response = &own;
    with.nresponses = 1;
    if (x->format->accepts(x, &with))
        x->format->one(x, t, &own, true);
}

static bool is_answer(const struct lw_question *q, const json_t *answer)
{
    if (q->type == LW_Q_WRITE)
        return json_is_string(answer);
    if (talks(q))
        return json_is_array(json_object_get(answer, "messages"));
    bool whole = q->type == LW_Q_RATING && q->on == LW_ON_TASK;
    return whole ? json_is_integer(answer) : json_is_object(answer);
}

static void add_answer(struct lw_export_state *x, struct lw_task *t, const json_t *answers)
{
    const json_t *answer = json_object_get(answers, x->question->name);
    uint64_t before = x->report->written;
    if (!is_answer(x->question, answer))
        lw_export_lose(x, LW_LOSS_OPEN);
    else if (talks(x->question))
        lw_export_talk(x, t, answers);
    else if (x->question->type == LW_Q_EDIT)
        add_corrections(x, t, answer);
    else if (x->question->type == LW_Q_RANK)
        lw_export_ranking(x, t, answer);
    else if (x->question->type == LW_Q_WRITE)
        add_written(x, t, answer);
    else if (x->question->type == LW_Q_COMPARE || x->format->pair)
        add_pair(x, t, answer);
    else
        add_ratings(x, t, answer);
    if (x->report->written > before)
        x->report->lost[LW_LOSS_OTHER] += json_object_size(answers) - 1;
}

const struct lw_export_decider lw_by_preference = {
    .rank = rank_of,
    .must = must,
    .does = "compares, ranks, rates or corrects responses",
    .add = add_answer,
};
