/* Messages, trees and model outputs of OpenAssistant (the oasst1 and oasst2 exports, and the
 * sampling reports). Labels and ranks in them are judgements and are not read. */
#include "format/format_internal.h"

static enum lw_code read_message(const json_t *message, struct lw_task *to, struct lw_err *err)
{
    const json_t *text = lw_json_get(message, "text"), *role = lw_json_get(message, "role");
    if (!json_is_string(text))
        return lw_fail(err, LW_EBAD, "The message has no \"text\".");
    bool assistant = json_is_string(role) && json_string_value(role)[0] == 'a';
    lw_task_add_turn(to, assistant ? "assistant" : "user", lw_span_of(text));
    return LW_OK;
}

/* The prompt and its replies. Their order and rank are judgements, so they are not shown. */
static enum lw_code read_tree(const json_t *root, struct lw_task *to, struct lw_err *err)
{
    const json_t *replies = lw_json_get(root, "replies");
    enum lw_code code = read_message(root, to, err);
    for (size_t i = 0; i < json_array_size(replies) && code == LW_OK; i++) {
        const json_t *reply = json_array_get(replies, i), *text = lw_json_get(reply, "text");
        const json_t *id = lw_json_get(reply, "message_id"),
                     *model = lw_json_get(reply, "model_name");
        if (!json_is_string(text))
            code = lw_fail(err, LW_EBAD, "Reply %zu has no \"text\".", i + 1);
        else
            lw_task_add_response(to, json_string_length(id) ? json_string_value(id) : NULL,
                json_string_value(model), lw_span_of(text));
    }
    return code == LW_OK ? lw_task_check_ids(to, err) : code;
}

static bool oasst_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "message_id") && json_is_string(lw_json_get(record, "text"));
}

static enum lw_code oasst_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return read_tree(record, to, err);
}

static bool oasst_tree_fits(const struct lw_format *f, const json_t *record)
{
    return lw_json_get(record, "message_tree_id") && oasst_fits(f, lw_json_get(record, "prompt"));
}

static enum lw_code oasst_tree_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return read_tree(lw_json_get(record, "prompt"), to, err);
}

static bool oasst_eval_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *first = json_array_get(lw_json_get(record, "results"), 0);
    return json_is_string(lw_json_get(record, "prompt")) &&
           json_is_array(lw_json_get(first, "outputs"));
}

static enum lw_code read_outputs(const json_t *result, struct lw_task *to, struct lw_err *err)
{
    const json_t *outputs = lw_json_get(result, "outputs");
    if (!json_is_array(outputs))
        return lw_fail(err, LW_EBAD, "A result has no \"outputs\" list.");
    for (size_t i = 0; i < json_array_size(outputs); i++) {
        const json_t *v = json_array_get(outputs, i);
        if (!lw_is_plain(v))
            return lw_fail(err, LW_EBAD, "\"outputs\": item %zu is not text.", i + 1);
        lw_task_add_response(to, NULL, NULL, lw_task_text_of(to, v));
    }
    return LW_OK;
}

static enum lw_code oasst_eval_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *results = lw_json_get(record, "results"), *prompt = lw_json_get(record, "prompt");
    if (!lw_is_plain(prompt) || !json_is_array(results))
        return lw_fail(err, LW_EBAD, "The record needs a \"prompt\" and a \"results\" list.");
    lw_task_add_turn(to, "user", lw_task_text_of(to, prompt));
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(results) && code == LW_OK; i++)
        code = read_outputs(json_array_get(results, i), to, err);
    return code;
}

const struct lw_format lw_format_oasst_tree = {
    .name = "oasst-tree",
    .fits = oasst_tree_fits,
    .read = oasst_tree_read,
    .id_member = "message_tree_id",
};

const struct lw_format lw_format_oasst = {
    .name = "oasst",
    .fits = oasst_fits,
    .read = oasst_read,
    .id_member = "message_id",
};

const struct lw_format lw_format_oasst_eval = {
    .name = "oasst-eval",
    .fits = oasst_eval_fits,
    .read = oasst_eval_read,
    .join = "prompt",
};
