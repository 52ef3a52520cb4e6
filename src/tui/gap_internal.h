/* Gaps: the few spaces between words of different style. Their colour is invisible; drawn in the
 * style of the word before, they save two changes of style, which is most of the output for a key.
 */
#ifndef LABELWRIGHT_TUI_GAP_INTERNAL_H
#define LABELWRIGHT_TUI_GAP_INTERNAL_H

#include "tui/theme_internal.h"
#include "tui/view/frame_internal.h"

/* The role to show a cell in: its own, or in a short gap that of the cell before the gap. */
enum lw_role lw_gap_role(const struct lw_frame *f, const struct lw_theme *theme, int row, int col);

#endif
