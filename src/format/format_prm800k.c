/* PRM800K: {question: {problem, ground_truth_answer, ground_truth_solution, pre_generated_steps},
 * label: {steps: [{completions: [{text, rating}], human_completion, chosen_completion}]}}. The
 * solution is what was generated, or, in the first phase, what was chosen step by step; what else
 * was offered for a step is another wording of it. Ratings are labels, so they are not read. */
#include "format/format_internal.h"

#include <string.h>

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *question = lw_json_get(record, "question");
    return json_is_string(lw_json_get(question, "problem")) &&
           (lw_json_get(question, "pre_generated_steps") ||
               lw_json_get(lw_json_get(record, "label"), "steps"));
}

static const json_t *labeled_step(const json_t *record, size_t i)
{
    return json_array_get(lw_json_get(lw_json_get(record, "label"), "steps"), i);
}

/* What the solution went on with. */
static const json_t *chosen_text(const json_t *step)
{
    const json_t *all = lw_json_get(step, "completions"),
                 *human = lw_json_get(step, "human_completion"),
                 *chosen = lw_json_get(step, "chosen_completion");
    if (!chosen && human)
        return json_is_object(human) ? lw_json_get(human, "text") : human;
    size_t i = json_integer_value(chosen) > 0 ? (size_t)json_integer_value(chosen) : 0;
    return lw_json_get(json_array_get(all, i), "text");
}

static bool is_same(const json_t *text, struct lw_span other)
{
    return json_string_length(text) == other.n &&
           memcmp(json_string_value(text), other.s, other.n) == 0;
}

static void add_wordings(const json_t *step, struct lw_task *to)
{
    struct lw_span first = to->step[to->nsteps - 1].text;
    const json_t *all = lw_json_get(step, "completions");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *text = lw_json_get(json_array_get(all, i), "text");
        if (json_is_string(text) && !is_same(text, first))
            lw_task_add_other_step(to, lw_span_of(text));
    }
}

static enum lw_code read_steps(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *made = lw_json_get(lw_json_get(record, "question"), "pre_generated_steps");
    for (size_t i = 0; i < json_array_size(made) || labeled_step(record, i); i++) {
        const json_t *step = labeled_step(record, i), *text = json_array_get(made, i);
        text = text ? text : chosen_text(step);
        if (!json_is_string(text))
            return lw_fail(err, LW_EBAD, "Step %zu has no text.", i + 1);
        lw_task_add_step(to, 0, lw_span_of(text));
        add_wordings(step, to);
    }
    return to->nsteps ? LW_OK : lw_fail(err, LW_EBAD, "The record has no steps.");
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *question = lw_json_get(record, "question"),
                 *problem = lw_json_get(question, "problem");
    if (!json_is_string(problem))
        return lw_fail(err, LW_EBAD, "\"question\" has no \"problem\" that is text.");
    lw_task_add_turn(to, "user", lw_span_of(problem));
    lw_task_add_response(to, NULL, NULL, (struct lw_span){"", 0});
    enum lw_code code = read_steps(record, to, err);
    if (code != LW_OK)
        return code;
    lw_task_join_steps(to, 0);
    static const char *const names[] = {"ground_truth_answer", "ground_truth_solution"};
    to->reference = lw_task_join_members(question, names, 2, to);
    return LW_OK;
}

const struct lw_format lw_format_prm800k = {
    .name = "prm800k",
    .fits = fits,
    .read = read,
};
