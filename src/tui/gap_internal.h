/* Gaps: the few blanks between words of different style. Nobody sees their colour; shown in the
 * style of what stands before them they save two changes of style, which is most of what a key
 * sends. */
#ifndef LABELWRIGHT_TUI_GAP_INTERNAL_H
#define LABELWRIGHT_TUI_GAP_INTERNAL_H

#include "tui/theme_internal.h"
#include "tui/view/frame_internal.h"

/* The role to show a cell in: its own, or in a short gap that of the cell before the gap. */
enum lw_role lw_gap_role(const struct lw_frame *f, const struct lw_theme *theme, int row, int col);

#endif
