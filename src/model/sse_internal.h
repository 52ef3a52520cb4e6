/* Server-sent events (HTML Living Standard, 9.2.6) from bytes in pieces of any size. */
#ifndef LABELWRIGHT_MODEL_SSE_INTERNAL_H
#define LABELWRIGHT_MODEL_SSE_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    LW_EVENT_MAX = 16 * 1024 * 1024, /* bytes of a line, and of an event's data */
    LW_EVENT_NAME = 64               /* a longer name is cut: none that counts is longer */
};

/* Zero-initialise. */
struct lw_sse {
    struct lw_buf line; /* what came of it so far */
    struct lw_buf data; /* of the event so far: its data lines, with LF between them */
    char event[LW_EVENT_NAME];
    bool has_data, after_cr, begun;
    bool too_large; /* a limit was exceeded: nothing more is read */
};

/* Called for every event that has data. `data` is NUL-terminated; both are borrowed until the call
 * returns. False stops. */
typedef bool lw_event_fn(void *ctx, const char *event, const char *data, size_t n);

/* Lines may end in LF, CR or CRLF; comments and unknown fields are skipped. A field `error` counts
 * as the data of an event of that name: older servers of llama.cpp write it so. False when `each`
 * stopped or it is too large. */
bool lw_sse_feed(struct lw_sse *s, const char *bytes, size_t n, lw_event_fn *each, void *ctx);

/* The stream has ended: gives an event that only its empty line was missing of. */
bool lw_sse_end(struct lw_sse *s, lw_event_fn *each, void *ctx);

void lw_sse_fini(struct lw_sse *s);

#endif
