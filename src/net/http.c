/* The HTTP client over libcurl, the only file that knows it: its options, callbacks and errors.
 * What headers may be sent and how much of an answer is read, http_message.c says; what an answer
 * means and whether to send again, its callers. */
#define _GNU_SOURCE
#include "labelwright/net/http.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/url.h"
#include "net/http_message_internal.h"
#include "net/net_messages_internal.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <linux/close_range.h>
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

enum { POLL_FDS = 16, NEVER_MS = 60 * 60 * 1000 /* the longest wait that nothing ends */ };

struct lw_http {
    const struct lw_sys *sys;
    CURLM *multi;
    CURL *easy; /* reset for each request; keeps TLS sessions and resolved names */
    struct lw_http_limits limits;
    bool busy, plain;
    struct curl_slist *headers;
    void (*done)(void *ctx, const struct lw_http_reply *reply);
    void *ctx;
    struct lw_incoming answer;
    char refused[INET6_ADDRSTRLEN]; /* an address that is not this machine */
    const char *proxy;              /* of the request; "" for none. Borrowed */
    char error[CURL_ERROR_SIZE];
};

const char *lw_network_library(void)
{
    static char text[80];
    const curl_version_info_data *v = curl_version_info(CURLVERSION_NOW);
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
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

struct lw_http *lw_http_new(const struct lw_sys *sys, const struct lw_http_limits *limits)
{
    struct lw_http *h = lw_alloc(sizeof *h);
    h->sys = sys;
    if (limits)
        h->limits = *limits;
    struct lw_http_limits *l = &h->limits;
    l->connect_ms = l->connect_ms ? l->connect_ms : 20 * 1000;
    l->total_ms = l->total_ms ? l->total_ms : 10 * 60 * 1000;
    l->slow_bytes = l->slow_bytes ? l->slow_bytes : 10;
    l->slow_s = l->slow_s ? l->slow_s : 60;
    l->header_lines = l->header_lines ? l->header_lines : 128;
    l->header_bytes = l->header_bytes ? l->header_bytes : 64 * 1024;
    signal(SIGPIPE, SIG_IGN);
    return h;
}

/* Only at the first request: TLS setup costs time and 3 MiB that most sessions never need. */
static void begin_curl(struct lw_http *h)
{
    if (h->multi)
        return;
    if (curl_global_init_mem(
            CURL_GLOBAL_DEFAULT, malloc, wipe_free, wipe_realloc, strdup, calloc) != 0 ||
        !(h->multi = curl_multi_init()) || !(h->easy = curl_easy_init()))
        no_memory();
    close_on_exec();
}

/* Frees the request, but keeps the answer. */
static void end_request(struct lw_http *h)
{
    if (!h->busy)
        return;
    curl_multi_remove_handle(h->multi, h->easy);
    curl_easy_reset(h->easy);
    curl_slist_free_all(h->headers);
    h->headers = NULL;
    h->busy = false;
}

void lw_http_cancel(struct lw_http *h)
{
    end_request(h);
    lw_incoming_fini(&h->answer);
}

void lw_http_free(struct lw_http *h)
{
    if (!h)
        return;
    lw_http_cancel(h);
    if (h->multi) {
        curl_easy_cleanup(h->easy);
        curl_multi_cleanup(h->multi);
        curl_global_cleanup();
    }
    free(h);
}

bool lw_http_busy(const struct lw_http *h)
{
    return h->busy;
}

static curl_off_t uploaded(const struct lw_http *h)
{
    curl_off_t n = 0;
    if (h->busy)
        curl_easy_getinfo(h->easy, CURLINFO_SIZE_UPLOAD_T, &n);
    return n;
}

uint64_t lw_http_sent(const struct lw_http *h)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    int queued = 0;
    curl_off_t n = uploaded(h);
    if (n > 0 && curl_easy_getinfo(h->easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK && fd >= 0)
        (void)!ioctl(fd, SIOCOUTQ, &queued);
    return n > queued ? (uint64_t)(n - queued) : 0;
}

bool lw_http_uploaded(const struct lw_http *h, size_t len)
{
    return h->busy && uploaded(h) >= (curl_off_t)len;
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
    struct lw_http *h = ctx;
    (void)purpose;
    if (h->plain && !is_loopback(&to->addr)) {
        format_address(&to->addr, h->refused, sizeof h->refused);
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t on_body(char *bytes, size_t one, size_t n, void *ctx)
{
    (void)one;
    return lw_incoming_add_body(&((struct lw_http *)ctx)->answer, bytes, n) ? n : 0;
}

static size_t on_header(char *line, size_t one, size_t n, void *ctx)
{
    (void)one;
    return lw_incoming_add_header(&((struct lw_http *)ctx)->answer, line, n) ? n : 0;
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
static void set_long(struct lw_http *h, CURLcode *code, CURLoption option, long value)
{
    if (*code == CURLE_OK)
        *code = curl_easy_setopt(h->easy, option, value);
}

static void set_text(struct lw_http *h, CURLcode *code, CURLoption option, const char *value)
{
    if (*code == CURLE_OK)
        *code = curl_easy_setopt(h->easy, option, value);
}

static void set_limits(struct lw_http *h, CURLcode *code)
{
    const struct lw_http_limits *l = &h->limits;
    set_long(h, code, CURLOPT_CONNECTTIMEOUT_MS, l->connect_ms);
    set_long(h, code, CURLOPT_TIMEOUT_MS, l->total_ms);
    set_long(h, code, CURLOPT_LOW_SPEED_LIMIT, l->slow_bytes);
    set_long(h, code, CURLOPT_LOW_SPEED_TIME, l->slow_s);
}

static void set_callbacks(struct lw_http *h)
{
    curl_easy_setopt(h->easy, CURLOPT_ERRORBUFFER, h->error);
    curl_easy_setopt(h->easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(h->easy, CURLOPT_OPENSOCKETDATA, h);
    curl_easy_setopt(h->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(h->easy, CURLOPT_WRITEDATA, h);
    curl_easy_setopt(h->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(h->easy, CURLOPT_HEADERDATA, h);
}

static void set_method(struct lw_http *h, CURLcode *code, const struct lw_http_request *r)
{
    bool get = strcmp(r->method, "GET") == 0, head = strcmp(r->method, "HEAD") == 0;
    if (r->body || strcmp(r->method, "POST") == 0) {
        set_long(h, code, CURLOPT_POST, 1);
        curl_easy_setopt(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(r->body ? r->len : 0));
        curl_easy_setopt(h->easy, CURLOPT_POSTFIELDS, r->body ? r->body : "");
    }
    if (head)
        set_long(h, code, CURLOPT_NOBODY, 1);
    else
        set_text(h, code, CURLOPT_CUSTOMREQUEST, r->method);
    /* On a connection that has died, libcurl would send it all again on its own. */
    set_long(h, code, CURLOPT_FRESH_CONNECT, !(get || head));
    set_long(h, code, CURLOPT_FORBID_REUSE, !(get || head));
}

static void set_endpoint(struct lw_http *h, CURLcode *code, const struct lw_endpoint *e)
{
    static const struct lw_endpoint none;
    e = e ? e : &none;
    h->proxy = e->proxy && !h->plain ? e->proxy : "";
    set_text(h, code, CURLOPT_PROXY, h->proxy);
    set_text(h, code, CURLOPT_NOPROXY, "");
    set_long(h, code, CURLOPT_NETRC, e->netrc ? CURL_NETRC_REQUIRED : CURL_NETRC_IGNORED);
    set_text(h, code, CURLOPT_UNIX_SOCKET_PATH, e->unix_socket);
    if (e->ca) { /* instead of the system's certificates, not in addition */
        set_text(h, code, CURLOPT_CAINFO, e->ca);
        set_text(h, code, CURLOPT_CAPATH, NULL);
    }
    if (e->certificate) {
        set_text(h, code, CURLOPT_SSLCERT, e->certificate);
        set_text(h, code, CURLOPT_SSLKEY, e->key ? e->key : e->certificate);
        set_text(h, code, CURLOPT_KEYPASSWD, ""); /* else OpenSSL asks on the terminal */
    }
}

static CURLcode set_up(struct lw_http *h, const struct lw_http_request *r)
{
    CURLcode code = CURLE_OK;
    set_callbacks(h);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        set_long(h, &code, always[i].option, always[i].value);
    set_limits(h, &code);
    set_text(h, &code, CURLOPT_PROTOCOLS_STR, h->plain ? "http" : "https");
    set_text(h, &code, CURLOPT_USERAGENT, "labelwright/" LW_VERSION);
    set_text(h, &code, CURLOPT_URL, r->url);
    set_method(h, &code, r);
    set_endpoint(h, &code, r->endpoint);
    if (code == CURLE_OK)
        code = curl_easy_setopt(h->easy, CURLOPT_HTTPHEADER, h->headers);
    return code;
}

static void add_header(struct lw_http *h, const char *line)
{
    struct curl_slist *longer = curl_slist_append(h->headers, line);
    if (!longer)
        no_memory();
    h->headers = longer;
}

static enum lw_code check_request(
    struct lw_http *h, const struct lw_http_request *r, struct lw_err *err)
{
    struct lw_url url;
    enum lw_url_fault fault = lw_url_parse(r->url, &url);
    if (h->busy)
        return lw_fail(err, LW_EBUSY, LW_NET_MSG_BUSY);
    if (fault != LW_URL_WELL && fault != LW_URL_PLAIN) /* plain http is checked at the socket */
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_NOT_AN_ADDRESS, r->url);
    if (r->endpoint && !lw_http_is_home(r->endpoint, &url))
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_OTHER_ORIGIN, r->endpoint->origin, r->url);
    h->plain = !url.tls;
    return lw_http_check_headers(r, &url, err);
}

enum lw_code lw_http_start(struct lw_http *h, const struct lw_http_request *r,
    void (*done)(void *ctx, const struct lw_http_reply *reply), void *ctx, struct lw_err *err)
{
    enum lw_code code = check_request(h, r, err);
    if (code != LW_OK)
        return code;
    begin_curl(h);
    add_header(h, "Expect:"); /* saves a round trip */
    for (size_t i = 0; r->headers && r->headers[i]; i++)
        add_header(h, r->headers[i]);
    h->answer = (struct lw_incoming){.body_max = r->answer_max,
        .header_max = h->limits.header_bytes,
        .lines_max = h->limits.header_lines};
    h->refused[0] = '\0';
    h->done = done;
    h->ctx = ctx;
    h->error[0] = '\0';
    h->busy = true;
    CURLcode set = set_up(h, r);
    if (set == CURLE_OK && curl_multi_add_handle(h->multi, h->easy) == CURLM_OK)
        return LW_OK;
    end_request(h);
    return lw_fail(err, LW_EREFUSED, LW_NET_MSG_CANNOT_SEND, r->url, curl_easy_strerror(set));
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

static long proxy_status(const struct lw_http *h)
{
    long status = 0;
    curl_easy_getinfo(h->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    return status;
}

static enum lw_http_outcome outcome_of(const struct lw_http *h, CURLcode code, long status)
{
    if (h->answer.too_large || is_endless_header(code, h->error))
        return LW_HTTP_TOO_LARGE;
    if (proxy_status(h) == 407 || h->refused[0])
        return LW_HTTP_CONFIG;
    if (code == CURLE_RECV_ERROR && status != 0 && !is_tls_refusal(code, h->error))
        return LW_HTTP_CUT;
    if (code == CURLE_OK && !h->answer.head_ended) /* libcurl accepts half a header */
        return LW_HTTP_CUT;
    return of_code(code, h->error);
}

static void describe(const struct lw_http *h, CURLcode code, struct lw_http_reply *r)
{
    size_t n = sizeof r->text;
    if (r->outcome == LW_HTTP_TOO_LARGE)
        snprintf(r->text, n, LW_NET_MSG_TOO_LARGE, h->answer.head_ended ? "" : "'s header");
    else if (proxy_status(h) == 407)
        snprintf(r->text, n, LW_NET_MSG_PROXY_LOGIN, h->proxy);
    else if (h->refused[0])
        snprintf(r->text, n, LW_NET_MSG_PLAIN_HTTP, h->refused);
    else if (r->outcome == LW_HTTP_CUT && code == CURLE_OK)
        snprintf(r->text, n, LW_NET_MSG_CUT_HEADER);
    else if (code != CURLE_OK)
        snprintf(r->text, n, "%.190s", h->error[0] ? h->error : curl_easy_strerror(code));
}

static void finish(struct lw_http *h, CURLcode code)
{
    struct lw_http_reply r = {.retry_after_ms = lw_incoming_retry_after_ms(&h->answer, h->sys)};
    struct lw_incoming a;
    curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &r.status);
    r.outcome = outcome_of(h, code, r.status);
    describe(h, code, &r);
    end_request(h); /* from here on `done` may start the next one */
    a = h->answer;
    h->answer = (struct lw_incoming){0};
    if (r.status / 100 == 3)
        r.location = a.location;
    r.len = r.outcome == LW_HTTP_ANSWERED ? a.body.len : 0;
    char *body = lw_buf_detach(&a.body);
    r.body = r.outcome == LW_HTTP_ANSWERED ? body : NULL;
    h->done(h->ctx, &r);
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
    curl_multi_poll(h->multi, extra, used, timeout_ms, NULL);
    poll(fd, n, 0); /* libcurl drops POLLHUP and POLLERR, which tell that the terminal is gone */
}

void lw_http_work(struct lw_http *h)
{
    int running, left;
    if (!h->multi)
        return;
    CURLMcode code = curl_multi_perform(h->multi, &running);
    close_on_exec();
    for (const CURLMsg *m; (m = curl_multi_info_read(h->multi, &left));)
        if (m->msg == CURLMSG_DONE)
            finish(h, m->data.result);
    if (code != CURLM_OK && h->busy)
        finish(h, CURLE_FAILED_INIT);
}
