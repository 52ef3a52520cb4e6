/* The text of a correction as the panes show it, beside the text itself. */
#ifndef LABELWRIGHT_TUI_VIEW_CORRECTION_RENDERING_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_CORRECTION_RENDERING_INTERNAL_H

#include "tui/view/view_internal.h"

/* What is around byte `at`, for `far` bytes at least where there are as many. Whole paragraphs
 * where they are not too long, so that most moves need no new layout; a block of code is not cut.
 */
struct lw_span lw_correction_part(struct lw_span t, size_t at, size_t far);

/* Lays out what is around the cursor, when it is shown; `changed`: the text did. */
void lw_correction_rendering_update(struct lw_app *app, bool changed);

/* Draws it, the line of the cursor level with that of the text. */
void lw_view_correction_rendering(const struct lw_app *app, struct lw_area a);

#endif
