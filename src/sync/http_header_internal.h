/* Whether a request's headers may be sent to its address. */
#ifndef LABELWRIGHT_SYNC_HTTP_HEADER_INTERNAL_H
#define LABELWRIGHT_SYNC_HTTP_HEADER_INTERNAL_H

#include "labelwright/base/url.h"
#include "sync/http_internal.h"

/* Whether these are the user's settings for the origin; `e` may be NULL. */
bool lw_is_home(const struct lw_endpoint *e, const struct lw_url *url);

/* LW_EUSAGE: one is not a header. LW_EREFUSED: a secret would go to another origin. */
enum lw_code lw_check_headers(
    const struct lw_http_request *r, const struct lw_url *url, struct lw_err *err);

#endif
