/* Turns and responses of a task that its answers brought, behind those of its record. Which
 * messages they are is the answers room's; here they become what a record's own would be. */
#include "format/format_internal.h"

#include <stdio.h>
#include <string.h>

/* The first of what is kept says of what value this is the talk. */
bool lw_task_talk_begin(struct lw_task *t, json_t *value)
{
    if (t->talk && value && json_array_get(t->talk, 0) == value)
        return false;
    if (!t->talk)
        t->own_turns = t->nturns;
    json_t *was = t->talk;
    t->talk = json_array(); /* before the other goes: nobody may take one for the other */
    json_array_append_new(t->talk, value ? json_incref(value) : json_null());
    json_decref(was);
    t->nturns = t->own_turns;
    t->nresponses = 0;
    return true;
}

/* ---- as a record has it: {"role", "content", "tool_calls", "tool_call_id", "name"} */

static json_t *call_of(const json_t *call)
{
    return json_pack("{s:O, s:s, s:{s:O, s:O}}", "id", json_object_get(call, "id"), "type",
        "function", "function", "name", json_object_get(call, "name"), "arguments",
        json_object_get(call, "arguments"));
}

static bool is_whole(const json_t *call)
{
    return json_is_string(json_object_get(call, "id")) &&
           json_is_string(json_object_get(call, "name")) &&
           json_is_string(json_object_get(call, "arguments"));
}

static void set_calls(json_t *to, const json_t *calls)
{
    json_t *list = json_array(), *call;
    size_t i;
    json_array_foreach(calls, i, call) if (is_whole(call))
        json_array_append_new(list, call_of(call));
    json_object_set_new(to, "tool_calls", list);
}

static const json_t *find_call(const json_t *calls, const json_t *id)
{
    for (size_t i = 0; i < json_array_size(calls); i++)
        if (json_equal(json_object_get(json_array_get(calls, i), "id"), id))
            return json_array_get(calls, i);
    return NULL;
}

/* The last call with that id before. */
static const json_t *answered(const struct lw_task *t, const json_t *id)
{
    const json_t *call = NULL;
    for (size_t i = json_array_size(t->talk); i-- > 1 && !call;) {
        const json_t *m = json_array_get(t->talk, i);
        if (json_object_get(m, "text")) /* not one of those that are made here */
            call = find_call(json_object_get(m, "tool_calls"), id);
    }
    return call;
}

static void set_result(const struct lw_task *t, json_t *to, json_t *id)
{
    json_t *name = json_object_get(answered(t, id), "name");
    json_object_set(to, "tool_call_id", id);
    if (name)
        json_object_set(to, "name", name);
}

/* NULL where it has no more than its text. */
static const json_t *message_of(struct lw_task *t, const json_t *message)
{
    const json_t *calls = json_object_get(message, "tool_calls");
    json_t *call = json_object_get(message, "call");
    if (!calls && !call)
        return NULL;
    json_t *to = json_object();
    json_object_set(to, "role", json_object_get(message, "role"));
    json_object_set(to, "content", json_object_get(message, "text"));
    if (calls)
        set_calls(to, calls);
    if (call)
        set_result(t, to, call);
    json_array_append_new(t->talk, to);
    return to;
}

/* ---- as it is shown */

/* NULL where it is nothing but text. */
static const struct lw_parts *parts_of(struct lw_task *t, const json_t *message)
{
    const json_t *thought = json_object_get(message, "reasoning");
    const json_t *calls = json_object_get(message, "tool_calls"),
                 *text = json_object_get(message, "text");
    if (!thought && !calls)
        return NULL;
    json_t *parts = json_array();
    if (thought)
        lw_part_add(parts, LW_PART_REASONING, NULL, thought);
    if (!calls || json_string_length(text) > 0)
        lw_part_add(parts, LW_PART_TEXT, NULL, text);
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i);
        lw_part_add(
            parts, LW_PART_CALL, json_object_get(call, "name"), json_object_get(call, "arguments"));
    }
    json_array_append_new(t->talk, parts);
    return (const struct lw_parts *)(const void *)parts;
}

void lw_task_talk_turn(struct lw_task *t, json_t *message)
{
    json_array_append(t->talk, message);
    struct lw_turn *turn = lw_task_add_turn(t, json_string_value(json_object_get(message, "role")),
        lw_span_of(json_object_get(message, "text")));
    turn->parts = parts_of(t, message);
    turn->message = message_of(t, message);
    snprintf(turn->id, sizeof turn->id, "%s", json_string_value(json_object_get(message, "id")));
}

void lw_task_talk_reply(struct lw_task *t, json_t *message)
{
    json_array_append(t->talk, message);
    struct lw_response *r =
        lw_task_add_response(t, json_string_value(json_object_get(message, "id")), NULL,
            lw_span_of(json_object_get(message, "text")));
    r->parts = parts_of(t, message);
    r->message = message_of(t, message);
}
