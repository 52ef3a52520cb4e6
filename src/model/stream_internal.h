/* The answer of a model while its bytes come in, whatever the API: fed by models.c, filled by the
 * files of the APIs. It knows no network and no clock. */
#ifndef LABELWRIGHT_MODEL_STREAM_INTERNAL_H
#define LABELWRIGHT_MODEL_STREAM_INTERNAL_H

#include "labelwright/base/err.h"
#include "labelwright/config/config.h"
#include "model/json_stream_internal.h"
#include "model/sse_internal.h"
#include "model/wire_text_internal.h"

#include <stdint.h>

enum {
    LW_ANSWER_MAX = 4 * 1024 * 1024, /* bytes of the text, of the reasoning, of all arguments */
    LW_ANSWER_REFUSAL_MAX = 64 * 1024,
    LW_ANSWER_CALLS_MAX = 256,
    LW_ANSWER_NAME_MAX = 256, /* bytes of an id, a tool's name, the model's name */
    LW_ANSWER_USAGE_MAX = 32  /* members */
};

struct lw_api;

struct lw_tool_call {
    int64_t key; /* by which the server tells calls apart */
    char *id, *name;
    struct lw_wire_text arguments;
};

struct lw_stream {
    const struct lw_api *api;
    enum { LW_STREAM_UNKNOWN, LW_STREAM_EVENTS, LW_STREAM_OBJECTS } form;
    struct lw_sse events;
    struct lw_json_stream objects;
    struct lw_wire_text text, reasoning, refusal;
    struct lw_tool_call *call;
    size_t ncalls;
    json_t *usage;          /* names and integers; NULL for none */
    char *finish, *model;   /* as the server says; NULL for not yet */
    uint64_t bytes;         /* that came in */
    bool done;              /* the server said that this is all */
    bool ending;            /* nothing more comes: an event may be cut */
    char error[LW_ERR_MAX]; /* why nothing more is read; "" for no reason. Foreign text */
};

void lw_stream_init(struct lw_stream *s, const struct lw_api *api);
void lw_stream_fini(struct lw_stream *s);

/* False when nothing more is to be read: `done`, or `error` says why. What came is kept. */
bool lw_stream_feed(struct lw_stream *s, const char *bytes, size_t n);

/* Nothing more comes; afterwards only reading. */
void lw_stream_end(struct lw_stream *s);

/* Whether anything of an answer came: text, reasoning, a refusal, a tool call. */
bool lw_stream_has_any(const struct lw_stream *s);

/* [{"id", "name", "arguments"}], all texts; NULL for none. New reference. */
json_t *lw_stream_calls(const struct lw_stream *s);

/* The message of an error as servers write them: {"error": {"message": …}}, {"error": "…"},
 * {"message": …}, {"detail": …}; cut at 200 bytes. NULL when there is none. New string. */
char *lw_error_message(const json_t *v);

/* ---- for the files of the APIs. Values of other types than expected, and NULL, do nothing */

void lw_stream_add_text(struct lw_stream *s, const json_t *piece);
void lw_stream_add_reasoning(struct lw_stream *s, const json_t *piece);
void lw_stream_add_refusal(struct lw_stream *s, const json_t *piece);

/* Adds to the call of that key, which is new when it is unknown. `id` and `name` are kept once,
 * `arguments` grow. */
void lw_stream_add_call(struct lw_stream *s, int64_t key, const json_t *id, const json_t *name,
    const json_t *arguments);

/* Integers of it, those of a map inside under "NAME.MEMBER"; a later value replaces. */
void lw_stream_add_usage(struct lw_stream *s, const json_t *usage);

void lw_stream_set_finish(struct lw_stream *s, const json_t *reason); /* the last one counts */
void lw_stream_set_model(struct lw_stream *s, const json_t *name);    /* the first one counts */
void lw_stream_set_done(struct lw_stream *s);
void lw_stream_fail(struct lw_stream *s, const json_t *error); /* as lw_error_message() reads it */

#endif
