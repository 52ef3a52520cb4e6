/* Files that labelwright itself writes; see own_files.c. */
#ifndef LABELWRIGHT_FORMAT_OWN_FILES_INTERNAL_H
#define LABELWRIGHT_FORMAT_OWN_FILES_INTERNAL_H

#include "labelwright/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* `s`: the first n bytes, without a byte order mark. LW_EBAD: it is one; `err` says which. */
enum lw_code lw_own_file_refuse(const char *name, const char *s, size_t n, struct lw_err *err);

#endif
