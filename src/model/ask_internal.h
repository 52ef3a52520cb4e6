/* What is asked of a model, in our own words: checked once, and written by each API's file. */
#ifndef LABELWRIGHT_MODEL_ASK_INTERNAL_H
#define LABELWRIGHT_MODEL_ASK_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"
#include "labelwright/config/config.h"

#include <jansson.h>
#include <stdbool.h>

struct lw_ask {
    const struct lw_model *model;
    const json_t *messages;   /* see models.h */
    const json_t *tools;      /* see models.h; NULL for none */
    const json_t *parameters; /* see models.h; NULL for none */
};

/* LW_EUSAGE: names the message, the tool or the parameter, and what it takes. */
enum lw_code lw_ask_check(const struct lw_ask *ask, struct lw_err *err);

/* ---- for the files of the APIs: they write JSON, member by member */

/* How one parameter is called there. */
struct lw_ask_name {
    const char *ours, *theirs;
};

/* `, "temperature": 0.7` for each that is given, in the order of the table; decimals are written as
 * they are spelled. */
void lw_ask_add_parameters(
    const struct lw_ask *ask, const struct lw_ask_name *names, size_t n, struct lw_buf *to);

/* `, "tools": […]` as they stand; nothing where there are none. */
void lw_ask_add_tools(const struct lw_ask *ask, struct lw_buf *to);

/* A parameter; NULL when it is not given. */
const json_t *lw_ask_parameter(const struct lw_ask *ask, const char *name);

/* The system prompt: the parameter, else NULL. Messages of the role system are messages. */
const json_t *lw_ask_system(const struct lw_ask *ask);

/* A string as JSON; "" for NULL and what is no string. */
void lw_ask_add_string(struct lw_buf *to, const json_t *string);

/* The arguments of a tool call (a text) as a JSON object: as they stand when they are one, else {}
 * for none, else {"input": "…"}. */
void lw_ask_add_object(struct lw_buf *to, const json_t *arguments);

/* The name of the tool whose call the message answers; NULL when no message before it has it. */
const json_t *lw_ask_tool_name(const struct lw_ask *ask, const json_t *message);

#endif
