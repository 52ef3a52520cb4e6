/* Whether a link says where it goes. Pure. */
#ifndef LABELWRIGHT_MARKUP_LINK_TARGET_INTERNAL_H
#define LABELWRIGHT_MARKUP_LINK_TARGET_INTERNAL_H

#include "labelwright/base/buf.h"

/* Appends " → TARGET" when the text of a link (n bytes) names another host than its target, when it
 * hides in what order its letters stand, or when the target is no page. */
void lw_link_target_warn(const char *said, size_t n, const char *target, struct lw_buf *to);

#endif
