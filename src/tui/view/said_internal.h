/* Messages with parts other than text. */
#ifndef LABELWRIGHT_TUI_VIEW_SAID_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_SAID_INTERNAL_H

#include "tui/view/doc_internal.h"

/* Appends the parts in order; the text if there are none. `fold`: long ones take one line. */
void lw_doc_said(struct lw_doc *d, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, bool raw);
void lw_doc_parts(struct lw_doc *d, const struct lw_parts *parts, int cols, bool fold, bool raw);

/* Only the parts other than text, where the text is shown in another way. */
void lw_doc_other_parts(
    struct lw_doc *d, const struct lw_parts *parts, int cols, bool fold, bool raw);

#endif
