/* A timesheet in words for people, and in the formats that others read. All append to `to`. */
#ifndef LABELWRIGHT_TIMESHEET_TIMESHEET_FORMATS_H
#define LABELWRIGHT_TIMESHEET_TIMESHEET_FORMATS_H

#include "labelwright/base/buf.h"
#include "labelwright/timesheet/timesheet.h"

#include <jansson.h>

/* A table in `cols` columns, cleaned for a terminal, and below it what must be known of it, a
 * sentence each. Columns without a figure are left out, and so are, from the least important on,
 * those that do not fit, which it says. Times are whole seconds; what is cut off a row is added to
 * the next, so that the rows add up. */
void lw_timesheet_text(const struct lw_timesheet *t, int cols, struct lw_buf *to);

/* One line a row, with a header; no total. Times in ms. */
void lw_timesheet_csv(const struct lw_timesheet *t, struct lw_buf *to);

/* {"by","since","until","rounding","rows":[…],"total":{…},"notes":[…]}: a new reference. */
json_t *lw_timesheet_json(const struct lw_timesheet *t);

/* iCalendar (RFC 5545): an event for each session and day, from its first event to its last. */
void lw_timesheet_ics(const struct lw_timesheet *t, struct lw_buf *to);

/* timeclock, as hledger and ledger read it: for each session and day a clock-in at its start, and a
 * clock-out when its active time is over, in local time. Without what other projects count. Whole
 * seconds; what is cut off is added to the project's next entry. */
void lw_timesheet_timeclock(const struct lw_timesheet *t, struct lw_buf *to);

/* ---- words */

const char *lw_timesheet_by_name(enum lw_timesheet_by by); /* "day" */
bool lw_timesheet_by_find(const char *name, enum lw_timesheet_by *by);

enum { LW_PERIOD_MAX = 16 };
/* "2026-11-22", "2026-W47", "2026-11", "": which period the row is of. */
void lw_timesheet_period(
    const struct lw_timesheet *t, const struct lw_timesheet_row *row, char to[LW_PERIOD_MAX]);

/* What is to be said of the figures; foreign text in it is not cleaned. Nothing is appended when
 * there is nothing to say. `project` is one of LW_NOTE_DAMAGED; else SIZE_MAX. */
void lw_timesheet_sentence(const struct lw_timesheet *t, enum lw_timesheet_note_kind kind,
    size_t project, struct lw_buf *to);
const char *lw_timesheet_note_name(enum lw_timesheet_note_kind kind); /* "rounded" */

void lw_clock_text(int64_t seconds, struct lw_buf *to);        /* "5:12:03"; "-0:12:30" */
void lw_clock_exact(int64_t ms, struct lw_buf *to);            /* "5:12:03.123" */
void lw_local_text(struct lw_local_time t, struct lw_buf *to); /* "2026-11-22T09:00:01.123+01:00" */

#endif
