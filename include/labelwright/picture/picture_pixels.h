/* The bytes that show a picture's pixels on a terminal: by the graphics protocol of kitty, or by
 * sixel. What the terminal knows, and where the cells are, is the caller's business. */
#ifndef LABELWRIGHT_PICTURE_PICTURE_PIXELS_H
#define LABELWRIGHT_PICTURE_PICTURE_PIXELS_H

#include "labelwright/base/buf.h"
#include "labelwright/picture/picture.h"

/* No picture takes more bytes, whatever is on it. A photo takes half of that by kitty's protocol,
 * two bytes a point, and about one byte a pixel as sixel. */
enum {
    LW_KITTY_BYTES_MAX = 4 * LW_PICTURE_POINTS_MAX + LW_PICTURE_POINTS_MAX / 16,
    LW_SIXEL_PIXELS_MAX = 4 * 1000 * 1000, /* that a picture may cover */
    LW_SIXEL_BYTES_MAX = 8 * LW_SIXEL_PIXELS_MAX
};

/* Some of a picture's cells. */
struct lw_picture_part {
    int row, col, rows, cols;
};

/* ---- kitty: the terminal keeps a picture, and places parts of it */

void lw_kitty_send(const struct lw_picture *p, unsigned id, struct lw_buf *to);

/* At the cursor, which stays there. The terminal scales it to the cells. */
void lw_kitty_place(
    const struct lw_picture *p, unsigned id, const struct lw_picture_part *part, struct lw_buf *to);

void lw_kitty_unplace(unsigned id, struct lw_buf *to); /* all of its places */
void lw_kitty_delete(unsigned id, struct lw_buf *to);  /* and the picture */

/* ---- sixel: pixels are drawn like characters, in few colours */

enum { LW_SIXEL_COLOURS_LEAST = 2, LW_SIXEL_COLOURS_MAX = 256 };

struct lw_sixels *lw_sixels_new(const struct lw_picture *p, int colours); /* keeps nothing of `p` */
void lw_sixels_free(struct lw_sixels *s);

/* At the cursor, which is elsewhere afterwards. Cells are that many pixels. */
void lw_sixels_print(const struct lw_sixels *s, const struct lw_picture_part *part, int cell_w,
    int cell_h, struct lw_buf *to);

#endif
