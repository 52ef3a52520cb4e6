/* Ratings: the scale in project.yaml, its points and their keys, and what an answer may be. */
#include "project/question_internal.h"

#include "labelwright/base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- points and keys */

bool lw_scale_has(const struct lw_scale *s, int64_t value)
{
    return value >= s->min && value <= s->max && (s->step < 2 || (value - s->min) % s->step == 0);
}

/* A digit that is a point of the scale cannot mean another point. */
int lw_scale_key(const struct lw_scale *s, int64_t value)
{
    if (!lw_scale_has(s, value) || value < -9 || value > 10)
        return -1;
    if (value >= 0 && value <= 9)
        return (int)value;
    if (value == 10)
        return s->max == 10 && !lw_scale_has(s, 0) ? 0 : -1;
    return lw_scale_has(s, value + 10) ? -1 : (int)value + 10;
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

/* The points from *low to *high, which may not be points themselves; false where there is none. */
static bool points_within(const struct lw_scale *s, int64_t *low, int64_t *high)
{
    int64_t step = s->step > 0 ? s->step : 1;
    *low = *low > s->min ? *low : s->min;
    *high = *high < s->max ? *high : s->max;
    *low += (step - (*low - s->min) % step) % step;
    *high -= *high > s->min ? (*high - s->min) % step : 0;
    return *low <= *high;
}

bool lw_scale_continues(const struct lw_scale *s, int64_t number, int64_t *low, int64_t *high)
{
    int64_t from = number, to = number;
    while (from > 0 && from * 10 <= s->max) {
        from *= 10;
        to = to * 10 + 9;
        *low = from;
        *high = to;
        if (points_within(s, low, high))
            return true;
    }
    return false;
}

int64_t lw_scale_points(const struct lw_scale *s)
{
    return (s->max - s->min) / (s->step > 0 ? s->step : 1) + 1;
}

bool lw_scale_is_wide(const struct lw_scale *s)
{
    return s->max - s->min > 100;
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

const char *lw_scale_name(const struct lw_scale *s, int64_t value)
{
    const char *label = lw_scale_label(s, value);
    if (label)
        return label;
    return value == s->min ? s->low : value == s->max ? s->high : NULL;
}

/* ---- project.yaml */

enum { VALUE_MAX = 1000000 };

struct scale_reading {
    struct lw_scale scale;
    const struct lw_yaml *points;
};

static LW_SETTER(set_points)
{
    if (y->kind == LW_YAML_MAP)
        ((struct scale_reading *)to)->points = y;
    else
        lw_mistake_kind(r, f, y);
}

/* The name that evaluation tools use for it. */
static LW_SETTER(refuse_other_name)
{
    (void)to;
    lw_mistake(r, y, "\"%s\" is called \"best\" here. Write `best: low`, or leave it out.", f->key);
}

static const char *const ends[] = {"high", "low", NULL};

#define IN(member) offsetof(struct scale_reading, member)
static const struct lw_field fields[] = {
    {.key = "min",
        lw_set_int,
        IN(scale.min),
        "an integer from -1000000 to 1000000",
        "min: 1",
        .required = true,
        .min = -VALUE_MAX,
        .max = VALUE_MAX,
        .help = "The lowest point."},
    {.key = "max",
        lw_set_int,
        IN(scale.max),
        "an integer from -1000000 to 1000000",
        "max: 7",
        .required = true,
        .min = -VALUE_MAX,
        .max = VALUE_MAX,
        .help = "The highest point."},
    {.key = "step",
        lw_set_int,
        IN(scale.step),
        "an integer from 1 to 1000000",
        "step: 5",
        .min = 1,
        .max = VALUE_MAX,
        .help = "From one point to the next; more than 1 makes a number on a line.",
        .initial = "1"},
    {.key = "low",
        lw_set_text,
        IN(scale.low),
        "text",
        "low: bad",
        .help = "What the lowest point means."},
    {.key = "high",
        lw_set_text,
        IN(scale.high),
        "text",
        "high: good",
        .help = "What the highest point means."},
    {.key = "points",
        set_points,
        0,
        "a map",
        "points: {4: acceptable}",
        .help = "What single points mean.",
        .pattern = "^-?[0-9]+$",
        .kind = LW_KIND_MAP,
        .items = LW_KIND_TEXT},
    {.key = "best",
        lw_set_either,
        IN(scale.low_is_best),
        "high or low",
        "best: low",
        .words = ends,
        .help = "Which end is good; low as in school marks.",
        .initial = "high"},
    {.key = "higher_is_better", refuse_other_name, 0, "", "", .unsaid = true},
};
const struct lw_schema lw_scale_schema = {"a scale", fields, sizeof fields / sizeof *fields, NULL};

static const char *point_fault(
    const struct lw_scale *s, const struct lw_yaml *key, const struct lw_yaml *item, int64_t *value)
{
    if (!lw_yaml_int(key, value))
        return "a point needs an integer and a label. Write `points: {4: acceptable}`.";
    if (!lw_scale_has(s, *value))
        return "this point is outside the scale. Use points from min to max, by its step.";
    if (lw_scale_label(s, *value))
        return "this point already has a label. Remove one of them.";
    if (!lw_yaml_text(item))
        return "the label of a point must be text. Write `points: {4: acceptable}`.";
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    const struct lw_point *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

static void read_points(struct lw_reading *r, struct lw_scale *s, const struct lw_yaml *y)
{
    s->point = lw_grow(NULL, y->n + 1, sizeof *s->point);
    for (size_t i = 0; i < y->n; i++) {
        int64_t value;
        const char *fault = point_fault(s, y->key[i], y->item[i], &value);
        if (fault)
            lw_mistake(r, y->key[i], "%s", fault);
        else
            s->point[s->npoints++] = (struct lw_point){value, lw_strdup(y->item[i]->text)};
    }
    qsort(s->point, s->npoints, sizeof *s->point, by_value);
}

LW_SETTER(lw_set_scale)
{
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    struct scale_reading s = {.scale = {.min = INT64_MIN, .max = INT64_MIN, .step = 1}};
    lw_schema_parse(r, &lw_scale_schema, LW_NO_VARIANT, y, &s);
    bool both = s.scale.min != INT64_MIN && s.scale.max != INT64_MIN;
    if (both && s.scale.min >= s.scale.max)
        lw_mistake(r, y, "\"min\" must be less than \"max\". Write `scale: {min: 1, max: 7}`.");
    else if (both && (s.scale.max - s.scale.min) % s.scale.step != 0)
        lw_mistake(r, y,
            "steps of %" PRId64 " from %" PRId64 " do not reach %" PRId64 ". Write `max: %" PRId64
            "`, or another step.",
            s.scale.step, s.scale.min, s.scale.max,
            s.scale.max - (s.scale.max - s.scale.min) % s.scale.step);
    else if (both && s.points)
        read_points(r, &s.scale, s.points);
    if (s.scale.low_is_best && !s.scale.low && !s.scale.high)
        s.scale.low = lw_strdup("best"); /* nothing else on the screen would show it */
    ((struct lw_question *)to)->scale = s.scale;
}

/* ---- answers */

enum { STEPS = 40 };

static const char *say_steps(const struct lw_scale *s, char to[STEPS])
{
    to[0] = '\0';
    if (s->step > 1)
        snprintf(to, STEPS, " in steps of %" PRId64, s->step);
    return to;
}

static bool is_on_scale(const struct lw_test_place *a, int64_t v)
{
    const struct lw_scale *s = &a->asked->scale;
    char steps[STEPS];
    if (lw_scale_has(s, v))
        return true;
    lw_mistake(a->r, a->at,
        "%" PRId64 " is outside the scale of \"%s\". Use a value from %" PRId64 " to %" PRId64
        "%s.",
        v, a->asked->name, s->min, s->max, say_steps(s, steps));
    return false;
}

static json_t *parse_value(const struct lw_test_place *a, const struct lw_yaml *y)
{
    int64_t v;
    if (lw_yaml_int(y, &v))
        return is_on_scale(a, v) ? json_integer(v) : NULL;
    char shown[LW_SHORT_MAX];
    if (lw_yaml_is_real(y))
        lw_mistake(a->r, y, "%s is a decimal number. Use an integer.", lw_shorten(y->text, shown));
    else
        lw_mistake(a->r, y,
            "\"%s\" is a rating: test it with an integer, a list of integers, or `\"<= 3\"`.",
            a->asked->name);
    return NULL;
}

static enum lw_code check_value(const struct lw_value_place *a, const json_t *v)
{
    const struct lw_scale *s = &a->q->scale;
    json_int_t n = json_integer_value(v);
    if (!json_is_integer(v))
        return lw_value_refuse(
            a, "a rating must be an integer from %" PRId64 " to %" PRId64 ".", s->min, s->max);
    char steps[STEPS];
    if (lw_scale_has(s, n))
        return LW_OK;
    return lw_value_refuse(a,
        "%" JSON_INTEGER_FORMAT " is outside the scale. Give an integer from %" PRId64
        " to %" PRId64 "%s.",
        n, s->min, s->max, say_steps(s, steps));
}

const struct lw_question_type lw_question_rating = {
    .parse_value = parse_value,
    .is_on_scale = is_on_scale,
    .check_value = check_value,
};
