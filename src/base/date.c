/* The Gregorian calendar. Knows no time of day and no zone: which day it was somewhere, the journal
 * says. */
#include "labelwright/base/date.h"

#include <stdio.h>
#include <string.h>

enum { ERA_DAYS = 146097, ERA_YEARS = 400, TO_1970 = 719468 };

int32_t lw_date_number(struct lw_date d)
{
    /* Years that begin in March: the leap day is the last (Hinnant, days_from_civil). */
    int y = d.month > 2 ? d.year : d.year - 1;
    int m = d.month > 2 ? d.month - 3 : d.month + 9;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d.day - 1 - TO_1970;
}

struct lw_date lw_date_of(int32_t number)
{
    int32_t days = number + TO_1970, era = days / ERA_DAYS, in_era = days % ERA_DAYS;
    int32_t years = (in_era - in_era / 1460 + in_era / 36524 - in_era / (ERA_DAYS - 1)) / 365;
    int32_t in_year = in_era - (365 * years + years / 4 - years / 100);
    int32_t m = (5 * in_year + 2) / 153;
    struct lw_date d = {.month = m < 10 ? m + 3 : m - 9, .day = in_year - (153 * m + 2) / 5 + 1};
    d.year = era * ERA_YEARS + years + (d.month <= 2);
    return d;
}

static bool has_form(const char *s, const char *form)
{
    if (strlen(s) != strlen(form))
        return false;
    for (; *form; s++, form++)
        if (*form == 'd' ? *s < '0' || *s > '9' : *s != *form)
            return false;
    return true;
}

static int digits(const char *s, int n)
{
    int v = 0;
    while (n-- > 0)
        v = 10 * v + (*s++ - '0');
    return v;
}

bool lw_date_parse(const char *s, int32_t *number)
{
    if (!has_form(s, "dddd-dd-dd"))
        return false;
    struct lw_date d = {digits(s, 4), digits(s + 5, 2), digits(s + 8, 2)};
    if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
        return false;
    *number = lw_date_number(d);
    struct lw_date back = lw_date_of(*number);
    return back.month == d.month && back.day == d.day;
}

bool lw_month_parse(const char *s, int32_t *first)
{
    char day[LW_DATE_MAX];
    if (!has_form(s, "dddd-dd"))
        return false;
    snprintf(day, sizeof day, "%s-01", s);
    return lw_date_parse(day, first);
}

void lw_date_format(int32_t number, char to[LW_DATE_MAX])
{
    struct lw_date d = lw_date_of(number);
    snprintf(to, LW_DATE_MAX, "%04u-%02u-%02u", (unsigned)d.year % 10000, (unsigned)d.month % 100,
        (unsigned)d.day % 100);
}

int lw_date_weekday(int32_t number)
{
    enum { THURSDAY = 3 }; /* 1970-01-01 */
    return ((number % 7) + 7 + THURSDAY) % 7;
}

int32_t lw_date_week(int32_t number)
{
    return number - lw_date_weekday(number);
}

int32_t lw_date_month(int32_t number)
{
    return number - lw_date_of(number).day + 1;
}

int32_t lw_date_next_month(int32_t number)
{
    return lw_date_month(lw_date_month(number) + 31);
}

int lw_date_iso_week(int32_t number, int *year)
{
    int32_t thursday = lw_date_week(number) + 3;
    *year = lw_date_of(thursday).year;
    return (thursday - lw_date_number((struct lw_date){*year, 1, 1})) / 7 + 1;
}

int32_t lw_date_at(int64_t utc_ms, int32_t zone_s)
{
    int64_t local = utc_ms + (int64_t)zone_s * 1000;
    return (int32_t)(local / LW_DAY_MS - (local % LW_DAY_MS < 0));
}
