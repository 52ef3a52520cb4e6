/* What a model is asked in a talk: the messages of the record where the talk goes on from them, and
 * the path, as requests have them. How a server gets them is the model room's. */
#include "labelwright/project/talk.h"

#include "labelwright/format/tools.h"

#include <stdlib.h>
#include <string.h>

static const char tool[] = "tool";

static json_t *message_new(const char *role, struct lw_span text)
{
    json_t *m = json_object();
    json_object_set_new(m, "role", json_string(role));
    json_object_set_new(m, "content", json_stringn(text.n ? text.s : "", text.n));
    return m;
}

/* ---- of the record */

/* Its calls may have no ids, and its results may name the tool, or nothing: a result without the id
 * of its call is that of the first call that fits and has none yet. */
struct asking {
    json_t *all;  /* the messages so far */
    json_t *open; /* the calls without a result */
    size_t calls;
};

static bool says(const json_t *v, struct lw_span text)
{
    return json_is_string(v) && json_string_length(v) == text.n &&
           (text.n == 0 || memcmp(json_string_value(v), text.s, text.n) == 0);
}

static bool answers(const json_t *call, struct lw_span named)
{
    return !named.s || says(json_object_get(call, "id"), named) ||
           says(json_object_get(call, "name"), named);
}

static void add_result(struct asking *a, struct lw_span text, struct lw_span named)
{
    json_t *m = message_new(tool, text), *call;
    size_t i = 0;
    while ((call = json_array_get(a->open, i)) && !answers(call, named))
        i++;
    if (call)
        json_object_set(m, "tool_call_id", json_object_get(call, "id"));
    else if (named.s)
        json_object_set_new(m, "tool_call_id", json_stringn(named.s, named.n));
    json_array_remove(a->open, i);
    json_array_append_new(a->all, m);
}

static void add_call(struct asking *a, json_t *to, struct lw_part p, const json_t *message)
{
    const json_t *id = json_object_get(lw_call_at(message, json_array_size(to)), "id");
    json_t *call = json_object();
    a->calls++;
    json_object_set_new(call, "id",
        json_string_length(id) > 0 ? json_incref((json_t *)(uintptr_t)id)
                                   : json_sprintf("call_%zu", a->calls));
    json_object_set_new(call, "name", json_stringn(p.name.s, p.name.n));
    json_object_set_new(call, "arguments", json_stringn(p.text.n ? p.text.s : "", p.text.n));
    json_array_append(a->open, call);
    json_array_append_new(to, call);
}

/* Results stand before what is said with them. True: there were any. */
static bool add_parts(struct asking *a, const struct lw_turn *turn, json_t *calls)
{
    bool results = false;
    for (size_t i = 0; i < lw_parts_count(turn->parts); i++) {
        struct lw_part p = lw_parts_at(turn->parts, i);
        if (p.kind == LW_PART_CALL && p.name.s)
            add_call(a, calls, p, turn->message);
        if (p.kind != LW_PART_RESULT)
            continue;
        add_result(a, p.text, p.name);
        results = true;
    }
    return results;
}

static struct lw_span span_of(const json_t *v)
{
    return (struct lw_span){json_string_value(v), json_string_length(v)};
}

static struct lw_span answered_by(const struct lw_turn *turn)
{
    const json_t *id = json_object_get(turn->message, "tool_call_id");
    return span_of(id ? id : json_object_get(turn->message, "name"));
}

/* OpenAI's name for the same, which others do not know. */
static const char *role_of(const struct lw_turn *turn)
{
    return strcmp(turn->role, "developer") == 0 ? "system" : turn->role;
}

static void add_turn(struct asking *a, const struct lw_turn *turn)
{
    json_t *calls = json_array();
    bool results = add_parts(a, turn, calls), said = turn->text.n > 0;
    if (strcmp(turn->role, tool) == 0 && !results) {
        add_result(a, turn->text, answered_by(turn));
    } else if (said || !results) {
        json_t *m = message_new(role_of(turn), turn->text);
        if (json_array_size(calls) > 0)
            json_object_set(m, "tool_calls", calls);
        json_array_append_new(a->all, m);
    }
    json_decref(calls);
}

static size_t own_turns(const struct lw_task *t)
{
    return t->talk ? t->own_turns : t->nturns;
}

bool lw_talk_task_awaits(const struct lw_talk_rules *r, const struct lw_task *t)
{
    size_t n = own_turns(t);
    const char *last = n > 0 ? t->turn[n - 1].role : "";
    return r && r->goes_on && (strcmp(last, "user") == 0 || strcmp(last, tool) == 0);
}

/* ---- of the talk */

static json_t *of_message(const json_t *message)
{
    json_t *m = message_new(json_string_value(json_object_get(message, "role")),
               span_of(json_object_get(message, "text"))),
           *calls = json_object_get(message, "tool_calls"),
           *call = json_object_get(message, "call");
    if (calls)
        json_object_set(m, "tool_calls", calls);
    if (json_is_string(call))
        json_object_set(m, "tool_call_id", call);
    return m;
}

json_t *lw_talk_request(
    const struct lw_talk_rules *r, const struct lw_task *t, const json_t *value, const char *from)
{
    struct asking a = {.all = json_array(), .open = json_array()};
    json_t *path = lw_talk_path(value), *m;
    size_t i, own = r && r->goes_on ? own_turns(t) : 0;
    for (i = 0; i < own; i++)
        add_turn(&a, &t->turn[i]);
    json_array_foreach(path, i, m) json_array_append_new(a.all, of_message(m));
    if (from)
        json_array_append_new(a.all, of_message(lw_talk_find(value, from)));
    json_decref(path);
    json_decref(a.open);
    return a.all;
}
