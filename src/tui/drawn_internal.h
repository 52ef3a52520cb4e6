/* What the screen has been given: rows that are as they were need not be drawn again. */
#ifndef LABELWRIGHT_TUI_DRAWN_INTERNAL_H
#define LABELWRIGHT_TUI_DRAWN_INTERNAL_H

#include "tui/view/frame_internal.h"

/* Zero-initialise. */
struct lw_drawn {
    struct lw_cell *cell; /* owned */
    int rows, cols;
    struct lw_buf how;
};

/* Whether a frame of this size was kept that was drawn in this way: `how`, n bytes of the caller's.
 * False with pictures, whose pixels are more than their cells. */
bool lw_drawn_so(const struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n);
bool lw_drawn_has_row(const struct lw_drawn *d, const struct lw_frame *f, int row);
void lw_drawn_keep(struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n);
void lw_drawn_fini(struct lw_drawn *d);

#endif
