/* Formats that are made from a verdict on each step: what an answer says about its step, by the
 * option that was chosen or by a rating. How a solution is written is the format's (`steps`). */
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"

#include <string.h>

/* An option is known by its value, or by the mark that it shows before a step. */
static const struct {
    const char *word, *number, *mark;
    enum lw_grade grade;
} grades[] = {
    {"bad", "-1", "-", LW_GRADE_BAD},
    {"neutral", "0", "0", LW_GRADE_NEUTRAL},
    {"good", "1", "+", LW_GRADE_GOOD},
};

static bool is_grade(const struct lw_option *o, size_t i)
{
    return strcmp(o->path, grades[i].word) == 0 || strcmp(o->path, grades[i].number) == 0 ||
           (o->mark && strcmp(o->mark, grades[i].mark) == 0);
}

static enum lw_grade grade_of_option(const struct lw_option *o)
{
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (is_grade(o, i))
            return grades[i].grade;
    return LW_GRADE_UNSURE;
}

static bool offers(const struct lw_question *q, enum lw_grade grade)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group && grade_of_option(&q->option[i]) == grade)
            return true;
    return false;
}

static int rank_of(const struct lw_export_format *f, const struct lw_question *q)
{
    (void)f;
    if (q->on != LW_ON_STEP)
        return 0;
    if (q->type == LW_Q_CHOICE)
        return offers(q, LW_GRADE_BAD) && offers(q, LW_GRADE_GOOD) ? 1 : 0;
    return q->type == LW_Q_RATING ? 2 : 0;
}

static const char *must(const struct lw_export_format *f)
{
    (void)f;
    return "be about steps, and rate them or have the options bad and good";
}

enum lw_grade lw_export_grade(
    const struct lw_export_state *x, const json_t *answers, const struct lw_task_step *step)
{
    const struct lw_question *q = x->question;
    const json_t *v = json_object_get(json_object_get(answers, q->name), step->id);
    if (!v)
        return LW_GRADE_NONE;
    if (json_is_integer(v) && q->type == LW_Q_RATING) {
        int64_t worth = lw_scale_worth(&q->scale, json_integer_value(v));
        return worth < 0 ? LW_GRADE_BAD : worth > 0 ? LW_GRADE_GOOD : LW_GRADE_NEUTRAL;
    }
    const struct lw_option *o = json_is_string(v) ? lw_option_find(q, json_string_value(v)) : NULL;
    return o ? grade_of_option(o) : LW_GRADE_UNSURE;
}

size_t lw_export_wordings(const struct lw_task *t, size_t first)
{
    size_t end = first + 1;
    while (end < t->nsteps && t->step[end].other > 0)
        end++;
    return end - first;
}

/* The formats hold one prompt of one text. */
static bool has_plain_prompt(struct lw_export_state *x, const struct lw_task *t)
{
    bool plain = t->nturns <= 1 && (t->nturns == 0 || strcmp(t->turn[0].role, "user") == 0);
    if (!plain)
        lw_export_lose(x, LW_LOSS_CONVERSATION);
    return plain;
}

static void add(struct lw_export_state *x, struct lw_task *t, const json_t *answers)
{
    uint64_t before = x->report->written;
    if (!json_is_object(json_object_get(answers, x->question->name)))
        lw_export_lose(x, LW_LOSS_OPEN);
    else if (t->nsteps == 0)
        lw_export_lose(x, LW_LOSS_NO_STEPS);
    else if (has_plain_prompt(x, t) && x->format->accepts(x, t))
        x->format->steps(x, t, answers);
    if (x->report->written > before)
        x->report->lost[LW_LOSS_OTHER] += json_object_size(answers) - 1;
}

const struct lw_export_decider lw_by_step = {
    .rank = rank_of,
    .must = must,
    .does = "says which steps are good or bad",
    .add = add,
};
