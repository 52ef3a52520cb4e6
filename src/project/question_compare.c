/* Comparisons of two responses: {"better": id or null, "strength": 0 to 3}. A tie has no better id
 * and no strength. */
#include "project/question_internal.h"

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

static void check(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    if (q->on != LW_ON_TASK)
        lw_mistake(r, lw_yaml_get(y, "on"),
            "a comparison is about all responses of a task. Write `on: task`.");
}

static enum lw_code check_better(const struct lw_value_place *a, const json_t *better)
{
    if (json_is_null(better) || lw_task_response(a->t, json_string_value(better)))
        return LW_OK;
    return lw_value_refuse(a,
        "\"better\" is not a response of this task: \"%.80s\". Give the id of a response, or null "
        "for "
        "a tie.",
        json_string_value(better));
}

static enum lw_code check_value(const struct lw_value_place *a, const json_t *v)
{
    const json_t *better = json_object_get(v, "better");
    const json_t *strength = json_object_get(v, "strength");
    if (json_object_size(v) != 2 || !(json_is_null(better) || json_is_string(better)) ||
        !json_is_integer(strength))
        return lw_value_refuse(
            a, "a comparison must be {\"better\": id or null, \"strength\": 0 to 3}.");
    json_int_t n = json_integer_value(strength);
    if (json_is_null(better) ? n != 0 : n < 1 || n > LW_STRENGTH_MAX)
        return lw_value_refuse(
            a, "\"strength\" must be 1 to 3, or 0 for a tie (\"better\": null).");
    return check_better(a, better);
}

const struct lw_question_type lw_question_compare = {
    .responses = 2,
    .check = check,
    .untested = "comparison",
    .unfiltered = "a comparison by value, because A and B change places",
    .check_value = check_value,
};
