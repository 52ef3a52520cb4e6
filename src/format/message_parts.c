/* Message parts other than text: tool calls and their results, reasoning, refusals, pictures, as
 * OpenAI and Anthropic write them. They are kept as JSON in task->made: [{"kind": 1, "name": "…",
 * "text": "…"}, …]. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/json/json_value.h"

#include <string.h>

/* struct lw_parts is never defined: it is a json_t. */
static const json_t *list_of(const struct lw_parts *p)
{
    return (const json_t *)(const void *)p;
}

size_t lw_parts_count(const struct lw_parts *p)
{
    return json_array_size(list_of(p));
}

struct lw_part lw_parts_at(const struct lw_parts *p, size_t i)
{
    const json_t *part = json_array_get(list_of(p), i);
    return (struct lw_part){
        .kind = (enum lw_part_kind)json_integer_value(json_object_get(part, "kind")),
        .name = lw_span_of(json_object_get(part, "name")),
        .text = lw_span_of(json_object_get(part, "text")),
    };
}

/* Text as it is; other JSON serialized; NULL for none. */
static json_t *as_text(const json_t *v)
{
    if (!v || json_is_string(v))
        return json_incref((json_t *)v);
    struct lw_buf b = {0};
    lw_json_add(&b, v);
    json_t *text = json_stringn_nocheck(b.data, b.len);
    lw_buf_fini(&b);
    return text;
}

void lw_part_add(json_t *parts, enum lw_part_kind kind, const json_t *name, const json_t *text)
{
    json_t *part = json_object();
    json_object_set_new(part, "kind", json_integer(kind));
    if (name)
        json_object_set_new(part, "name", as_text(name));
    if (text)
        json_object_set_new(part, "text", as_text(text));
    json_array_append_new(parts, part);
}

/* All parts except text. */
void lw_part_copy(json_t *parts, const struct lw_parts *from, size_t i)
{
    json_t *part = json_array_get(list_of(from), i);
    if (json_integer_value(json_object_get(part, "kind")) != LW_PART_TEXT)
        json_array_append(parts, part);
}

const struct lw_parts *lw_task_add_parts(struct lw_task *to, json_t *parts)
{
    bool more = false;
    for (size_t i = 0; i < json_array_size(parts); i++)
        more = more || json_integer_value(json_object_get(json_array_get(parts, i), "kind"));
    if (!more) {
        json_decref(parts);
        return NULL;
    }
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, parts);
    return (const struct lw_parts *)(const void *)parts;
}

/* The first of these members that exists. */
static const json_t *any_of(const json_t *object, const char *const *names)
{
    const json_t *v = NULL;
    for (; *names && !v; names++)
        v = lw_json_get(object, *names);
    return v;
}
#define ANY_OF(object, ...) any_of(object, (const char *const[]){__VA_ARGS__, NULL})

/* {"function": {"name", "arguments"}}, or only the inner object; {"name", "input"} of Anthropic. */
static void add_call(json_t *parts, const json_t *call)
{
    const json_t *function = lw_json_get(call, "function");
    const json_t *of = json_is_object(function) ? function : call;
    const json_t *name = ANY_OF(of, "name", "tool_name", "tool");
    const json_t *arguments = ANY_OF(of, "arguments", "input", "args", "parameters");
    if (json_is_string(name))
        lw_part_add(parts, LW_PART_CALL, name, arguments);
    else
        lw_part_add(parts, LW_PART_CALL, NULL, call);
}

static bool is_named(const json_t *call)
{
    return json_is_string(ANY_OF(call, "name", "tool_name", "tool"));
}

const struct lw_parts *lw_parts_of_call(struct lw_task *to, const json_t *text)
{
    json_t *call = json_loadb(json_string_value(text), json_string_length(text), 0, NULL);
    json_t *parts = json_array();
    bool all = json_array_size(call) > 0;
    for (size_t i = 0; i < json_array_size(call); i++)
        all = all && is_named(json_array_get(call, i));
    for (size_t i = 0; i < json_array_size(call) && all; i++)
        add_call(parts, json_array_get(call, i));
    if (is_named(call))
        add_call(parts, call);
    json_decref(call);
    return lw_task_add_parts(to, parts);
}

static void add_calls(json_t *parts, const json_t *calls)
{
    if (!json_is_array(calls) && calls)
        add_call(parts, calls);
    for (size_t i = 0; i < json_array_size(calls); i++)
        add_call(parts, json_array_get(calls, i));
}

/* The texts in a list of parts, as a tool returns them. */
static json_t *inner_text(const json_t *content)
{
    struct lw_buf b = {0};
    bool only = json_is_array(content) && json_array_size(content) > 0;
    for (size_t i = 0; i < json_array_size(content) && only; i++) {
        const json_t *text = lw_json_get(json_array_get(content, i), "text");
        only = json_is_string(text);
        lw_buf_str(&b, i && only ? "\n\n" : "");
        if (only)
            lw_buf_add(&b, json_string_value(text), json_string_length(text));
    }
    json_t *joined = only ? json_stringn_nocheck(b.data ? b.data : "", b.len) : as_text(content);
    lw_buf_fini(&b);
    return joined;
}

static void add_result(json_t *parts, const json_t *part)
{
    json_t *text = inner_text(ANY_OF(part, "content", "output", "result"));
    lw_part_add(parts, LW_PART_RESULT,
        ANY_OF(part, "name", "tool_use_id", "tool_call_id", "call_id"), text);
    json_decref(text);
}

/* A file name or an address; for a picture inside the record, its type. */
static const json_t *picture_name(const json_t *part)
{
    const json_t *v =
        ANY_OF(part, "image_url", "url", "path", "file", "image", "source", "file_id", "file_name");
    if (!json_is_object(v))
        return v;
    return ANY_OF(v, "url", "path", "file_name", "file_id", "media_type", "type");
}

void lw_part_add_picture(json_t *parts, const json_t *picture, const json_t *words)
{
    if (!words && json_is_object(picture))
        words = ANY_OF(picture, "alt", "alt_text", "description");
    if (!json_is_string(words) || json_string_length(words) == 0)
        words = NULL;
    const json_t *name = json_is_object(picture) ? picture_name(picture) : picture;
    const char *s = json_string_value(name), *end = s ? strpbrk(s, ";,") : NULL;
    json_t *kind =
        s && strncmp(s, "data:", 5) == 0 && end ? json_stringn(s + 5, (size_t)(end - s - 5)) : NULL;
    lw_part_add(parts, LW_PART_PICTURE, kind ? kind : name, words);
    json_decref(kind);
}

static void add_reasoning(json_t *parts, const json_t *part)
{
    json_t *text = inner_text(ANY_OF(part, "thinking", "reasoning", "text", "summary", "content"));
    lw_part_add(parts, LW_PART_REASONING, NULL, text);
    json_decref(text);
}

static void add_refusal(json_t *parts, const json_t *part)
{
    lw_part_add(parts, LW_PART_REFUSAL, NULL, ANY_OF(part, "refusal", "text"));
}

static void add_picture(json_t *parts, const json_t *part)
{
    lw_part_add_picture(parts, part, NULL);
}

static const struct {
    const char *type;
    void (*add)(json_t *parts, const json_t *part);
} types[] = {
    {"tool_use", add_call},
    {"tool_call", add_call},
    {"function_call", add_call},
    {"server_tool_use", add_call},
    {"tool_result", add_result},
    {"function_call_output", add_result},
    {"thinking", add_reasoning},
    {"reasoning", add_reasoning},
    {"refusal", add_refusal},
    {"image", add_picture},
    {"image_url", add_picture},
    {"input_image", add_picture},
};

/* False when it is not a part: neither text nor an object with a type. */
static bool add_content_part(json_t *parts, const json_t *part)
{
    const json_t *text = json_is_string(part) ? part : lw_json_get(part, "text");
    const json_t *type = lw_json_get(part, "type");
    for (size_t i = 0; json_is_string(type) && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].type, json_string_value(type)) == 0) {
            types[i].add(parts, part);
            return true;
        }
    if (json_is_string(text))
        lw_part_add(parts, LW_PART_TEXT, NULL, text);
    else if (json_is_string(type))
        lw_part_add(parts, LW_PART_OTHER, type, part);
    return json_is_string(text) || json_is_string(type);
}

static bool add_content(json_t *parts, const json_t *content)
{
    bool well = !content || json_is_string(content) || json_is_array(content);
    if (json_is_string(content))
        lw_part_add(parts, LW_PART_TEXT, NULL, content);
    for (size_t i = 0; i < json_array_size(content) && well; i++)
        well = add_content_part(parts, json_array_get(content, i));
    return well;
}

/* Members next to the content. */
static void add_members(json_t *parts, const json_t *message, bool before)
{
    const json_t *reasoning = ANY_OF(message, "reasoning_content", "reasoning", "thinking");
    const json_t *refusal = lw_json_get(message, "refusal");
    if (before) {
        if (json_is_string(reasoning) && json_string_length(reasoning))
            lw_part_add(parts, LW_PART_REASONING, NULL, reasoning);
        return;
    }
    if (json_is_string(refusal))
        lw_part_add(parts, LW_PART_REFUSAL, NULL, refusal);
    add_calls(parts, lw_json_get(message, "tool_calls"));
    add_calls(parts, lw_json_get(message, "function_call"));
    const json_t *images = ANY_OF(message, "images", "image");
    for (size_t i = 0; i < json_array_size(images); i++)
        lw_part_add_picture(parts, json_array_get(images, i), NULL);
    if (json_is_string(images))
        lw_part_add_picture(parts, images, NULL);
}

/* The texts of the parts, with a blank line between them; a single text is returned as it is. */
struct lw_span lw_parts_text(struct lw_task *to, const json_t *parts)
{
    struct lw_buf b = {0};
    size_t texts = 0;
    struct lw_span s = {"", 0};
    for (size_t i = 0; i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i), *text = lw_json_get(part, "text");
        if (json_integer_value(json_object_get(part, "kind")) != LW_PART_TEXT)
            continue;
        s = lw_span_of(text);
        lw_buf_str(&b, b.len && s.n ? "\n\n" : "");
        lw_buf_add(&b, s.s, s.n);
        texts++;
    }
    if (texts > 1)
        s = lw_task_add_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return s;
}

/* {"answer": text} is Arena-Hard's, "parts" are Gemini's. */
static const json_t *content_of(const json_t *message, bool *well)
{
    const json_t *content = ANY_OF(message, "content", "parts");
    *well = true;
    if (!json_is_object(content))
        return content;
    content = lw_json_get(content, "answer");
    *well = content != NULL;
    return content;
}

bool lw_message_read(const json_t *message, struct lw_task *to, struct lw_turn *turn)
{
    bool well;
    const json_t *content = content_of(message, &well);
    json_t *parts = json_array();
    add_members(parts, message, true);
    well = well && add_content(parts, content);
    add_members(parts, message, false);
    turn->message = message;
    turn->text = json_is_string(content) ? lw_span_of(content) : lw_parts_text(to, parts);
    turn->parts = lw_task_add_parts(to, parts);
    return well;
}

/* {"type": "function", "function": {"name", "description", "parameters"}}, or only the inner
 * object. */
void lw_part_add_tool(json_t *parts, const json_t *tool)
{
    const json_t *function = lw_json_get(tool, "function");
    const json_t *of = json_is_object(function) ? function : tool;
    json_t *rest = json_is_object(of) ? json_copy((json_t *)of) : NULL;
    if (rest)
        json_object_del(rest, "name");
    lw_part_add(parts, LW_PART_TOOL, lw_json_get(of, "name"), rest ? rest : of);
    json_decref(rest);
}
