/* Code in the colours of its language. Pure. */
#ifndef LABELWRIGHT_MARKUP_FLOW_HIGHLIGHT_INTERNAL_H
#define LABELWRIGHT_MARKUP_FLOW_HIGHLIGHT_INTERNAL_H

#include "markup/markdown_internal.h"

/* Once for a chunk, when somebody looks at it: it costs as much as reading it. Links, which know
 * spans by their numbers, are not to be asked for these afterwards. What is new is in `memory`. */
void lw_markdown_highlight(struct lw_markdown *m, struct lw_arena *memory);

#endif
