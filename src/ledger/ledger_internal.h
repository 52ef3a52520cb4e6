/* The ledger's internals. From below: ledger_entries.c, ledger_practice.c, delivery.c, ledger.c,
 * checkpoint.c. */
#ifndef LABELWRIGHT_LEDGER_LEDGER_INTERNAL_H
#define LABELWRIGHT_LEDGER_LEDGER_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/json/json_members.h"
#include "labelwright/ledger/ledger.h"

enum { LW_ENTRIES_MOST = (1 << 28) - 1 }; /* as entries count before them */

struct lw_break {
    int64_t time_ms, ms;
};

/* One talk event. */
struct lw_said {
    uint64_t task;
    struct lw_pos pos;
};

/* How a practice label compares with what is known. */
struct lw_practised {
    uint64_t task;
    int64_t time_ms;
    uint32_t agreed, asked;
};

struct lw_ledger {
    struct lw_entry *entry; /* in the journal's order */
    size_t n_entries, cap_entries;
    struct lw_ledger_slot *slot; /* a table: task -> its current entry */
    size_t n_tasks, cap_slots;
    uint64_t *loose; /* seqs of events to send that are no entries: undo */
    size_t n_loose, cap_loose;
    struct lw_delivery *delivery; /* one for each target that an event names */
    size_t n_deliveries, cap_deliveries;
    char **target; /* set by lw_ledger_set_targets(); NULL: the targets are those in `delivery` */
    size_t n_targets;
    struct lw_break *pause;
    size_t n_pauses, cap_pauses;
    struct lw_said *said;
    size_t n_said, cap_said;
    struct lw_repeated *repeated;
    size_t n_repeated, cap_repeated;
    struct lw_practised *practised; /* the first label of each task, in the journal's order */
    size_t n_practised, cap_practised;
    uint64_t *kept; /* ascending seqs of entries that are private: they are not to be sent */
    size_t n_kept, cap_kept;
    uint64_t done, skipped, events;
    uint64_t last;      /* number of the last event */
    int64_t stopped_ms; /* see lw_ledger_stopped_for_today() */
    bool irregular;     /* their numbers are not 1, 2, 3 … in this order */
    bool unordered;     /* seqs of entries, or of `loose`, do not ascend: damage */
    char questions[LW_SHA256_HEX];
};

/* ---- ledger_entries.c */

/* Room in the table for so many tasks and one more. */
void lw_ledger_reserve(struct lw_ledger *l, size_t tasks);

/* Adds an entry; its `before` is set here. */
void lw_ledger_add_entry(struct lw_ledger *l, struct lw_entry e);

/* Marks the entry of that seq as undone; another one of its task may count again. None: nothing. */
void lw_ledger_undo(struct lw_ledger *l, uint64_t seq);

/* An event to send that is no entry. */
void lw_ledger_add_loose(struct lw_ledger *l, uint64_t seq);

/* Whether an entry of this task is a practice label, undone or not. */
bool lw_ledger_was_practised(const struct lw_ledger *l, uint64_t task);

/* An entry that is private: not to be sent. */
void lw_ledger_keep(struct lw_ledger *l, uint64_t seq);

/* How many events to send have a higher number. */
size_t lw_ledger_labels_above(const struct lw_ledger *l, uint64_t seq);
bool lw_ledger_is_label(const struct lw_ledger *l, uint64_t seq);

/* Enters the last of the entries, whose `undone` and `before` are set, in the table and the sums.
 */
void lw_ledger_enter(struct lw_ledger *l, uint32_t index);

/* Room for one more in a growing array. */
void *lw_ledger_room(void *p, size_t n, size_t *cap, size_t item);

/* The members of events that count; missing ones are zero. */
struct lw_facts {
    struct lw_member task, sha256, to, head, practice, private, what;
    uint64_t record, active_ms, wall_ms, of, first, last;
};

/* The task that a member names; false when it names none. And: a number of milliseconds as entries
 * have it. */
bool lw_facts_task(const struct lw_member *m, uint64_t *key);
uint32_t lw_ledger_capped(uint64_t n);

/* ---- ledger_practice.c: repeats, and practice labels */

void lw_fold_repeat(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f);
void lw_fold_practice(
    struct lw_ledger *l, uint64_t task, const struct lw_event *e, const struct lw_facts *f);
bool lw_ledger_undo_repeat(struct lw_ledger *l, uint64_t seq); /* false: it is none */
bool lw_facts_are_private(const struct lw_facts *f);

/* ---- delivery.c: what was sent to which target */

void lw_fold_batch(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f);
void lw_fold_receipt(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f);
void lw_fold_parked(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f);
void lw_fold_resend(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f);
void lw_ledger_clear_deliveries(struct lw_ledger *l);

/* The deliveries as bytes, and back; false when the bytes are damaged. */
void lw_deliveries_pack(const struct lw_ledger *l, struct lw_buf *to);
bool lw_deliveries_unpack(struct lw_ledger *l, uint64_t deliveries, const char *bytes, size_t n);

#endif
