/* The program's own tasks: {"id", "prompt" or "messages", "responses" or "response", "tags",
 * "reference", "next", "image", "alt", "suggestions", "known", "meta"}. null counts as absent
 * everywhere. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/member_use.h"

#include <string.h>

static const char *const members[] = {"id", "prompt", "messages", "responses", "response", "tags",
    "reference", "next", "image", "alt", "suggestions", "known", "meta", NULL};

static bool is_known(const char *name)
{
    size_t i = 0;
    while (members[i] && strcmp(members[i], name) != 0)
        i++;
    return members[i] != NULL;
}

static bool only_known(const json_t *record)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name, v) if (!is_known(name)) return false;
    return true;
}

static bool has_own(const json_t *record)
{
    static const char *const own[] = {
        "prompt", "tags", "reference", "next", "image", "suggestions", "known"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (lw_json_get(record, own[i]))
            return true;
    return false;
}

/* True when a text has a name that this format does not know. */
static bool has_other_text(const json_t *record)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name, v)
    {
        enum lw_member_use use = lw_member_use_of(name);
        bool told = use != LW_USE_NONE && use != LW_USE_METADATA && !json_is_null(v);
        if (told && !is_known(name))
            return true;
    }
    return false;
}

/* A list of what annotators answered is not a list of responses. */
static bool has_responses(const json_t *record)
{
    const json_t *list = lw_json_get(record, "responses"), *first = json_array_get(list, 0);
    bool asked = lw_json_get(record, "prompt") || lw_json_get(record, "messages");
    return json_is_array(list) &&
           (asked || json_is_string(first) || json_is_string(lw_json_get(first, "text")));
}

/* A prompt alone is this format only when all other members are known: the answers may be under
 * names that another format knows. A conversation alone is "messages". */
static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    bool responds = has_responses(record) || json_is_string(lw_json_get(record, "response"));
    if (responds)
        return !has_other_text(record);
    const json_t *prompt = lw_json_get(record, "prompt");
    bool asked = (prompt && !json_is_object(prompt)) || lw_json_get(record, "messages");
    return asked && has_own(record) && only_known(record);
}

static enum lw_code check_id(const json_t *record, struct lw_err *err)
{
    const json_t *id = lw_json_get(record, "id");
    if (id && !json_is_string(id) && !lw_is_integer(id))
        return lw_fail(err, LW_EBAD, "\"id\" must be text or an integer.");
    if (id && json_string_length(id) > LW_ID_MAX)
        return lw_fail(err, LW_EBAD, "\"id\" is longer than %d bytes.", LW_ID_MAX);
    return LW_OK;
}

static enum lw_code read_prompt(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *prompt = lw_json_get(record, "prompt"),
                 *messages = lw_json_get(record, "messages");
    if (prompt && messages)
        return lw_fail(err, LW_EBAD, "The record has both \"prompt\" and \"messages\": keep one.");
    if (json_is_array(prompt))
        return lw_messages_read(prompt, 0, "prompt", to, err);
    if (json_is_array(messages))
        return lw_messages_read(messages, 0, "messages", to, err);
    if (messages)
        return lw_fail(err, LW_EBAD, "\"messages\" must be a list of {\"role\", \"content\"}.");
    if (prompt && !json_is_string(prompt))
        return lw_fail(err, LW_EBAD, "\"prompt\" must be text or a list of messages.");
    if (prompt)
        lw_task_add_turn(to, "user", lw_span_of(prompt));
    return LW_OK;
}

/* They are the text where there is no other. */
static enum lw_code read_steps(
    const json_t *steps, bool alone, struct lw_task *to, struct lw_err *err)
{
    int response = (int)to->nresponses - 1;
    enum lw_code code = lw_steps_read(steps, "steps", response, to, err);
    if (code == LW_OK && alone)
        lw_task_join_steps(to, response);
    return code;
}

static enum lw_code read_response(const json_t *v, size_t i, struct lw_task *to, struct lw_err *err)
{
    const json_t *text = json_is_object(v) ? lw_json_get(v, "text") : v, *id = lw_json_get(v, "id"),
                 *steps = lw_json_get(v, "steps");
    const struct lw_span nothing = {"", 0};
    if (!json_is_string(text) && (text || !steps))
        return lw_fail(err, LW_EBAD, "Response %zu has no text (\"text\": \"…\").", i + 1);
    if (id && !lw_is_integer(id) && json_string_length(id) == 0)
        return lw_fail(err, LW_EBAD, "Response %zu: \"id\" must be text or an integer.", i + 1);
    lw_task_add_response(to, id ? lw_task_text_of(to, id).s : NULL,
        json_string_value(lw_json_get(v, "model")), text ? lw_span_of(text) : nothing);
    return steps ? read_steps(steps, !text, to, err) : LW_OK;
}

static enum lw_code read_responses(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *list = lw_json_get(record, "responses"), *one = lw_json_get(record, "response");
    if (list && one)
        return lw_fail(
            err, LW_EBAD, "The record has both \"responses\" and \"response\": keep one.");
    if (list && !json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"responses\" must be a list.");
    size_t n = one ? 1 : json_array_size(list);
    for (size_t i = 0; i < n; i++) {
        const json_t *v = one ? one : json_array_get(list, i);
        enum lw_code code = read_response(v, i, to, err);
        if (code != LW_OK)
            return code;
    }
    return lw_task_check_ids(to, err);
}

static enum lw_code read_tags(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *list = lw_json_get(record, "tags");
    size_t n = json_array_size(list);
    to->tag = lw_alloc(n * sizeof *to->tag);
    for (size_t i = 0; i < n; i++)
        if (!(to->tag[i] = json_string_value(json_array_get(list, i))))
            return lw_fail(err, LW_EBAD, "\"tags\": item %zu is not text.", i + 1);
    to->ntags = n;
    if (list && !json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"tags\" must be a list of texts.");
    return LW_OK;
}

static enum lw_code read_reference(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *v = lw_json_get(record, "reference");
    if (v && !lw_is_integer(v) && !json_is_string(v))
        return lw_fail(err, LW_EBAD, "\"reference\" must be text or an integer.");
    if (v)
        to->reference = lw_task_text_of(to, v);
    return LW_OK;
}

static enum lw_code read_next(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *v = lw_json_get(record, "next");
    if (v && !json_is_string(v))
        return lw_fail(err, LW_EBAD, "\"next\" must be text: what comes after the prompt.");
    if (v)
        to->next = lw_span_of(v);
    return LW_OK;
}

static enum lw_code read_suggestions(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    to->suggestions = lw_json_get(record, "suggestions");
    if (to->suggestions && !json_is_object(to->suggestions))
        return lw_fail(
            err, LW_EBAD, "\"suggestions\" must be an object: an answer for each question.");
    return LW_OK;
}

static enum lw_code read_known(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *known = lw_json_get(record, "known");
    to->known = lw_json_get(known, "answers");
    to->why = lw_json_get(known, "why");
    if ((known && !json_is_object(known)) || (to->known && !json_is_object(to->known)))
        return lw_fail(err, LW_EBAD,
            "\"known\" must be {\"answers\": an answer for each question, \"why\": text}.");
    if (to->why && !json_is_string(to->why) && !json_is_object(to->why))
        return lw_fail(err, LW_EBAD,
            "\"why\" in \"known\" must be text, or an object: a text for each question.");
    return LW_OK;
}

static enum lw_code read_image(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)err;
    json_t *parts = json_array();
    if (lw_json_get(record, "image"))
        lw_part_add_picture(parts, lw_json_get(record, "image"), lw_json_get(record, "alt"));
    to->parts = lw_task_add_parts(to, parts);
    return LW_OK;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    static enum lw_code (*const part[])(const json_t *, struct lw_task *, struct lw_err *) = {
        read_prompt, read_responses, read_tags, read_reference, read_next, read_suggestions,
        read_known, read_image};
    enum lw_code code = check_id(record, err);
    if (!lw_json_get(record, "prompt") && !lw_json_get(record, "messages") &&
        !lw_json_get(record, "responses") && !lw_json_get(record, "response") &&
        !lw_json_get(record, "image"))
        return lw_fail(err, LW_EBAD, "The record has no \"prompt\" and no \"responses\".");
    for (size_t i = 0; i < sizeof part / sizeof *part && code == LW_OK; i++)
        code = part[i](record, to, err);
    return code;
}

const struct lw_format lw_format_native = {
    .name = "native",
    .fits = fits,
    .read = read,
    .read_plain = lw_native_read_plain,
    .id_member = "id",
};
