/* The user's day by the machine's zone. What is measured and what is in the journal is clock.c's.
 */
#define _GNU_SOURCE
#include "labelwright/base/local_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* `days` later, so many minutes after midnight. */
static int64_t local_ms(int64_t utc_ms, int days, int minutes)
{
    time_t now = (time_t)(utc_ms / 1000);
    struct tm tm;
    localtime_r(&now, &tm);
    tm.tm_mday += days;
    tm.tm_hour = minutes / 60;
    tm.tm_min = minutes % 60;
    tm.tm_sec = 0;
    tm.tm_isdst = -1;
    return (int64_t)mktime(&tm) * 1000;
}

int64_t lw_local_midnight(int64_t utc_ms)
{
    return local_ms(utc_ms, 0, 0);
}

int64_t lw_local_next(int64_t utc_ms, int minutes)
{
    int64_t today = local_ms(utc_ms, 0, minutes);
    return today > utc_ms ? today : local_ms(utc_ms, 1, minutes);
}

void lw_local_clock(int64_t utc_ms, char to[LW_LOCAL_CLOCK_MAX])
{
    time_t s = (time_t)(utc_ms / 1000);
    struct tm tm;
    localtime_r(&s, &tm);
    snprintf(
        to, LW_LOCAL_CLOCK_MAX, "%02u:%02u", (unsigned)tm.tm_hour % 24, (unsigned)tm.tm_min % 60);
}

void lw_duration_words(int64_t ms, char to[LW_DURATION_MAX])
{
    int64_t minutes = ms / 60000;
    if (minutes >= 60)
        snprintf(
            to, LW_DURATION_MAX, "%" PRId64 " h %02" PRId64 " min", minutes / 60, minutes % 60);
    else if (minutes > 0)
        snprintf(to, LW_DURATION_MAX, "%" PRId64 " min", minutes);
    else
        snprintf(to, LW_DURATION_MAX, "%" PRId64 " s", ms / 1000);
}
