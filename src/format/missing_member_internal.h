/* What is said where somebody names a column or member that is not there. */
#ifndef LABELWRIGHT_FORMAT_MISSING_MEMBER_INTERNAL_H
#define LABELWRIGHT_FORMAT_MISSING_MEMBER_INTERNAL_H

#include "labelwright/base/err.h"

#include <stddef.h>

/* LW_EBAD: `where` ("a.csv", "The record") has no `what` ("column") of this name, the nearest, and
 * the n names that there are. */
enum lw_code lw_fail_member(struct lw_err *err, const char *where, const char *what,
    const char *name, const char *const *names, size_t n);

#endif
