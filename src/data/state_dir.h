/* The folder .labelwright of a project: what can be made again, and drafts. */
#ifndef LW_DATA_STATE_DIR_H
#define LW_DATA_STATE_DIR_H

#include "labelwright/err.h"
#include "labelwright/sys.h"

/* Opens .labelwright, or `below` in it (NULL for none), 0700. With `make` it is made when missing.
 * Symlinks are refused: a project comes from a client. */
enum lw_code lw_state_dir(
    const struct lw_sys *sys, int dir, const char *below, bool make, int *fd, struct lw_err *err);

#endif
