/* JSON objects one after the other from bytes in pieces of any size: a line each (NDJSON), over
 * several lines, or as the items of one list. */
#ifndef LABELWRIGHT_MODEL_JSON_STREAM_INTERNAL_H
#define LABELWRIGHT_MODEL_JSON_STREAM_INTERNAL_H

#include "model/sse_internal.h"

/* Zero-initialise. */
struct lw_json_stream {
    struct lw_buf object; /* what came of it so far */
    unsigned depth;
    bool in_string, escaped;
    bool too_large; /* an object is larger than LW_EVENT_MAX: nothing more is read */
    bool no_json;   /* there was something else between the objects: nothing more is read */
};

/* Gives each object as an event without a name. Whether it is well-formed inside is not asked
 * here. False when `each` stopped, and for too_large and no_json. */
bool lw_json_stream_feed(
    struct lw_json_stream *s, const char *bytes, size_t n, lw_event_fn *each, void *ctx);

void lw_json_stream_fini(struct lw_json_stream *s);

#endif
