/* Timesheets: the time worked in one or more projects, by day, week, month or project. From
 * worklogs alone; pure. Days are local days, by the local time that each journal says was in force.
 * Milliseconds and whole numbers throughout. timesheet_formats.h writes them. */
#ifndef LABELWRIGHT_TIMESHEET_TIMESHEET_H
#define LABELWRIGHT_TIMESHEET_TIMESHEET_H

#include "labelwright/base/date.h"
#include "labelwright/timesheet/rounding.h"
#include "labelwright/worklog/worklog.h"

enum lw_timesheet_by { LW_BY_DAY, LW_BY_WEEK, LW_BY_MONTH, LW_BY_PROJECT };

struct lw_timesheet_project {
    const char *name;   /* foreign text; no two have the same */
    const char *damage; /* where the journal is damaged, foreign text; NULL: it is sound */
    const struct lw_worklog *log;
};

struct lw_timesheet_opts {
    const struct lw_timesheet_project *project; /* all borrowed, also by the timesheet */
    size_t nprojects;
    enum lw_timesheet_by by;
    int32_t since, until; /* days, both included; LW_DAY_FIRST and LW_DAY_LAST for all */
    const struct lw_rounding *rounding; /* of active time, row by row; NULL for none */
};

/* A moment as it was there. */
struct lw_local_time {
    int64_t utc_ms;
    int32_t zone_s; /* local time minus UTC */
};

/* One period of one project. An event's time counts on the day of the event. */
struct lw_timesheet_row {
    int32_t day;           /* first of the period; LW_BY_PROJECT: first one with an event */
    size_t project;        /* its place, or LW_TWICE */
    int64_t active_ms;     /* at the keys, rounded; LW_TWICE: negative */
    int64_t exact_ms;      /* the same, not rounded */
    int64_t guidelines_ms; /* of exact_ms, with the guidelines open */
    int64_t idle_ms;       /* in a session, awake, neither at the keys nor in a break */
    int64_t asleep_ms;     /* in a session and in no break, while the machine slept */
    int64_t break_ms;
    uint64_t breaks, sessions;        /* sessions by their first event */
    uint64_t done, skipped;           /* labels that count */
    uint64_t replaced, undone;        /* labels and skips that do not count any more */
    uint64_t timed;                   /* of `done`, those with clocks: not by scripts … */
    int64_t lower, median, upper;     /* … and the quartiles of their active_ms */
    bool seen;                        /* has an event of a session: */
    struct lw_local_time first, last; /* the earliest and the latest */
};

/* The project of a row for time in which several projects count work at once: it takes off what is
 * counted more than once. Work is thought to lie right before the event that it leads to. */
#define LW_TWICE SIZE_MAX

/* One session as far as it belongs to one local day. */
struct lw_session_day {
    size_t project;
    uint64_t seq; /* of its first event */
    int32_t day;
    struct lw_local_time from, to; /* its first and last event; `from` is midnight for a session
                                      that began before */
    int64_t active_ms;             /* without … */
    int64_t twice_ms;              /* … what is taken off because another project counts it */
    uint64_t done, skipped;
};

/* What a reader must know of the figures, and how much it is about. */
enum lw_timesheet_note_kind {
    LW_NOTE_ROUNDED,  /* ms that rounding adds to the total, or takes off it */
    LW_NOTE_TWICE,    /* ms that are taken off */
    LW_NOTE_ASLEEP,   /* n sessions in which the machine slept outside breaks, for ms */
    LW_NOTE_FORWARD,  /* n sessions in which the clock was set forward, by ms in all */
    LW_NOTE_BACK,     /* the same, back */
    LW_NOTE_MOVED,    /* n times local time changed within a session */
    LW_NOTE_ENDLESS,  /* n sessions without an end: crashed, or still open */
    LW_NOTE_HEADLESS, /* n sessions without a start: lines are missing */
    LW_NOTE_OLD,      /* n sessions whose version noted labels only; ms of active time */
    LW_NOTE_SCRIPTED, /* n labels and skips by scripts: no time */
    LW_NOTE_NO_ZONE,  /* n projects without a local time: days are those of UTC */
    LW_NOTE_DAMAGED,  /* n damaged journals: what is sound counts */
    LW_NOTES
};
struct lw_timesheet_note {
    uint64_t n;
    int64_t ms;
};

struct lw_timesheet {
    struct lw_timesheet_opts opts;
    struct lw_timesheet_row *row; /* by period, then project; LW_TWICE last in its period */
    size_t nrows;
    struct lw_timesheet_row total; /* the sum of the rows; no quartiles, no first and last */
    struct lw_timesheet_note note[LW_NOTES]; /* n 0: there is nothing to say; of LW_NOTE_ROUNDED and
                                                LW_NOTE_TWICE: ms 0 */
    struct lw_session_day *stretch;          /* by project, then as they happened */
    size_t nstretches;
};

struct lw_timesheet *lw_timesheet_new(const struct lw_timesheet_opts *opts);
void lw_timesheet_free(struct lw_timesheet *t); /* NULL is fine */

/* The local day, and the ms since its midnight. */
int32_t lw_local_day(struct lw_local_time t);
int64_t lw_local_ms(struct lw_local_time t);

#endif
