/* trl-stepwise: {"prompt","completions","labels"}, one line a solution: its steps as texts, and
 * whether each is good. TRL knows no other verdict: a neutral step is good or bad, as the user
 * says, or ends the line, and so does a step without a verdict. Leaving out a step alone would make
 * another solution of it. */
#include "export/export_internal.h"
#include "labelwright/json/json_value.h"

#include <string.h>

/* Whether the step can be written, and as what; else `why` it ends the line. */
static bool is_written(
    struct lw_export_state *x, enum lw_grade grade, bool *good, enum lw_loss *why)
{
    const char *neutral = x->with->neutral;
    bool is_neutral = grade == LW_GRADE_NEUTRAL;
    *good = grade == LW_GRADE_GOOD || (is_neutral && (!neutral || strcmp(neutral, "good") == 0));
    *why = is_neutral ? LW_LOSS_NEUTRAL_END : LW_LOSS_STEP_END;
    if (is_neutral)
        return !neutral || strcmp(neutral, "skip") != 0;
    return grade == LW_GRADE_GOOD || grade == LW_GRADE_BAD;
}

struct lists {
    struct lw_buf texts, labels;
    size_t n;
};

static void add_step(struct lists *to, struct lw_span text, bool good)
{
    lw_buf_str(&to->texts, to->n ? "," : "");
    lw_json_add_text(&to->texts, text.s, text.n);
    lw_buf_fmt(&to->labels, "%s%s", to->n ? "," : "", good ? "true" : "false");
    to->n++;
}

/* Adds the steps of the response that begins at `first`; returns the place after them. */
static size_t add_response(struct lw_export_state *x, const struct lw_task *t, size_t first,
    const json_t *answers, struct lists *to)
{
    enum lw_loss why = LW_LOSS_STEP_END;
    bool good, ended = false;
    size_t i = first;
    for (; i < t->nsteps && t->step[i].response == t->step[first].response; i++) {
        if (t->step[i].other > 0) {
            lw_export_lose(x, LW_LOSS_WORDING);
            continue;
        }
        enum lw_grade grade = lw_export_grade(x, answers, &t->step[i]);
        ended = ended || !is_written(x, grade, &good, &why);
        if (ended) {
            lw_export_lose(x, why);
            continue;
        }
        add_step(to, t->step[i].text, good);
        if (grade == LW_GRADE_NEUTRAL)
            lw_export_lose(x, good ? LW_LOSS_NEUTRAL_GOOD : LW_LOSS_NEUTRAL_BAD);
    }
    return i;
}

static void add_line(struct lw_export_state *x, const struct lw_task *t, const struct lists *lists)
{
    struct lw_span prompt = t->nturns ? t->turn[0].text : (struct lw_span){"", 0};
    lw_buf_str(&x->out, "{\"prompt\":");
    lw_json_add_text(&x->out, prompt.s, prompt.n);
    lw_buf_str(&x->out, ",\"completions\":[");
    lw_buf_add(&x->out, lists->texts.data, lists->texts.len);
    lw_buf_str(&x->out, "],\"labels\":[");
    lw_buf_add(&x->out, lists->labels.data, lists->labels.len);
    lw_buf_str(&x->out, "]}\n");
    x->report->written++;
}

static void add_solutions(struct lw_export_state *x, const struct lw_task *t, const json_t *answers)
{
    uint64_t before = x->report->written;
    for (size_t i = 0; i < t->nsteps;) {
        struct lists lists = {0};
        int response = t->step[i].response;
        i = add_response(x, t, i, answers, &lists);
        if (lists.n > 0)
            add_line(x, t, &lists);
        else
            lw_export_lose(x, LW_LOSS_NO_SOLUTION);
        if (lists.n > 0 && response >= 0)
            lw_export_lose_parts(x, t->response[response].parts);
        lw_buf_fini(&lists.texts);
        lw_buf_fini(&lists.labels);
    }
    if (x->report->written == before)
        return;
    lw_export_lose_parts(x, t->parts);
    lw_export_lose_parts(x, t->nturns ? t->turn[0].parts : NULL);
}

const struct lw_export_format lw_export_trl_stepwise = {
    "trl-stepwise",
    "JSON Lines for TRL: prompt, completions, labels (true: a good step)",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &lw_by_step,
    .accepts = lw_export_has_prompt,
    .steps = add_solutions,
    .empty_prompt = true,
    .neutral = true,
};
