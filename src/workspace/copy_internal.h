/* Copies files and folders, synced; never overwrites anything. */
#ifndef LABELWRIGHT_WORKSPACE_COPY_INTERNAL_H
#define LABELWRIGHT_WORKSPACE_COPY_INTERNAL_H

#include "labelwright/base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct lw_copying {
    void (*progress)(void *ctx, uint64_t done, uint64_t all); /* bytes of a file; NULL for none */
    void *ctx;
    struct lw_err *err;
};

/* Copies from one open folder to the other, under the same name, mode 0600. */
enum lw_code lw_copy_file(const struct lw_copying *c, int from, const char *name, int to);

/* Copies regular files and folders: all that lw_copy_wants(). */
enum lw_code lw_copy_folder(const struct lw_copying *c, int from, int to);

/* False for journals and for names that start with a dot. */
bool lw_copy_wants(const char *name);

#endif
