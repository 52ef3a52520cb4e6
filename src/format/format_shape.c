/* Formats that are recognised by their members. A text may also be a list of messages, as TRL
 * writes it, or one message. */
#include "format/format_internal.h"
#include "labelwright/format/member_use.h"

#include <stdio.h>
#include <string.h>

static bool is_text(const json_t *v)
{
    return lw_is_plain(v) || lw_is_message(v) || lw_is_message_list(v);
}

/* The right answer next to choices is not a response, whatever its name. */
static bool are_responses(const struct lw_format *f, const json_t *record)
{
    bool are = true;
    for (const char *const *name = f->shape->response; *name; name++) {
        enum lw_member_use use = lw_member_use_in(record, *name);
        are = are && use != LW_USE_REFERENCE && use != LW_USE_METADATA;
    }
    return are;
}

static bool fits(const struct lw_format *f, const json_t *record)
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
        if (json_is_array(v) && !lw_is_message_list(v))
            return lw_fail(err, LW_EBAD, "\"%s\", message 1: \"role\" is missing.", *name);
    }
    return LW_OK;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = check_needed(f, record, err);
    if (code == LW_OK)
        code = check_kinds(f, record, err);
    return code == LW_OK ? lw_named_read(f->shape, record, to, err) : code;
}

/* An empty pair says nothing about the format: look at another record. */
static bool preference_fits(const struct lw_format *f, const json_t *record)
{
    const json_t *a = lw_json_get(record, "chosen"), *b = lw_json_get(record, "rejected");
    bool empty =
        json_is_string(a) && json_is_string(b) && !json_string_length(a) && !json_string_length(b);
    return fits(f, record) && !empty;
}

#define NEED(...) .need = {__VA_ARGS__}
#define RESPONSE(...) .response = {__VA_ARGS__}
#define SHAPE(NAME, FITS, ID, ...)                                                                 \
    {                                                                                              \
        .name = NAME, .fits = FITS, .read = read, .id_member = ID,                                 \
        .shape = &(const struct lw_shape)                                                          \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
const struct lw_format lw_format_trl_preference = SHAPE("trl-preference", preference_fits, "id",
    NEED("chosen", "rejected"), RESPONSE("chosen", "rejected"));
const struct lw_format lw_format_trl_kto =
    SHAPE("trl-kto", fits, "id", NEED("prompt", "completion", "label"), RESPONSE("completion"));
const struct lw_format lw_format_trl_sft =
    SHAPE("trl-sft", fits, "id", NEED("prompt", "completion"), RESPONSE("completion"));
const struct lw_format lw_format_pandalm = SHAPE("pandalm", fits, "idx",
    NEED("instruction", "response1", "response2"), RESPONSE("response1", "response2"));
const struct lw_format lw_format_alpaca =
    SHAPE("alpaca", fits, "id", NEED("instruction", "output"), RESPONSE("output"));
const struct lw_format lw_format_llmbar = SHAPE(
    "llmbar", fits, "id", NEED("input", "output_1", "output_2"), RESPONSE("output_1", "output_2"));
const struct lw_format lw_format_rlhf_pair = SHAPE(
    "rlhf-pair", fits, "id", NEED("prompt", "answer1", "answer2"), RESPONSE("answer1", "answer2"));
const struct lw_format lw_format_xstest = SHAPE(
    "xstest", fits, "id", NEED("id", "type", "prompt"), RESPONSE("completion"), .closed = true);
const struct lw_format lw_format_hatecheck =
    SHAPE("hatecheck", fits, "case_id", NEED("case_id", "functionality"), .closed = true);
