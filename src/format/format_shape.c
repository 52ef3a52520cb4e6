/* Formats that are recognised by their members. A text may also be a list of messages, as TRL
 * writes it, or one message. */
#include "format/format_internal.h"
#include "labelwright/format/member_use.h"

#include <stdio.h>
#include <string.h>

static bool is_text(const json_t *v)
{
    return lw_is_plain(v) || lw_is_message(v) || lw_are_messages(v);
}

/* The right answer next to choices is not a response, whatever its name. */
static bool are_responses(const struct lw_format *f, const json_t *record)
{
    bool are = true;
    for (const char *const *name = f->shape->response; *name; name++) {
        enum lw_member_use use = lw_member_use_in(record, *name);
        are = are && use != LW_USE_REFERENCE && use != LW_USE_ASIDE;
    }
    return are;
}

bool lw_shape_fits(const struct lw_format *f, const json_t *record)
{
    for (const char *const *name = f->shape->need; *name; name++)
        if (!is_text(lw_json_get(record, *name)))
            return false;
    return are_responses(f, record);
}

static enum lw_code check_needed(
    const struct lw_format *f, const json_t *record, struct lw_err *err)
{
    for (const char *const *name = f->shape->need; *name; name++)
        if (!lw_json_get(record, *name))
            return lw_fail(
                err, LW_EBAD, "\"%s\" is missing: the format %s needs it.", *name, f->name);
    return LW_OK;
}

/* Refuses a needed member that exists but cannot be read. */
static enum lw_code check_kinds(const struct lw_format *f, const json_t *record, struct lw_err *err)
{
    for (const char *const *name = f->shape->response; *name; name++) {
        const json_t *v = lw_json_get(record, *name);
        if (v && !lw_is_plain(v) && !json_is_array(v) && !lw_is_message(v))
            return lw_fail(err, LW_EBAD, "\"%s\" must be text or a list of messages.", *name);
        if (json_is_array(v) && json_array_size(v) == 0)
            return lw_fail(err, LW_EBAD, "\"%s\" is an empty list.", *name);
        if (json_is_array(v) && !lw_are_messages(v))
            return lw_fail(err, LW_EBAD, "\"%s\", message 1: \"role\" is missing.", *name);
    }
    return LW_OK;
}

enum lw_code lw_shape_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = check_needed(f, record, err);
    if (code == LW_OK)
        code = check_kinds(f, record, err);
    return code == LW_OK ? lw_read_named(f->shape, record, to, err) : code;
}

/* An empty pair says nothing about the format: look at another record. */
bool lw_preference_fits(const struct lw_format *f, const json_t *record)
{
    const json_t *a = lw_json_get(record, "chosen"), *b = lw_json_get(record, "rejected");
    bool empty =
        json_is_string(a) && json_is_string(b) && !json_string_length(a) && !json_string_length(b);
    return lw_shape_fits(f, record) && !empty;
}

enum lw_code lw_preference_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    return lw_shape_read(f, record, to, err);
}

/* Rows whose columns project.yaml names; never guessed. */
bool lw_columns_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    (void)record;
    return false;
}

static enum lw_code add_response(
    const char *name, const json_t *v, struct lw_task *to, struct lw_err *err)
{
    if (lw_are_messages(v) || lw_is_message(v))
        return lw_messages_respond(v, 0, name, to, err);
    lw_add_response(to, NULL, NULL, lw_plain_text(to, v));
    return LW_OK;
}

enum lw_code lw_columns_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    char name[32] = "response1";
    const json_t *prompt = lw_json_get(record, "prompt"), *v;
    const json_t *reference = lw_json_get(record, "reference");
    enum lw_code code = LW_OK;
    if (lw_are_messages(prompt))
        code = lw_read_messages(prompt, 0, "prompt", to, err);
    else if (lw_is_plain(prompt))
        lw_add_turn(to, "user", lw_plain_text(to, prompt));
    else if (prompt)
        code = lw_fail(err, LW_EBAD, "The prompt must be text or a list of messages.");
    for (size_t i = 1; code == LW_OK && (v = lw_json_get(record, name)); i++) {
        if (!lw_is_plain(v) && !lw_are_messages(v) && !lw_is_message(v))
            return lw_fail(err, LW_EBAD, "Response %zu must be text or a message.", i);
        code = add_response(name, v, to, err);
        snprintf(name, sizeof name, "response%zu", i + 1);
    }
    if (lw_is_plain(reference))
        to->reference = lw_plain_text(to, reference);
    if (code == LW_OK && to->nturns + to->nresponses == 0)
        return lw_fail(err, LW_EBAD, "The row has no prompt and no response.");
    return code;
}
