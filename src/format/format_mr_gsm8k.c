/* MR-GSM8K: {question, model_output_steps: "Step 1: …\nStep 2: …", model_output_answer,
 * ground_truth_solution, ground_truth_answer}. Which step is wrong, and why, are labels and not
 * read. */
#include "format/format_internal.h"

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return json_is_string(lw_json_get(record, "question")) &&
           json_is_string(lw_json_get(record, "model_output_steps"));
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *question = lw_json_get(record, "question"),
                 *steps = lw_json_get(record, "model_output_steps"),
                 *answer = lw_json_get(record, "model_output_answer");
    if (!json_is_string(question) || !json_is_string(steps))
        return lw_fail(err, LW_EBAD, "\"question\" and \"model_output_steps\" must be texts.");
    lw_task_add_turn(to, "user", lw_span_of(question));
    lw_task_add_response(to, NULL, NULL, lw_span_of(steps));
    lw_task_add_lines_as_steps(to, 0);
    if (lw_is_plain(answer))
        lw_task_add_result(to, 0, answer);
    static const char *const names[] = {"ground_truth_answer", "ground_truth_solution"};
    to->reference = lw_task_join_members(record, names, 2, to);
    return LW_OK;
}

const struct lw_format lw_format_mr_gsm8k = {
    .name = "mr-gsm8k",
    .fits = fits,
    .read = read,
    .id_member = "uuid",
};
