/* The time worked, folded from a journal's events. It changes only by events on the disk; nothing
 * is estimated.
 *
 * Members that it reads, by type (all others are ignored):
 *   sitting                    "what": start, zone, stop; "time_zone": "+0200"
 *   annotate, skip, talk, repeat "task", "active_ms", "wall_ms"
 *   undo                       "of": seq of an annotate or skip
 *   break                      "wall_ms"
 *   of all these               "elapsed_ms", "worked_ms", "guidelines_ms", "suspended_ms";
 * "origin", where a merge has copied it
 *
 * The last four are sums since the session's start (event.h), so the time of an interval is a
 * difference, and that of a session its largest worked_ms. Journals of versions that wrote none
 * have the active_ms of labels that were not undone, and the wall_ms of breaks.
 *
 * Time counts where the event stands that ends the interval: a gap over midnight belongs to the
 * next day. What follows the last event of a session that crashed is lost. */
#ifndef LABELWRIGHT_WORKLOG_WORKLOG_H
#define LABELWRIGHT_WORKLOG_WORKLOG_H

#include "labelwright/journal/journal.h"
#include "labelwright/json/json_members.h"

struct lw_worklog;

enum lw_work_kind {
    LW_WORK_START,
    LW_WORK_STOP,
    LW_WORK_ZONE,
    LW_WORK_LABEL,
    LW_WORK_SKIP,
    LW_WORK_TALK,
    LW_WORK_UNDO,
    LW_WORK_BREAK,
    LW_WORK_REPEAT /* a task came again; it is not done once more */
};

/* The session of labels by `record`: none, and no time. */
#define LW_WORK_NO_SITTING UINT32_MAX

enum { LW_WORK_JUMP_MS = 2000 }; /* clocks that differ by less were not set */

/* One event. Milliseconds. */
struct lw_work {
    uint64_t seq, task; /* task: lw_run_key of its id; 0 for none */
    int64_t time_ms;    /* UTC, as written */
    int32_t zone_s;     /* local time minus UTC then, by the journal; 0 where it has none */
    uint32_t sitting;   /* index of its session, or LW_WORK_NO_SITTING */
    uint32_t before;    /* LABEL, SKIP: 1 + index of the one of the same task before it; 0: none */
    enum lw_work_kind kind;
    bool undone, replaced; /* LABEL, SKIP: does not count any more */
    /* Since the event before it in its session. In old journals elapsed_ms is wall_ms and worked_ms
     * active_ms, of labels and skips that were not undone. */
    int64_t elapsed_ms, worked_ms, guidelines_ms, suspended_ms;
    int64_t active_ms, wall_ms; /* LABEL, SKIP: the task's own clocks, all visits; BREAK: wall_ms */
};

struct lw_work_sitting {
    uint64_t first, last;     /* seqs */
    int64_t start_ms, end_ms; /* UTC; a clock that was set does not change the length */
    int64_t forward_ms;       /* how far the clock was set forward in it … */
    int64_t back_ms;          /* … and back; both >= 0 */
    int64_t worked_ms;        /* the largest sum that an event has */
    bool stopped;             /* has its stop event; else it crashed, or goes on */
    bool exact;               /* its events have elapsed_ms */
    bool begun;               /* has its start event; else that was lost */
};

struct lw_worklog *lw_worklog_new(void);
void lw_worklog_free(struct lw_worklog *w); /* NULL is fine */

/* Every event of the journal, in its order. `e` and its text are borrowed for the call. */
void lw_worklog_fold(struct lw_worklog *w, const struct lw_event *e);

/* A reader of more than time, to whom each member of an event is given: reading a line once takes
 * half as long as reading it twice. A member whose value is an object comes first as
 * lw_member_open() has it: whoever reads it then returns where it ends. NULL: it comes again,
 * whole, as all others do. */
typedef const char *lw_member_reader(void *ctx, const struct lw_member *m);

void lw_worklog_fold_with(
    struct lw_worklog *w, const struct lw_event *e, lw_member_reader *each, void *ctx);

/* Only the events above, in the journal's order; and the sessions, likewise. Borrowed until the
 * next fold. */
const struct lw_work *lw_worklog_events(const struct lw_worklog *w, size_t *n);
/* The event of that seq; NULL when there is none. By bisection. */
const struct lw_work *lw_worklog_find(const struct lw_worklog *w, uint64_t seq);

const struct lw_work_sitting *lw_worklog_sittings(const struct lw_worklog *w, size_t *n);

bool lw_worklog_has_zone(const struct lw_worklog *w); /* some event names the local time */

#endif
