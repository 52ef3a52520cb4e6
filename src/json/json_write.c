#include "labelwright/json/json_write.h"

#include "labelwright/json/json_big.h"

#include <stdlib.h>
#include <string.h>

static void add_escaped(struct lw_buf *to, char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
    const char *at = c ? strchr(plain, c) : NULL;
    if (at)
        lw_buf_fmt(to, "\\%c", letter[at - plain]);
    else
        lw_buf_fmt(to, "\\u%04X", (unsigned)(unsigned char)c);
}

void lw_json_add_text(struct lw_buf *to, const char *s, size_t n)
{
    const char *end = n ? s + n : s, *from = s;
    lw_buf_char(to, '"');
    for (; s < end; s++) {
        if ((unsigned char)*s >= ' ' && *s != '"' && *s != '\\')
            continue;
        lw_buf_add(to, from, (size_t)(s - from));
        add_escaped(to, *s);
        from = s + 1;
    }
    lw_buf_add(to, from, (size_t)(end - from));
    lw_buf_char(to, '"');
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
        lw_buf_fmt(to, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
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
