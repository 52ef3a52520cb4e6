/* The bodies of the events that labeling writes: for lw_journal_append(), which adds what every
 * line has. Pure functions; each returns a new reference and borrows what it is given. Times are in
 * milliseconds. What readers of a journal rely on of each type is listed in ledger.h. */
#ifndef LABELWRIGHT_JOURNAL_EVENT_H
#define LABELWRIGHT_JOURNAL_EVENT_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

/* What annotate and skip have in common. */
struct lw_labeled {
    const struct lw_project *project;
    const struct lw_task *task;
    const int *order; /* responses as shown; NULL when nothing was shown (`record`) */
    int64_t active_ms, wall_ms;
    uint64_t replaces;         /* 0 for none */
    const json_t *suggestions; /* what became of them (answers.h); NULL for none. Not of a skip */
    const json_t *defaulted;   /* which answers are defaults (answers.h); the same */
    const json_t *practice;    /* how far they agree with what is known (practice.h), for a practice
                                  task; NULL for another one */
    bool private;              /* the event is not sent and not exported */
};

/* `answers`: an object, question name -> answer; shared with the event, so not to be changed. */
json_t *lw_event_annotate(const struct lw_labeled *l, json_t *answers);
/* `reason`: n bytes of UTF-8; n may be 0. */
json_t *lw_event_skip(const struct lw_labeled *l, const char *reason, size_t n);
/* Messages of the talk that is the answer to `question` (talk.h), whole; copied. */
json_t *lw_event_talk(const struct lw_labeled *l, const char *question, const json_t *messages);
/* A task that was labeled before, by the event `of`, was shown again as if it were new: `answers`
 * are those of now (NULL when it was skipped, for this reason). They replace nothing. */
json_t *lw_event_repeat(const struct lw_labeled *l, uint64_t of, json_t *answers);
json_t *lw_event_repeat_skip(const struct lw_labeled *l, uint64_t of, const char *reason, size_t n);
/* Of the event `seq`; task may be NULL. `private`: that event is. */
json_t *lw_event_undo(uint64_t seq, const char *task, bool private);
json_t *lw_event_questions(const struct lw_project *p);
json_t *lw_event_break(int64_t wall_ms);

/* A session: its start, with the program's version; another local time than before; its end.
 * `zone` as lw_zone_format() writes it. */
json_t *lw_event_start(const char *zone, int64_t idle_ms);
json_t *lw_event_zone(const char *zone);
json_t *lw_event_stop(void);

/* A session's time since its start: in every event that a session writes. */
struct lw_session_times {
    int64_t elapsed_ms;    /* by the clock that nobody can set and that goes on in suspend */
    int64_t worked_ms;     /* of it, at the keys: gaps between them up to the idle limit, awake */
    int64_t guidelines_ms; /* of that, with the guidelines open; left out when 0 */
    int64_t suspended_ms;  /* of elapsed_ms, while the machine slept; left out when 0 */
};
void lw_event_set_times(json_t *e, const struct lw_session_times *t);

/* What was uncovered of tasks with a tag that hides tasks. */
struct lw_seen_sum {
    char *tag;
    int64_t ms;                 /* on the screen, in the same gaps between keys as worked_ms */
    uint64_t tasks, characters; /* each task, and what was uncovered of it, once in a session */
    uint64_t pictures;          /* likewise */
};

/* What concerns the contractor alone: events that stay here. What was seen since the last such
 * event of the session, where local time was `zone`; and that the session's end is the day's, too.
 */
json_t *lw_event_own_seen(const struct lw_seen_sum *seen, size_t n, const char *zone);
json_t *lw_event_own_stop(void);

/* Fills `order` with a permutation of 0…n-1 that depends only on seed and task id: which response
 * is shown where. The same in every version and on every machine (Fisher-Yates, with SHA-256 as the
 * die): who reads a journal can compute it again. */
void lw_shuffle(int *order, size_t n, uint64_t seed, const char *task);

#endif
