/* Splits http:// and https:// addresses into what a connection needs, and says what is wrong with
 * them. Stricter than RFC 3986: no user, no white space, no http:// to another machine. Nothing is
 * resolved or connected here. */
#define _GNU_SOURCE
#include "labelwright/base/url.h"
#include "labelwright/base/buf.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HTTP_PORT = 80, HTTPS_PORT = 443, PORT_MAX = 65535 };

static bool is_loopback(const char *host, size_t n)
{
    char name[64];
    struct in_addr v4;
    if (n >= sizeof name)
        return false;
    memcpy(name, host, n);
    name[n] = '\0';
    if (strcasecmp(name, "localhost") == 0 || strcmp(name, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, name, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

/* Bytes of the host, at the start of the text after "//"; 0 for none. */
static size_t host_length(const char *s)
{
    if (*s != '[')
        return strcspn(s, ":/?#");
    const char *end = strchr(s, ']');
    return end ? (size_t)(end - s) + 1 : 0;
}

static bool has_bad_character(const char *s)
{
    for (; *s; s++)
        if (isspace((unsigned char)*s) || iscntrl((unsigned char)*s) || *s == '\\')
            return true;
    return false;
}

/* What follows the host: nothing, or a colon and a port; then the rest. */
static bool read_port(const char *s, struct lw_url *to)
{
    to->port = to->tls ? HTTPS_PORT : HTTP_PORT;
    if (*s == ':') {
        size_t n = strspn(++s, "0123456789");
        if (n < 1 || n > 5 || strtoul(s, NULL, 10) > PORT_MAX)
            return false;
        to->port = (unsigned)strtoul(s, NULL, 10);
        s += n;
    }
    to->rest = s;
    return *s == '\0' || strchr("/?#", *s);
}

enum lw_url_fault lw_url_parse(const char *text, struct lw_url *to)
{
    to->tls = strncasecmp(text, "https://", 8) == 0;
    if (!to->tls && strncasecmp(text, "http://", 7) != 0)
        return LW_URL_SCHEME;
    to->host = text + (to->tls ? 8 : 7);
    to->host_len = host_length(to->host);
    if (has_bad_character(text))
        return LW_URL_CHARACTER;
    if (memchr(to->host, '@', strcspn(to->host, "/?#")))
        return LW_URL_USER;
    if (to->host_len == 0)
        return LW_URL_HOST;
    if (!read_port(to->host + to->host_len, to))
        return LW_URL_PORT;
    return to->tls || is_loopback(to->host, to->host_len) ? LW_URL_WELL : LW_URL_PLAIN;
}

char *lw_url_origin(const struct lw_url *url)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, url->tls ? "https://" : "http://");
    for (size_t i = 0; i < url->host_len; i++) {
        char c = url->host[i];
        lw_buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    if (url->port != (url->tls ? HTTPS_PORT : HTTP_PORT))
        lw_buf_fmt(&b, ":%u", url->port);
    return lw_buf_detach(&b);
}
