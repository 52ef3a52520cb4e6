/* Messages with parts that are no text. */
#ifndef LABELWRIGHT_TUI_VIEW_SAID_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_SAID_INTERNAL_H

#include "tui/view/doc_internal.h"

/* Parts in their order; without any, the text. `fold`: those that are long take one line. */
void lw_doc_said(struct lw_doc *d, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, bool raw);
void lw_doc_parts(struct lw_doc *d, const struct lw_parts *parts, int cols, bool fold, bool raw);

/* Only those that are no text, below one that is shown otherwise. */
void lw_doc_other_parts(
    struct lw_doc *d, const struct lw_parts *parts, int cols, bool fold, bool raw);

#endif
