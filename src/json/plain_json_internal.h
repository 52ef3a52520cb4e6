/* The tokens of JSON that is written plainly, as json_check.c and json_read.c take them from a
 * text. Each is taken, or nothing is said about it: numbers with exponents or of many digits, NUL
 * in an escape of a key and every mistake are left to jansson. */
#ifndef LABELWRIGHT_JSON_PLAIN_JSON_INTERNAL_H
#define LABELWRIGHT_JSON_PLAIN_JSON_INTERNAL_H

#include "json/eight_bytes_internal.h"

#include <stdbool.h>
#include <stddef.h>
#include <unistr.h>

enum { LW_PLAIN_DEPTH = 64, LW_PLAIN_DIGITS = 18, LW_PLAIN_FRACTION = 100 };

struct lw_plain {
    const char *p, *end;
};

/* The bytes between the quotes of a string. */
struct lw_plain_text {
    const char *s;
    size_t n;
    bool escapes;
};

/* The bytes of a number: its first digit, how many there are, and how many behind the point. */
struct lw_plain_number {
    const char *digits;
    size_t whole, fraction;
    bool negative;
};

static inline void lw_plain_space(struct lw_plain *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
        s->p++;
}

static inline bool lw_plain_take(struct lw_plain *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static inline bool lw_plain_word(struct lw_plain *s, const char *word, size_t n)
{
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
        return false;
    s->p += n;
    return true;
}

/* ---- strings */

static inline int lw_plain_hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits behind "\u" at p, six bytes that are there; -1 when it is none. */
static inline int lw_plain_unit(const char *p)
{
    int unit = 0;
    if (p[0] != '\\' || p[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = lw_plain_hex(p[i]);
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* At the backslash: how many bytes the escape takes, 0 when it is none; *cp is what it means. */
static inline size_t lw_plain_escape(const char *p, const char *end, ucs4_t *cp)
{
    static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    if (end - p < 2)
        return 0;
    if (p[1] != 'u') {
        const char *at = p[1] ? strchr(from, p[1]) : NULL;
        *cp = at ? (ucs4_t)means[at - from] : 0;
        return at ? 2 : 0;
    }
    int unit = end - p < 6 ? -1 : lw_plain_unit(p);
    if (unit < 0 || (unit & 0xFC00) == 0xDC00)
        return 0;
    *cp = (ucs4_t)unit;
    if ((unit & 0xFC00) != 0xD800)
        return 6;
    int low = end - p < 12 ? -1 : lw_plain_unit(p + 6);
    *cp = 0x10000 + ((ucs4_t)(unit & 0x3FF) << 10) + (ucs4_t)(low & 0x3FF);
    return low >= 0 && (low & 0xFC00) == 0xDC00 ? 12 : 0;
}

/* To the next quote, backslash, control character or, noted in *ascii, byte that is not ASCII. */
static inline void lw_plain_skip(struct lw_plain *s, bool *ascii)
{
    for (; s->end - s->p >= 8; s->p += 8) {
        uint64_t bytes = lw_eight(s->p);
        uint64_t marks =
            lw_eight_equal(bytes, '"') | lw_eight_equal(bytes, '\\') | lw_eight_below(bytes, 0x20);
        *ascii = *ascii && !lw_eight_not_ascii(bytes);
        if (marks) {
            s->p += lw_first_mark(marks);
            return;
        }
    }
    for (; s->p < s->end && *s->p != '"' && *s->p != '\\' && (unsigned char)*s->p >= 0x20; s->p++)
        *ascii = *ascii && (unsigned char)*s->p < 0x80;
}

static inline bool lw_plain_string(struct lw_plain *s, struct lw_plain_text *to)
{
    bool ascii = true;
    if (!lw_plain_take(s, '"'))
        return false;
    *to = (struct lw_plain_text){.s = s->p};
    for (size_t took;; s->p += took) {
        ucs4_t unused;
        lw_plain_skip(s, &ascii);
        if (s->p == s->end || (unsigned char)*s->p < 0x20)
            return false;
        if (*s->p == '"')
            break;
        to->escapes = true;
        if (!(took = lw_plain_escape(s->p, s->end, &unused)))
            return false;
    }
    to->n = (size_t)(s->p++ - to->s);
    return ascii || !u8_check((const uint8_t *)to->s, to->n);
}

/* What the string says, and a NUL behind it: at most n + 1 bytes. False where it holds NUL. */
static inline bool lw_plain_unescape(const struct lw_plain_text *text, char *to, size_t *n)
{
    const char *p = text->s, *end = p + text->n, *slash;
    char *start = to;
    for (ucs4_t cp = 0; text->escapes && (slash = memchr(p, '\\', (size_t)(end - p)));) {
        memcpy(to, p, (size_t)(slash - p));
        to += slash - p;
        p = slash + lw_plain_escape(slash, end, &cp);
        if (cp == 0)
            return false;
        int took = u8_uctomb((uint8_t *)to, cp, 4);
        to += took > 0 ? took : 0;
    }
    memcpy(to, p, (size_t)(end - p));
    to += end - p;
    *to = '\0';
    *n = (size_t)(to - start);
    return true;
}

/* ---- numbers */

static inline size_t lw_plain_digits(struct lw_plain *s)
{
    const char *from = s->p;
    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    return (size_t)(s->p - from);
}

static inline bool lw_plain_number(struct lw_plain *s, struct lw_plain_number *to)
{
    to->negative = lw_plain_take(s, '-');
    to->digits = s->p;
    to->whole = lw_plain_digits(s);
    to->fraction = 0;
    if (to->whole == 0 || (to->whole > 1 && *to->digits == '0') || to->whole > LW_PLAIN_DIGITS)
        return false;
    if (lw_plain_take(s, '.')) {
        to->fraction = lw_plain_digits(s);
        if (to->fraction == 0 || to->fraction >= LW_PLAIN_FRACTION)
            return false;
    }
    return s->p == s->end || (*s->p | 0x20) != 'e';
}

#endif
