/* The journal's events by their number, for who sends them on. */
#ifndef LABELWRIGHT_SYNC_SEND_ORDER_INTERNAL_H
#define LABELWRIGHT_SYNC_SEND_ORDER_INTERNAL_H

#include "labelwright/ledger/ledger.h"

/* Gives every event behind `seq`, ascending, each once, until `each` says false. In a sound journal
 * that is how the lines stand. After damage and failed syncs an event may stand behind its
 * followers: then all places are looked through, so that none is left out. */
enum lw_code lw_in_order(const struct lw_journal *j, const struct lw_ledger *l, uint64_t seq,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err);

#endif
