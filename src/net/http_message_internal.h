/* HTTP messages without a socket: the headers of a request, and an answer while it comes in. */
#ifndef LABELWRIGHT_NET_HTTP_MESSAGE_INTERNAL_H
#define LABELWRIGHT_NET_HTTP_MESSAGE_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/sys.h"
#include "labelwright/base/url.h"
#include "labelwright/net/http.h"

#include <stdbool.h>
#include <stdint.h>

/* ---- a request's headers */

/* Whether these are the user's settings for the address's origin; `e` may be NULL. */
bool lw_http_is_home(const struct lw_endpoint *e, const struct lw_url *url);

/* LW_EUSAGE: one is not a header. LW_EREFUSED: a secret would go to another origin. */
enum lw_code lw_http_check_headers(
    const struct lw_http_request *r, const struct lw_url *url, struct lw_err *err);

/* ---- an answer */

/* Zero-initialise with the limits. */
struct lw_incoming {
    size_t body_max, header_max; /* bytes */
    size_t lines_max;            /* of headers */
    struct lw_buf body;
    size_t header_bytes, header_lines;
    char *location, *retry_after, *date, *type; /* NULL for none */
    bool head_ended;                            /* by its empty line */
    bool too_large;                             /* a limit was exceeded */
};

/* False when it is too large. A header line may end in CR LF. Interim answers (1xx) count towards
 * the limits, but their headers are dropped. */
bool lw_incoming_add_body(struct lw_incoming *a, const char *bytes, size_t n);
bool lw_incoming_add_header(struct lw_incoming *a, const char *line, size_t n);

/* Retry-After (RFC 9110, section 10.2.3) in seconds, or as a date compared with the answer's own
 * Date, or else with the clock of `sys`. 0 to 1 h; -1 when there is none or it cannot be read. */
int64_t lw_incoming_retry_after_ms(const struct lw_incoming *a, const struct lw_sys *sys);

void lw_incoming_fini(struct lw_incoming *a);

#endif
