/* HTTP messages without a socket: whether a request's headers may be sent, and an answer while it
 * comes in, with its limits. Connections, TLS and libcurl are http.c's. */
#define _GNU_SOURCE
#include "net/http_message_internal.h"
#include "net/net_messages_internal.h"

#include "labelwright/base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { HOUR_S = 60 * 60 };

/* ---- a request's headers */

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

static bool is_secret(const char *line)
{
    return strncasecmp(line, "Authorization:", 14) == 0 || strncasecmp(line, "x-api-key:", 10) == 0;
}

bool lw_http_is_home(const struct lw_endpoint *e, const struct lw_url *url)
{
    char *origin = lw_url_origin(url);
    bool same = e && strcmp(e->origin, origin) == 0;
    free(origin);
    return same;
}

enum lw_code lw_http_check_headers(
    const struct lw_http_request *r, const struct lw_url *url, struct lw_err *err)
{
    for (size_t i = 0; r->headers && r->headers[i]; i++) {
        if (!is_header(r->headers[i]))
            return lw_fail(err, LW_EUSAGE, LW_NET_MSG_BAD_HEADER, r->url);
        if (is_secret(r->headers[i]) && !lw_http_is_home(r->endpoint, url))
            return lw_fail(err, LW_EREFUSED, LW_NET_MSG_TOKEN_ELSEWHERE, r->url);
    }
    return LW_OK;
}

/* ---- an answer */

bool lw_incoming_add_body(struct lw_incoming *a, const char *bytes, size_t n)
{
    a->too_large = a->too_large || n > a->body_max - a->body.len;
    if (!a->too_large)
        lw_buf_add(&a->body, bytes, n);
    return !a->too_large;
}

static void clear_headers(struct lw_incoming *a)
{
    free(a->location);
    free(a->retry_after);
    free(a->date);
    free(a->type);
    a->location = a->retry_after = a->date = a->type = NULL;
}

/* The value when the line is this header; new string, else NULL. */
static char *value_of(const char *line, size_t n, const char *name)
{
    size_t at = strlen(name);
    if (n <= at || strncasecmp(line, name, at) != 0 || line[at] != ':')
        return NULL;
    for (at++; at < n && (line[at] == ' ' || line[at] == '\t');)
        at++;
    while (n > at && strchr(" \t\r\n", line[n - 1]))
        n--;
    return lw_strndup(line + at, n - at);
}

bool lw_incoming_add_header(struct lw_incoming *a, const char *line, size_t n)
{
    struct {
        const char *name;
        char **to;
    } const kept[] = {{"Location", &a->location}, {"Retry-After", &a->retry_after},
        {"Date", &a->date}, {"Content-Type", &a->type}};
    a->header_bytes += n;
    a->header_lines++;
    a->too_large =
        a->too_large || a->header_bytes > a->header_max || a->header_lines > a->lines_max;
    if (a->too_large)
        return false;
    if (n > 5 && memcmp(line, "HTTP/", 5) == 0) {
        clear_headers(a);
        a->head_ended = false;
    }
    if (*line == '\r' || *line == '\n')
        a->head_ended = true;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (!*kept[i].to)
            *kept[i].to = value_of(line, n, kept[i].name);
    return true;
}

/* The three spellings of RFC 9110, section 5.6.7; the locale of times is always C here. */
static bool parse_date(const char *s, int64_t *to)
{
    static const char *const forms[] = {
        "%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};
    for (size_t i = 0; s && i < sizeof forms / sizeof *forms; i++) {
        struct tm tm = {0};
        const char *end = strptime(s, forms[i], &tm);
        if (end && *end == '\0') {
            *to = timegm(&tm);
            return true;
        }
    }
    return false;
}

int64_t lw_incoming_retry_after_ms(const struct lw_incoming *a, const struct lw_sys *sys)
{
    const char *s = a->retry_after;
    int64_t now, then, wait;
    if (!s || !*s)
        return -1;
    if (s[strspn(s, "0123456789")] == '\0') {
        s += strspn(s, "0");
        wait = strlen(s) > 4 ? HOUR_S : atoi(s);
    } else if (parse_date(s, &then)) {
        if (!parse_date(a->date, &now))
            now = lw_clock_utc_ms(sys) / 1000;
        wait = then - now;
    } else {
        return -1;
    }
    return 1000 * (wait < 0 ? 0 : wait > HOUR_S ? HOUR_S : wait);
}

void lw_incoming_fini(struct lw_incoming *a)
{
    clear_headers(a);
    lw_buf_fini(&a->body);
    *a = (struct lw_incoming){0};
}
