/* Sending without a screen: the engine of sync.h, driven until there is nothing more to do. */
#ifndef LABELWRIGHT_CLI_SYNC_DRIVE_INTERNAL_H
#define LABELWRIGHT_CLI_SYNC_DRIVE_INTERNAL_H

#include "labelwright/sync/sync.h"

/* So long without a receipt, or without a word from the other side, and the rest is left for later.
 */
enum { LW_SYNC_PATIENCE_MS = 20 * 1000 };

/* Sends until each of the n targets is done, needs the user, or makes us wait longer than
 * `patience_ms`. `wait` waits for lw_sync_due_ms() at most; when it gives false all ends here, and
 * so does this, with false. */
bool lw_sync_drive(struct lw_sync *s, size_t n, int64_t patience_ms,
    bool (*wait)(void *ctx, struct lw_sync *s), void *ctx);

#endif
