/* The word diff of a correction while it is typed. */
#ifndef LABELWRIGHT_TUI_VIEW_CORRECTION_DIFF_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_CORRECTION_DIFF_INTERNAL_H

#include "tui/view/view_internal.h"

/* Brings the diff and its lines up to date with text, cursor and size; true when the text changed.
 */
bool lw_correction_diff_update(struct lw_app *app);

/* The first line to show in `rows` rows, so that the change at the cursor is seen. */
size_t lw_correction_diff_top(const struct lw_app *app, int rows);

#endif
