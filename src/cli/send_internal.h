/* Sending without a screen, and what is said about it: for `sync` and for .send of plain mode. */
#ifndef LABELWRIGHT_CLI_SEND_INTERNAL_H
#define LABELWRIGHT_CLI_SEND_INTERNAL_H

#include "labelwright/sync/sync.h"

/* After this long without a receipt or a reply, the rest is left for later. */
enum { LW_SEND_PATIENCE_MS = 20 * 1000 };

/* Sends until each of the n destinations is done, needs the user, or makes us wait longer than
 * `patience_ms`. `wait` waits for lw_sync_due_ms() at most; when it returns false, sending stops
 * and this returns false. */
bool lw_send_all(struct lw_sync *s, size_t n, int64_t patience_ms,
    bool (*wait)(void *ctx, struct lw_sync *s), void *ctx);

/* The report: each function calls `print` with one line at a time, foreign text in it. */
typedef void lw_send_print(const char *line);

/* A line for each of the n destinations. */
void lw_send_report(const struct lw_sync *s, size_t n, lw_send_print *print);

/* Labels that are not sent because of a fork; the first few. */
void lw_send_report_missing(const struct lw_sync *s, lw_send_print *print);

/* What the servers refused, with their reasons, the first few. Returns how many. */
size_t lw_send_report_refused(const struct lw_project *p, const struct lw_journal *j,
    const struct lw_ledger *l, lw_send_print *print);

#endif
