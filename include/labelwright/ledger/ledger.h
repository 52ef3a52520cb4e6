/* The ledger: what the journal's events add up to. A fold: it changes only by events on the disk.
 *
 * Members that it reads, by type (all other members are ignored here):
 *   questions  "sha256": of the block, the hash that annotations name
 *   annotate   "task", "record": its number, "sha256": of the raw record, "active_ms";
 *              "practice": the task is one of practice. A list of {"question", "item", "outcome"},
 *              one for each known answer: how the label compares with it, by the names of
 *              lw_agreement_name() (agreement.h); empty where nothing is known
 *   skip       the same
 *   repeat     the same, and "of": seq of the annotate event of the same task. The task was shown
 *              again as if it were new; "answers" are the second ones, and "reason" stands in their
 *              place when it was skipped. They replace nothing: the task is done as it was
 *   talk       "task": messages of its talk were said
 *   undo       "of": seq of an annotate, skip or repeat
 *   own        "what": stop_for_today: the session's end was the day's, too
 *   break      "wall_ms"
 *   batch      "to", "first", "last": seqs; "sha256": of the lines between them. It is on its way
 *   receipt    the same, of the last batch to that target: all of it arrived, except what was
 *              parked. Any other receipt is ignored
 *              "head": what the server calls its last event, when it is not in the journal
 *   parked     "to", "of": seq of an event that the server refused
 *   resend     "to": what is parked is to be sent again
 *
 * An event with "private":true, and each of type repeat, is not sent and counts for no target.
 *
 * The members of time worked, of sessions and of all that they write, are read by worklog.h.
 *
 * About 70 bytes an annotation; answers stay on the disk (lw_journal_read). A checkpoint of it in
 * .labelwright/ makes the next start fast; deleting that costs time only. */
#ifndef LABELWRIGHT_LEDGER_LEDGER_H
#define LABELWRIGHT_LEDGER_LEDGER_H

#include "labelwright/journal/journal.h"

#include <time.h>

struct lw_ledger;

/* One annotate or skip event. */
struct lw_entry {
    uint64_t seq;
    uint64_t task;   /* lw_fingerprint of the task's id */
    uint64_t record; /* the first 8 bytes of the record's SHA-256: shows whether it changed */
    int64_t time_ms; /* UTC */
    uint32_t number; /* the record's number in its file, when it was labeled */
    uint32_t active_ms;
    struct lw_pos pos;
    uint32_t before : 28; /* 1 + index of the entry of its task that it replaced; 0 for none */
    bool skip : 1;
    bool undone : 1;
    bool practice : 1;
    bool private : 1; /* not sent, not exported */
};

/* One repeat event. */
struct lw_repeated {
    uint64_t seq, of; /* `of`: the label that was given before */
    uint64_t task;
    int64_t time_ms;
    uint32_t active_ms;
    struct lw_pos pos;
    bool skip;
    bool undone;
};

struct lw_ledger *lw_ledger_new(void);
void lw_ledger_free(struct lw_ledger *l);
void lw_ledger_clear(struct lw_ledger *l);

void lw_ledger_fold(struct lw_ledger *l, const struct lw_event *e);

/* Sets `each`, `restart` and `ctx` of the options, so that opening the journal folds its events
 * into `l`. */
void lw_ledger_follow(struct lw_ledger *l, struct lw_journal_opts *opts);

/* Whether an event is missing among those that were folded, a number came twice or late, or a
 * server has an event that is not here: then numbers alone do not tell what was sent. */
bool lw_ledger_is_irregular(const struct lw_ledger *l);

/* The current entry of a task: its newest one that was not undone; NULL when the task is open.
 * Borrowed until the next fold. One step in a hash table. */
const struct lw_entry *lw_ledger_of(const struct lw_ledger *l, uint64_t task);

/* For who asks for many tasks: has the table's place of one that comes soon fetched meanwhile. */
void lw_ledger_prefetch(const struct lw_ledger *l, uint64_t task);

/* The entry of that seq; NULL when there is none. By bisection. */
const struct lw_entry *lw_ledger_entry(const struct lw_ledger *l, uint64_t seq);

/* Calls `each` with the place of every talk event of a task, in their order; a pass over all that
 * there are. */
void lw_ledger_each_talk(const struct lw_ledger *l, uint64_t task,
    void (*each)(void *ctx, struct lw_pos pos), void *ctx);

/* The newest entry of all that was not undone: the one that undo undoes. NULL when none. */
const struct lw_entry *lw_ledger_last(const struct lw_ledger *l);

/* All entries in the order they were made, also those that no longer count: n of them, borrowed
 * until the next fold. */
const struct lw_entry *lw_ledger_entries(const struct lw_ledger *l, size_t *n);

/* All repeats likewise; and the newest that was not undone, NULL for none. */
const struct lw_repeated *lw_ledger_repeats(const struct lw_ledger *l, size_t *n);
const struct lw_repeated *lw_ledger_last_repeat(const struct lw_ledger *l);

/* How far the practice labels made in [from, to) UTC ms agree with what is known. Of each task the
 * first label counts, also when it was undone: whoever has seen what is known knows it. */
struct lw_practice_sum {
    uint64_t tasks;         /* with anything known */
    uint64_t agreed, asked; /* answers: same or near; all but those that are not judged */
};
struct lw_practice_sum lw_ledger_practice(
    const struct lw_ledger *l, int64_t from_ms, int64_t to_ms);

/* ---- what became of the events on their way to one target */

/* An event that a server refused, by a `parked` event. */
struct lw_parked_event {
    uint64_t seq;
    struct lw_pos why; /* the `parked` event */
    bool again;        /* it is to be sent again */
};

struct lw_delivery {
    char *to;      /* what `to` of the events says: the target's key */
    uint64_t sent; /* everything up to this event arrived, or is parked */
    struct {
        uint64_t first, last;
        char sha256[LW_SHA256_HEX];
        uint64_t due; /* its first event, until its receipt comes; it may no longer be on its way */
    } batch;          /* on its way; first is 0 for none */
    struct lw_parked_event *parked; /* ascending by seq */
    size_t nparked, cap_parked;
};

/* Sets the targets that count for lw_ledger_totals(): the project's. Without this, those that the
 * journal names. Stays after lw_ledger_clear(). */
void lw_ledger_set_targets(struct lw_ledger *l, const char *const *to, size_t n);

/* The target's delivery; an empty one when no event names it. Borrowed until the next fold. */
const struct lw_delivery *lw_ledger_delivery(const struct lw_ledger *l, const char *to);

/* How many annotate, skip and undo events have no receipt from this target and are not parked for
 * it; parked ones that are to be sent again count. */
uint64_t lw_ledger_unsent(const struct lw_ledger *l, const struct lw_delivery *delivery);

/* How many events this target refused, except those fixed since: by a later label of the same task,
 * or by a receipt when they were sent again. `each` (may be NULL) gets them. */
uint64_t lw_ledger_parked(const struct lw_ledger *l, const struct lw_delivery *delivery,
    void (*each)(void *ctx, const struct lw_parked_event *h), void *ctx);

/* The end of the last line up to seq whose place the ledger knows, to read on from there. A mark
 * with seq 0, the start, when it knows none. */
struct lw_mark lw_ledger_before(const struct lw_ledger *l, uint64_t seq);

struct lw_totals {
    uint64_t done, skipped; /* tasks in this state now */
    uint64_t events;        /* all of the journal */
    uint64_t
        unsent; /* annotate, skip and undo that some target lacks: of the one that lacks most */
    uint64_t parked; /* refused and not fixed; counted once for each target that refused it */
};
struct lw_totals lw_ledger_totals(const struct lw_ledger *l);

/* Sums of what was done in [from, to) UTC ms. Only current entries count as done or skipped. One
 * pass over all entries. */
struct lw_day {
    uint64_t done, skipped, replaced, undone;
    uint64_t repeats; /* tasks that were shown again; in none of the counts before */
    int64_t active_ms, break_ms;
};
struct lw_day lw_ledger_day(const struct lw_ledger *l, int64_t from_ms, int64_t to_ms);

/* UTC of the last session's end that was the end of the user's day, too; 0 for none. */
int64_t lw_ledger_stopped_for_today(const struct lw_ledger *l);

/* Calls `each` with every current entry, in the order they were made. */
void lw_ledger_each(
    const struct lw_ledger *l, void (*each)(void *ctx, const struct lw_entry *e), void *ctx);

/* The hash of the question block in force; "" before the first. */
const char *lw_ledger_questions(const struct lw_ledger *l);

/* Writes and reads .labelwright/checkpoint in `dir` (the open project folder; checkpoint-NAME for
 * journal-NAME), bound to the journal by the hash in the mark, which covers the journal's id.
 * Save it only when everything up to `mark` was folded: lw_journal_head() of a WRITABLE journal.
 * load: false (and an empty ledger) when there is none or it does not check; `*mark` is where to
 * go on reading: hand it to lw_journal_open() as `from`, with lw_ledger_clear as `restart`. */
enum lw_code lw_ledger_save(const struct lw_ledger *l, const struct lw_sys *sys, int dir,
    const char *journal_name, struct lw_mark mark, struct lw_err *err);
/* When the checkpoint was written; false when there is none. */
bool lw_ledger_saved_at(
    const struct lw_sys *sys, int dir, const char *journal_name, struct timespec *to);

/* Removes the checkpoint. */
void lw_ledger_forget(const struct lw_sys *sys, int dir, const char *journal_name);

bool lw_ledger_load(struct lw_ledger *l, const struct lw_sys *sys, int dir,
    const char *journal_name, struct lw_mark *mark);

#endif
