/* What was uncovered of tasks with a tag that counts, by local day and tag: folded from the member
 * "seen" of a journal's events (event.h). That has sums since the session's start, so an interval
 * is a difference; it counts for the day of the event that ends it, by the journal's own zone.
 *
 * A task counts once for each session in which something of it was uncovered, and for each of its
 * tags: tags may not be added up. A session that says in its start no "curtain" is of a version
 * that counted nothing. */
#ifndef LABELWRIGHT_WORKLOG_EXPOSURE_H
#define LABELWRIGHT_WORKLOG_EXPOSURE_H

#include "labelwright/journal/journal.h"

struct lw_exposure;

struct lw_exposure_row {
    int64_t day;     /* local, days since 1970-01-01 */
    const char *tag; /* foreign text */
    int64_t ms;      /* on the screen, or printed and being answered */
    uint64_t tasks, characters, pictures;
};

struct lw_exposure *lw_exposure_new(void);
struct lw_exposure *lw_exposure_from(int64_t utc_ms); /* only what was seen from then on counts */
void lw_exposure_free(struct lw_exposure *x);         /* NULL is fine */

/* Every event of the journal, in its order; or from any event on: then what the session that goes
 * on there had seen before does not count. */
void lw_exposure_fold(struct lw_exposure *x, const struct lw_event *e);

/* The session that goes on at the end of the journal has seen so much by then: an object as that
 * member, borrowed; NULL is fine. */
void lw_exposure_add(struct lw_exposure *x, int64_t utc_ms, json_t *seen);

/* By day and tag, each once. Borrowed until the next fold. */
const struct lw_exposure_row *lw_exposure_rows(struct lw_exposure *x, size_t *n);

/* Sessions that labeled or skipped something: all of them, and those that counted nothing. */
void lw_exposure_sessions(const struct lw_exposure *x, size_t *all, size_t *uncounted);

#endif
