/* Files of batch services. Requests, {"custom_id", "body" or "params": {"messages", "system", …}},
 * are conversations; results answer them by custom_id: {"custom_id", "response": {"body":
 * {"choices": […]}}} of OpenAI, {"custom_id", "result": {"message": {…}}} of Anthropic. */
#include "format/format_internal.h"
#include "labelwright/format/member_use.h"

#include <string.h>

/* ---- requests */

static json_t *request_of(const json_t *record)
{
    json_t *body = lw_json_get(record, "body");
    return body ? body : lw_json_get(record, "params");
}

static bool request_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "custom_id") &&
           json_is_array(lw_json_get(request_of(record), "messages"));
}

static enum lw_code request_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    json_t *request = request_of(record);
    if (!json_is_object(request))
        return lw_fail(err, LW_EBAD, "The record has no \"body\" and no \"params\".");
    return lw_conversation_read("messages", request, to, err);
}

/* ---- results */

static const json_t *body_of(const json_t *record)
{
    return lw_json_get(lw_json_get(record, "response"), "body");
}

static const json_t *message_of(const json_t *record)
{
    return lw_json_get(lw_json_get(record, "result"), "message");
}

/* With the prompt beside it, a result is a task of its own. */
static bool has_prompt(const json_t *record)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name, v)
    {
        enum lw_member_use use = lw_member_use_of(name);
        if (!json_is_null(v) && (use == LW_USE_PROMPT || use == LW_USE_CONVERSATION))
            return true;
    }
    return false;
}

static bool result_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    bool succeeded = json_is_array(lw_json_get(body_of(record), "choices")) ||
                     lw_json_get(message_of(record), "content");
    return lw_json_get(record, "custom_id") && succeeded && !has_prompt(record);
}

static enum lw_code add_message(
    const json_t *message, const char *model, struct lw_task *to, struct lw_err *err)
{
    size_t before = to->nresponses;
    enum lw_code code = lw_messages_read_response(message, 0, NULL, to, err);
    if (code == LW_OK && to->nresponses > before)
        to->response[before].model = model;
    return code;
}

/* What a request came to when it failed. */
static const char *failure_of(const json_t *record)
{
    const json_t *error = lw_json_get(record, "error"), *result = lw_json_get(record, "result");
    if (!error)
        error =
            lw_json_get(lw_json_get(body_of(record), "error") ? body_of(record) : result, "error");
    const json_t *inner = lw_json_get(error, "error");
    const char *why = json_string_value(lw_json_get(inner ? inner : error, "message"));
    return why ? why : json_string_value(lw_json_get(result, "type"));
}

static enum lw_code result_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *body = body_of(record), *choices = lw_json_get(body, "choices"),
                 *message = message_of(record);
    const char *model = json_string_value(lw_json_get(body ? body : message, "model"));
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(choices) && code == LW_OK; i++)
        code = add_message(lw_json_get(json_array_get(choices, i), "message"), model, to, err);
    if (code == LW_OK && message)
        code = add_message(message, model, to, err);
    if (code != LW_OK || to->nresponses > 0)
        return code;
    const char *why = failure_of(record);
    return lw_fail(
        err, LW_EBAD, "The request got no answer: %.200s", why ? why : "no reason given");
}

const struct lw_format lw_format_batch = {
    .name = "batch",
    .fits = request_fits,
    .read = request_read,
    .id_member = "custom_id",
};

const struct lw_format lw_format_batch_results = {
    .name = "batch-results",
    .fits = result_fits,
    .read = result_read,
    .id_member = "custom_id",
    .join = "custom_id",
    .answers = true,
};
