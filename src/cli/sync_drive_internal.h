/* Sending without a screen: runs sync.h until there is nothing more to do. */
#ifndef LABELWRIGHT_CLI_SYNC_DRIVE_INTERNAL_H
#define LABELWRIGHT_CLI_SYNC_DRIVE_INTERNAL_H

#include "labelwright/sync/sync.h"

/* After this long without a receipt or a reply, the rest is left for later. */
enum { LW_SYNC_PATIENCE_MS = 20 * 1000 };

/* Sends until each of the n destinations is done, needs the user, or makes us wait longer than
 * `patience_ms`. `wait` waits for lw_sync_due_ms() at most; when it returns false, sending stops
 * and this returns false. */
bool lw_sync_drive(struct lw_sync *s, size_t n, int64_t patience_ms,
    bool (*wait)(void *ctx, struct lw_sync *s), void *ctx);

#endif
