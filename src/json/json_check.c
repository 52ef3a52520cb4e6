/* Scans JSON that is written plainly. It says yes, or nothing: keys with escapes, numbers with
 * exponents or of many digits, deep nesting and objects with many members are left to jansson, and
 * so is every mistake. tests/fuzz/fuzz_json.c holds the two against each other. */
#define _DEFAULT_SOURCE
#include "labelwright/json/json_check.h"

#include "json/plain_json_internal.h"

#include <jansson.h>

enum { KEYS_MOST = 32, ALL_KEYS_MOST = 256 };

struct key {
    const char *s;
    size_t n;
};

struct scan {
    struct lw_plain at;
    size_t depth;
    struct key key[ALL_KEYS_MOST]; /* of the objects that are open */
    size_t nkeys;
};

static bool scan_value(struct scan *s);

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
    struct lw_plain_text key;
    lw_plain_space(&s->at);
    if (!lw_plain_string(&s->at, &key) || key.escapes)
        return false;
    if (!add_key(s, first, (struct key){key.s, key.n}))
        return false;
    lw_plain_space(&s->at);
    return lw_plain_take(&s->at, ':') && scan_value(s);
}

static bool take_members(struct scan *s)
{
    size_t first = s->nkeys;
    lw_plain_space(&s->at);
    if (lw_plain_take(&s->at, '}'))
        return true;
    do {
        if (!take_member(s, first))
            return false;
        lw_plain_space(&s->at);
    } while (lw_plain_take(&s->at, ','));
    s->nkeys = first;
    return lw_plain_take(&s->at, '}');
}

static bool take_items(struct scan *s)
{
    lw_plain_space(&s->at);
    if (lw_plain_take(&s->at, ']'))
        return true;
    do {
        if (!scan_value(s))
            return false;
        lw_plain_space(&s->at);
    } while (lw_plain_take(&s->at, ','));
    return lw_plain_take(&s->at, ']');
}

static bool take_nested(struct scan *s)
{
    if (++s->depth > LW_PLAIN_DEPTH)
        return false;
    bool valid = *s->at.p++ == '{' ? take_members(s) : take_items(s);
    s->depth--;
    return valid;
}

static bool scan_value(struct scan *s)
{
    struct lw_plain_text text;
    struct lw_plain_number number;
    lw_plain_space(&s->at);
    if (s->at.p == s->at.end)
        return false;
    switch (*s->at.p) {
    case '"':
        return lw_plain_string(&s->at, &text);
    case '{':
    case '[':
        return take_nested(s);
    case 't':
        return lw_plain_word(&s->at, "true", 4);
    case 'f':
        return lw_plain_word(&s->at, "false", 5);
    case 'n':
        return lw_plain_word(&s->at, "null", 4);
    default:
        return lw_plain_number(&s->at, &number);
    }
}

const char *lw_json_skip_plain(const char *p, const char *end)
{
    struct scan s;
    s.at = (struct lw_plain){p, end};
    s.depth = s.nkeys = 0;
    return scan_value(&s) ? s.at.p : NULL;
}

bool lw_json_is_plain_object(const char *text, size_t n)
{
    struct scan s;
    s.at = (struct lw_plain){text, text + n};
    s.depth = s.nkeys = 0;
    lw_plain_space(&s.at);
    if (s.at.p == s.at.end || *s.at.p != '{' || !take_nested(&s))
        return false;
    lw_plain_space(&s.at);
    return s.at.p == s.at.end;
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
