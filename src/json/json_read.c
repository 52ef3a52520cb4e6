/* Makes jansson's values of JSON that is written plainly. It gives one, or nothing: then jansson is
 * asked. tests/fuzz/fuzz_json.c holds the two against each other. */
#define _DEFAULT_SOURCE
#include "labelwright/json/json_read.h"

#include "labelwright/base/buf.h"
#include "json/plain_json_internal.h"

struct reader {
    struct lw_plain at;
    size_t depth;
    struct lw_buf text; /* of a string with escapes */
};

static json_t *read_value(struct reader *r);

/* ---- strings and numbers */

/* NUL is left to jansson: whether a text may hold it depends on its flags. */
static json_t *read_string(struct reader *r)
{
    struct lw_plain_text text;
    size_t n;
    if (!lw_plain_string(&r->at, &text))
        return NULL;
    if (!text.escapes)
        return json_stringn_nocheck(text.s, text.n);
    lw_buf_clear(&r->text);
    char *to = lw_buf_room(&r->text, text.n);
    return lw_plain_unescape(&text, to, &n) ? json_stringn_nocheck(to, n) : NULL;
}

static json_int_t whole_of(const char *digits, size_t n)
{
    json_int_t v = 0;
    for (; n > 0; n--, digits++)
        if (*digits != '.')
            v = 10 * v + (*digits - '0');
    return v;
}

/* A fraction is exact where digits and power of ten are: one division rounds once, as strtod()
 * does (Clinger, "How to read floating point numbers accurately"). */
static json_t *read_number(struct reader *r)
{
    static const double ten[] = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    enum { EXACT = sizeof ten / sizeof *ten - 1 };
    struct lw_plain_number n;
    if (!lw_plain_number(&r->at, &n))
        return NULL;
    if (n.fraction == 0)
        return json_integer(
            n.negative ? -whole_of(n.digits, n.whole) : whole_of(n.digits, n.whole));
    if (n.whole + n.fraction > EXACT)
        return NULL;
    double v = (double)whole_of(n.digits, n.whole + 1 + n.fraction) / ten[n.fraction];
    return json_real(n.negative ? -v : v);
}

static json_t *read_word(struct reader *r, const char *word, size_t n, json_t *value)
{
    return lw_plain_word(&r->at, word, n) ? value : NULL;
}

/* ---- objects and arrays */

static bool read_member(struct reader *r, json_t *object)
{
    struct lw_plain_text key;
    size_t before = json_object_size(object);
    lw_plain_space(&r->at);
    if (!lw_plain_string(&r->at, &key) || key.escapes)
        return false;
    lw_plain_space(&r->at);
    json_t *v = lw_plain_take(&r->at, ':') ? read_value(r) : NULL;
    return v && json_object_setn_new_nocheck(object, key.s, key.n, v) == 0 &&
           json_object_size(object) > before;
}

static bool read_item(struct reader *r, json_t *list)
{
    json_t *v = read_value(r);
    return v && json_array_append_new(list, v) == 0;
}

static bool read_rest(
    struct reader *r, json_t *to, char close, bool (*one)(struct reader *r, json_t *to))
{
    lw_plain_space(&r->at);
    if (lw_plain_take(&r->at, close))
        return true;
    do {
        if (!one(r, to))
            return false;
        lw_plain_space(&r->at);
    } while (lw_plain_take(&r->at, ','));
    return lw_plain_take(&r->at, close);
}

static json_t *read_nested(struct reader *r)
{
    bool object = *r->at.p++ == '{';
    json_t *to = object ? json_object() : json_array();
    bool well = ++r->depth <= LW_PLAIN_DEPTH &&
                read_rest(r, to, object ? '}' : ']', object ? read_member : read_item);
    r->depth--;
    if (!well)
        json_decref(to);
    return well ? to : NULL;
}

static json_t *read_value(struct reader *r)
{
    lw_plain_space(&r->at);
    if (r->at.p == r->at.end)
        return NULL;
    switch (*r->at.p) {
    case '"':
        return read_string(r);
    case '{':
    case '[':
        return read_nested(r);
    case 't':
        return read_word(r, "true", 4, json_true());
    case 'f':
        return read_word(r, "false", 5, json_false());
    case 'n':
        return read_word(r, "null", 4, json_null());
    default:
        return read_number(r);
    }
}

json_t *lw_json_read_plain(const char *text, size_t n)
{
    struct reader r = {.at = {text, text + n}};
    lw_plain_space(&r.at);
    bool nested = r.at.p < r.at.end && (*r.at.p == '{' || *r.at.p == '[');
    json_t *v = nested ? read_nested(&r) : NULL;
    lw_plain_space(&r.at);
    if (v && r.at.p < r.at.end) {
        json_decref(v);
        v = NULL;
    }
    lw_buf_fini(&r.text);
    return v;
}

json_t *lw_json_read(const char *text, size_t n, size_t flags, json_error_t *e)
{
    json_t *v = lw_json_read_plain(text, n);
    return v ? v : json_loadb(text, n, flags, e);
}
