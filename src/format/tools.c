/* The tools of a record in one spelling, that of OpenAI, and the calls in its messages: for
 * requests to models, and for exports. How they are shown is message_parts.c's. */
#include "labelwright/format/tools.h"

#include <stdbool.h>
#include <string.h>

json_t *lw_tool_as_function(const json_t *tool)
{
    const char *name;
    json_t *v, *of = json_object();
    bool named =
        json_is_string(json_object_get(tool, "name")) && !json_object_get(tool, "function");
    json_object_foreach((json_t *)tool, name, v)
    {
        bool schema = strcmp(name, "input_schema") == 0;
        if (strcmp(name, "type") != 0)
            json_object_set(of, schema ? "parameters" : name, v);
    }
    if (named)
        return json_pack("{s:s, s:o}", "type", "function", "function", of);
    json_decref(of);
    return json_incref((json_t *)tool);
}

static bool is_text(const json_t *v)
{
    return json_is_string(v);
}

static bool is_object(const json_t *v)
{
    return json_is_object(v);
}

static bool is_truth(const json_t *v)
{
    return json_is_boolean(v);
}

/* Servers refuse members that they do not know. */
static const struct {
    const char *name;
    bool (*fits)(const json_t *v);
} members[] = {
    {"name", is_text}, {"description", is_text}, {"parameters", is_object}, {"strict", is_truth}};

/* A JSON Schema of an object, as servers demand it; some records only list what it would have as
 * properties. New. */
static json_t *schema_of(json_t *parameters)
{
    const json_t *properties = json_object_get(parameters, "properties");
    if (json_is_string(json_object_get(parameters, "type")))
        return json_incref(parameters);
    if (!json_is_object(properties))
        return json_pack("{s:s, s:O}", "type", "object", "properties", parameters);
    json_t *schema = json_pack("{s:s}", "type", "object");
    json_object_update(schema, parameters);
    json_object_set_new(schema, "type", json_string("object"));
    return schema;
}

/* NULL for one without a name. */
static json_t *to_send(const json_t *tool)
{
    json_t *whole = lw_tool_as_function(tool), *of = json_object();
    const json_t *function = json_object_get(whole, "function");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_t *v = json_object_get(function, members[i].name);
        if (v && members[i].fits(v))
            json_object_set(of, members[i].name, v);
    }
    json_decref(whole);
    json_t *parameters = json_object_get(of, "parameters");
    if (parameters)
        json_object_set_new(of, "parameters", schema_of(parameters));
    if (json_string_length(json_object_get(of, "name")) > 0)
        return json_pack("{s:s, s:o}", "type", "function", "function", of);
    json_decref(of);
    return NULL;
}

json_t *lw_tools_to_send(const json_t *tools)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(tools); i++) {
        json_t *tool = to_send(json_array_get(tools, i));
        if (tool)
            json_array_append_new(list, tool);
    }
    if (json_array_size(list) > 0)
        return list;
    json_decref(list);
    return NULL;
}

const json_t *lw_call_at(const json_t *message, size_t nth)
{
    const json_t *calls = json_object_get(message, "tool_calls");
    const json_t *content = json_object_get(message, "content");
    if (json_array_size(calls) > 0)
        return json_array_get(calls, nth);
    for (size_t i = 0; i < json_array_size(content); i++) {
        const json_t *part = json_array_get(content, i);
        const char *type = json_string_value(json_object_get(part, "type"));
        if (type && strcmp(type, "tool_use") == 0 && nth-- == 0)
            return part;
    }
    return NULL;
}
