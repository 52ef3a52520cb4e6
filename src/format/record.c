/* What can be told of a record's bytes without parsing them: its id, found by a scan that stops
 * there, and whether they are text at all. */
#include "labelwright/format/record.h"

#include "labelwright/base/buf.h"
#include "labelwright/json/json_error.h"
#include "labelwright/text/utf8.h"

#include <string.h>

/* ---- found without parsing */

void lw_task_id_of_hash(const char sha256[LW_SHA256_HEX], char to[17])
{
    memcpy(to, sha256, 16);
    to[16] = '\0';
}

struct scan {
    const char *p, *end;
};

static void skip_space(struct scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\n'))
        s->p++;
}

static bool skip_char(struct scan *s, char c)
{
    skip_space(s);
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

/* From after the opening quote to after the closing one; the text between goes to `text`. */
static bool read_string(struct scan *s, struct lw_span *text)
{
    const char *from = s->p;
    for (const char *q = from; (q = memchr(q, '"', (size_t)(s->end - q))); q++) {
        const char *slash = q;
        while (slash > from && slash[-1] == '\\')
            slash--;
        if ((q - slash) % 2 == 0) {
            *text = (struct lw_span){from, (size_t)(q - from)};
            s->p = q + 1;
            return true;
        }
    }
    return false;
}

/* Afterwards at the comma or bracket after the value. */
static bool skip_value(struct scan *s)
{
    struct lw_span ignored;
    for (size_t depth = 0; s->p < s->end;) {
        char c = *s->p;
        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return true;
        s->p++;
        if (c == '"' && !read_string(s, &ignored))
            return false;
        if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
    }
    return false;
}

/* The code point of a \u escape, from after the u; returns its length, or 0. */
static size_t unicode_escape(const char *s, const char *end, char32_t *cp)
{
    char32_t low;
    if (!lw_json_hex4(s, end, cp) || *cp == 0 || (*cp & 0xFC00) == 0xDC00)
        return 0;
    if ((*cp & 0xFC00) != 0xD800)
        return 4;
    if (end - s < 10 || s[4] != '\\' || s[5] != 'u' || !lw_json_hex4(s + 6, end, &low) ||
        (low & 0xFC00) != 0xDC00)
        return 0;
    *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
    return 10;
}

/* One escape, from behind the backslash, to at most 4 bytes; how much of the source it took, or 0.
 */
static size_t escape(const char *s, const char *end, char to[4], size_t *n)
{
    static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    char32_t cp;
    if (s == end || *s == '\0')
        return 0;
    if (*s == 'u') {
        size_t took = unicode_escape(s + 1, end, &cp);
        *n = took ? lw_utf8_encode(cp, to) : 0;
        return took ? took + 1 : 0;
    }
    const char *at = strchr(from, *s);
    if (!at)
        return 0;
    *to = means[at - from];
    *n = 1;
    return 1;
}

static bool add_bytes(char to[LW_ID_MAX + 1], size_t *n, const char *bytes, size_t len)
{
    if (len > LW_ID_MAX - *n)
        return false;
    memcpy(to + *n, bytes, len);
    *n += len;
    return true;
}

/* The text of the string in `to`; 0 when it is not a valid JSON string or is longer than LW_ID_MAX.
 */
static size_t unescape(struct lw_span text, char to[LW_ID_MAX + 1])
{
    const char *s = text.s, *end = s + text.n;
    size_t n = 0;
    while (s < end) {
        const char *plain = s;
        char piece[4];
        while (s < end && *s != '\\' && (unsigned char)*s >= 0x20)
            s++;
        if (!add_bytes(to, &n, plain, (size_t)(s - plain)))
            return 0;
        if (s == end)
            break;
        size_t len, took = *s == '\\' ? escape(s + 1, end, piece, &len) : 0;
        if (took == 0 || !add_bytes(to, &n, piece, len))
            return 0;
        s += took + 1;
    }
    to[n] = '\0';
    return lw_utf8_valid(to, n, NULL) ? n : 0;
}

static bool is_member(struct lw_span key, const char *member, size_t n)
{
    if (key.n == n && memcmp(key.s, member, n) == 0)
        return true;
    if (key.n <= n || key.n > 6 * n || !memchr(key.s, '\\', key.n))
        return false;
    char text[LW_ID_MAX + 1];
    return unescape(key, text) == n && memcmp(text, member, n) == 0;
}

/* An integer as jansson would print it back. */
static size_t read_integer(struct scan *s, char to[LW_ID_MAX + 1])
{
    const char *from = s->p;
    if (s->p < s->end && *s->p == '-')
        s->p++;
    const char *first = s->p;
    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    size_t digits = (size_t)(s->p - first), n = (size_t)(s->p - from);
    bool real = s->p < s->end && (*s->p == '.' || *s->p == 'e' || *s->p == 'E');
    if (!digits || real || n > LW_ID_MAX || (digits > 1 && *first == '0'))
        return 0;
    if (*first == '0') { /* -0 is 0 */
        from = first;
        n = 1;
    }
    memcpy(to, from, n);
    to[n] = '\0';
    return n;
}

/* Moves to the value of the top-level member. */
static bool find_member(struct scan *s, const char *member)
{
    struct lw_span text;
    size_t n = strlen(member);
    if (!skip_char(s, '{'))
        return false;
    do {
        if (!skip_char(s, '"') || !read_string(s, &text) || !skip_char(s, ':'))
            return false;
        if (is_member(text, member, n))
            return true;
    } while (skip_value(s) && skip_char(s, ','));
    return false;
}

size_t lw_record_find_id(const char *member, const char *bytes, size_t n, char to[LW_ID_MAX + 1])
{
    struct scan s = {bytes, bytes + n};
    struct lw_span text;
    if (!find_member(&s, member))
        return 0;
    if (skip_char(&s, '"'))
        return read_string(&s, &text) ? unescape(text, to) : 0;
    return read_integer(&s, to);
}

size_t lw_record_find_array(const char *member, const char *bytes, size_t n)
{
    struct scan s = {bytes, bytes + n};
    return find_member(&s, member) && skip_char(&s, '[') ? (size_t)(s.p - bytes) : 0;
}

size_t lw_record_find_object(const char *member, const char *bytes, size_t n)
{
    struct scan s = {bytes, bytes + n};
    return find_member(&s, member) && skip_char(&s, '{') ? (size_t)(s.p - bytes) - 1 : 0;
}

size_t lw_record_make_id(const struct lw_format *format, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1])
{
    char hash[LW_SHA256_HEX];
    size_t look = n > LW_RECORD_MAX ? LW_RECORD_HEAD : n;
    size_t len = format->id_member ? lw_record_find_id(format->id_member, s, look, to) : 0;
    if (len)
        return len;
    if (!sha256) {
        lw_sha256_hex(s, n, hash);
        sha256 = hash;
    }
    lw_task_id_of_hash(sha256, to);
    return 16;
}

/* ---- what it may be */

char *lw_record_too_large(uint64_t n)
{
    return lw_format("The record is %.1f MiB long; the limit is %d MiB.", (double)n / (1024 * 1024),
        LW_RECORD_MAX / (1024 * 1024));
}

static enum lw_code refuse_byte(const char *bytes, size_t at, struct lw_err *err)
{
    if (bytes[at] == '\0')
        return lw_fail(
            err, LW_EBAD, "Byte %zu of the record is NUL, which text cannot contain.", at + 1);
    return lw_fail(err, LW_EBAD,
        "Byte %zu of the record (0x%02X) is not UTF-8. If the file is Windows-1252, "
        "convert it:  iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        at + 1, (unsigned)(unsigned char)bytes[at]);
}

enum lw_code lw_record_check_text(const char *bytes, size_t n, struct lw_err *err)
{
    size_t bad;
    const char *nul = n ? memchr(bytes, '\0', n) : NULL;
    if (nul)
        return refuse_byte(bytes, (size_t)(nul - bytes), err);
    return lw_utf8_valid(bytes, n, &bad) ? LW_OK : refuse_byte(bytes, bad, err);
}

static const char *const wraps[] = {"row", "data", "fields", "inputs", "sample", "example"};

bool lw_is_wrapper(const char *member)
{
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++)
        if (strcmp(wraps[i], member) == 0)
            return true;
    return false;
}

const char *lw_record_wrapper(const json_t *record, size_t n)
{
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++)
        if (json_is_object(json_object_get(record, wraps[i])) && n-- == 0)
            return wraps[i];
    return NULL;
}
