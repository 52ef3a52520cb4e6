#define _GNU_SOURCE
#include "labelwright/clock.h"

#include <inttypes.h>
#include <stdio.h>

static int64_t read_ms(const struct lw_sys *sys, clockid_t which)
{
    struct timespec t = {0};
    sys->clock(sys, which, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t lw_clock_utc_ms(const struct lw_sys *sys)
{
    return read_ms(sys, CLOCK_REALTIME);
}

int64_t lw_clock_mono_ms(const struct lw_sys *sys)
{
    return read_ms(sys, CLOCK_MONOTONIC);
}

int64_t lw_clock_boot_ms(const struct lw_sys *sys)
{
    return read_ms(sys, CLOCK_BOOTTIME);
}

void lw_stamp_format(int64_t utc_ms, char to[LW_STAMP_MAX])
{
    /* A clock set beyond the year 9999 would not fit the format: clamp, it is information only. */
    const int64_t last = INT64_C(253402300799999);
    if (utc_ms < 0)
        utc_ms = 0;
    if (utc_ms > last)
        utc_ms = last;
    time_t s = (time_t)(utc_ms / 1000);
    struct tm tm;
    gmtime_r(&s, &tm);
    char day[32];
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(to, LW_STAMP_MAX, "%.19s.%03dZ", day, (int)(utc_ms % 1000));
}

bool lw_stamp_parse(const char *s, int64_t *utc_ms)
{
    struct tm tm = {0};
    int ms, end = 0;
    if (sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
            &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &ms, &end) != 7 ||
        end != LW_STAMP_MAX - 1)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    *utc_ms = (int64_t)timegm(&tm) * 1000 + ms;
    return true;
}
