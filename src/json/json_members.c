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

/* In what is nested, strings are short and branches are dear: eight bytes are looked at together,
 * and what stands between quotes in them is left out, up to the first backslash. */
struct nested {
    const char *p;
    size_t depth;
    uint64_t inside; /* all marks while p is in a string; 0 else */
};

/* The byte behind the bracket that closes all; NULL: not among these eight. '[' and '{', ']' and
 * '}' differ in one bit. */
static inline const char *skip_eight(struct nested *n, uint64_t bytes)
{
    uint64_t folded = bytes | LW_EACH(0x20);
    uint64_t strings = lw_eight_between(lw_eight_exactly(bytes, '"')) ^ n->inside;
    uint64_t opening = lw_eight_exactly(folded, '{') & ~strings;
    uint64_t marks = opening | (lw_eight_exactly(folded, '}') & ~strings);
    for (; marks; marks &= marks - 1) {
        n->depth += (opening & marks & -marks) ? 1 : (size_t)-1;
        if (n->depth == 0)
            return n->p + lw_first_mark(marks) + 1;
    }
    n->inside = strings >> 63 ? LW_EACH(0x80) : 0;
    return NULL;
}

static const char *skip_slowly(struct nested n, const char *end)
{
    const char *p = n.p;
    if (n.inside && (p = find_end(p, p, end)))
        p++;
    for (; p && p < end; p++) {
        if (*p == '"' && !(p = find_end(p + 1, p + 1, end)))
            return NULL;
        if ((*p | 0x20) == '{')
            n.depth++;
        else if ((*p | 0x20) == '}' && --n.depth == 0)
            return p + 1;
    }
    return NULL;
}

static const char *skip_nested(const char *p, const char *end)
{
    struct nested n = {.p = p};
    for (; end - n.p >= 8; n.p += 8) {
        uint64_t bytes = lw_eight(n.p);
        if (lw_eight_equal(bytes, '\\'))
            break;
        const char *behind = skip_eight(&n, bytes);
        if (behind)
            return behind;
    }
    return skip_slowly(n, end);
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
