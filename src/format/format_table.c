/* Records whose prompt, responses and reference project.yaml names under `columns`: rows of a
 * table, or objects; the record reader has renamed them. Nothing is guessed. */
#include "format/format_internal.h"

#include <stdio.h>

/* Rows whose columns project.yaml names; never guessed. */
static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    (void)record;
    return false;
}

static enum lw_code add_response(
    const char *name, const json_t *v, struct lw_task *to, struct lw_err *err)
{
    if (lw_is_message_list(v) || lw_is_message(v))
        return lw_messages_read_response(v, 0, name, to, err);
    lw_task_add_response(to, NULL, NULL, lw_task_text_of(to, v));
    return LW_OK;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    char name[32] = "response1";
    const json_t *prompt = lw_json_get(record, "prompt"), *v;
    const json_t *reference = lw_json_get(record, "reference");
    enum lw_code code = LW_OK;
    if (lw_is_message_list(prompt))
        code = lw_messages_read(prompt, 0, "prompt", to, err);
    else if (lw_is_plain(prompt))
        lw_task_add_turn(to, "user", lw_task_text_of(to, prompt));
    else if (prompt)
        code = lw_fail(err, LW_EBAD, "The prompt must be text or a list of messages.");
    for (size_t i = 1; code == LW_OK && (v = lw_json_get(record, name)); i++) {
        if (!lw_is_plain(v) && !lw_is_message_list(v) && !lw_is_message(v))
            return lw_fail(err, LW_EBAD, "Response %zu must be text or a message.", i);
        code = add_response(name, v, to, err);
        snprintf(name, sizeof name, "response%zu", i + 1);
    }
    if (lw_is_plain(reference))
        to->reference = lw_task_text_of(to, reference);
    if (code == LW_OK && to->nturns + to->nresponses == 0)
        return lw_fail(err, LW_EBAD, "The row has no prompt and no response.");
    return code;
}

const struct lw_format lw_format_table = {
    .name = "table",
    .fits = fits,
    .read = read,
    .id_member = "id",
    .unguessed = true,
};
