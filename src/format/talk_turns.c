/* Turns and responses of a task that its answers brought, behind those of its record. Which
 * messages they are is the answers room's; here they become what a record's own would be. */
#include "format/format_internal.h"

#include <stdio.h>

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

static void add_calls(json_t *parts, const json_t *calls)
{
    json_t *call;
    size_t i;
    json_array_foreach(calls, i, call) lw_part_add(
        parts, LW_PART_CALL, json_object_get(call, "name"), json_object_get(call, "arguments"));
}

/* NULL where it is nothing but text. */
static const struct lw_parts *parts_of(struct lw_task *t, const json_t *message)
{
    const json_t *thought = json_object_get(message, "reasoning");
    const json_t *calls = json_object_get(message, "tool_calls");
    if (!thought && !calls)
        return NULL;
    json_t *parts = json_array();
    if (thought)
        lw_part_add(parts, LW_PART_REASONING, NULL, thought);
    lw_part_add(parts, LW_PART_TEXT, NULL, json_object_get(message, "text"));
    add_calls(parts, calls);
    json_array_append_new(t->talk, parts);
    return (const struct lw_parts *)(const void *)parts;
}

void lw_task_talk_turn(struct lw_task *t, json_t *message)
{
    json_array_append(t->talk, message);
    struct lw_turn *turn = lw_task_add_turn(t, json_string_value(json_object_get(message, "role")),
        lw_span_of(json_object_get(message, "text")));
    turn->parts = parts_of(t, message);
    snprintf(turn->id, sizeof turn->id, "%s", json_string_value(json_object_get(message, "id")));
}

void lw_task_talk_reply(struct lw_task *t, json_t *message)
{
    json_array_append(t->talk, message);
    struct lw_response *r =
        lw_task_add_response(t, json_string_value(json_object_get(message, "id")), NULL,
            lw_span_of(json_object_get(message, "text")));
    r->parts = parts_of(t, message);
}
