/* Walks the members of a compact JSON object without building a tree, for journals of a million
 * lines. It does not check JSON; lines come from this program, and their hash was checked. */
#define _DEFAULT_SOURCE
#include "labelwright/json/json_members.h"

#include "labelwright/base/buf.h"
#include "json/eight_bytes_internal.h"

#include <jansson.h>
#include <string.h>

static bool is_escaped(const char *quote, const char *start)
{
    const char *p = quote;
    while (p > start && p[-1] == '\\')
        p--;
    return (quote - p) % 2 != 0;
}

/* The first quote that ends a string which began at `start`; NULL when there is none. */
static const char *find_end(const char *p, const char *start, const char *end)
{
    for (; p < end && (p = memchr(p, '"', (size_t)(end - p))); p++)
        if (!is_escaped(p, start))
            return p;
    return NULL;
}

/* After the string that starts at p; NULL when it has no end. Most strings are keys and ids: those
 * of up to 15 bytes cost no call. */
static inline const char *skip_string(const char *p, const char *end)
{
    const char *start = ++p;
    for (int i = 0; i < 2 && end - p >= 8; i++, p += 8) {
        uint64_t bytes = lw_eight(p), quotes = lw_eight_equal(bytes, '"');
        if (lw_eight_equal(bytes, '\\'))
            break;
        if (quotes)
            return p + lw_first_mark(quotes) + 1;
    }
    p = find_end(p, start, end);
    return p ? p + 1 : NULL;
}

/* To the next quote or bracket. '[' and '{', ']' and '}' differ in one bit. */
static inline const char *find_mark(const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        uint64_t bytes = lw_eight(p), folded = bytes | LW_EACH(0x20);
        uint64_t marks =
            lw_eight_equal(bytes, '"') | lw_eight_equal(folded, '{') | lw_eight_equal(folded, '}');
        if (marks)
            return p + lw_first_mark(marks);
    }
    while (p < end && *p != '"' && (*p | 0x20) != '{' && (*p | 0x20) != '}')
        p++;
    return p;
}

static const char *skip_nested(const char *p, const char *end)
{
    size_t depth = 0;
    while (p && (p = find_mark(p, end)) < end) {
        if (*p == '"') {
            p = skip_string(p, end);
            continue;
        }
        depth += (*p | 0x20) == '{' ? 1 : (size_t)-1;
        p++;
        if (depth == 0)
            return p;
    }
    return NULL;
}

static const char *skip_value(const char *p, const char *end)
{
    if (p == end)
        return NULL;
    if (*p == '"')
        return skip_string(p, end);
    if (*p == '{' || *p == '[')
        return skip_nested(p, end);
    while (p < end && *p != ',' && *p != '}')
        p++;
    return p;
}

bool lw_member_open(const char **at, const char *end, struct lw_member *to)
{
    const char *p = *at;
    if (end - p < 5 || (*p != '{' && *p != ',') || p[1] != '"')
        return false;
    to->key = p + 2;
    p = skip_string(p + 1, end);
    if (!p || p == end || *p != ':')
        return false;
    to->key_len = (size_t)(p - to->key) - 1;
    to->value = *at = p + 1;
    to->value_len = 0;
    return true;
}

bool lw_member_close(const char **at, const char *end, struct lw_member *to)
{
    const char *p = skip_value(to->value, end);
    if (!p)
        return false;
    to->value_len = (size_t)(p - to->value);
    *at = p;
    return true;
}

bool lw_member_next(const char **at, const char *end, struct lw_member *to)
{
    const char *from = *at;
    if (lw_member_open(at, end, to) && lw_member_close(at, end, to))
        return true;
    *at = from;
    return false;
}

bool lw_member_is(const struct lw_member *m, const char *key)
{
    return strlen(key) == m->key_len && memcmp(m->key, key, m->key_len) == 0;
}

bool lw_member_find(const char *at, const char *end, const char *key, struct lw_member *to)
{
    while (lw_member_next(&at, end, to))
        if (lw_member_is(to, key))
            return true;
    return false;
}

uint64_t lw_member_u64(const struct lw_member *m)
{
    uint64_t n = 0;
    if (m->value_len == 0 || m->value_len > 19)
        return 0;
    for (size_t i = 0; i < m->value_len; i++) {
        if (m->value[i] < '0' || m->value[i] > '9')
            return 0;
        n = n * 10 + (uint64_t)(m->value[i] - '0');
    }
    return n;
}

const char *lw_member_plain(const struct lw_member *m, size_t *len)
{
    if (m->value_len < 2 || m->value[0] != '"' || memchr(m->value, '\\', m->value_len))
        return NULL;
    *len = m->value_len - 2;
    return m->value + 1;
}

char *lw_member_text(const struct lw_member *m, size_t *len)
{
    const char *plain = lw_member_plain(m, len);
    if (plain)
        return lw_strndup(plain, *len);
    if (m->value_len < 2 || m->value[0] != '"')
        return NULL;
    json_t *s = json_loadb(m->value, m->value_len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if (!json_is_string(s)) {
        json_decref(s);
        return NULL;
    }
    *len = json_string_length(s);
    char *text = lw_strndup(json_string_value(s), *len);
    json_decref(s);
    return text;
}
