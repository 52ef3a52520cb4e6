/* Stepwise supervision as TRL has it: {prompt, completions: [text], labels: [bool]}. The labels are
 * not read. */
#include "format/format_internal.h"

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *first = json_array_get(lw_json_get(record, "completions"), 0);
    return lw_json_get(record, "prompt") && json_is_string(first) &&
           json_is_array(lw_json_get(record, "labels"));
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *prompt = lw_json_get(record, "prompt");
    if (lw_is_message_list(prompt)) {
        enum lw_code code = lw_messages_read(prompt, 0, "prompt", to, err);
        if (code != LW_OK)
            return code;
    } else if (json_is_string(prompt)) {
        lw_task_add_turn(to, "user", lw_span_of(prompt));
    } else {
        return lw_fail(err, LW_EBAD, "\"prompt\" must be text or a list of messages.");
    }
    lw_task_add_response(to, NULL, NULL, (struct lw_span){"", 0});
    enum lw_code code =
        lw_steps_read(lw_json_get(record, "completions"), "completions", 0, to, err);
    lw_task_join_steps(to, 0);
    return code;
}

const struct lw_format lw_format_trl_stepwise = {
    .name = "trl-stepwise",
    .fits = fits,
    .read = read,
    .id_member = "id",
};
