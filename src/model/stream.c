/* Collects an answer: finds out in which form it comes, gives each event to its API, keeps what the
 * API finds, and stops at the limits. What went wrong with the connection is models.c's to say. */
#include "model/stream_internal.h"

#include "model/api_internal.h"
#include "model/model_messages_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIB = 1024 * 1024, KIB = 1024, MESSAGE_MAX = 200, FINISH_MAX = 64 };

void lw_stream_init(struct lw_stream *s, const struct lw_api *api)
{
    *s = (struct lw_stream){.api = api,
        .text.max = LW_ANSWER_MAX,
        .reasoning.max = LW_ANSWER_MAX,
        .refusal.max = LW_ANSWER_REFUSAL_MAX};
}

void lw_stream_fini(struct lw_stream *s)
{
    lw_sse_fini(&s->events);
    lw_json_stream_fini(&s->objects);
    lw_wire_text_fini(&s->text);
    lw_wire_text_fini(&s->reasoning);
    lw_wire_text_fini(&s->refusal);
    for (size_t i = 0; i < s->ncalls; i++) {
        free(s->call[i].id);
        free(s->call[i].name);
        lw_wire_text_fini(&s->call[i].arguments);
    }
    free(s->call);
    json_decref(s->usage);
    free(s->finish);
    free(s->model);
    *s = (struct lw_stream){0};
}

/* The first reason counts. */
static void __attribute__((format(printf, 2, 3))) stop(struct lw_stream *s, const char *fmt, ...)
{
    va_list ap;
    if (*s->error)
        return;
    va_start(ap, fmt);
    vsnprintf(s->error, sizeof s->error, fmt, ap);
    va_end(ap);
}

/* ---- what the APIs find */

void lw_stream_add_text(struct lw_stream *s, const json_t *piece)
{
    if (!lw_wire_text_add(&s->text, piece))
        stop(s, LW_MODEL_MSG_TEXT_FULL, LW_ANSWER_MAX / MIB);
}

void lw_stream_add_reasoning(struct lw_stream *s, const json_t *piece)
{
    if (!lw_wire_text_add(&s->reasoning, piece))
        stop(s, LW_MODEL_MSG_REASONING_FULL, LW_ANSWER_MAX / MIB);
}

void lw_stream_add_refusal(struct lw_stream *s, const json_t *piece)
{
    if (!lw_wire_text_add(&s->refusal, piece))
        stop(s, LW_MODEL_MSG_REFUSAL_FULL, LW_ANSWER_REFUSAL_MAX / KIB);
}

/* The newest call of that key: most pieces belong to it. NULL when there are too many. */
static struct lw_tool_call *find_call(struct lw_stream *s, int64_t key)
{
    for (size_t i = s->ncalls; i > 0; i--)
        if (s->call[i - 1].key == key)
            return &s->call[i - 1];
    if (s->ncalls == LW_ANSWER_CALLS_MAX) {
        stop(s, LW_MODEL_MSG_CALLS_FULL, LW_ANSWER_CALLS_MAX);
        return NULL;
    }
    if (!s->call)
        s->call = lw_alloc(LW_ANSWER_CALLS_MAX * sizeof *s->call);
    s->call[s->ncalls] = (struct lw_tool_call){.key = key};
    return &s->call[s->ncalls++];
}

static size_t argument_bytes(const struct lw_stream *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->ncalls; i++)
        n += s->call[i].arguments.text.len;
    return n;
}

static void keep_first(char **to, const json_t *string)
{
    if (!*to && json_string_length(string) > 0)
        *to = lw_wire_string(string, LW_ANSWER_NAME_MAX);
}

void lw_stream_add_call(
    struct lw_stream *s, int64_t key, const json_t *id, const json_t *name, const json_t *arguments)
{
    struct lw_tool_call *c = find_call(s, key);
    if (!c)
        return;
    keep_first(&c->id, id);
    keep_first(&c->name, name);
    c->arguments.max = LW_ANSWER_MAX - argument_bytes(s) + c->arguments.text.len;
    if (!lw_wire_text_add(&c->arguments, arguments))
        stop(s, LW_MODEL_MSG_ARGUMENTS_FULL, LW_ANSWER_MAX / MIB);
}

static void set_usage(struct lw_stream *s, const char *of, const char *name, const json_t *value)
{
    char key[2 * LW_EVENT_NAME];
    if (!json_is_integer(value))
        return;
    if (!s->usage)
        s->usage = json_object();
    int n = snprintf(key, sizeof key, "%s%s%s", of, *of ? "." : "", name);
    bool fits = n > 0 && (size_t)n < sizeof key;
    if (fits &&
        (json_object_get(s->usage, key) || json_object_size(s->usage) < LW_ANSWER_USAGE_MAX))
        json_object_set_new(s->usage, key, json_integer(json_integer_value(value)));
}

void lw_stream_add_usage(struct lw_stream *s, const json_t *usage)
{
    const char *name, *inner;
    json_t *value, *part;
    json_object_foreach((json_t *)usage, name, value)
    {
        set_usage(s, "", name, value);
        json_object_foreach(value, inner, part) set_usage(s, name, inner, part);
    }
}

void lw_stream_set_finish(struct lw_stream *s, const json_t *reason)
{
    if (json_string_length(reason) == 0)
        return;
    free(s->finish);
    s->finish = lw_wire_string(reason, FINISH_MAX);
}

void lw_stream_set_model(struct lw_stream *s, const json_t *name)
{
    keep_first(&s->model, name);
}

void lw_stream_set_done(struct lw_stream *s)
{
    s->done = true;
}

char *lw_error_message(const json_t *v)
{
    static const char *const names[] = {"error", "message", "detail", "type", "code"};
    char *found = json_string_length(v) > 0 ? lw_wire_string(v, MESSAGE_MAX) : NULL;
    for (size_t i = 0; !found && i < sizeof names / sizeof *names; i++) {
        const json_t *inner = json_object_get(v, names[i]);
        if (json_is_object(inner))
            found = lw_error_message(inner);
        else if (json_string_length(inner) > 0)
            found = lw_wire_string(inner, MESSAGE_MAX);
    }
    for (char *c = found; c && *c; c++) /* a sentence is one line */
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    return found;
}

void lw_stream_fail(struct lw_stream *s, const json_t *error)
{
    char *message = lw_error_message(error);
    size_t n = message ? strlen(message) : 0;
    while (n > 0 && strchr(". \n", message[n - 1]))
        message[--n] = '\0';
    if (n > 0)
        stop(s, LW_MODEL_MSG_BROKE_OFF, message);
    else
        stop(s, LW_MODEL_MSG_BROKE_OFF_MUTE);
    free(message);
}

/* ---- bytes */

static bool goes_on(const struct lw_stream *s)
{
    return !s->done && !*s->error;
}

static bool on_event(void *ctx, const char *event, const char *data, size_t n)
{
    struct lw_stream *s = ctx;
    if (s->api->read_word && s->api->read_word(s, data))
        return goes_on(s);
    json_t *v = lw_wire_json(data, n);
    if (v)
        s->api->read(s, event, v);
    else if (!s->ending && strspn(data, " \t\n") < n)
        stop(s, LW_MODEL_MSG_NO_JSON);
    json_decref(v);
    return goes_on(s);
}

/* By the first byte that is not blank: no field of an event stream begins with a brace. What the
 * server calls it counts less: some say text/plain. */
static size_t find_form(struct lw_stream *s, const char *bytes, size_t n)
{
    size_t blank = 0;
    while (blank < n && strchr(" \t\r\n", bytes[blank]) && bytes[blank])
        blank++;
    if (blank < n)
        s->form = bytes[blank] == '{' || bytes[blank] == '[' ? LW_STREAM_OBJECTS : LW_STREAM_EVENTS;
    return blank;
}

bool lw_stream_feed(struct lw_stream *s, const char *bytes, size_t n)
{
    s->bytes += n;
    size_t skip = s->form == LW_STREAM_UNKNOWN ? find_form(s, bytes, n) : 0;
    if (s->form == LW_STREAM_EVENTS)
        lw_sse_feed(&s->events, bytes + skip, n - skip, on_event, s);
    else if (s->form == LW_STREAM_OBJECTS)
        lw_json_stream_feed(&s->objects, bytes + skip, n - skip, on_event, s);
    if (s->events.too_large || s->objects.too_large)
        stop(s, LW_MODEL_MSG_EVENT_FULL, LW_EVENT_MAX / MIB);
    if (s->objects.no_json && !s->done)
        stop(s, LW_MODEL_MSG_NO_JSON);
    return goes_on(s);
}

void lw_stream_end(struct lw_stream *s)
{
    s->ending = true;
    if (s->form == LW_STREAM_EVENTS && goes_on(s))
        lw_sse_end(&s->events, on_event, s);
    lw_wire_text_end(&s->text);
    lw_wire_text_end(&s->reasoning);
    lw_wire_text_end(&s->refusal);
    for (size_t i = 0; i < s->ncalls; i++)
        lw_wire_text_end(&s->call[i].arguments);
}

/* ---- what came */

bool lw_stream_has_any(const struct lw_stream *s)
{
    return s->text.text.len + s->reasoning.text.len + s->refusal.text.len + s->ncalls > 0;
}

json_t *lw_stream_calls(const struct lw_stream *s)
{
    json_t *list = s->ncalls ? json_array() : NULL;
    for (size_t i = 0; i < s->ncalls; i++) {
        const struct lw_tool_call *c = &s->call[i];
        const struct lw_buf *a = &c->arguments.text;
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s%}", "id", c->id ? c->id : "", "name",
                      c->name ? c->name : "", "arguments", a->data ? a->data : "", a->len));
    }
    return list;
}
