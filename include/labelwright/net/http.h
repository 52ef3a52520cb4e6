/* HTTP/1.1 client (RFC 9110, RFC 9112): requests over http or https, several at once, in one loop
 * with the keyboard. It decides nothing: whoever sends a request decides what its answer means and
 * what to send again.
 *
 * One struct lw_http serves everybody of a program, so that one lw_http_poll(), the only function
 * that waits, waits for all of them. Any lw_http_work() may call anybody's `on_body` and `done`.
 *
 * Redirects are reported and never followed. A request other than GET or HEAD gets its own
 * connection, so that nothing is silently sent twice. Plain http works only with this machine, by
 * the resolved address. Proxy and netrc from the environment are ignored: only the user's settings
 * count. */
#ifndef LABELWRIGHT_NET_HTTP_H
#define LABELWRIGHT_NET_HTTP_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/config.h"

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

enum { LW_HTTP_TRANSFERS = 16 /* at most, at once */ };

struct lw_http;
struct lw_transfer; /* a request on its way: gone with the call of `done`, and when cancelled */

/* 0 for the default. total_ms and slow_s: -1 for none. */
struct lw_http_limits {
    long connect_ms; /* to connect, TLS included; 20 s */
    long total_ms;   /* 10 min */
    long slow_bytes; /* per second; slower than this (10) ... */
    long slow_s; /* ... for this long (60 s) counts as dead; waiting for an answer is slow too */
    size_t header_lines; /* 128 */
    size_t header_bytes; /* 64 KiB */
};

/* Of an answer whose body comes in. Borrowed until the call returns. */
struct lw_http_head {
    long status;
    const char *type; /* Content-Type as the server wrote it; "" for none. Foreign text */
};

struct lw_http_request {
    const char *method, *url;
    /* "Name: value", NULL-terminated; copied, and the copies zeroed after use. Authorization and
     * x-api-key go only to the origin of `endpoint`. */
    const char *const *headers;
    const char *body; /* borrowed until done; NULL for none */
    size_t len;
    size_t answer_max;                   /* bytes of the answer's body; more is TOO_LARGE */
    const struct lw_endpoint *endpoint;  /* borrowed until started; NULL: no settings */
    const struct lw_http_limits *limits; /* of its own; NULL: those of the client */
    /* NULL: the whole body comes with the reply. Else the body of a 2xx answer is given away as it
     * comes, in pieces of any size, and the reply has none; any other answer's comes with the
     * reply. False stops the request (LW_HTTP_STOPPED). Must not start or cancel anything. */
    bool (*on_body)(void *ctx, const struct lw_http_head *head, const char *bytes, size_t n);
    size_t pieces_max; /* bytes that are given away; more is TOO_LARGE */
};

enum lw_http_outcome {
    LW_HTTP_ANSWERED,  /* complete, whatever the status */
    LW_HTTP_NETWORK,   /* name, connection, reset, too slow, no http: try again later */
    LW_HTTP_CUT,       /* the answer is shorter than announced, or its last chunk is missing */
    LW_HTTP_TOO_LARGE, /* body or header */
    LW_HTTP_STOPPED,   /* by on_body */
    LW_HTTP_CONFIG     /* certificates, files, protocol: needs the user */
};

/* All of it is borrowed until the call returns. */
struct lw_http_reply {
    enum lw_http_outcome outcome;
    long status;            /* 0 when none was read; otherwise valid for every outcome */
    char *body;             /* NUL-terminated, "" for none; of ANSWERED only */
    size_t len;             /* never decoded: what the server sent */
    int64_t retry_after_ms; /* 0 to 1 h; -1 for none, or when it cannot be read */
    const char *type;       /* Content-Type as the server wrote it; "" for none. Foreign text */
    char *location;         /* as the server wrote it; NULL for none, and for all but 3xx */
    char text[200];         /* what went wrong, "" for ANSWERED; foreign text */
};

/* `sys` is borrowed, for its clock; `limits` may be NULL. SIGPIPE is ignored from here on. Never
 * NULL. */
struct lw_http *lw_http_new(const struct lw_sys *sys, const struct lw_http_limits *limits);
void lw_http_free(struct lw_http *h); /* drops what is running; do not call from `done` */

/* `done` is called once, from lw_http_work(), and may start the next request; not after
 * lw_http_cancel(). `ctx` is for `done` and on_body. NULL: this one cannot go, and `done` is not
 * called. LW_EBUSY: too many are on their way. LW_EUSAGE, LW_EREFUSED: it must be another one. */
struct lw_transfer *lw_http_start(struct lw_http *h, const struct lw_http_request *request,
    void (*done)(void *ctx, const struct lw_http_reply *reply), void *ctx, struct lw_err *err);
void lw_http_cancel(struct lw_transfer *t); /* NULL is fine */

/* Whether anything is on its way. */
bool lw_http_busy(const struct lw_http *h);

/* How many bytes of the request have left this machine, as far as the kernel tells; 0 for NULL. */
uint64_t lw_http_sent(const struct lw_transfer *t);

/* Whether `len` bytes of the request's body were handed over: now the server has to work. False for
 * NULL. */
bool lw_http_uploaded(const struct lw_transfer *t, size_t len);

/* poll(2) over `fd` (at most 16) and the network. Sets `revents` of each, POLLHUP and POLLERR too.
 * Remove a descriptor that ended (fd = -1), or this always returns at once. timeout_ms -1: until
 * something happens, but at most an hour. */
void lw_http_poll(struct lw_http *h, struct pollfd *fd, size_t n, int timeout_ms);

/* Does what can be done now without waiting; calls `done` of each request that is done. */
void lw_http_work(struct lw_http *h);

/* The library that does it: "libcurl 7.88.1 (OpenSSL/3.0.17)". Static. */
const char *lw_network_library(void);

#endif
