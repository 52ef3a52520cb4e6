/* Web addresses, parsed before anybody connects: http:// and https:// only. */
#ifndef LABELWRIGHT_BASE_URL_H
#define LABELWRIGHT_BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

enum lw_url_fault {
    LW_URL_WELL,
    LW_URL_SCHEME,    /* does not start with https:// or http:// */
    LW_URL_CHARACTER, /* white space, a control character or a backslash */
    LW_URL_USER,      /* a user or a password before the host */
    LW_URL_HOST,      /* none */
    LW_URL_PORT,      /* not a number up to 65535 */
    LW_URL_PLAIN,     /* http:// to a name that is not this machine */
    LW_URL_FAULTS
};

struct lw_url {
    bool tls;
    const char *host; /* in the text; with its brackets when it is IPv6 */
    size_t host_len;
    unsigned port;    /* the scheme's own when the text has none */
    const char *rest; /* path and what follows; "" when there is nothing */
};

/* The first mistake. `to` points into `text` and is complete after LW_URL_WELL and LW_URL_PLAIN. */
enum lw_url_fault lw_url_parse(const char *text, struct lw_url *to);

/* "https://labels.example.org" or "http://127.0.0.1:8080": lower case, without the scheme's own
 * port. New string. */
char *lw_url_origin(const struct lw_url *url);

#endif
