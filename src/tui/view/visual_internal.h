/* A drawn row as it stands on a terminal that does nothing for scripts from right to left: the
 * frame keeps the order of the text, so that bytes and cells still agree; only what is sent
 * differs. */
#ifndef LABELWRIGHT_TUI_VIEW_VISUAL_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_VISUAL_INTERNAL_H

#include "tui/view/frame_internal.h"

/* Copies the row to `to` (also `cols` cells) in the order of the screen; place[i] gets the column
 * in which cell i of the row stands, for the cursor. What lies between lines of a frame, and
 * between blanks that part columns, is arranged by itself: columns stay where they are, and so does
 * the sign before a paragraph. */
void lw_visual_row(const struct lw_cell *row, int cols, struct lw_cell *to, int *place);

/* The same of a row of the frame, or as it stands where the terminal arranges it. */
void lw_visual_arrange(
    const struct lw_frame *f, int row, bool arranges, struct lw_cell *to, int *place);

#endif
