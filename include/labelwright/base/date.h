/* Days of the calendar, as numbers that can be compared and added to: days since 1970-01-01. */
#ifndef LABELWRIGHT_BASE_DATE_H
#define LABELWRIGHT_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    LW_DATE_MAX = 11,       /* "2026-11-30" and the NUL */
    LW_DAY_FIRST = -719162, /* 0001-01-01: before every day there is */
    LW_DAY_LAST = 2932896,  /* 9999-12-31 */
};

struct lw_date {
    int year, month, day; /* from 1 */
};

int32_t lw_date_number(struct lw_date d);
struct lw_date lw_date_of(int32_t number);

/* "2026-11-30" and nothing else; false for a day that is not in the calendar. */
bool lw_date_parse(const char *s, int32_t *number);
/* "2026-11": its first day. */
bool lw_month_parse(const char *s, int32_t *first);
void lw_date_format(int32_t number, char to[LW_DATE_MAX]);

int lw_date_weekday(int32_t number);        /* 0 is Monday */
int32_t lw_date_week(int32_t number);       /* the Monday of its week */
int32_t lw_date_month(int32_t number);      /* the first of its month */
int32_t lw_date_next_month(int32_t number); /* the first of the month after it */

/* The week's number by ISO 8601: it belongs to the year of its Thursday. */
int lw_date_iso_week(int32_t number, int *year);

/* The day on which it is `utc_ms` where local time is `zone_s` seconds ahead of UTC. */
enum { LW_DAY_MS = 86400000 };
int32_t lw_date_at(int64_t utc_ms, int32_t zone_s);

#endif
