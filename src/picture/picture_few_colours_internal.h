/* Few colours for a picture, and its points in them. */
#ifndef LABELWRIGHT_PICTURE_PICTURE_FEW_COLOURS_INTERNAL_H
#define LABELWRIGHT_PICTURE_PICTURE_FEW_COLOURS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

enum { LW_FEW_COLOURS_MAX = 256 };

struct lw_few_colours {
    int n;
    uint8_t percent[LW_FEW_COLOURS_MAX][3]; /* red, green, blue, as sixel says them */
};

/* At most `most` colours for these points, at least one of them; three bytes a point. */
void lw_few_colours_find(const uint8_t *rgb, size_t points, int most, struct lw_few_colours *to);

/* The colour of each point: width * height numbers at `to`. */
void lw_few_colours_draw(
    const struct lw_few_colours *p, const uint8_t *rgb, int width, int height, uint8_t *to);

#endif
