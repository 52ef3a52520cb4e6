/* The small rules of single questions: scales, options, the line of a comparison. */
#include "labelwright/answers.h"

#include <string.h>

const char *lw_qtype_name(enum lw_qtype t)
{
    static const char *const names[] = {
#define X(id, name, ready) name,
        LW_QTYPES(X)
#undef X
    };
    return names[t];
}

const char *lw_target_name(enum lw_target t)
{
    static const char *const names[] = {
#define X(id, name, ready) name,
        LW_TARGETS(X)
#undef X
    };
    return names[t];
}

static bool has_point(const struct lw_scale *s, int64_t value)
{
    return value >= s->min && value <= s->max;
}

/* A digit that is a point itself can stand for no other. */
int lw_scale_key(const struct lw_scale *s, int64_t value)
{
    if (!has_point(s, value) || value < -9 || value > 10)
        return -1;
    if (value >= 0 && value <= 9)
        return (int)value;
    if (value == 10)
        return s->max == 10 && !has_point(s, 0) ? 0 : -1;
    return has_point(s, value + 10) ? -1 : (int)value + 10;
}

bool lw_scale_digit(const struct lw_scale *s, int digit, int64_t *value)
{
    const int64_t meant[] = {digit, digit - 10, 10};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (digit >= 0 && digit <= 9 && lw_scale_key(s, meant[i]) == digit) {
            *value = meant[i];
            return true;
        }
    return false;
}

bool lw_scale_has_keys(const struct lw_scale *s)
{
    for (int64_t v = -9; v < 0; v++)
        if (lw_scale_key(s, v) >= 0)
            return true;
    return lw_scale_key(s, 10) >= 0;
}

bool lw_scale_goes_on(const struct lw_scale *s, int64_t number, int64_t *low, int64_t *high)
{
    int64_t from = number, to = number;
    while (from > 0 && from * 10 <= s->max) {
        from *= 10;
        to = to * 10 + 9;
        *low = from > s->min ? from : s->min;
        *high = to < s->max ? to : s->max;
        if (*low <= *high)
            return true;
    }
    return false;
}

int64_t lw_scale_worth(const struct lw_scale *s, int64_t value)
{
    int64_t above = 2 * value - (s->min + s->max);
    return s->low_is_best ? -above : above;
}

const char *lw_scale_label(const struct lw_scale *s, int64_t value)
{
    for (size_t i = 0; i < s->npoints; i++)
        if (s->point[i].value == value)
            return s->point[i].label;
    return NULL;
}

const struct lw_option *lw_option_find(const struct lw_question *q, const char *path)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (strcmp(q->option[i].path, path) == 0)
            return &q->option[i];
    return NULL;
}

bool lw_option_of_key(const struct lw_question *q, char32_t key, size_t *at)
{
    for (*at = 0; *at < q->noptions; (*at)++)
        if (key && q->option[*at].key == key && !q->option[*at].group)
            return true;
    return false;
}

json_t *lw_compare_value(int point, const char *a, const char *b)
{
    if (point < 1 || point > LW_COMPARE_POINTS)
        return NULL;
    json_t *value = json_object();
    int strength = point < LW_COMPARE_TIE ? LW_COMPARE_TIE - point : point - LW_COMPARE_TIE;
    json_object_set_new(
        value, "better", strength ? json_string(point < LW_COMPARE_TIE ? a : b) : json_null());
    json_object_set_new(value, "strength", json_integer(strength));
    return value;
}

int lw_compare_point(const json_t *value, const char *a, const char *b)
{
    const json_t *better = json_object_get(value, "better");
    json_int_t strength = json_integer_value(json_object_get(value, "strength"));
    if (json_is_null(better))
        return strength == 0 ? LW_COMPARE_TIE : 0;
    if (!json_is_string(better) || strength < 1 || strength > LW_STRENGTH_MAX)
        return 0;
    if (strcmp(json_string_value(better), a) == 0)
        return LW_COMPARE_TIE - (int)strength;
    if (strcmp(json_string_value(better), b) == 0)
        return LW_COMPARE_TIE + (int)strength;
    return 0;
}

json_t *lw_edit_value(struct lw_span original, const char *text, size_t n, bool open)
{
    json_t *value = json_object();
    json_object_set_new(value, "original", json_stringn(original.n ? original.s : "", original.n));
    json_object_set_new(value, "text", json_stringn(n ? text : "", n));
    if (open)
        json_object_set_new(value, "open", json_true());
    return value;
}

json_t *lw_text_value(const char *text, size_t n, bool open)
{
    return open ? json_pack("{s:s%,s:b}", "text", text, n, "open", 1) : json_stringn(text, n);
}

struct lw_span lw_text_of(const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "text");
    return (struct lw_span){json_string_value(value), json_string_length(value)};
}

bool lw_edit_is_open(const json_t *value)
{
    return json_is_true(json_object_get(value, "open"));
}

bool lw_edit_is_same(const json_t *value)
{
    return json_equal(json_object_get(value, "original"), json_object_get(value, "text"));
}
