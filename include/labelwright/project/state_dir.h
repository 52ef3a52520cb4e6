/* The folder .labelwright of a project: caches and drafts. */
#ifndef LABELWRIGHT_PROJECT_STATE_DIR_H
#define LABELWRIGHT_PROJECT_STATE_DIR_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

/* Opens .labelwright, or `below` in it (NULL for none), mode 0700. With `make` it is created when
 * missing. Symlinks are refused: a project comes from a client. */
enum lw_code lw_state_dir(
    const struct lw_sys *sys, int dir, const char *below, bool make, int *fd, struct lw_err *err);

#endif
