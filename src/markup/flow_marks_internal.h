/* Changes shown in a flow. Pure. */
#ifndef LABELWRIGHT_MARKUP_FLOW_MARKS_INTERNAL_H
#define LABELWRIGHT_MARKUP_FLOW_MARKS_INTERNAL_H

#include "labelwright/markup/rendering.h"
#include "markup/markdown_internal.h"

/* Puts signs around those of the n marks, in order, that lie in the flow of `md`, which is at
 * `base` of the text that they count in. The blocks keep their spans. Returns how many marks ended
 * in it. What is new is in `memory`. */
size_t lw_flow_mark(struct lw_markdown *md, const struct lw_text_mark *marks, size_t n, size_t base,
    struct lw_arena *memory);

#endif
