/* A batch in memory: which lines of the journal it has, and their bytes as they are sent. */
#ifndef LABELWRIGHT_SYNC_BATCH_INTERNAL_H
#define LABELWRIGHT_SYNC_BATCH_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/sync/outbox.h"

/* Zero-initialise; lw_batch_fini() frees. */
struct lw_batch {
    bool filled;                /* else the rest is rubbish */
    struct lw_cut cut;          /* the numbers of its events */
    struct lw_buf bytes;        /* their lines as they are on the disk, each with its newline */
    char sha256[LW_SHA256_HEX]; /* of the bytes */
};
void lw_batch_fini(struct lw_batch *b);

enum lw_batch_state {
    LW_BATCH_READY,
    LW_BATCH_EMPTY, /* nothing to send, although the ledger counts something */
    LW_BATCH_CHANGED /* the lines are not those that the `batch` event names */,
    LW_BATCH_FAILED /* the journal cannot be read: `err` */
};

/* Cuts the next batch after what `delivery` says was sent, by the rules of the outbox. */
enum lw_batch_state lw_batch_cut(struct lw_batch *b, const struct lw_journal *j,
    const struct lw_ledger *l, const struct lw_outbox *o, const struct lw_delivery *delivery,
    struct lw_err *err);

/* Reads the lines of the batch that `delivery` has on its way; nothing is read when `b` holds them
 * already. */
enum lw_batch_state lw_batch_reload(struct lw_batch *b, const struct lw_journal *j,
    const struct lw_ledger *l, const struct lw_delivery *delivery, struct lw_err *err);

/* Calls `each` with every event after `seq`, ascending, each number once, until it returns false.
 * In a sound journal the lines are in this order, and only those after `seq` are read. After damage
 * and failed syncs an event may come after later ones: then the whole journal is read and the
 * places are sorted, O(n log n), so that none is left out. */
enum lw_code lw_batch_each_event(const struct lw_journal *j, const struct lw_ledger *l,
    uint64_t seq, bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err);

#endif
