/* UTF-8 byte by byte, and the small rules that need no more than that: what ends a line, and what a
 * decimal digit of any script means. Grapheme clusters are grapheme.c's, columns glyph.c's. */
#include "labelwright/text/utf8.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* What the first byte promises: how many bytes follow, its payload, and the range of the second
 * byte that rules out overlong forms, surrogates and everything beyond U+10FFFF (RFC 3629, section
 * 4). */
static const struct lead {
    unsigned char first, last, more, payload, low, high;
} leads[] = {
    {0xC2, 0xDF, 1, 0x1F, 0x80, 0xBF},
    {0xE0, 0xE0, 2, 0x0F, 0xA0, 0xBF},
    {0xE1, 0xEC, 2, 0x0F, 0x80, 0xBF},
    {0xED, 0xED, 2, 0x0F, 0x80, 0x9F},
    {0xEE, 0xEF, 2, 0x0F, 0x80, 0xBF},
    {0xF0, 0xF0, 3, 0x07, 0x90, 0xBF},
    {0xF1, 0xF3, 3, 0x07, 0x80, 0xBF},
    {0xF4, 0xF4, 3, 0x07, 0x80, 0x8F},
};

static const struct lead *lead_of(unsigned char c)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (c <= leads[i].last)
            return c >= leads[i].first ? &leads[i] : NULL;
    return NULL;
}

size_t lw_utf8_decode(const char *s, size_t n, char32_t *cp)
{
    const unsigned char *u = (const unsigned char *)s;
    *cp = u[0];
    if (u[0] < 0x80)
        return 1;
    *cp = LW_UTF8_BAD;
    const struct lead *l = lead_of(u[0]);
    if (!l || n <= l->more || u[1] < l->low || u[1] > l->high)
        return 1;
    char32_t c = u[0] & l->payload;
    for (size_t i = 1; i <= l->more; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 1;
        c = c << 6 | (u[i] & 0x3F);
    }
    *cp = c;
    return l->more + 1u;
}

size_t lw_utf8_encode(char32_t cp, char to[4])
{
    static const unsigned char mark[] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    if (cp < 0x80) {
        to[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, cp >>= 6)
        to[i] = (char)(0x80 | (cp & 0x3F));
    to[0] = (char)(mark[n] | cp);
    return n;
}

/* Most texts begin with ASCII, and many have nothing else. */
static size_t ascii_len(const char *s, size_t n)
{
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= n; at += sizeof word) {
        memcpy(&word, s + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < n && (unsigned char)s[at] < 0x80)
        at++;
    return at;
}

bool lw_utf8_valid(const char *s, size_t n, size_t *bad)
{
    size_t at = ascii_len(s, n);
    const uint8_t *wrong = at < n ? u8_check((const uint8_t *)s + at, n - at) : NULL;
    if (wrong && bad)
        *bad = (size_t)((const char *)wrong - s);
    return !wrong;
}

/* ---- line ends */

size_t lw_line_end(const char *s, size_t n)
{
    switch ((unsigned char)s[0]) {
    case '\n':
        return 1;
    case '\r':
        return n > 1 && s[1] == '\n' ? 2 : 0;
    case 0xC2:
        return n > 1 && s[1] == '\x85' ? 2 : 0;
    case 0xE2:
        return n > 2 && s[1] == '\x80' && (s[2] == '\xA8' || s[2] == '\xA9') ? 3 : 0;
    default:
        return 0;
    }
}

/* Not 0 when one of eight bytes is not printable ASCII. */
static uint64_t unplain(const char *s)
{
    static const uint64_t each = 0x0101010101010101U;
    uint64_t w;
    memcpy(&w, s, sizeof w);
    uint64_t beyond = (w | (w + each)) & each << 7; /* above 0x7E */
    uint64_t control = ~(w | w << 1) & each << 6;   /* below 0x20: bits 5 and 6 are clear */
    return beyond | control;
}

size_t lw_plain_len(const char *s, size_t n)
{
    enum { WORD = sizeof(uint64_t) };
    size_t at = 0;
    while (at + WORD <= n && !unplain(s + at))
        at += WORD;
    if (at < n && at + WORD > n && n >= WORD && !unplain(s + n - WORD))
        return n; /* the last few at once */
    while (at < n && s[at] >= ' ' && s[at] < 0x7F)
        at++;
    return at;
}

size_t lw_line_len(const char *s, size_t n)
{
    static const bool may_end[256] = {['\n'] = true, ['\r'] = true, [0xC2] = true, [0xE2] = true};
    for (size_t at = lw_plain_len(s, n); at < n; at++)
        if (may_end[(unsigned char)s[at]] && lw_line_end(s + at, n - at))
            return at;
    return n;
}

bool lw_ends_line(const char *s, size_t n)
{
    char last = n > 0 ? s[n - 1] : '\0';
    if (last != '\n' && last != '\x85' && last != '\xA8' && last != '\xA9')
        return false;
    for (size_t k = 1; k <= 3 && k <= n; k++)
        if (lw_line_end(s + n - k, k) == k)
            return true;
    return false;
}

/* ---- numbers */

enum { DIGITS_MOST = 18 /* fit any int64_t */ };

int lw_digit_value(char32_t cp)
{
    if (cp < 0x80)
        return cp >= U'0' && cp <= U'9' ? (int)(cp - U'0') : -1;
    return uc_decimal_value(cp);
}

static size_t skip_blanks(const char *s, size_t n, size_t at)
{
    while (at < n && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at;
}

bool lw_number_parse(const char *s, size_t n, int64_t *to)
{
    enum { MINUS_SIGN = 0x2212 };
    char32_t cp;
    size_t at = skip_blanks(s, n, 0), digits = 0;
    int64_t value = 0;
    bool below = false;
    if (at < n) {
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        below = cp == U'-' || cp == MINUS_SIGN;
        at += below || cp == U'+' ? len : 0;
    }
    for (int digit; at < n && digits <= DIGITS_MOST; digits++) {
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        if ((digit = lw_digit_value(cp)) < 0)
            break;
        if (digits < DIGITS_MOST)
            value = value * 10 + digit;
        at += len;
    }
    if (digits == 0 || digits > DIGITS_MOST || skip_blanks(s, n, at) < n)
        return false;
    *to = below ? -value : value;
    return true;
}
