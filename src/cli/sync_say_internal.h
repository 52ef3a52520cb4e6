/* What `sync` says and prints. */
#ifndef LABELWRIGHT_CLI_SYNC_SAY_INTERNAL_H
#define LABELWRIGHT_CLI_SYNC_SAY_INTERNAL_H

#include "cli/cli_internal.h"

#include "labelwright/sync/sync.h"

/* Prints a line for one destination, on stderr. */
void lw_sync_say(const struct lw_sync_status *t);

/* Prints which labels are not sent because of a fork, on stderr; the first few. */
void lw_sync_say_lacking(const struct lw_sync *s);

/* Prints refused labels with the server's reason, on stderr; the first few. */
void lw_sync_say_parked(const struct lw_workspace *w);

/* On stdout:
 * {"sent","unsent","parked","targets":[{"to","state","sent","unsent","parked","never","text"}]}
 */
void lw_sync_print_json(const struct lw_workspace *w, const struct lw_sync *s);

/* On stdout: a line, or with `json` an object, for each batch that would be sent. The status. */
int lw_sync_print_plan(const struct lw_workspace *w, bool json);

#endif
