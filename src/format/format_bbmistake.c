/* BIG-Bench Mistake: {input, steps: [text], answer, target, mistake_index}. The answer was read off
 * the steps, the target is the right one; where the mistake is, is a label and not read. */
#include "format/format_internal.h"

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return json_is_string(lw_json_get(record, "input")) &&
           json_is_array(lw_json_get(record, "steps"));
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *input = lw_json_get(record, "input"), *target = lw_json_get(record, "target"),
                 *answer = lw_json_get(record, "answer");
    if (!json_is_string(input))
        return lw_fail(err, LW_EBAD, "\"input\" must be text.");
    lw_task_add_turn(to, "user", lw_span_of(input));
    lw_task_add_response(to, NULL, NULL, (struct lw_span){"", 0});
    if (lw_is_plain(answer))
        lw_task_add_result(to, 0, answer);
    if (lw_is_plain(target))
        to->reference = lw_task_text_of(to, target);
    enum lw_code code = lw_steps_read(lw_json_get(record, "steps"), "steps", 0, to, err);
    lw_task_join_steps(to, 0);
    return code;
}

const struct lw_format lw_format_bbmistake = {
    .name = "bbmistake",
    .fits = fits,
    .read = read,
    .id_member = "id",
};
