/* The journal's events in order of their numbers, for sending. */
#ifndef LABELWRIGHT_SYNC_SEND_ORDER_INTERNAL_H
#define LABELWRIGHT_SYNC_SEND_ORDER_INTERNAL_H

#include "labelwright/ledger/ledger.h"

/* Calls `each` with every event after `seq`, ascending, each once, until it returns false. In a
 * sound journal the lines are in this order. After damage and failed syncs an event may come after
 * later ones: then the whole journal is searched, so that none is left out. */
enum lw_code lw_in_order(const struct lw_journal *j, const struct lw_ledger *l, uint64_t seq,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err);

#endif
