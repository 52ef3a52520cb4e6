/* Grapheme clusters by libunistring's u8_grapheme_breaks() (its u8_grapheme_next() is wrong on ten
 * cases of UAX #29). That one wants a whole text, so each call looks at a stretch around the place
 * asked about, from a sure boundary on. */
#define _GNU_SOURCE
#include "labelwright/text/utf8.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>

enum {
    WINDOW = 1024,   /* how far to look for a sure boundary, and where a cluster is cut for good */
    FIRST_LOOK = 32, /* most clusters end sooner */
    STRETCH = 2 * WINDOW + 8
};

/* The start of the code point that holds byte `at`; a bad byte stands alone. */
static size_t cp_start(const char *s, size_t n, size_t at)
{
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        char32_t cp;
        if (lw_utf8_decode(s + at - back, n - (at - back), &cp) > back)
            return at - back;
    }
    return at;
}

/* True when a boundary lies between a and b whatever stands before them: behind flag letters,
 * joiners and marks it depends on that. */
static bool sure_break(char32_t a, char32_t b)
{
    if (a == LW_UTF8_BAD || b == LW_UTF8_BAD)
        return true;
    int before = uc_graphemeclusterbreak_property(a);
    return before != GBP_RI && before != GBP_ZWJ && before != GBP_EXTEND &&
           uc_is_grapheme_break(a, b);
}

/* A boundary at or before `from` (the start of a code point), at most WINDOW before the boundary
 * `near`: an even number of flag letters, so that their pairs stay whole. */
static size_t anchor(const char *s, size_t n, size_t from, size_t near)
{
    size_t p = from;
    while (p > 0 && near - p < WINDOW) {
        char32_t before, after;
        size_t q = cp_start(s, n, p - 1);
        lw_utf8_decode(s + q, n - q, &before);
        lw_utf8_decode(s + p, n - p, &after);
        if (sure_break(before, after))
            break;
        p = q;
    }
    return p;
}

/* Where a stretch of valid text from `start` ends, at most `most` bytes on, between code points. */
static size_t stretch_end(const char *s, size_t n, size_t start, size_t most)
{
    size_t at = start;
    while (at < n && at - start < most) {
        char32_t cp;
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        if (cp == LW_UTF8_BAD)
            break;
        at += len;
    }
    return at;
}

size_t lw_grapheme_next(const char *s, size_t n, size_t at)
{
    char breaks[STRETCH];
    if (at >= n)
        return n;
    size_t start = anchor(s, n, cp_start(s, n, at), at), cut = at - start + WINDOW;
    for (size_t look = at - start + FIRST_LOOK;; look = look * 4 < cut ? look * 4 : cut) {
        size_t end = stretch_end(s, n, start, look);
        if (end <= at)
            return at + 1; /* a bad byte */
        u8_grapheme_breaks((const uint8_t *)s + start, end - start, breaks);
        const char *next = memchr(breaks + (at - start) + 1, 1, end - at - 1);
        if (next)
            return start + (size_t)(next - breaks);
        if (end == n || look == cut || end - start < look)
            return end;
    }
}

/* The start of the cluster of the code point that holds byte `at`. */
static size_t cluster_start(const char *s, size_t n, size_t at, size_t near)
{
    char breaks[STRETCH];
    size_t cp = cp_start(s, n, at), start = anchor(s, n, cp, near);
    size_t end = stretch_end(s, n, start, cp - start + 1);
    if (end <= cp)
        return cp; /* a bad byte */
    u8_grapheme_breaks((const uint8_t *)s + start, end - start, breaks);
    const char *last = memrchr(breaks, 1, cp - start + 1);
    return last ? start + (size_t)(last - breaks) : start;
}

size_t lw_grapheme_at(const char *s, size_t n, size_t at)
{
    return at < n ? cluster_start(s, n, at, at) : n;
}

size_t lw_grapheme_prev(const char *s, size_t n, size_t at)
{
    at = at < n ? at : n;
    return at > 0 ? cluster_start(s, n, at - 1, at) : 0;
}
