/* What the screen has been given: giving a cell to curses costs more than comparing it. */
#ifndef LABELWRIGHT_TUI_DRAWN_INTERNAL_H
#define LABELWRIGHT_TUI_DRAWN_INTERNAL_H

#include "tui/view/frame_internal.h"

/* Zero-initialise. */
struct lw_drawn {
    struct lw_cell *cell; /* owned */
    struct lw_cell **row; /* where each row begins in it; owned */
    bool *unknown;        /* the row shows other than its cells; owned */
    bool *same;           /* the row of the frame that was compared last is there; owned */
    int rows, cols;
    struct lw_buf how;
};

/* Columns from `from` to before `to`. */
struct lw_drawn_piece {
    int from, to;
};

/* Rows from `top` to `bottom` that show what stood `by` rows below them; above for by < 0. */
struct lw_drawn_shift {
    int top, bottom, by;
};

/* Whether a frame of this size was kept that was drawn in this way: `how`, n bytes of the caller's.
 * False with pictures, whose pixels are more than their cells. */
bool lw_drawn_so(const struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n);

/* Forgets what was kept: all of the frame is to be drawn. */
void lw_drawn_begin(struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n);

/* Compares the frame with what was kept, for both below. */
void lw_drawn_compare(struct lw_drawn *d, const struct lw_frame *f);

/* Finds rows that have moved, where that many are spared that it pays; false for none. Moves what
 * was kept of them, as the caller must on the screen; rows that nothing moved into are unknown. */
bool lw_drawn_move(struct lw_drawn *d, const struct lw_frame *f, struct lw_drawn_shift *shift);

/* The cells of a row that must be drawn: whole characters, and all whose look may depend on a cell
 * that has changed (theme.h). All of a row that is read from right to left, and of one with colours
 * of its own, which may have got another meaning. from == to for none. Keeps the row. */
struct lw_drawn_piece lw_drawn_change(struct lw_drawn *d, const struct lw_frame *f, int row);

void lw_drawn_fini(struct lw_drawn *d);

#endif
