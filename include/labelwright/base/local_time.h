/* Times of the user's day, by the zone that the machine has now, and durations in words. */
#ifndef LABELWRIGHT_BASE_LOCAL_TIME_H
#define LABELWRIGHT_BASE_LOCAL_TIME_H

#include <stddef.h>
#include <stdint.h>

int64_t lw_local_midnight(int64_t utc_ms); /* the start of that day, in ms UTC */

/* The first time after `utc_ms` at which the local clock shows so many minutes after midnight. */
int64_t lw_local_next(int64_t utc_ms, int minutes);

enum { LW_LOCAL_CLOCK_MAX = 6 };
void lw_local_clock(int64_t utc_ms, char to[LW_LOCAL_CLOCK_MAX]); /* "17:40" */

enum { LW_DURATION_MAX = 40 };
void lw_duration_words(int64_t ms, char to[LW_DURATION_MAX]); /* "45 s", "9 min", "2 h 05 min" */

#endif
