/* Times, and their text in RFC 3339. A stamp is only information: what is measured comes from
 * clocks that nobody can set. Texts for people ("3 days ago") are made elsewhere. */
#define _GNU_SOURCE
#include "labelwright/base/clock.h"

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

static int digits(const char *s, int n)
{
    int value = 0;
    while (n-- > 0)
        value = value * 10 + (*s++ - '0');
    return value;
}

static int64_t days_before(int year, int month, int day)
{
    /* Years that begin in March: the leap day is the last (Hinnant, days_from_civil). */
    int y = month > 2 ? year : year - 1;
    int m = month > 2 ? month - 3 : month + 9;
    return INT64_C(365) * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719469;
}

bool lw_stamp_parse(const char *s, int64_t *utc_ms)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd.dddZ";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
            return false;
    int month = digits(s + 5, 2), day = digits(s + 8, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int64_t minutes =
        days_before(digits(s, 4), month, day) * 1440 + digits(s + 11, 2) * 60 + digits(s + 14, 2);
    *utc_ms = (minutes * 60 + digits(s + 17, 2)) * 1000 + digits(s + 20, 3);
    return true;
}

void lw_zone_format(int64_t utc_ms, char to[LW_ZONE_MAX])
{
    time_t s = (time_t)(utc_ms / 1000);
    struct tm tm;
    tzset(); /* localtime_r() alone does not see that the machine has moved */
    to[0] = 0;
    if (localtime_r(&s, &tm))
        strftime(to, LW_ZONE_MAX, "%z", &tm);
}

bool lw_zone_parse(const char *s, size_t n, int32_t *seconds)
{
    if (n != 5 || (s[0] != '+' && s[0] != '-'))
        return false;
    for (size_t i = 1; i < n; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    int32_t minutes = digits(s + 1, 2) * 60 + digits(s + 3, 2);
    *seconds = (s[0] == '-' ? -minutes : minutes) * 60;
    return true;
}
