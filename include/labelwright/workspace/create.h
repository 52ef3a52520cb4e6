/* New project folders: from a sample, or around a file of tasks. Nothing that is there already is
 * ever changed, and a folder appears whole or not at all. */
#ifndef LABELWRIGHT_WORKSPACE_CREATE_H
#define LABELWRIGHT_WORKSPACE_CREATE_H

#include "labelwright/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies the folder `sample` (all but journals and what begins with a dot) to `dir`, which must not
 * be there or be empty. LW_EREFUSED otherwise; LW_EABSENT, LW_EIO, LW_EFULL. */
enum lw_code lw_create_from(const char *dir, const char *sample, struct lw_err *err);

/* Makes `dir` with a copy of the n files `data` and a project.yaml that asks the usual questions
 * for their kind of data; with several it says which join the first (tasks.h). Files that lie in
 * `dir` already, all of them, are not copied; then only project.yaml is made. LW_EREFUSED when
 * something is in the way; LW_EBAD when the data is of no known kind. `progress` (may be NULL) gets
 * the bytes copied. */
enum lw_code lw_create_like(const char *dir, const char *const *data, size_t n,
    void (*progress)(void *ctx, uint64_t done, uint64_t all), void *ctx, struct lw_err *err);

/* Calls `each` with name and title of every sample below `folder`, by name. False when there are
 * none. */
bool lw_create_samples(
    const char *folder, void (*each)(void *ctx, const char *name, const char *title), void *ctx);

#endif
