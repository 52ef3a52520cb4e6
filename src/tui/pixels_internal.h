/* The pixels of pictures over the cells of a frame: what must be written so that the terminal shows
 * them where the frame has them, and nowhere else. Pure but for its memory of what the terminal
 * shows; who writes is term.c.
 *
 * The terminal keeps nothing of a picture that is not on the screen. */
#ifndef LABELWRIGHT_TUI_PIXELS_INTERNAL_H
#define LABELWRIGHT_TUI_PIXELS_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/config/config.h"
#include "labelwright/tui/pixel_probe.h"
#include "tui/view/frame_internal.h"

enum lw_means { LW_MEANS_CELLS /* no pixels */, LW_MEANS_KITTY, LW_MEANS_SIXEL };

struct lw_pixels_how {
    enum lw_means means;
    int cell_w, cell_h; /* pixels */
    int colours;        /* of sixel */
    int max_w, max_h;   /* of one sixel picture, in pixels; 0: no limit */
};

/* The means that the terminal says it has, the better one where it has both and the user does not
 * mind; cells where it has none. */
struct lw_pixels_how lw_pixels_choose(const struct lw_pixel_probe *p, enum lw_pictures_by by);

/* How pictures must be read for that. */
void lw_pixels_look(const struct lw_pixels_how *how, struct lw_picture_look *to);

struct lw_pixels *lw_pixels_new(void);
void lw_pixels_free(struct lw_pixels *x);

/* From now on. What is shown is forgotten: the screen must be cleared. */
void lw_pixels_use(struct lw_pixels *x, const struct lw_pixels_how *how);

/* The terminal was given away, and shows nothing of ours. */
void lw_pixels_forget(struct lw_pixels *x);

/* Appends what to write before the cells of the frame are, and behind them; nothing when nothing
 * changed. Call both. `clears`: the screen is cleared between them. The cursor stays where it is.
 */
void lw_pixels_uncover(
    struct lw_pixels *x, const struct lw_frame *f, bool clears, struct lw_buf *to);
void lw_pixels_cover(struct lw_pixels *x, const struct lw_frame *f, struct lw_buf *to);

#endif
