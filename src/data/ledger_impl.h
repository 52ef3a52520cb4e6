/* The ledger's inside: what ledger.c and checkpoint.c share. */
#ifndef LW_DATA_LEDGER_IMPL_H
#define LW_DATA_LEDGER_IMPL_H

#include "labelwright/ledger.h"

struct lw_break {
    int64_t time_ms, ms;
};

struct lw_ledger {
    struct lw_entry *entry; /* in the journal's order */
    size_t n_entries, cap_entries;
    struct lw_ledger_slot *slot; /* a table: task -> its newest entry, and the one that stands */
    size_t n_tasks, cap_slots;
    uint64_t *unsent; /* seqs of annotate, skip and undo without a receipt */
    size_t n_unsent, cap_unsent;
    struct lw_break *pause;
    size_t n_pauses, cap_pauses;
    uint64_t done, skipped, events, parked;
    bool unordered; /* seqs of entries do not ascend: damage */
    char questions[LW_SHA256_HEX];
};

/* Enters the last of the entries, whose `undone` and `before` are set, in the table and the sums.
 */
void lw_ledger_enter(struct lw_ledger *l, uint32_t index);

#endif
