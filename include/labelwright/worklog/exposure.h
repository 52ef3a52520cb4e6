/* What was uncovered of tasks with a tag that counts, by local day and tag: folded from the events
 * of type own with "what": seen (event.h).
 *
 * Members that it reads:
 *   own      "what": seen, "time_zone", "seen": {TAG: {"ms", "tasks", "characters", "pictures"}}:
 *            all since the event before it in its session. It counts for the day of the event
 *   sitting  "what": start, "counts_seen": true; versions before counted nothing
 *
 * A task counts once for each session in which something of it was uncovered, and for each of its
 * tags: tags may not be added up. */
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
struct lw_exposure *lw_exposure_from(int64_t utc_ms); /* only events from then on count */
void lw_exposure_free(struct lw_exposure *x);         /* NULL is fine */

/* Every event, in any order. */
void lw_exposure_fold(struct lw_exposure *x, const struct lw_event *e);

/* By day and tag, each once. Borrowed until the next fold. */
const struct lw_exposure_row *lw_exposure_rows(struct lw_exposure *x, size_t *n);

/* Sessions that began: all of them, and those that counted nothing. */
void lw_exposure_sessions(const struct lw_exposure *x, size_t *all, size_t *uncounted);

#endif
