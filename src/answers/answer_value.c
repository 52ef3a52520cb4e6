/* Answers of the question types whose values have a shape of their own: comparisons, texts and
 * corrections. What may be answered at all is answers.c's. */
#include "labelwright/answers/answer_value.h"

#include <string.h>

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
