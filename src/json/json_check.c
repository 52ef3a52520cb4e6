/* Scans JSON that is written plainly. It says yes, or nothing: keys with escapes, numbers with
 * exponents or of many digits, deep nesting and objects with many members are left to jansson, and
 * so is every mistake. tests/fuzz/fuzz_json.c holds the two against each other. */
#define _DEFAULT_SOURCE
#include "labelwright/json/json_check.h"

#include "json/eight_bytes_internal.h"

#include <jansson.h>
#include <unistr.h>

enum { DEPTH_MOST = 64, KEYS_MOST = 32, ALL_KEYS_MOST = 256, DIGITS_MOST = 18, REAL_MOST = 100 };

struct key {
    const char *s;
    size_t n;
};

struct scan {
    const char *p, *end;
    size_t depth;
    struct key key[ALL_KEYS_MOST]; /* of the objects that are open */
    size_t nkeys;
};

static bool scan_value(struct scan *s);

static void skip_space(struct scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
        s->p++;
}

static bool take(struct scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

/* ---- strings */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* At the backslash. Halves of a surrogate pair are left to jansson. */
static bool take_escape(struct scan *s)
{
    if (s->end - s->p < 6)
        return false;
    if (s->p[1] != 'u') {
        bool known = s->p[1] && strchr("\"\\/bfnrt", s->p[1]);
        s->p += 2;
        return known;
    }
    for (int i = 2; i < 6; i++)
        if (!is_hex(s->p[i]))
            return false;
    bool half = (s->p[2] | 0x20) == 'd' && s->p[3] >= '8';
    s->p += 6;
    return !half;
}

/* To the next quote, backslash, control character or, noted in *ascii, byte that is not ASCII. */
static void skip_plain(struct scan *s, bool *ascii)
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

static bool take_string(struct scan *s, bool *escapes)
{
    bool ascii = true;
    if (!take(s, '"'))
        return false;
    const char *start = s->p;
    for (;;) {
        skip_plain(s, &ascii);
        if (s->p == s->end || (unsigned char)*s->p < 0x20)
            return false;
        if (*s->p == '"')
            break;
        *escapes = true;
        if (!take_escape(s))
            return false;
    }
    bool valid = ascii || !u8_check((const uint8_t *)start, (size_t)(s->p - start));
    s->p++;
    return valid;
}

/* ---- numbers and words */

static size_t skip_digits(struct scan *s)
{
    const char *from = s->p;
    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    return (size_t)(s->p - from);
}

static bool take_number(struct scan *s)
{
    take(s, '-');
    const char *from = s->p;
    size_t n = skip_digits(s);
    if (n == 0 || (n > 1 && *from == '0') || n > DIGITS_MOST)
        return false;
    if (!take(s, '.'))
        return s->p == s->end || (*s->p | 0x20) != 'e';
    n = skip_digits(s);
    return n > 0 && n < REAL_MOST && (s->p == s->end || (*s->p | 0x20) != 'e');
}

static bool take_word(struct scan *s, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
        return false;
    s->p += n;
    return true;
}

/* ---- objects and arrays */

static bool add_key(struct scan *s, size_t first, struct key new)
{
    if (s->nkeys == ALL_KEYS_MOST || s->nkeys - first == KEYS_MOST)
        return false;
    for (size_t i = first; i < s->nkeys; i++)
        if (s->key[i].n == new.n && (new.n == 0 || s->key[i].s[0] == new.s[0]) &&
            memcmp(s->key[i].s, new.s, new.n) == 0)
            return false;
    s->key[s->nkeys++] = new;
    return true;
}

static bool take_member(struct scan *s, size_t first)
{
    bool escapes = false;
    skip_space(s);
    const char *from = s->p;
    if (!take_string(s, &escapes) || escapes)
        return false;
    if (!add_key(s, first, (struct key){from + 1, (size_t)(s->p - from) - 2}))
        return false;
    skip_space(s);
    return take(s, ':') && scan_value(s);
}

static bool take_members(struct scan *s)
{
    size_t first = s->nkeys;
    skip_space(s);
    if (take(s, '}'))
        return true;
    do {
        if (!take_member(s, first))
            return false;
        skip_space(s);
    } while (take(s, ','));
    s->nkeys = first;
    return take(s, '}');
}

static bool take_items(struct scan *s)
{
    skip_space(s);
    if (take(s, ']'))
        return true;
    do {
        if (!scan_value(s))
            return false;
        skip_space(s);
    } while (take(s, ','));
    return take(s, ']');
}

static bool take_nested(struct scan *s)
{
    if (++s->depth > DEPTH_MOST)
        return false;
    bool valid = *s->p++ == '{' ? take_members(s) : take_items(s);
    s->depth--;
    return valid;
}

static bool scan_value(struct scan *s)
{
    bool escapes;
    skip_space(s);
    if (s->p == s->end)
        return false;
    switch (*s->p) {
    case '"':
        return take_string(s, &escapes);
    case '{':
    case '[':
        return take_nested(s);
    case 't':
        return take_word(s, "true");
    case 'f':
        return take_word(s, "false");
    case 'n':
        return take_word(s, "null");
    default:
        return take_number(s);
    }
}

bool lw_json_is_plain_object(const char *text, size_t n)
{
    struct scan s;
    s.p = text;
    s.end = text + n;
    s.depth = s.nkeys = 0;
    skip_space(&s);
    if (s.p == s.end || *s.p != '{' || !take_nested(&s))
        return false;
    skip_space(&s);
    return s.p == s.end;
}

bool lw_json_is_object(const char *text, size_t n)
{
    if (lw_json_is_plain_object(text, n))
        return true;
    json_t *json = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    bool is = json_is_object(json);
    json_decref(json);
    return is;
}
