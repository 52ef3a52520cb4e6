/* Parts of a path as the user typed it; the disk is not asked. */
#ifndef LABELWRIGHT_WORKSPACE_TYPED_PATH_INTERNAL_H
#define LABELWRIGHT_WORKSPACE_TYPED_PATH_INTERNAL_H

#include "labelwright/base/buf.h"

#include <string.h>

/* What follows the last slash; borrowed. */
static inline const char *lw_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Without slashes at the end, but "/" stays; new. */
static inline char *lw_path_trim(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return lw_strndup(path, n);
}

#endif
