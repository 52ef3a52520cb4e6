/* The rules of rounding, a table. Which figures are rounded is decided in timesheet.c. */
#include "labelwright/timesheet/rounding.h"

#include <string.h>

enum { MINUTE_MS = 60000 };

static const struct lw_rounding rules[] = {
    {"minute", "to the nearest minute", MINUTE_MS, false},
    {"minute-up", "up to the next minute", MINUTE_MS, true},
    {"six-minutes", "to the nearest 6 minutes, a tenth of an hour", 6 * MINUTE_MS, false},
    {"six-minutes-up", "up to the next 6 minutes, a tenth of an hour", 6 * MINUTE_MS, true},
    {"quarter-nearest", "to the nearest 15 minutes", 15 * MINUTE_MS, false},
    {"quarter-up", "up to the next 15 minutes", 15 * MINUTE_MS, true},
    {"half-hour", "to the nearest 30 minutes", 30 * MINUTE_MS, false},
    {"half-hour-up", "up to the next 30 minutes", 30 * MINUTE_MS, true},
};

const struct lw_rounding *lw_roundings(size_t *n)
{
    *n = sizeof rules / sizeof *rules;
    return rules;
}

const struct lw_rounding *lw_rounding_find(const char *name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i].name, name) == 0)
            return &rules[i];
    return NULL;
}

int64_t lw_rounding_apply(const struct lw_rounding *rule, int64_t ms)
{
    if (!rule || ms == 0)
        return ms;
    int64_t size = ms < 0 ? -ms : ms;
    int64_t over = rule->up ? rule->step_ms - 1 : rule->step_ms / 2;
    int64_t rounded = (size + over) / rule->step_ms * rule->step_ms;
    return ms < 0 ? -rounded : rounded;
}
