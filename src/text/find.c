#include "labelwright/find.h"

#include "labelwright/utf8.h"

#include <wctype.h>

static char32_t fold(char32_t cp)
{
    return cp == LW_UTF8_BAD ? cp : (char32_t)towlower((wint_t)cp);
}

/* Bytes of `s` that are the needle but for case; 0 when it does not begin there. */
static size_t match(const char *s, size_t n, const char *needle, size_t needle_len)
{
    size_t at = 0;
    for (size_t i = 0; i < needle_len;) {
        char32_t a, b;
        if (at >= n)
            return 0;
        i += lw_utf8_decode(needle + i, needle_len - i, &a);
        at += lw_utf8_decode(s + at, n - at, &b);
        if (fold(a) != fold(b))
            return 0;
    }
    return at;
}

size_t lw_find(
    const char *s, size_t n, size_t from, const char *needle, size_t needle_len, size_t *len)
{
    while (from < n) {
        char32_t cp;
        *len = match(s + from, n - from, needle, needle_len);
        if (*len > 0)
            return from;
        from += lw_utf8_decode(s + from, n - from, &cp);
    }
    *len = 0;
    return n;
}
