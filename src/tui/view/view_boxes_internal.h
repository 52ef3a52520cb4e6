/* Marked boxes and points: where they are among the cells of a picture, what is known of them while
 * they are marked, and how they look. */
#ifndef LABELWRIGHT_TUI_VIEW_VIEW_BOXES_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_VIEW_BOXES_INTERNAL_H

#include "labelwright/project/boxes.h"
#include "tui/view/view_internal.h"

/* ---- cells and pixels */

/* Where a picture is shown: in which pane, and on which line of it the first of its rows. */
struct lw_picture_place {
    const struct lw_shown_picture *shown; /* NULL: none is */
    int pane;
    size_t line;
};
struct lw_picture_place lw_picture_place(const struct lw_app *app);

/* The pixels that cells from (row, col) to (last_row, last_col) show, as a box without tags. */
struct lw_box lw_picture_pixels(
    const struct lw_shown_picture *s, int row, int col, int last_row, int last_col);

/* The cells that show a box: they may lie outside of what is shown. */
struct lw_picture_range {
    int row, col, last_row, last_col;
};
struct lw_picture_range lw_picture_range(const struct lw_shown_picture *s, const struct lw_box *b);

/* ---- while marking */

const json_t *lw_boxing_value(const struct lw_app *app); /* the boxes so far; may be NULL */

/* The cell that the cursor is on; at the edge where its pixel is not shown. */
struct lw_picture_cell_at {
    int row, col;
};
struct lw_picture_cell_at lw_boxing_cell(
    const struct lw_app *app, const struct lw_shown_picture *s);

/* The pixels that this cell shows. */
struct lw_box lw_boxing_here(const struct lw_app *app, const struct lw_shown_picture *s);

/* The pixels from the corner where it began to the cursor. */
struct lw_box lw_boxing_open_box(const struct lw_app *app, const struct lw_shown_picture *s);

/* "2 of 5: cat", or what to do next. */
void lw_boxing_remark(const struct lw_app *app, struct lw_buf *to);

/* ---- how they look */

void lw_view_boxes(const struct lw_app *app, const struct lw_pane *p, struct lw_area a);
void lw_view_boxing(const struct lw_app *app, struct lw_area all); /* the cursor, and the keys */

#endif
