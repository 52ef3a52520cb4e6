/* An HTTP answer while it comes in: its body and the headers we read. */
#ifndef LABELWRIGHT_SYNC_HTTP_REPLY_INTERNAL_H
#define LABELWRIGHT_SYNC_HTTP_REPLY_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise with the limits. */
struct lw_incoming {
    size_t body_max, header_max; /* bytes */
    size_t lines_max;            /* of headers */
    struct lw_buf body;
    size_t header_bytes, header_lines;
    char *location, *retry_after, *date; /* NULL for none */
    bool head_ended;                     /* by its empty line */
    bool too_large;                      /* a limit was exceeded */
};

/* False when it is too large. A header line may end in CR LF. Interim answers (1xx) count towards
 * the limits, but their headers are dropped. */
bool lw_incoming_body(struct lw_incoming *a, const char *bytes, size_t n);
bool lw_incoming_header(struct lw_incoming *a, const char *line, size_t n);

/* Retry-After in seconds, or as a date compared with the answer's own Date, or else with this
 * clock. 0 to 1 h; -1 when there is none or it cannot be read. */
int64_t lw_incoming_retry_after_ms(const struct lw_incoming *a);

void lw_incoming_fini(struct lw_incoming *a);

#endif
