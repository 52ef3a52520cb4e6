/* The HTTP client over libcurl, the only file that knows it: its options, callbacks and errors.
 * What headers may be sent and how much of an answer is read, http_message.c says; what an answer
 * means and whether to send again, its callers.
 *
 * libcurl is loaded at the first request and not linked: it brings thirty libraries, two thirds of
 * the time that the program takes to start, and many sessions send nothing. */
#define _GNU_SOURCE
#include "labelwright/net/http.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/library.h"
#include "labelwright/base/linux_calls.h"
#include "labelwright/base/url.h"
#include "net/http_message_internal.h"
#include "net/net_messages_internal.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <linux/sockios.h>
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    PIECE_MAX = 1024,
    POLL_FDS = 16,
    NEVER_MS = 60 * 60 * 1000 /* the longest wait that nothing ends */
};

struct lw_transfer {
    struct lw_http *h;
    CURL *easy; /* reset for each request; keeps TLS sessions */
    bool running, plain;
    struct curl_slist *headers;
    bool (*on_body)(void *ctx, const struct lw_http_head *head, const char *bytes, size_t n);
    void (*done)(void *ctx, const struct lw_http_reply *reply);
    void *ctx;
    size_t pieces, pieces_max; /* bytes given to on_body */
    bool stopped;              /* by on_body */
    struct lw_incoming answer;
    char refused[INET6_ADDRSTRLEN]; /* an address that is not this machine */
    const char *proxy;              /* of the request; "" for none. Borrowed */
    char error[CURL_ERROR_SIZE];
    struct lw_transfer *next; /* of all that were ever made */
};

struct lw_http {
    const struct lw_sys *sys;
    CURLM *multi; /* keeps connections and resolved names */
    struct lw_http_limits limits;
    struct lw_transfer *first;
};

/* ---- the library */

/* What of libcurl is used; each is called as in its manual, without the curl_ before it. */
#define CURL_FUNCTIONS(X)                                                                          \
    X(easy_cleanup)                                                                                \
    X(easy_getinfo)                                                                                \
    X(easy_init)                                                                                   \
    X(easy_reset)                                                                                  \
    X(easy_setopt)                                                                                 \
    X(easy_strerror)                                                                               \
    X(global_cleanup)                                                                              \
    X(global_init_mem)                                                                             \
    X(multi_add_handle)                                                                            \
    X(multi_cleanup)                                                                               \
    X(multi_info_read)                                                                             \
    X(multi_init)                                                                                  \
    X(multi_perform)                                                                               \
    X(multi_poll)                                                                                  \
    X(multi_remove_handle)                                                                         \
    X(slist_append)                                                                                \
    X(slist_free_all)                                                                              \
    X(version_info)

static struct curl {
#define X(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(X)
#undef X
    bool found;
} curl;

/* Tried again at each request: it may be installed meanwhile. */
static bool load_curl(void)
{
    void *library = curl.found ? NULL : lw_library_load("libcurl.so.4");
    if (!library)
        return curl.found;
    curl.found = true;
#define X(name) curl.found = curl.found && lw_library_find(library, "curl_" #name, &curl.name);
    CURL_FUNCTIONS(X)
#undef X
    return curl.found;
}

const char *lw_network_library(void)
{
    static char text[80];
    if (!load_curl())
        return "libcurl 4 is not installed, so that nothing can be sent";
    const curl_version_info_data *v = curl.version_info(CURLVERSION_NOW);
    snprintf(text, sizeof text, "libcurl %s (%s)", v->version,
        v->ssl_version ? v->ssl_version : "without TLS");
    return text;
}

/* ---- life */

static _Noreturn void no_memory(void)
{
    if (lw_oom_hook)
        lw_oom_hook();
    abort();
}

/* libcurl copies requests, with the secret, into its own memory and frees that without clearing it:
 * so it gets a free() and a realloc() that zero memory first. */
static void wipe_free(void *p)
{
    if (p)
        sodium_memzero(p, malloc_usable_size(p));
    free(p);
}

static void *wipe_realloc(void *old, size_t n)
{
    size_t had = old ? malloc_usable_size(old) : 0;
    void *new = malloc(n);
    if (new &&old)
        memcpy(new, old, had < n ? had : n);
    if (new)
        wipe_free(old);
    return new;
}

/* libcurl opens more sockets than it asks us for (pairs to wake itself), and the programs we start
 * would inherit them all. They must not inherit anything from us. */
static void close_on_exec(void)
{
    lw_close_on_exec_from(STDERR_FILENO + 1);
}

/* What is 0 in the limits is that of the others. */
static struct lw_http_limits fill_limits(
    const struct lw_http_limits *of, const struct lw_http_limits *others)
{
    static const struct lw_http_limits none;
    struct lw_http_limits l = of ? *of : none;
    l.connect_ms = l.connect_ms ? l.connect_ms : others->connect_ms;
    l.total_ms = l.total_ms ? l.total_ms : others->total_ms;
    l.slow_bytes = l.slow_bytes ? l.slow_bytes : others->slow_bytes;
    l.slow_s = l.slow_s ? l.slow_s : others->slow_s;
    l.header_lines = l.header_lines ? l.header_lines : others->header_lines;
    l.header_bytes = l.header_bytes ? l.header_bytes : others->header_bytes;
    return l;
}

struct lw_http *lw_http_new(const struct lw_sys *sys, const struct lw_http_limits *limits)
{
    static const struct lw_http_limits usual = {.connect_ms = 20 * 1000,
        .total_ms = 10 * 60 * 1000,
        .slow_bytes = 10,
        .slow_s = 60,
        .header_lines = 128,
        .header_bytes = 64 * 1024};
    struct lw_http *h = lw_alloc(sizeof *h);
    h->sys = sys;
    h->limits = fill_limits(limits, &usual);
    signal(SIGPIPE, SIG_IGN);
    return h;
}

/* Only at the first request: TLS setup costs time and 3 MiB that most sessions never need. */
static void begin_curl(struct lw_http *h)
{
    if (h->multi)
        return;
    if (curl.global_init_mem(
            CURL_GLOBAL_DEFAULT, malloc, wipe_free, wipe_realloc, strdup, calloc) != 0 ||
        !(h->multi = curl.multi_init()))
        no_memory();
    close_on_exec();
}

/* One that has ended before, or a new one; NULL when there are too many. */
static struct lw_transfer *find_free(struct lw_http *h)
{
    size_t n = 0;
    struct lw_transfer **at = &h->first;
    for (; *at; at = &(*at)->next, n++)
        if (!(*at)->running)
            return *at;
    if (n == LW_HTTP_TRANSFERS)
        return NULL;
    *at = lw_alloc(sizeof **at);
    (*at)->h = h;
    begin_curl(h);
    if (!((*at)->easy = curl.easy_init()))
        no_memory();
    return *at;
}

/* Frees the request, but keeps the answer. */
static void end_request(struct lw_transfer *t)
{
    if (!t->running)
        return;
    curl.multi_remove_handle(t->h->multi, t->easy);
    curl.easy_reset(t->easy);
    curl.slist_free_all(t->headers);
    t->headers = NULL;
    t->running = false;
}

void lw_http_cancel(struct lw_transfer *t)
{
    if (!t)
        return;
    end_request(t);
    lw_incoming_fini(&t->answer);
}

void lw_http_free(struct lw_http *h)
{
    if (!h)
        return;
    while (h->first) {
        struct lw_transfer *t = h->first;
        h->first = t->next;
        lw_http_cancel(t);
        curl.easy_cleanup(t->easy);
        free(t);
    }
    if (h->multi) {
        curl.multi_cleanup(h->multi);
        curl.global_cleanup();
    }
    free(h);
}

bool lw_http_busy(const struct lw_http *h)
{
    for (const struct lw_transfer *t = h->first; t; t = t->next)
        if (t->running)
            return true;
    return false;
}

static curl_off_t uploaded(const struct lw_transfer *t)
{
    curl_off_t n = 0;
    if (t && t->running)
        curl.easy_getinfo(t->easy, CURLINFO_SIZE_UPLOAD_T, &n);
    return n;
}

uint64_t lw_http_sent(const struct lw_transfer *t)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    int queued = 0;
    curl_off_t n = uploaded(t);
    if (n > 0 && curl.easy_getinfo(t->easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK && fd >= 0)
        (void)!ioctl(fd, SIOCOUTQ, &queued);
    return n > queued ? (uint64_t)(n - queued) : 0;
}

bool lw_http_uploaded(const struct lw_transfer *t, size_t len)
{
    return t && t->running && uploaded(t) >= (curl_off_t)len;
}

/* ---- callbacks of libcurl */

/* This machine, or a Unix socket. */
static bool is_loopback(const struct sockaddr *to)
{
    if (to->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)to)->sin_addr.s_addr) >> 24 == 127;
    if (to->sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)to)->sin6_addr);
    return to->sa_family == AF_UNIX;
}

/* "192.0.2.1" */
static void format_address(const struct sockaddr *to, char *text, socklen_t n)
{
    const void *at = to->sa_family == AF_INET6
                         ? (const void *)&((const struct sockaddr_in6 *)(const void *)to)->sin6_addr
                         : (const void *)&((const struct sockaddr_in *)(const void *)to)->sin_addr;
    if (!inet_ntop(to->sa_family, at, text, n))
        snprintf(text, n, "?");
}

/* A name proves nothing: for plain http the resolved address counts. */
static curl_socket_t on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct lw_transfer *t = ctx;
    (void)purpose;
    if (t->plain && !is_loopback(&to->addr)) {
        format_address(&to->addr, t->refused, sizeof t->refused);
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* In pieces to whoever asked for that, as far as it may be the answer that was asked for. */
static bool give_piece(struct lw_transfer *t, long status, const char *bytes, size_t n)
{
    const struct lw_http_head head = {status, t->answer.type ? t->answer.type : ""};
    t->answer.too_large = t->answer.too_large || n > t->pieces_max - t->pieces;
    if (t->answer.too_large)
        return false;
    t->pieces += n;
    t->stopped = !t->on_body(t->ctx, &head, bytes, n);
    return !t->stopped;
}

static size_t on_body(char *bytes, size_t one, size_t n, void *ctx)
{
    struct lw_transfer *t = ctx;
    long status = 0;
    (void)one;
    curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    bool more = t->on_body && status / 100 == 2 ? give_piece(t, status, bytes, n)
                                                : lw_incoming_add_body(&t->answer, bytes, n);
    return more ? n : 0;
}

static size_t on_header(char *line, size_t one, size_t n, void *ctx)
{
    (void)one;
    return lw_incoming_add_header(&((struct lw_transfer *)ctx)->answer, line, n) ? n : 0;
}

/* ---- a request */

static const struct {
    CURLoption option;
    long value;
} always[] = {
    {CURLOPT_QUICK_EXIT, 1}, /* else cancelling a request waits for a slow name server */
    {CURLOPT_NOSIGNAL, 1},
    /* Not 2: it does not help with one request at a time, and libcurl repeats requests on its own
     * after a server's GOAWAY. */
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    {CURLOPT_HTTP09_ALLOWED, 0},
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_UNRESTRICTED_AUTH, 0},
    {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
    {CURLOPT_HEADEROPT, CURLHEADER_SEPARATE}, /* a proxy gets none of our headers */
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_HTTPAUTH, CURLAUTH_BASIC}, /* with netrc only */
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_PROXY_SSL_VERIFYPEER, 1},
    {CURLOPT_PROXY_SSL_VERIFYHOST, 2},
};

/* Keeps the first failure. */
static void set_long(struct lw_transfer *t, CURLcode *code, CURLoption option, long value)
{
    if (*code == CURLE_OK)
        *code = curl.easy_setopt(t->easy, option, value);
}

static void set_text(struct lw_transfer *t, CURLcode *code, CURLoption option, const char *value)
{
    if (*code == CURLE_OK)
        *code = curl.easy_setopt(t->easy, option, value);
}

static void set_limits(struct lw_transfer *t, CURLcode *code, const struct lw_http_limits *l)
{
    set_long(t, code, CURLOPT_CONNECTTIMEOUT_MS, l->connect_ms);
    if (l->total_ms > 0)
        set_long(t, code, CURLOPT_TIMEOUT_MS, l->total_ms);
    if (l->slow_s > 0) {
        set_long(t, code, CURLOPT_LOW_SPEED_LIMIT, l->slow_bytes);
        set_long(t, code, CURLOPT_LOW_SPEED_TIME, l->slow_s);
    }
}

static void set_callbacks(struct lw_transfer *t)
{
    curl.easy_setopt(t->easy, CURLOPT_PRIVATE, t);
    curl.easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->error);
    curl.easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl.easy_setopt(t->easy, CURLOPT_OPENSOCKETDATA, t);
    curl.easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl.easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
    if (t->on_body) /* libcurl reads a hundred times so much of each before keys get their turn */
        curl.easy_setopt(t->easy, CURLOPT_BUFFERSIZE, (long)PIECE_MAX);
    curl.easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl.easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
}

static void set_method(struct lw_transfer *t, CURLcode *code, const struct lw_http_request *r)
{
    bool get = strcmp(r->method, "GET") == 0, head = strcmp(r->method, "HEAD") == 0;
    if (r->body || strcmp(r->method, "POST") == 0) {
        set_long(t, code, CURLOPT_POST, 1);
        curl.easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(r->body ? r->len : 0));
        curl.easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->body ? r->body : "");
    }
    if (head)
        set_long(t, code, CURLOPT_NOBODY, 1);
    else
        set_text(t, code, CURLOPT_CUSTOMREQUEST, r->method);
    /* On a connection that has died, libcurl would send it all again on its own. */
    set_long(t, code, CURLOPT_FRESH_CONNECT, !(get || head));
    set_long(t, code, CURLOPT_FORBID_REUSE, !(get || head));
}

static void set_endpoint(struct lw_transfer *t, CURLcode *code, const struct lw_endpoint *e)
{
    static const struct lw_endpoint none;
    e = e ? e : &none;
    t->proxy = e->proxy && !t->plain ? e->proxy : "";
    set_text(t, code, CURLOPT_PROXY, t->proxy);
    set_text(t, code, CURLOPT_NOPROXY, "");
    set_long(t, code, CURLOPT_NETRC, e->netrc ? CURL_NETRC_REQUIRED : CURL_NETRC_IGNORED);
    set_text(t, code, CURLOPT_UNIX_SOCKET_PATH, e->unix_socket);
    if (e->ca) { /* instead of the system's certificates, not in addition */
        set_text(t, code, CURLOPT_CAINFO, e->ca);
        set_text(t, code, CURLOPT_CAPATH, NULL);
    }
    if (e->certificate) {
        set_text(t, code, CURLOPT_SSLCERT, e->certificate);
        set_text(t, code, CURLOPT_SSLKEY, e->key ? e->key : e->certificate);
        set_text(t, code, CURLOPT_KEYPASSWD, ""); /* else OpenSSL asks on the terminal */
    }
}

static CURLcode set_up(
    struct lw_transfer *t, const struct lw_http_request *r, const struct lw_http_limits *limits)
{
    CURLcode code = CURLE_OK;
    set_callbacks(t);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        set_long(t, &code, always[i].option, always[i].value);
    set_limits(t, &code, limits);
    set_text(t, &code, CURLOPT_PROTOCOLS_STR, t->plain ? "http" : "https");
    set_text(t, &code, CURLOPT_USERAGENT, "labelwright/" LW_VERSION);
    set_text(t, &code, CURLOPT_URL, r->url);
    set_method(t, &code, r);
    set_endpoint(t, &code, r->endpoint);
    if (code == CURLE_OK)
        code = curl.easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
    return code;
}

static void add_header(struct lw_transfer *t, const char *line)
{
    struct curl_slist *longer = curl.slist_append(t->headers, line);
    if (!longer)
        no_memory();
    t->headers = longer;
}

static enum lw_code check_request(const struct lw_http_request *r, bool *plain, struct lw_err *err)
{
    struct lw_url url;
    enum lw_url_fault fault = lw_url_parse(r->url, &url);
    if (fault != LW_URL_WELL && fault != LW_URL_PLAIN) /* plain http is checked at the socket */
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_NOT_AN_ADDRESS, r->url);
    if (r->endpoint && !lw_http_is_home(r->endpoint, &url))
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_OTHER_ORIGIN, r->endpoint->origin, r->url);
    *plain = !url.tls;
    return lw_http_check_headers(r, &url, err);
}

/* A transfer that knows its request and has no answer yet. */
static void begin_request(
    struct lw_transfer *t, const struct lw_http_request *r, const struct lw_http_limits *limits)
{
    add_header(t, "Expect:"); /* saves a round trip */
    for (size_t i = 0; r->headers && r->headers[i]; i++)
        add_header(t, r->headers[i]);
    t->answer = (struct lw_incoming){.body_max = r->answer_max,
        .header_max = limits->header_bytes,
        .lines_max = limits->header_lines};
    t->on_body = r->on_body;
    t->pieces = 0;
    t->pieces_max = r->pieces_max;
    t->stopped = false;
    t->refused[0] = t->error[0] = '\0';
    t->running = true;
}

struct lw_transfer *lw_http_start(struct lw_http *h, const struct lw_http_request *r,
    void (*done)(void *ctx, const struct lw_http_reply *reply), void *ctx, struct lw_err *err)
{
    bool plain = false;
    if (check_request(r, &plain, err) != LW_OK)
        return NULL;
    if (!load_curl()) {
        lw_fail(err, LW_EABSENT, LW_NET_MSG_NO_LIBRARY);
        return NULL;
    }
    struct lw_transfer *t = find_free(h);
    if (!t) {
        lw_fail(err, LW_EBUSY, LW_NET_MSG_BUSY);
        return NULL;
    }
    const struct lw_http_limits limits = fill_limits(r->limits, &h->limits);
    t->plain = plain;
    t->done = done;
    t->ctx = ctx;
    begin_request(t, r, &limits);
    CURLcode set = set_up(t, r, &limits);
    if (set == CURLE_OK && curl.multi_add_handle(h->multi, t->easy) == CURLM_OK)
        return t;
    end_request(t);
    lw_fail(err, LW_EREFUSED, LW_NET_MSG_CANNOT_SEND, r->url, curl.easy_strerror(set));
    return NULL;
}

/* ---- the answer */

static const struct {
    CURLcode code;
    enum lw_http_outcome outcome;
} outcomes[] = {
    {CURLE_OK, LW_HTTP_ANSWERED},
    {CURLE_PARTIAL_FILE, LW_HTTP_CUT},
    {CURLE_UNSUPPORTED_PROTOCOL, LW_HTTP_CONFIG},
    {CURLE_URL_MALFORMAT, LW_HTTP_CONFIG},
    {CURLE_NOT_BUILT_IN, LW_HTTP_CONFIG},
    {CURLE_PEER_FAILED_VERIFICATION, LW_HTTP_CONFIG},
    {CURLE_SSL_CACERT_BADFILE, LW_HTTP_CONFIG},
    {CURLE_SSL_CERTPROBLEM, LW_HTTP_CONFIG},
    {CURLE_SSL_CIPHER, LW_HTTP_CONFIG},
    {CURLE_SSL_ISSUER_ERROR, LW_HTTP_CONFIG},
    {CURLE_SSL_CLIENTCERT, LW_HTTP_CONFIG},
    {CURLE_LOGIN_DENIED, LW_HTTP_CONFIG},
};

/* During and after the handshake OpenSSL reports both broken connections and refusals this way. */
static bool is_tls_refusal(CURLcode code, const char *error)
{
    return (code == CURLE_SSL_CONNECT_ERROR || code == CURLE_RECV_ERROR) &&
           strstr(error, "SSL routines") && !strstr(error, "unexpected eof");
}

/* libcurl has its own limits for headers and may report "Out of memory" above them. Real lack of
 * memory ends the program. */
static bool is_endless_header(CURLcode code, const char *error)
{
    return code == CURLE_OUT_OF_MEMORY || strstr(error, "Too large response headers") ||
           strstr(error, "Header too large");
}

static enum lw_http_outcome of_code(CURLcode code, const char *error)
{
    if (is_tls_refusal(code, error))
        return LW_HTTP_CONFIG;
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (outcomes[i].code == code)
            return outcomes[i].outcome;
    return LW_HTTP_NETWORK;
}

static long proxy_status(const struct lw_transfer *t)
{
    long status = 0;
    curl.easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    return status;
}

static enum lw_http_outcome outcome_of(const struct lw_transfer *t, CURLcode code, long status)
{
    if (t->answer.too_large || is_endless_header(code, t->error))
        return LW_HTTP_TOO_LARGE;
    if (t->stopped)
        return LW_HTTP_STOPPED;
    if (proxy_status(t) == 407 || t->refused[0])
        return LW_HTTP_CONFIG;
    if (code == CURLE_RECV_ERROR && status != 0 && !is_tls_refusal(code, t->error))
        return LW_HTTP_CUT;
    if (code == CURLE_OK && !t->answer.head_ended) /* libcurl accepts half a header */
        return LW_HTTP_CUT;
    return of_code(code, t->error);
}

static void describe(const struct lw_transfer *t, CURLcode code, struct lw_http_reply *r)
{
    size_t n = sizeof r->text;
    if (r->outcome == LW_HTTP_TOO_LARGE)
        snprintf(r->text, n, LW_NET_MSG_TOO_LARGE, t->answer.head_ended ? "" : "'s header");
    else if (t->stopped)
        snprintf(r->text, n, LW_NET_MSG_STOPPED);
    else if (proxy_status(t) == 407)
        snprintf(r->text, n, LW_NET_MSG_PROXY_LOGIN, t->proxy);
    else if (t->refused[0])
        snprintf(r->text, n, LW_NET_MSG_PLAIN_HTTP, t->refused);
    else if (r->outcome == LW_HTTP_CUT && code == CURLE_OK)
        snprintf(r->text, n, LW_NET_MSG_CUT_HEADER);
    else if (code != CURLE_OK)
        snprintf(r->text, n, "%.190s", t->error[0] ? t->error : curl.easy_strerror(code));
}

static void finish(struct lw_transfer *t, CURLcode code)
{
    struct lw_http_reply r = {.retry_after_ms = lw_incoming_retry_after_ms(&t->answer, t->h->sys)};
    struct lw_incoming a;
    curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &r.status);
    r.outcome = outcome_of(t, code, r.status);
    describe(t, code, &r);
    end_request(t); /* from here on `done` may start the next one */
    a = t->answer;
    t->answer = (struct lw_incoming){0};
    r.type = a.type ? a.type : "";
    if (r.status / 100 == 3)
        r.location = a.location;
    r.len = r.outcome == LW_HTTP_ANSWERED ? a.body.len : 0;
    char *body = lw_buf_detach(&a.body);
    r.body = r.outcome == LW_HTTP_ANSWERED ? body : NULL;
    t->done(t->ctx, &r);
    free(body);
    lw_incoming_fini(&a);
}

/* ---- the loop */

void lw_http_poll(struct lw_http *h, struct pollfd *fd, size_t n, int timeout_ms)
{
    struct curl_waitfd extra[POLL_FDS];
    unsigned used = 0;
    if (!h->multi) {
        poll(fd, n, timeout_ms);
        return;
    }
    for (size_t i = 0; i < n && used < POLL_FDS; i++) {
        unsigned events = (fd[i].events & POLLIN ? CURL_WAIT_POLLIN : 0U) |
                          (fd[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0U);
        fd[i].revents = 0;
        if (fd[i].fd >= 0)
            extra[used++] = (struct curl_waitfd){.fd = fd[i].fd, .events = (short)events};
    }
    if (timeout_ms < 0 || timeout_ms > NEVER_MS)
        timeout_ms = NEVER_MS;
    curl.multi_poll(h->multi, extra, used, timeout_ms, NULL);
    poll(fd, n, 0); /* libcurl drops POLLHUP and POLLERR, which tell that the terminal is gone */
}

static void finish_all(struct lw_http *h, CURLcode code)
{
    bool was[LW_HTTP_TRANSFERS] = {false};
    size_t i = 0;
    for (const struct lw_transfer *t = h->first; t; t = t->next)
        was[i++] = t->running;
    i = 0; /* what `done` starts is not among them */
    for (struct lw_transfer *t = h->first; t && i < LW_HTTP_TRANSFERS; t = t->next)
        if (was[i++] && t->running)
            finish(t, code);
}

void lw_http_work(struct lw_http *h)
{
    int running, left;
    if (!h->multi)
        return;
    CURLMcode code = curl.multi_perform(h->multi, &running);
    close_on_exec();
    for (const CURLMsg *m; (m = curl.multi_info_read(h->multi, &left));) {
        char *of = NULL;
        if (m->msg != CURLMSG_DONE)
            continue;
        curl.easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &of);
        finish((struct lw_transfer *)(void *)of, m->data.result);
    }
    if (code != CURLM_OK)
        finish_all(h, CURLE_FAILED_INIT);
}
