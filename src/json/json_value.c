/* JSON values with integers of any size, read by jansson and written without it. Why a text is no
 * JSON is json_error.c's to say. */
#define _DEFAULT_SOURCE
#include "labelwright/json/json_value.h"

#include "labelwright/base/buf.h"
#include "json/eight_bytes_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading */

enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY };

static const char name[] = "integer";

const char *lw_json_big(const json_t *v)
{
    if (json_object_size(v) != 1)
        return NULL;
    const json_t *digits = json_object_get(v, name);
    const char *s = json_string_value(digits);
    return s && json_string_length(digits) > 1 && *s == '\0' ? s + 1 : NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_in_number(char c)
{
    return is_digit(c) || (c != '\0' && strchr("+-.eE", c));
}

/* The length of the integer at `s` when it does not fit 64 bits; else 0. */
static size_t big_at(const char *s, const char *end)
{
    enum { SHORTEST = 19, ROOM = 24 };
    char text[ROOM];
    const char *first = s + (*s == '-'), *p = first;
    while (p < end && is_digit(*p))
        p++;
    size_t n = (size_t)(p - s);
    if (p - first < SHORTEST || *first == '0' || (p < end && is_in_number(*p)))
        return 0;
    if (n >= ROOM)
        return n;
    memcpy(text, s, n);
    text[n] = '\0';
    errno = 0;
    strtoll(text, NULL, 10);
    return errno == ERANGE ? n : 0;
}

/* After the string that opens at `s`. */
static const char *behind_string(const char *s, const char *end)
{
    for (s++; s < end && *s != '"'; s++)
        if (*s == '\\' && s + 1 < end)
            s++;
    return s < end ? s + 1 : end;
}

static const char *behind_number(const char *s, const char *end)
{
    while (s < end && is_in_number(*s))
        s++;
    return s;
}

/* Copies the bytes with the big integers changed: zeros of the same length in `plain`, which shows
 * every other mistake where it is; in `held` as they are kept. */
static void set_aside(const char *s, size_t n, struct lw_buf *plain, struct lw_buf *held)
{
    for (const char *end = s + n, *from; s < end;) {
        bool number = *s == '-' || is_digit(*s);
        size_t big = number ? big_at(s, end) : 0;
        from = s;
        s = number ? behind_number(s, end) : *s == '"' ? behind_string(s, end) : s + 1;
        if (big) {
            lw_buf_fmt(plain, "%-*d", (int)big, 0);
            lw_buf_fmt(held, "{\"%s\":\"\\u0000%.*s\"}", name, (int)big, from);
        } else {
            lw_buf_add(plain, from, (size_t)(s - from));
            lw_buf_add(held, from, (size_t)(s - from));
        }
    }
}

json_t *lw_json_load(const char *bytes, size_t n, json_error_t *e)
{
    struct lw_buf plain = {0}, held = {0};
    json_t *v = json_loadb(bytes, n, FLAGS, e);
    if (v || json_error_code(e) != json_error_numeric_overflow)
        return v;
    json_error_t first = *e;
    set_aside(bytes, n, &plain, &held);
    json_t *without = json_loadb(plain.data, plain.len, FLAGS, e);
    if (without)
        v = json_loadb(held.data, held.len, FLAGS | JSON_ALLOW_NUL, e);
    if (without && !v)
        *e = first;
    json_decref(without);
    lw_buf_fini(&plain);
    lw_buf_fini(&held);
    return v;
}

/* ---- writing */

enum { LONGEST_ESCAPE = 6 };

/* The end of what was written, at most LONGEST_ESCAPE bytes. */
static char *put_escaped(char *to, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF",
                      letters[' '] = {
                          ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    char letter = c < ' ' ? letters[c] : (char)c;
    if (letter) {
        memcpy(to, (char[]){'\\', letter}, 2);
        return to + 2;
    }
    memcpy(to, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, LONGEST_ESCAPE);
    return to + LONGEST_ESCAPE;
}

/* The first byte that is not written as it stands. */
static const char *find_special(const char *s, const char *end)
{
    for (; end - s >= 8; s += 8) {
        uint64_t bytes = lw_eight(s);
        uint64_t marks =
            lw_eight_below(bytes, ' ') | lw_eight_equal(bytes, '"') | lw_eight_equal(bytes, '\\');
        if (marks)
            return s + lw_first_mark(marks);
    }
    while (s < end && (unsigned char)*s >= ' ' && *s != '"' && *s != '\\')
        s++;
    return s;
}

static char *put_bytes(char *to, const char *s, const char *end)
{
    memcpy(to, s, (size_t)(end - s));
    return to + (end - s);
}

void lw_json_add_text(struct lw_buf *to, const char *s, size_t n)
{
    if (n == 0)
        s = "";
    const char *end = s + n;
    char *at = lw_buf_room(to, n + 2);
    *at++ = '"';
    for (const char *special; (special = find_special(s, end)) < end; s = special + 1) {
        at = put_bytes(at, s, special);
        to->len = (size_t)(at - to->data);
        at = lw_buf_room(to, LONGEST_ESCAPE + (size_t)(end - special));
        at = put_escaped(at, (unsigned char)*special);
    }
    at = put_bytes(at, s, end);
    *at++ = '"';
    *at = '\0';
    to->len = (size_t)(at - to->data);
}

static void add_object(struct lw_buf *to, const json_t *object)
{
    const char *before = "{";
    for (void *at = json_object_iter((json_t *)object); at;
         at = json_object_iter_next((json_t *)object, at)) {
        lw_buf_str(to, before);
        lw_json_add_text(to, json_object_iter_key(at), json_object_iter_key_len(at));
        lw_buf_char(to, ':');
        lw_json_add(to, json_object_iter_value(at));
        before = ",";
    }
    lw_buf_str(to, *before == '{' ? "{}" : "}");
}

static void add_array(struct lw_buf *to, const json_t *array)
{
    lw_buf_char(to, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        lw_buf_str(to, i ? "," : "");
        lw_json_add(to, json_array_get(array, i));
    }
    lw_buf_char(to, ']');
}

/* With the fewest digits that read back the same: 0.1 and not 0.10000000000000001. */
static void add_real(struct lw_buf *to, const json_t *real)
{
    enum { ALWAYS_EXACT = 17 };
    char *text = NULL;
    for (size_t digits = 15; digits <= ALWAYS_EXACT; digits++) {
        free(text);
        text = json_dumps(real, JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
        if (!text || strtod(text, NULL) == json_real_value(real))
            break;
    }
    lw_buf_str(to, text ? text : "null");
    free(text);
}

/* Without printf: half of a label's members are numbers. */
static void add_integer(struct lw_buf *to, json_int_t value)
{
    if (value < 0)
        lw_buf_char(to, '-');
    lw_buf_u64(to, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void lw_json_add(struct lw_buf *to, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        if (lw_json_big(value))
            lw_buf_str(to, lw_json_big(value));
        else
            add_object(to, value);
        break;
    case JSON_ARRAY:
        add_array(to, value);
        break;
    case JSON_STRING:
        lw_json_add_text(to, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        add_integer(to, json_integer_value(value));
        break;
    case JSON_REAL:
        add_real(to, value);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        lw_buf_str(to, json_is_null(value) ? "null" : json_is_true(value) ? "true" : "false");
        break;
    }
}
