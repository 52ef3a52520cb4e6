/* Whether a link says where it goes: a text that names bank.com and goes to evil.example is shown
 * with its target. Texts and targets are foreign, and made to deceive: names before an @,
 * characters that nobody sees, backslashes that browsers take for slashes. How links are found is
 * markdown.c's.
 */
#define _GNU_SOURCE
#include "markup/link_target_internal.h"

#include "labelwright/text/utf8.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>

enum { SHOWN_MAX = 60 /* bytes of a target */ };

/* ---- texts without what nobody sees */

/* Letters behind it stand in another order than they are read. */
static bool turns_letters(char32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

/* True when letters are turned. */
static bool add_seen(const char *s, size_t n, struct lw_buf *to)
{
    bool turned = false;
    char32_t cp;
    for (size_t at = 0, len; at < n; at += len) {
        len = lw_utf8_decode(s + at, n - at, &cp);
        bool unseen = cp != LW_UTF8_BAD && cp >= 0xAD &&
                      uc_is_property(cp, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT);
        turned |= turns_letters(cp);
        if (!unseen && cp != 0)
            lw_buf_add(to, s + at, len);
    }
    lw_buf_add(to, "", 0);
    return turned;
}

/* ---- hosts */

struct part {
    const char *s;
    size_t n;
};

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

/* What stands between the slashes and the path, behind "name:password@", before a port. */
static struct part host_of(struct part address)
{
    const char *end = address.s + strcspn(address.s, "/\\?#"), *at, *port;
    end = end < address.s + address.n ? end : address.s + address.n;
    at = memrchr(address.s, '@', (size_t)(end - address.s));
    const char *from = at ? at + 1 : address.s;
    port = memchr(from, ':', (size_t)(end - from));
    return (struct part){from, (size_t)((port ? port : end) - from)};
}

/* What follows "https://", "//" or "mailto:"; nothing in another address. */
static struct part authority_of(const char *target)
{
    static const char *const schemes[] = {"https:", "http:", ""};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = strlen(schemes[i]);
        if (strncasecmp(target, schemes[i], n) == 0 && is_slash(target[n]) &&
            is_slash(target[n + 1]))
            return (struct part){target + n + 2, strlen(target + n + 2)};
    }
    if (strncasecmp(target, "mailto:", 7) == 0)
        return (struct part){target + 7, strlen(target + 7)};
    return (struct part){target, 0};
}

/* The last part of a name that people take for an address; any word with a point is none. */
static bool names_host(struct part p)
{
    static const char *const ends[] = {"com", "org", "net", "edu", "gov", "int", "info", "biz",
        "io", "co", "uk", "de", "fr", "es", "it", "nl", "pt", "ru", "ua", "cn", "jp", "kr", "in",
        "vn", "br", "au", "ca", "ch", "at", "eu", "us", "app", "dev", "ai", "tv", "xyz", "online",
        "site", "shop", "bank", "example", "test"};
    const char *dot = memrchr(p.s, '.', p.n);
    size_t len = dot ? p.n - (size_t)(dot + 1 - p.s) : 0;
    if (!dot || dot == p.s)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (len == strlen(ends[i]) && strncasecmp(dot + 1, ends[i], len) == 0)
            return true;
    return false;
}

/* The same, or one goes to a part of what the other names: "www.bank.com" for "bank.com". */
static bool is_same_host(struct part target, struct part said)
{
    bool whole =
        target.n == said.n || (target.n > said.n && target.s[target.n - said.n - 1] == '.');
    return whole && strncasecmp(target.s + target.n - said.n, said.s, said.n) == 0;
}

/* A word without the brackets, quotes and points around it, and without "https://". */
static struct part host_in_word(const char *s, size_t n)
{
    const char *scheme = memmem(s, n, "://", 3);
    size_t skip = scheme ? (size_t)(scheme - s) + 3 : 0;
    while (skip < n && ispunct((unsigned char)s[skip]))
        skip++;
    struct part host = host_of((struct part){s + skip, n - skip});
    while (host.n > 0 && !isalnum((unsigned char)host.s[host.n - 1]))
        host.n--;
    return host;
}

static bool names_another_host(const char *said, struct part target)
{
    for (const char *s = said; *s;) {
        size_t n = strcspn(s, " \t\r\n");
        struct part host = host_in_word(s, n);
        if (names_host(host) && !is_same_host(target, host))
            return true;
        s += n + strspn(s + n, " \t\r\n");
    }
    return false;
}

/* ---- the warning */

/* On the line of the link, whatever is in it. */
static void add_in_line(const char *s, size_t n, struct lw_buf *to)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < ' ')
            lw_buf_fmt(to, "^%c", s[i] + '@');
        else
            lw_buf_char(to, s[i]);
}

/* Of a host that is too long its end, which says whose it is; of another target its beginning. */
static void add_target(struct part p, bool host, struct lw_buf *to)
{
    size_t from = 0, end = p.n;
    if (p.n > SHOWN_MAX && host)
        from = lw_grapheme_at(p.s, p.n, p.n - SHOWN_MAX);
    else if (p.n > SHOWN_MAX)
        end = lw_grapheme_at(p.s, p.n, SHOWN_MAX);
    lw_buf_str(to, from > 0 ? " → …" : " → ");
    add_in_line(p.s + from, end - from, to);
    lw_buf_str(to, end < p.n ? "…" : "");
}

void lw_link_target_warn(const char *said, size_t n, const char *target, struct lw_buf *to)
{
    struct lw_buf seen = {0};
    bool turned = add_seen(said, n, &seen);
    struct part authority = authority_of(target), host = host_of(authority);
    bool page = authority.n > 0;
    if ((!page && strchr(target, ':')) || turned || names_another_host(seen.data, host))
        add_target(page ? host : (struct part){target, strlen(target)}, page, to);
    lw_buf_fini(&seen);
}
