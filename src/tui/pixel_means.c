/* Which of the means to show pixels is taken: what the terminal says, and what the user wants of
 * it.
 */
#include "labelwright/picture/picture_pixels.h"
#include "tui/pixels_internal.h"

/* Pixels, where a terminal that scales pictures does not say how large its cells are. */
enum { CELL_W = 10, CELL_H = 20 };

struct lw_pixels_how lw_pixels_choose(const struct lw_pixel_probe *p, enum lw_pictures_by by)
{
    struct lw_pixels_how how = {0};
    bool said = p->cell_w > 0 && p->cell_h > 0;
    if (p->stage != LW_PROBE_DONE || by == LW_PICTURES_BY_CELLS)
        return how;
    if (p->kitty && by != LW_PICTURES_BY_SIXEL)
        how = (struct lw_pixels_how){.means = LW_MEANS_KITTY,
            .cell_w = said ? p->cell_w : CELL_W,
            .cell_h = said ? p->cell_h : CELL_H};
    else if (p->sixel && by != LW_PICTURES_BY_KITTY && said)
        how = (struct lw_pixels_how){
            LW_MEANS_SIXEL, p->cell_w, p->cell_h, p->colours, p->max_w, p->max_h};
    return how;
}

void lw_pixels_look(const struct lw_pixels_how *how, struct lw_picture_look *to)
{
    to->cell_w = how->means == LW_MEANS_CELLS ? 0 : how->cell_w;
    to->cell_h = how->means == LW_MEANS_CELLS ? 0 : how->cell_h;
    to->area_max = how->means == LW_MEANS_SIXEL ? LW_SIXEL_PIXELS_MAX : 0;
}
