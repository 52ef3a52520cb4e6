/* The tools that a model may call, as a record lists them: OpenAI's {"type": "function",
 * "function":
 * {"name", "description", "parameters"}}, the inner object alone, or Anthropic's {"name",
 * "description", "input_schema"}. */
#ifndef LABELWRIGHT_FORMAT_TOOLS_H
#define LABELWRIGHT_FORMAT_TOOLS_H

#include <jansson.h>

/* One of them as OpenAI writes it, with all that it says; what has no name stays as it is. New. */
json_t *lw_tool_as_function(const json_t *tool);

/* The list for a request to a model: those with a name, each {"type": "function", "function":
 * {"name", "description", "parameters", "strict"}} with those of the four that it has; what it
 * takes is the JSON Schema of an object. New; NULL where there is none. */
json_t *lw_tools_to_send(const json_t *tools);

/* The call at this place, from 0, in a message as it stands in a record: of "tool_calls", else of
 * the parts of its content that are one. NULL for none. */
const json_t *lw_call_at(const json_t *message, size_t nth);

#endif
