/* A hidden task that is uncovered piece by piece: a piece is a paragraph of a turn, of a response
 * or of the reference, a step, or what else belongs to one of these. They are counted in the order
 * of reading: the prompt, then each response by letter. */
#ifndef LABELWRIGHT_TUI_VIEW_CURTAIN_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_CURTAIN_INTERNAL_H

#include "tui/view/app_state_internal.h"

/* How many pieces the whole task has. */
size_t lw_curtain_pieces(const struct lw_app *app);

/* The pane's response that the piece (from 0) belongs to, or -1 for the prompt. */
int lw_curtain_owner(const struct lw_app *app, size_t piece);

/* How many characters of the task are uncovered; of one that is not hidden, all. */
uint64_t lw_curtain_shown(const struct lw_app *app);

/* Fills the pane with the pieces that are uncovered, and says how many are not. */
void lw_curtain_fill(struct lw_app *app, struct lw_pane *p, int cols);

#endif
