#include "labelwright/yaml/yaml.h"

#include "labelwright/base/buf.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct lw_yaml *lw_yaml_get(const struct lw_yaml *map, const char *key)
{
    for (size_t i = 0; map && map->kind == LW_YAML_MAP && i < map->n; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

static bool is_plain(const struct lw_yaml *y)
{
    return y && y->kind == LW_YAML_SCALAR && y->plain;
}

static bool is_one_of(const char *s, const char *const *words)
{
    while (*words && strcmp(s, *words) != 0)
        words++;
    return *words != NULL;
}

/* Digits of `base` to the end of the text and nothing else: strtoll alone takes spaces and signs.
 */
static bool all_digits(const char *s, int base)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    size_t known = base == 16 ? 22 : (size_t)base;
    const char *p = s;
    while (*p && memchr(digits, *p, known))
        p++;
    return p > s && *p == '\0';
}

bool lw_yaml_int(const struct lw_yaml *y, int64_t *to)
{
    if (!is_plain(y))
        return false;
    const char *s = y->text;
    int base = strncmp(s, "0x", 2) == 0 ? 16 : strncmp(s, "0o", 2) == 0 ? 8 : 10;
    const char *digits = base != 10 ? s + 2 : s + (*s == '-' || *s == '+');
    if (!all_digits(digits, base))
        return false;
    errno = 0;
    long long v = strtoll(base == 10 ? s : digits, NULL, base);
    if (errno == ERANGE)
        return false;
    *to = v;
    return true;
}

bool lw_yaml_bool(const struct lw_yaml *y, bool *to)
{
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};
    if (!is_plain(y) || !(is_one_of(y->text, yes) || is_one_of(y->text, no)))
        return false;
    *to = is_one_of(y->text, yes);
    return true;
}

static json_t *scalar_json(const struct lw_yaml *y)
{
    static const char *const null[] = {"", "~", "null", "Null", "NULL", NULL};
    int64_t number;
    bool truth;
    if (is_plain(y) && is_one_of(y->text, null))
        return json_null();
    if (lw_yaml_int(y, &number))
        return json_integer(number);
    if (lw_yaml_bool(y, &truth))
        return json_boolean(truth);
    return json_string(y->text);
}

json_t *lw_yaml_json(const struct lw_yaml *y)
{
    if (y->kind == LW_YAML_SCALAR)
        return scalar_json(y);
    json_t *to = y->kind == LW_YAML_LIST ? json_array() : json_object();
    for (size_t i = 0; i < y->n; i++) {
        json_t *item = lw_yaml_json(y->item[i]);
        if (y->kind == LW_YAML_LIST)
            json_array_append_new(to, item);
        else
            json_object_set_new(to, y->key[i]->text, item);
    }
    return to;
}

static struct lw_yaml *scalar_of(char *text, bool plain)
{
    struct lw_yaml *y = lw_alloc(sizeof *y);
    *y = (struct lw_yaml){.kind = LW_YAML_SCALAR, .plain = plain, .text = text};
    return y;
}

static char *scalar_text(const json_t *v)
{
    if (json_is_string(v))
        return lw_strdup(json_string_value(v));
    if (json_is_integer(v))
        return lw_format("%" JSON_INTEGER_FORMAT, json_integer_value(v));
    return lw_strdup(json_is_true(v) ? "true" : json_is_false(v) ? "false" : "");
}

/* Keys are plain scalars: those of points are numbers. */
struct lw_yaml *lw_yaml_of_json(const json_t *v)
{
    if (!json_is_array(v) && !json_is_object(v))
        return scalar_of(scalar_text(v), !json_is_string(v));
    size_t n = json_is_array(v) ? json_array_size(v) : json_object_size(v), i = 0;
    struct lw_yaml *y = lw_alloc(sizeof *y);
    *y = (struct lw_yaml){.kind = json_is_array(v) ? LW_YAML_LIST : LW_YAML_MAP, .n = n};
    y->item = lw_alloc((n + 1) * sizeof *y->item);
    if (json_is_array(v)) {
        for (; i < n; i++)
            y->item[i] = lw_yaml_of_json(json_array_get(v, i));
        return y;
    }
    y->key = lw_alloc((n + 1) * sizeof *y->key);
    for (void *at = json_object_iter((json_t *)(uintptr_t)v); at;
         at = json_object_iter_next((json_t *)(uintptr_t)v, at), i++) {
        y->key[i] = scalar_of(lw_strdup(json_object_iter_key(at)), true);
        y->item[i] = lw_yaml_of_json(json_object_iter_value(at));
    }
    return y;
}
