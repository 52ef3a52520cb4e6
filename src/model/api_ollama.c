/* Ollama's own API: POST /api/chat, answered by a JSON object a line. */
#include "model/api_internal.h"

#include "labelwright/json/json_value.h"

#include <string.h>

/* ---- the request */

static void write_calls(const json_t *calls, struct lw_buf *to)
{
    lw_buf_str(to, ",\"tool_calls\":[");
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i);
        lw_buf_str(to, i ? ",{\"function\":{\"name\":" : "{\"function\":{\"name\":");
        lw_ask_add_string(to, json_object_get(call, "name"));
        lw_buf_str(to, ",\"arguments\":");
        lw_ask_add_object(to, json_object_get(call, "arguments"));
        lw_buf_str(to, "}}");
    }
    lw_buf_char(to, ']');
}

static void write_message(const struct lw_ask *ask, const json_t *m, struct lw_buf *to)
{
    const json_t *calls = json_object_get(m, "tool_calls"), *tool = lw_ask_tool_name(ask, m);
    lw_buf_str(to, "{\"role\":");
    lw_ask_add_string(to, json_object_get(m, "role"));
    lw_buf_str(to, ",\"content\":");
    lw_ask_add_string(to, json_object_get(m, "content"));
    if (json_array_size(calls) > 0)
        write_calls(calls, to);
    if (tool) {
        lw_buf_str(to, ",\"tool_name\":");
        lw_ask_add_string(to, tool);
    }
    lw_buf_char(to, '}');
}

static void write_body(const struct lw_ask *ask, struct lw_buf *to)
{
    static const struct lw_ask_name names[] = {{"temperature", "temperature"}, {"top_p", "top_p"},
        {"max_tokens", "num_predict"}, {"seed", "seed"}, {"stop", "stop"}};
    const json_t *system = lw_ask_system(ask);
    lw_buf_str(to, "{\"model\":");
    lw_json_add_text(to, ask->model->name, strlen(ask->model->name));
    lw_buf_str(to, ",\"messages\":[");
    if (system) {
        lw_buf_str(to, "{\"role\":\"system\",\"content\":");
        lw_ask_add_string(to, system);
        lw_buf_char(to, '}');
    }
    for (size_t i = 0; i < json_array_size(ask->messages); i++) {
        lw_buf_str(to, i > 0 || system ? "," : "");
        write_message(ask, json_array_get(ask->messages, i), to);
    }
    struct lw_buf options = {0};
    lw_ask_add_parameters(ask, names, sizeof names / sizeof *names, &options);
    lw_buf_fmt(to, "],\"stream\":true,\"options\":{%s}", options.len ? options.data + 1 : "");
    lw_buf_fini(&options);
    lw_ask_add_tools(ask, to);
    lw_buf_char(to, '}');
}

/* ---- the answer */

/* Each call comes whole, with its arguments as an object. */
static void read_calls(struct lw_stream *s, const json_t *calls)
{
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i), *of = json_object_get(call, "function"),
                     *arguments = json_object_get(of, "arguments");
        struct lw_buf text = {0};
        if (json_is_object(arguments))
            lw_json_add(&text, arguments);
        json_t *as_text = json_stringn_nocheck(text.data ? text.data : "", text.len);
        lw_stream_add_call(s, (int64_t)s->ncalls, json_object_get(call, "id"),
            json_object_get(of, "name"), json_is_string(arguments) ? arguments : as_text);
        json_decref(as_text);
        lw_buf_fini(&text);
    }
}

static void read_usage(struct lw_stream *s, const json_t *v)
{
    static const char *const names[] = {"prompt_eval_count", "eval_count"};
    json_t *usage = json_object();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        json_object_set(usage, names[i], json_object_get(v, names[i]));
    lw_stream_add_usage(s, usage);
    json_decref(usage);
}

static void read_event(struct lw_stream *s, const char *event, const json_t *v)
{
    const json_t *m = json_object_get(v, "message"), *error = json_object_get(v, "error");
    (void)event;
    lw_stream_set_model(s, json_object_get(v, "model"));
    lw_stream_add_reasoning(s, json_object_get(m, "thinking"));
    lw_stream_add_text(s, json_object_get(m, "content"));
    read_calls(s, json_object_get(m, "tool_calls"));
    read_usage(s, v);
    lw_stream_set_finish(s, json_object_get(v, "done_reason"));
    if (json_is_object(error) || json_is_string(error))
        lw_stream_fail(s, v);
    else if (json_is_true(json_object_get(v, "done")))
        lw_stream_set_done(s);
}

const struct lw_api lw_api_ollama = {
    .path = "/api/chat", .tail = "/chat", .write = write_body, .read = read_event};
