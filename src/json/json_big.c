#include "labelwright/json/json_big.h"

#include "labelwright/base/buf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

static bool goes_on(char c)
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
    if (p - first < SHORTEST || *first == '0' || (p < end && goes_on(*p)))
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
    while (s < end && goes_on(*s))
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
