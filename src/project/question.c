/* Small rules of single questions: scales, options, the line of a comparison. */
#include "labelwright/project/question.h"

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

/* A digit that is a point of the scale cannot mean another point. */
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
