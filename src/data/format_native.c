/* The program's own tasks: {"id", "prompt" or "messages", "responses" or "response", "tags",
 * "reference", "image", "suggestions", "meta"}. null counts as absent everywhere. */
#include "data/format.h"
#include "labelwright/buf.h"

#include <stdio.h>
#include <string.h>

enum { ID_ROOM = 24 }; /* a 64-bit integer or r1, r2 … */

static const char *const members[] = {"id", "prompt", "messages", "responses", "response", "tags",
    "reference", "image", "suggestions", "meta", NULL};

static json_t *get(const json_t *object, const char *name)
{
    json_t *v = json_object_get(object, name);
    return json_is_null(v) ? NULL : v;
}

static struct lw_span span_of(const json_t *v)
{
    return (struct lw_span){json_string_value(v), json_string_length(v)};
}

static bool only_known(const json_t *record)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name, v)
    {
        size_t i = 0;
        while (members[i] && strcmp(members[i], name) != 0)
            i++;
        if (!members[i])
            return false;
    }
    return true;
}

/* A prompt alone is this format only when nothing strange stands beside it: the answers may be
 * under names that another format knows. */
bool lw_native_fits(const json_t *record)
{
    if (json_is_array(get(record, "responses")) || json_is_string(get(record, "response")))
        return true;
    return (get(record, "prompt") || get(record, "messages")) && only_known(record);
}

static enum lw_code check_id(const json_t *record, struct lw_err *err)
{
    const json_t *id = get(record, "id");
    if (id && !json_is_string(id) && !json_is_integer(id))
        return lw_fail(err, LW_EBAD, "\"id\" is neither a text nor an integer.");
    if (id && json_string_length(id) > LW_ID_MAX)
        return lw_fail(err, LW_EBAD, "\"id\" is longer than %d bytes.", LW_ID_MAX);
    return LW_OK;
}

/* Content as text; absent beside tool calls; or the one text part of a list of parts. */
static bool content_of(const json_t *message, struct lw_span *to)
{
    const json_t *v = get(message, "content");
    if (json_array_size(v) == 1)
        v = get(json_array_get(v, 0), "text");
    if (!v && get(message, "content"))
        return false;
    *to = v ? span_of(v) : (struct lw_span){"", 0};
    return !v || json_is_string(v);
}

static enum lw_code read_messages(
    const json_t *list, const char *name, struct lw_task *to, struct lw_err *err)
{
    size_t n = json_array_size(list);
    to->turn = lw_alloc(n * sizeof *to->turn);
    for (size_t i = 0; i < n; i++) {
        const json_t *m = json_array_get(list, i);
        struct lw_turn *turn = &to->turn[i];
        turn->role = json_string_value(get(m, "role"));
        if (!turn->role)
            return lw_fail(err, LW_EBAD, "\"%s\", message %zu: \"role\" is missing.", name, i + 1);
        if (!content_of(m, &turn->text))
            return lw_fail(
                err, LW_EBAD, "\"%s\", message %zu: \"content\" is no text.", name, i + 1);
    }
    to->nturns = n;
    return LW_OK;
}

static enum lw_code read_prompt(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *prompt = get(record, "prompt"), *messages = get(record, "messages");
    if (prompt && messages)
        return lw_fail(err, LW_EBAD, "The record has both \"prompt\" and \"messages\": keep one.");
    if (json_is_array(prompt))
        return read_messages(prompt, "prompt", to, err);
    if (json_is_array(messages))
        return read_messages(messages, "messages", to, err);
    if (messages)
        return lw_fail(err, LW_EBAD, "\"messages\" is no list of {\"role\", \"content\"}.");
    if (prompt && !json_is_string(prompt))
        return lw_fail(err, LW_EBAD, "\"prompt\" is neither a text nor a list of messages.");
    if (prompt) {
        to->turn = lw_alloc(sizeof *to->turn);
        to->turn[to->nturns++] = (struct lw_turn){"user", span_of(prompt)};
    }
    return LW_OK;
}

static enum lw_code read_response(
    const json_t *v, size_t i, struct lw_response *to, char *room, struct lw_err *err)
{
    const json_t *text = json_is_object(v) ? get(v, "text") : v, *id = get(v, "id");
    if (!json_is_string(text))
        return lw_fail(err, LW_EBAD, "Response %zu has no text (\"text\": \"…\").", i + 1);
    if (id && !json_is_integer(id) && json_string_length(id) == 0)
        return lw_fail(
            err, LW_EBAD, "Response %zu: its \"id\" is neither a text nor an integer.", i + 1);
    if (json_is_integer(id))
        snprintf(room, ID_ROOM, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
    else
        snprintf(room, ID_ROOM, "r%zu", i + 1);
    *to = (struct lw_response){
        .id = json_is_string(id) ? json_string_value(id) : room,
        .model = json_string_value(get(v, "model")),
        .text = span_of(text),
    };
    return LW_OK;
}

static enum lw_code check_unique(const struct lw_task *t, struct lw_err *err)
{
    json_t *seen = json_object();
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < t->nresponses && code == LW_OK; i++) {
        if (json_object_get(seen, t->response[i].id))
            code = lw_fail(err, LW_EBAD, "Two responses have the id \"%.80s\".", t->response[i].id);
        json_object_set_new(seen, t->response[i].id, json_true());
    }
    json_decref(seen);
    return code;
}

static enum lw_code read_responses(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *list = get(record, "responses"), *one = get(record, "response");
    if (list && one)
        return lw_fail(
            err, LW_EBAD, "The record has both \"responses\" and \"response\": keep one.");
    if (list && !json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"responses\" is no list.");
    size_t n = one ? 1 : json_array_size(list);
    to->response = lw_alloc(n * sizeof *to->response);
    to->arena = lw_alloc((n + 1) * ID_ROOM); /* the last for a reference */
    for (size_t i = 0; i < n; i++) {
        const json_t *v = one ? one : json_array_get(list, i);
        enum lw_code code = read_response(v, i, &to->response[i], to->arena + i * ID_ROOM, err);
        if (code != LW_OK)
            return code;
    }
    to->nresponses = n;
    return check_unique(to, err);
}

static enum lw_code read_tags(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *list = get(record, "tags");
    size_t n = json_array_size(list);
    to->tag = lw_alloc(n * sizeof *to->tag);
    for (size_t i = 0; i < n; i++)
        if (!(to->tag[i] = json_string_value(json_array_get(list, i))))
            return lw_fail(err, LW_EBAD, "\"tags\": item %zu is no text.", i + 1);
    to->ntags = n;
    if (list && !json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"tags\" is no list of texts.");
    return LW_OK;
}

static enum lw_code read_reference(const json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *v = get(record, "reference");
    char *room = to->arena + to->nresponses * ID_ROOM;
    if (json_is_integer(v)) {
        int n = snprintf(room, ID_ROOM, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
        to->reference = (struct lw_span){room, (size_t)n};
    } else if (json_is_string(v)) {
        to->reference = span_of(v);
    } else if (v) {
        return lw_fail(err, LW_EBAD, "\"reference\" is neither a text nor an integer.");
    }
    return LW_OK;
}

enum lw_code lw_native_read(json_t *record, struct lw_task *to, struct lw_err *err)
{
    static enum lw_code (*const part[])(const json_t *, struct lw_task *, struct lw_err *) = {
        read_prompt, read_responses, read_tags, read_reference};
    enum lw_code code = check_id(record, err);
    if (!get(record, "prompt") && !get(record, "messages") && !get(record, "responses") &&
        !get(record, "response") && !get(record, "image"))
        return lw_fail(err, LW_EBAD, "The record has no \"prompt\" and no \"responses\".");
    for (size_t i = 0; i < sizeof part / sizeof *part && code == LW_OK; i++)
        code = part[i](record, to, err);
    return code;
}
