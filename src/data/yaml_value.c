#include "labelwright/yaml.h"

#include <errno.h>
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
