/* prm800k: {"question","label": {"steps","total_time","finish_reason"}}, one line a task. A record
 * that came as PRM800K keeps all its members; of its label, what was decided anew is replaced:
 * ratings, what was chosen, what a person wrote, the time and the reason to finish. Tasks of other
 * formats become such records. What a verdict is, is decided in export_step.c. */
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"
#include "labelwright/project/task_target.h"

#include <string.h>

/* One step: its own item in the task, how many wordings there are, and where it is written. */
struct step {
    const struct lw_task *task;
    size_t main, wordings;
    const json_t *was; /* as it was labeled before; NULL for none */
    bool last;         /* no step is written behind it */
};

static const json_t *object_in(const json_t *of, const char *name)
{
    const json_t *v = json_object_get(of, name);
    return json_is_object(v) ? v : NULL;
}

static bool is_text(const json_t *v, struct lw_span text)
{
    return json_is_string(v) && json_string_length(v) == text.n &&
           (text.n == 0 || memcmp(json_string_value(v), text.s, text.n) == 0);
}

static json_t *text_of(struct lw_span text)
{
    return json_stringn_nocheck(text.n ? text.s : "", text.n);
}

/* ---- verdicts */

/* NULL: of what is no text, so nobody was asked. */
static json_t *rating(
    struct lw_export_state *x, const json_t *answers, const struct lw_task_step *step)
{
    enum lw_grade grade = step ? lw_export_grade(x, answers, step) : LW_GRADE_NONE;
    if (grade == LW_GRADE_NONE || grade == LW_GRADE_UNSURE) {
        lw_export_lose(x, grade == LW_GRADE_NONE ? LW_LOSS_NO_VERDICT : LW_LOSS_UNSURE);
        return json_null();
    }
    return json_integer(grade == LW_GRADE_GOOD ? 1 : grade == LW_GRADE_BAD ? -1 : 0);
}

/* The other wordings are the completions that are not the step itself, in their order. */
static size_t wording_of(const struct step *s, const json_t *text, size_t *others)
{
    if (is_text(text, s->task->step[s->main].text))
        return s->main;
    bool has = json_is_string(text) && *others + 1 < s->wordings;
    return has ? s->main + ++*others : SIZE_MAX;
}

static json_t *rated(struct lw_export_state *x, const json_t *completion,
    const struct lw_task_step *step, const json_t *answers)
{
    json_t *to = json_is_object(completion) ? json_copy((json_t *)(uintptr_t)completion)
                                            : json_pack("{s:o, s:n, s:n}", "text",
                                                  text_of(step->text), "rating", "flagged");
    json_object_set_new(to, "rating", rating(x, answers, step));
    return to;
}

/* Whether the solution went on with what a person wrote. */
static const json_t *went_on_with(const struct step *s)
{
    const json_t *human = json_object_get(s->was, "human_completion");
    const json_t *text = json_is_object(human) ? json_object_get(human, "text") : human;
    return is_text(text, s->task->step[s->main].text) ? human : NULL;
}

/* All wordings with their ratings. *chosen: which one is the step itself; SIZE_MAX for none. */
static json_t *completions(
    struct lw_export_state *x, const struct step *s, const json_t *answers, size_t *chosen)
{
    const json_t *was = json_object_get(s->was, "completions");
    json_t *list = json_array();
    size_t others = 0;
    *chosen = SIZE_MAX;
    for (size_t i = 0; i < json_array_size(was); i++) {
        const json_t *c = json_array_get(was, i);
        size_t item = wording_of(s, json_object_get(c, "text"), &others);
        if (item == s->main && *chosen == SIZE_MAX)
            *chosen = json_array_size(list);
        const struct lw_task_step *step = item == SIZE_MAX ? NULL : &s->task->step[item];
        json_array_append_new(list,
            json_is_object(c) ? rated(x, c, step, answers) : json_incref((json_t *)(uintptr_t)c));
    }
    if (*chosen == SIZE_MAX && !went_on_with(s)) {
        *chosen = 0;
        json_array_insert_new(list, 0, rated(x, NULL, &s->task->step[s->main], answers));
    }
    for (size_t i = others + 1; !json_is_array(was) && i < s->wordings; i++)
        json_array_append_new(list, rated(x, NULL, &s->task->step[s->main + i], answers));
    return list;
}

/* ---- what a person wrote instead */

static const struct lw_question *rewrite_question(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_EDIT && p->question[i].on == LW_ON_STEP)
            return &p->question[i];
    return NULL;
}

/* The text of a rewrite of this wording; NULL when there is none, or it changes nothing. */
static const json_t *rewrite_of(
    struct lw_export_state *x, const json_t *answers, const struct lw_task_step *step)
{
    const struct lw_question *q = rewrite_question(x->asked);
    const json_t *v = q ? json_object_get(json_object_get(answers, q->name), step->id) : NULL;
    const json_t *text = json_object_get(v, "text");
    return json_is_string(text) && !is_text(text, step->text) ? text : NULL;
}

/* One for a step: that of the step itself before those of its other wordings. */
static const json_t *rewrite(struct lw_export_state *x, const struct step *s, const json_t *answers)
{
    const json_t *first = NULL;
    for (size_t i = 0; i < s->wordings; i++) {
        const json_t *text = rewrite_of(x, answers, &s->task->step[s->main + i]);
        if (text && first)
            lw_export_lose(x, LW_LOSS_REWRITE);
        first = first ? first : text;
    }
    return first;
}

static json_t *human(struct lw_export_state *x, const struct step *s, const json_t *answers)
{
    const json_t *text = rewrite(x, s, answers), *before = went_on_with(s);
    if (text)
        return json_pack("{s:s%, s:n, s:s, s:n, s:n}", "text", json_string_value(text),
            json_string_length(text), "rating", "source", "human", "flagged", "corrected_rating");
    if (!before)
        return json_null();
    if (json_is_object(before))
        return rated(x, before, &s->task->step[s->main], answers);
    return json_incref((json_t *)(uintptr_t)before);
}

/* ---- a step */

/* A bad step that ends the solution was not gone on with. */
static json_t *step_of(struct lw_export_state *x, const struct step *s, const json_t *answers)
{
    size_t chosen;
    json_t *to = s->was ? json_copy((json_t *)(uintptr_t)s->was) : json_object();
    json_object_set_new(to, "completions", completions(x, s, answers, &chosen));
    json_t *written = human(x, s, answers);
    bool bad = lw_export_grade(x, answers, &s->task->step[s->main]) == LW_GRADE_BAD;
    bool goes_on = json_is_null(written) && chosen != SIZE_MAX && !(bad && s->last);
    json_object_set_new(to, "human_completion", written);
    json_object_set_new(
        to, "chosen_completion", goes_on ? json_integer((json_int_t)chosen) : json_null());
    return to;
}

static bool is_answered(
    struct lw_export_state *x, const json_t *answers, const struct lw_task_step *step)
{
    return lw_export_grade(x, answers, step) != LW_GRADE_NONE || rewrite_of(x, answers, step);
}

/* The place in the task behind the last step that something was said about. */
static size_t end_of(struct lw_export_state *x, const struct lw_task *t, const json_t *answers)
{
    size_t last = t->nsteps;
    while (last > 0 && !is_answered(x, answers, &t->step[last - 1]))
        last--;
    if (last == 0)
        return 0;
    size_t first = t->step[last - 1].first;
    return first + lw_export_wordings(t, first);
}

static json_t *steps(
    struct lw_export_state *x, const struct lw_task *t, const json_t *was, const json_t *answers)
{
    json_t *list = json_array();
    size_t end = end_of(x, t, answers);
    for (size_t i = 0; i < end;) {
        struct step s = {.task = t, .main = i, .wordings = lw_export_wordings(t, i)};
        const json_t *before = json_array_get(was, json_array_size(list));
        s.was = json_is_object(before) ? before : NULL;
        i += s.wordings;
        s.last = i >= end;
        json_array_append_new(list, step_of(x, &s, answers));
    }
    for (size_t i = end; i < t->nsteps; i++)
        if (t->step[i].other == 0)
            lw_export_lose(x, LW_LOSS_STEP_UNASKED);
    return list;
}

/* ---- the record */

static const char *const reasons[] = {"solution", "found_error", "bad_problem", "give_up"};
enum { REASONS = sizeof reasons / sizeof *reasons };

static bool is_reason(const char *value)
{
    size_t i = 0;
    while (i < REASONS && strcmp(reasons[i], value) != 0)
        i++;
    return i < REASONS;
}

/* A choice about the task that offers such a reason. */
static const struct lw_question *outcome_question(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        if (q->type == LW_Q_CHOICE && q->on == LW_ON_TASK)
            for (size_t k = 0; k < q->noptions; k++)
                if (is_reason(q->option[k].path))
                    return q;
    }
    return NULL;
}

static json_t *finish_reason(struct lw_export_state *x, const json_t *answers)
{
    const struct lw_question *q = outcome_question(x->asked);
    const json_t *v = q ? json_object_get(answers, q->name) : NULL;
    if (json_is_string(v) && is_reason(json_string_value(v)))
        return json_string(json_string_value(v));
    lw_export_lose(x, LW_LOSS_NO_OUTCOME);
    return json_null();
}

static json_t *total_time(const struct lw_export_state *x)
{
    const struct lw_member *m = &x->in[LW_IN_ACTIVE];
    return m->value ? json_integer((json_int_t)lw_member_u64(m)) : json_null();
}

/* Of a record that is not PRM800K; its own members stay where they are read. */
static json_t *new_question(struct lw_export_state *x, const struct lw_task *t)
{
    json_t *to = json_object(), *all = json_array();
    json_object_set_new(to, "problem", text_of(t->turn[0].text));
    if (t->reference.s)
        json_object_set_new(to, "ground_truth_answer", text_of(t->reference));
    for (size_t i = 0; i < t->nsteps; i++)
        if (t->step[i].other == 0)
            json_array_append_new(all, text_of(t->step[i].text));
    json_object_set_new(to, "pre_generated_steps", all);
    lw_export_lose_parts(x, t->parts);
    lw_export_lose_parts(x, t->turn[0].parts);
    lw_export_lose_parts(x, t->response[0].parts);
    return to;
}

/* The record as a shallow copy, or a new one with its question. */
static json_t *record_of(struct lw_export_state *x, const struct lw_task *t)
{
    const json_t *question = object_in(t->root, "question");
    if (json_is_string(json_object_get(question, "problem")))
        return json_copy(t->root);
    return json_pack("{s:o}", "question", new_question(x, t));
}

static bool has_one_solution(const struct lw_task *t)
{
    for (size_t i = 0; i < t->nsteps; i++)
        if (t->step[i].response != 0)
            return false;
    return t->nresponses == 1;
}

/* Counted as left out in export_step.c are all answers but the verdicts. */
static void count_used(struct lw_export_state *x, const json_t *answers)
{
    const struct lw_question *used[] = {rewrite_question(x->asked), outcome_question(x->asked)};
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        if (used[i] && json_object_get(answers, used[i]->name))
            x->report->lost[LW_LOSS_OTHER]--;
}

static void add_solution(struct lw_export_state *x, const struct lw_task *t, const json_t *answers)
{
    if (!has_one_solution(t)) {
        lw_export_lose(x, LW_LOSS_SOLUTIONS);
        return;
    }
    json_t *record = record_of(x, t);
    const json_t *was = object_in(record, "label");
    json_t *label = was ? json_copy((json_t *)(uintptr_t)was) : json_object();
    json_object_set_new(label, "steps", steps(x, t, json_object_get(was, "steps"), answers));
    json_object_set_new(label, "total_time", total_time(x));
    json_object_set_new(label, "finish_reason", finish_reason(x, answers));
    json_object_set_new(record, "label", label);
    lw_json_add(&x->out, record);
    lw_buf_char(&x->out, '\n');
    json_decref(record);
    count_used(x, answers);
    x->report->written++;
}

const struct lw_export_format lw_export_prm800k = {
    "prm800k",
    "JSON Lines: PRM800K; the record with a new label: ratings -1, 0, 1 of each step",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &lw_by_step,
    .accepts = lw_export_has_prompt,
    .steps = add_solution,
};
