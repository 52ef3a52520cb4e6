/* New project folders: from a sample, or for a file of tasks. Existing files are never changed, and
 * a folder or a project.yaml appears complete or not at all, whatever call fails. */
#ifndef LABELWRIGHT_WORKSPACE_CREATE_H
#define LABELWRIGHT_WORKSPACE_CREATE_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/format/csv.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies the folder `sample` (all except journals and names that start with a dot) to `dir`, which
 * must not exist or be empty. LW_EREFUSED otherwise; LW_EABSENT, LW_EIO, LW_EFULL. */
enum lw_code lw_create_from(
    const struct lw_sys *sys, const char *dir, const char *sample, struct lw_err *err);

/* Makes `dir` with a copy of the n files `data` and a project.yaml with the standard questions for
 * their kind of data; with several files it says which join the first (tasks.h). If all files
 * are already in `dir`, they are not copied and only project.yaml is made. LW_EREFUSED when
 * something is in the way; LW_EBAD when the kind of data is unknown; `as` (may be NULL) says how
 * the first file is read, and project.yaml remembers it; LW_EIO, LW_EFULL. `progress`
 * (may be NULL) gets the bytes copied of each file. */
enum lw_code lw_create_like(const struct lw_sys *sys, const char *dir, const char *const *data,
    size_t n, const struct lw_read_as *as, void (*progress)(void *ctx, uint64_t done, uint64_t all),
    void *ctx, struct lw_err *err);

/* Makes `dir`, as lw_create_from() does, with what `fill` writes into the open folder. */
enum lw_code lw_create_filled(const struct lw_sys *sys, const char *dir,
    enum lw_code (*fill)(void *ctx, int folder, struct lw_err *err), void *ctx, struct lw_err *err);

/* Calls `each` with name and title of every sample below `folder`, by name. False when there are
 * none. */
bool lw_create_samples(const struct lw_sys *sys, const char *folder,
    void (*each)(void *ctx, const char *name, const char *title), void *ctx);

#endif
