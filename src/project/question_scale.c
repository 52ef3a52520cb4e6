#include "labelwright/base/buf.h"
#include "project/question_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_MAX = 1000000, SPAN_MAX = 100 };

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
        .max = VALUE_MAX},
    {.key = "max",
        lw_set_int,
        IN(scale.max),
        "an integer from -1000000 to 1000000",
        "max: 7",
        .required = true,
        .min = -VALUE_MAX,
        .max = VALUE_MAX},
    {.key = "low", lw_set_text, IN(scale.low), "text", "low: bad"},
    {.key = "high", lw_set_text, IN(scale.high), "text", "high: good"},
    {.key = "points", set_points, 0, "a map", "points: {4: acceptable}"},
    {.key = "best",
        lw_set_either,
        IN(scale.low_is_best),
        "high or low",
        "best: low",
        .words = ends},
    {.key = "higher_is_better", refuse_other_name, 0, "", "", .unsaid = true},
};
static const struct lw_schema table = {"a scale", fields, sizeof fields / sizeof *fields, NULL};

static const char *point_fault(
    const struct lw_scale *s, const struct lw_yaml *key, const struct lw_yaml *item, int64_t *value)
{
    if (!lw_yaml_int(key, value))
        return "a point needs an integer and a label. Write `points: {4: acceptable}`.";
    if (*value < s->min || *value > s->max)
        return "this point is outside the scale. Use points from min to max.";
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
    s->point = lw_grow(NULL, SPAN_MAX + 1, sizeof *s->point);
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
    struct scale_reading s = {.scale = {.min = INT64_MIN, .max = INT64_MIN}};
    lw_read_map(r, &table, LW_NO_VARIANT, y, &s);
    bool both = s.scale.min != INT64_MIN && s.scale.max != INT64_MIN;
    if (both && s.scale.min >= s.scale.max)
        lw_mistake(r, y, "\"min\" must be less than \"max\". Write `scale: {min: 1, max: 7}`.");
    else if (both && s.scale.max - s.scale.min > SPAN_MAX)
        lw_mistake(
            r, y, "\"max\" can be %d more than \"min\" at most. Make the scale smaller.", SPAN_MAX);
    else if (both && s.points)
        read_points(r, &s.scale, s.points);
    if (s.scale.low_is_best && !s.scale.low && !s.scale.high)
        s.scale.low = lw_strdup("best"); /* nothing else on the screen would show it */
    ((struct lw_question *)to)->scale = s.scale;
}
