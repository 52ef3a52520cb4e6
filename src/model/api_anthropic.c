/* Anthropic's Messages: POST /v1/messages, answered by named events. There the system prompt is no
 * message, the most tokens must be given, and what tools gave back is said by the user. */
#include "model/api_internal.h"

#include "labelwright/json/json_value.h"

#include <string.h>

enum { TOKENS_USUAL = 4096 /* where the project gives no max_tokens */ };

/* ---- the request */

static bool has_role(const json_t *m, const char *role)
{
    return strcmp(json_string_value(json_object_get(m, "role")), role) == 0;
}

static void write_block(const char *type, const char *member, const json_t *text, struct lw_buf *to)
{
    lw_buf_fmt(to, "{\"type\":\"%s\",\"%s\":", type, member);
    lw_ask_add_string(to, text);
}

/* Empty texts are refused there. */
static void write_blocks(const json_t *m, struct lw_buf *to)
{
    const json_t *calls = json_object_get(m, "tool_calls"), *text = json_object_get(m, "content");
    const char *before = "";
    if (json_string_length(text) > 0) {
        write_block("text", "text", text, to);
        lw_buf_char(to, '}');
        before = ",";
    }
    for (size_t i = 0; i < json_array_size(calls); i++, before = ",") {
        const json_t *call = json_array_get(calls, i);
        lw_buf_str(to, before);
        write_block("tool_use", "id", json_object_get(call, "id"), to);
        lw_buf_str(to, ",\"name\":");
        lw_ask_add_string(to, json_object_get(call, "name"));
        lw_buf_str(to, ",\"input\":");
        lw_ask_add_object(to, json_object_get(call, "arguments"));
        lw_buf_char(to, '}');
    }
}

static void write_result(const json_t *m, struct lw_buf *to)
{
    write_block("tool_result", "tool_use_id", json_object_get(m, "tool_call_id"), to);
    lw_buf_str(to, ",\"content\":");
    lw_ask_add_string(to, json_object_get(m, "content"));
    lw_buf_char(to, '}');
}

/* All that answers one message must stand in one, too. */
static size_t write_results(const json_t *messages, size_t i, struct lw_buf *to)
{
    lw_buf_str(to, "{\"role\":\"user\",\"content\":[");
    for (const char *before = ""; i < json_array_size(messages); i++, before = ",") {
        if (!has_role(json_array_get(messages, i), "tool"))
            break;
        lw_buf_str(to, before);
        write_result(json_array_get(messages, i), to);
    }
    lw_buf_str(to, "]}");
    return i;
}

static void write_message(const json_t *m, struct lw_buf *to)
{
    lw_buf_fmt(
        to, "{\"role\":\"%s\",\"content\":", has_role(m, "assistant") ? "assistant" : "user");
    if (json_array_size(json_object_get(m, "tool_calls")) > 0) {
        lw_buf_char(to, '[');
        write_blocks(m, to);
        lw_buf_char(to, ']');
    } else {
        lw_ask_add_string(to, json_object_get(m, "content"));
    }
    lw_buf_char(to, '}');
}

static void write_messages(const json_t *messages, struct lw_buf *to)
{
    const char *before = "";
    for (size_t i = 0; i < json_array_size(messages);) {
        const json_t *m = json_array_get(messages, i);
        if (has_role(m, "system")) {
            i++;
            continue;
        }
        lw_buf_str(to, before);
        before = ",";
        if (has_role(m, "tool")) {
            i = write_results(messages, i, to);
        } else {
            write_message(m, to);
            i++;
        }
    }
}

/* What a tool takes must be said there, also when that is nothing. */
static void write_tool(const json_t *function, struct lw_buf *to)
{
    const json_t *description = json_object_get(function, "description"),
                 *takes = json_object_get(function, "parameters");
    lw_buf_str(to, "{\"name\":");
    lw_ask_add_string(to, json_object_get(function, "name"));
    if (description) {
        lw_buf_str(to, ",\"description\":");
        lw_ask_add_string(to, description);
    }
    lw_buf_str(to, ",\"input_schema\":");
    if (takes)
        lw_json_add(to, takes);
    else
        lw_buf_str(to, "{\"type\":\"object\"}");
    lw_buf_char(to, '}');
}

static void write_tools(const json_t *tools, struct lw_buf *to)
{
    for (size_t i = 0; i < json_array_size(tools); i++) {
        lw_buf_str(to, i ? "," : ",\"tools\":[");
        write_tool(json_object_get(json_array_get(tools, i), "function"), to);
    }
    lw_buf_str(to, json_array_size(tools) > 0 ? "]" : "");
}

/* The parameter, and what the messages of that role say. */
static void write_system(const struct lw_ask *ask, struct lw_buf *to)
{
    struct lw_buf text = {0};
    const char *own = json_string_value(lw_ask_system(ask));
    lw_buf_str(&text, own ? own : "");
    for (size_t i = 0; i < json_array_size(ask->messages); i++) {
        const json_t *m = json_array_get(ask->messages, i);
        if (!has_role(m, "system"))
            continue;
        lw_buf_str(&text, text.len ? "\n\n" : "");
        lw_buf_str(&text, json_string_value(json_object_get(m, "content")));
    }
    if (text.len > 0) {
        lw_buf_str(to, ",\"system\":");
        lw_json_add_text(to, text.data, text.len);
    }
    lw_buf_fini(&text);
}

static void write_body(const struct lw_ask *ask, struct lw_buf *to)
{
    static const struct lw_ask_name names[] = {
        {"temperature", "temperature"}, {"top_p", "top_p"}, {"stop", "stop_sequences"}};
    const json_t *most = lw_ask_parameter(ask, "max_tokens");
    lw_buf_str(to, "{\"model\":");
    lw_json_add_text(to, ask->model->name, strlen(ask->model->name));
    lw_buf_fmt(to, ",\"max_tokens\":%" JSON_INTEGER_FORMAT ",\"stream\":true",
        most ? json_integer_value(most) : TOKENS_USUAL);
    write_system(ask, to);
    lw_ask_add_parameters(ask, names, sizeof names / sizeof *names, to);
    write_tools(ask->tools, to);
    lw_buf_str(to, ",\"messages\":[");
    write_messages(ask->messages, to);
    lw_buf_str(to, "]}");
}

/* ---- the answer */

/* The input of a call that came whole; while it streams, {} stands there first. */
static json_t *input_text(const json_t *block)
{
    struct lw_buf text = {0};
    const json_t *input = json_object_get(block, "input");
    if (json_object_size(input) > 0)
        lw_json_add(&text, input);
    json_t *s = text.len ? json_stringn_nocheck(text.data, text.len) : NULL;
    lw_buf_fini(&text);
    return s;
}

static void read_block(struct lw_stream *s, json_int_t index, const json_t *block)
{
    const char *type = json_string_value(json_object_get(block, "type"));
    lw_stream_add_text(s, json_object_get(block, "text"));
    lw_stream_add_reasoning(s, json_object_get(block, "thinking"));
    if (!type || strcmp(type, "tool_use") != 0)
        return;
    json_t *input = input_text(block);
    lw_stream_add_call(
        s, index, json_object_get(block, "id"), json_object_get(block, "name"), input);
    json_decref(input);
}

static void read_stop(struct lw_stream *s, const json_t *of)
{
    lw_stream_set_finish(s, json_object_get(of, "stop_reason"));
    lw_stream_add_refusal(s, json_object_get(json_object_get(of, "stop_details"), "explanation"));
}

static void read_start(struct lw_stream *s, const json_t *v)
{
    const json_t *m = json_object_get(v, "message");
    lw_stream_set_model(s, json_object_get(m, "model"));
    lw_stream_add_usage(s, json_object_get(m, "usage"));
}

static void read_block_start(struct lw_stream *s, const json_t *v)
{
    read_block(
        s, json_integer_value(json_object_get(v, "index")), json_object_get(v, "content_block"));
}

static void read_block_delta(struct lw_stream *s, const json_t *v)
{
    const json_t *delta = json_object_get(v, "delta"),
                 *part = json_object_get(delta, "partial_json");
    lw_stream_add_text(s, json_object_get(delta, "text"));
    lw_stream_add_reasoning(s, json_object_get(delta, "thinking"));
    if (part)
        lw_stream_add_call(s, json_integer_value(json_object_get(v, "index")), NULL, NULL, part);
}

static void read_message_delta(struct lw_stream *s, const json_t *v)
{
    read_stop(s, json_object_get(v, "delta"));
    lw_stream_add_usage(s, json_object_get(v, "usage"));
}

static void read_message_stop(struct lw_stream *s, const json_t *v)
{
    (void)v;
    lw_stream_set_done(s);
}

/* A whole answer. */
static void read_message(struct lw_stream *s, const json_t *v)
{
    const json_t *content = json_object_get(v, "content");
    lw_stream_set_model(s, json_object_get(v, "model"));
    for (size_t i = 0; i < json_array_size(content); i++)
        read_block(s, (json_int_t)i, json_array_get(content, i));
    read_stop(s, v);
    lw_stream_add_usage(s, json_object_get(v, "usage"));
    lw_stream_set_done(s);
}

static void read_error(struct lw_stream *s, const json_t *v)
{
    lw_stream_fail(s, v);
}

/* Others (ping, content_block_stop, what is new) say nothing. */
static const struct {
    const char *type;
    void (*read)(struct lw_stream *s, const json_t *v);
} events[] = {
    {"message_start", read_start},
    {"content_block_start", read_block_start},
    {"content_block_delta", read_block_delta},
    {"message_delta", read_message_delta},
    {"message_stop", read_message_stop},
    {"message", read_message},
    {"error", read_error},
};

static void read_event(struct lw_stream *s, const char *event, const json_t *v)
{
    const char *type = json_string_value(json_object_get(v, "type"));
    type = type ? type : event;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (strcmp(type, events[i].type) == 0)
            events[i].read(s, v);
    if (!json_object_get(v, "type") && json_object_get(v, "error"))
        lw_stream_fail(s, v);
}

static const char *const headers[] = {"anthropic-version: 2023-06-01", NULL};

const struct lw_api lw_api_anthropic = {.path = "/v1/messages",
    .tail = "/messages",
    .token_header = "x-api-key: ",
    .headers = headers,
    .write = write_body,
    .read = read_event};
