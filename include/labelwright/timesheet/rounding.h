/* Rules by which time is rounded for those who pay in steps, by name. */
#ifndef LABELWRIGHT_TIMESHEET_ROUNDING_H
#define LABELWRIGHT_TIMESHEET_ROUNDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lw_rounding {
    const char *name;
    const char *rule; /* "up to the next 15 min" */
    int64_t step_ms;
    bool up; /* else to the nearest step, halves up */
};

const struct lw_rounding *lw_roundings(size_t *n); /* all of them; static */

const struct lw_rounding *lw_rounding_find(const char *name); /* NULL: there is none */

/* NULL rounds nothing. Negative times as positive ones, so that what is taken off is rounded like
 * what it is taken from. */
int64_t lw_rounding_apply(const struct lw_rounding *rule, int64_t ms);

#endif
