#include "sync/http_header_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_header(const char *line)
{
    const char *colon = strchr(line, ':');
    if (!colon || colon == line || colon[1] != ' ' || colon[2] == '\0')
        return false;
    for (const char *c = line; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F || (c < colon && *c == ' '))
            return false;
    return true;
}

bool lw_is_home(const struct lw_endpoint *e, const struct lw_url *url)
{
    char *origin = lw_url_origin(url);
    bool same = e && strcmp(e->origin, origin) == 0;
    free(origin);
    return same;
}

enum lw_code lw_check_headers(
    const struct lw_http_request *r, const struct lw_url *url, struct lw_err *err)
{
    for (size_t i = 0; r->headers && r->headers[i]; i++) {
        if (!is_header(r->headers[i]))
            return lw_fail(err, LW_EUSAGE, "A header for %s is not \"Name: value\".", r->url);
        if (strncasecmp(r->headers[i], "Authorization:", 14) == 0 && !lw_is_home(r->endpoint, url))
            return lw_fail(err, LW_EREFUSED,
                "The token is not for %s. Set one for that server under `endpoints:` in "
                "config.yaml.",
                r->url);
    }
    return LW_OK;
}
