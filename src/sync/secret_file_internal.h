/* Files with secrets: owned by the user, and readable by nobody else. */
#ifndef LABELWRIGHT_SYNC_SECRET_FILE_INTERNAL_H
#define LABELWRIGHT_SYNC_SECRET_FILE_INTERNAL_H

#include "labelwright/base/err.h"

#include <stddef.h>

/* Reads at most `max` bytes into `to`. LW_EREFUSED: it is a link, not a regular file, another
 * user's, or open to others. LW_EBAD: it is longer. */
enum lw_code lw_secret_file(const char *path, char *to, size_t max, size_t *n, struct lw_err *err);

#endif
