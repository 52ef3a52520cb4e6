/* The chat completions of OpenAI, as many other servers have them too: POST /v1/chat/completions.
 * Besides what OpenAI sends, reasoning as vLLM, llama.cpp and DeepSeek call it. Only the first
 * choice is read: each candidate is a request of its own. */
#include "model/api_internal.h"

#include "labelwright/json/json_value.h"

#include <string.h>

/* ---- the request */

static void write_calls(const json_t *calls, struct lw_buf *to)
{
    lw_buf_str(to, ",\"tool_calls\":[");
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i);
        lw_buf_str(to, i ? ",{\"id\":" : "{\"id\":");
        lw_ask_add_string(to, json_object_get(call, "id"));
        lw_buf_str(to, ",\"type\":\"function\",\"function\":{\"name\":");
        lw_ask_add_string(to, json_object_get(call, "name"));
        lw_buf_str(to, ",\"arguments\":");
        lw_ask_add_string(to, json_object_get(call, "arguments"));
        lw_buf_str(to, "}}");
    }
    lw_buf_char(to, ']');
}

static void write_message(const json_t *m, struct lw_buf *to)
{
    const json_t *calls = json_object_get(m, "tool_calls"),
                 *id = json_object_get(m, "tool_call_id");
    lw_buf_str(to, "{\"role\":");
    lw_ask_add_string(to, json_object_get(m, "role"));
    lw_buf_str(to, ",\"content\":");
    lw_ask_add_string(to, json_object_get(m, "content"));
    if (json_array_size(calls) > 0)
        write_calls(calls, to);
    if (json_is_string(id)) {
        lw_buf_str(to, ",\"tool_call_id\":");
        lw_ask_add_string(to, id);
    }
    lw_buf_char(to, '}');
}

static void write_messages(const struct lw_ask *ask, struct lw_buf *to)
{
    const json_t *system = lw_ask_system(ask);
    if (system) {
        lw_buf_str(to, "{\"role\":\"system\",\"content\":");
        lw_ask_add_string(to, system);
        lw_buf_char(to, '}');
    }
    for (size_t i = 0; i < json_array_size(ask->messages); i++) {
        lw_buf_str(to, i > 0 || system ? "," : "");
        write_message(json_array_get(ask->messages, i), to);
    }
}

static void write_body(const struct lw_ask *ask, struct lw_buf *to)
{
    static const struct lw_ask_name names[] = {{"temperature", "temperature"}, {"top_p", "top_p"},
        {"max_tokens", "max_tokens"}, {"seed", "seed"}, {"stop", "stop"}};
    lw_buf_str(to, "{\"model\":");
    lw_json_add_text(to, ask->model->name, strlen(ask->model->name));
    lw_buf_str(to, ",\"messages\":[");
    write_messages(ask, to);
    lw_buf_str(to, "],\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    lw_ask_add_parameters(ask, names, sizeof names / sizeof *names, to);
    lw_ask_add_tools(ask, to);
    lw_buf_char(to, '}');
}

/* ---- the answer */

static void read_calls(struct lw_stream *s, const json_t *calls)
{
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i), *index = json_object_get(call, "index"),
                     *of = json_object_get(call, "function");
        of = of ? of : json_object_get(call, "custom");
        const json_t *arguments = json_object_get(of, "arguments");
        lw_stream_add_call(s, json_is_integer(index) ? json_integer_value(index) : (json_int_t)i,
            json_object_get(call, "id"), json_object_get(of, "name"),
            arguments ? arguments : json_object_get(of, "input"));
    }
}

/* A text, or a list of parts, as Mistral writes it. */
static void read_content(struct lw_stream *s, const json_t *content)
{
    lw_stream_add_text(s, content);
    for (size_t i = 0; i < json_array_size(content); i++) {
        const json_t *part = json_array_get(content, i), *thinking;
        lw_stream_add_text(s, json_object_get(part, "text"));
        lw_stream_add_refusal(s, json_object_get(part, "refusal"));
        thinking = json_object_get(part, "thinking");
        for (size_t k = 0; k < json_array_size(thinking); k++)
            lw_stream_add_reasoning(s, json_object_get(json_array_get(thinking, k), "text"));
    }
}

/* A piece, or the whole message when the answer came at once. */
static void read_message(struct lw_stream *s, const json_t *m)
{
    const json_t *reasoning = json_object_get(m, "reasoning_content"),
                 *old = json_object_get(m, "function_call");
    lw_stream_add_reasoning(
        s, json_is_string(reasoning) ? reasoning : json_object_get(m, "reasoning"));
    read_content(s, json_object_get(m, "content"));
    lw_stream_add_refusal(s, json_object_get(m, "refusal"));
    read_calls(s, json_object_get(m, "tool_calls"));
    if (json_is_object(old))
        lw_stream_add_call(
            s, 0, NULL, json_object_get(old, "name"), json_object_get(old, "arguments"));
}

static void read_choice(struct lw_stream *s, const json_t *choice)
{
    const json_t *whole = json_object_get(choice, "message");
    read_message(s, json_is_object(whole) ? whole : json_object_get(choice, "delta"));
    lw_stream_set_finish(s, json_object_get(choice, "finish_reason"));
    if (json_is_object(whole))
        lw_stream_set_done(s);
}

static void read_event(struct lw_stream *s, const char *event, const json_t *v)
{
    const json_t *error = json_object_get(v, "error"), *choices = json_object_get(v, "choices");
    lw_stream_set_model(s, json_object_get(v, "model"));
    lw_stream_add_usage(s, json_object_get(v, "usage"));
    for (size_t i = 0; i < json_array_size(choices); i++) {
        const json_t *choice = json_array_get(choices, i);
        if (json_integer_value(json_object_get(choice, "index")) == 0)
            read_choice(s, choice);
    }
    const char *object = json_string_value(json_object_get(v, "object"));
    bool failed = json_is_object(error) || json_is_string(error);
    if (failed || strcmp(event, "error") == 0 || (object && strcmp(object, "error") == 0))
        lw_stream_fail(s, v);
}

static bool read_word(struct lw_stream *s, const char *data)
{
    if (strncmp(data, "[DONE]", strlen("[DONE]")) != 0)
        return false;
    lw_stream_set_done(s);
    return true;
}

const struct lw_api lw_api_openai = {.path = "/v1/chat/completions",
    .tail = "/chat/completions",
    .write = write_body,
    .read = read_event,
    .read_word = read_word};
