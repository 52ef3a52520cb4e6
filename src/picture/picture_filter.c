/* What is done to the points of a picture for somebody who wants to see less of it: grey, and a
 * blur as wide whatever part of the picture is shown. Runs in the child, so that what is shown
 * never was sharp outside of it. */
#include "picture/picture_internal.h"

#include <stdlib.h>

enum { PASSES = 3 /* of means: close to the bell curve */, FRACTION = 256 };

static void make_grey(uint8_t *rgb, size_t points)
{
    for (size_t i = 0; i < points; i++) {
        uint8_t *p = rgb + 3 * i;
        unsigned light = (2126U * p[0] + 7152U * p[1] + 722U * p[2] + 5000) / 10000; /* BT.709 */
        p[0] = p[1] = p[2] = (uint8_t)light;
    }
}

/* ---- the blur */

/* So many points of one side are a LW_PICTURE_BLUR_PART of the picture's longer side. */
static size_t radius(const struct lw_picture_head *h, int points, uint32_t side, int32_t seen)
{
    uint64_t longer = h->width > h->height ? h->width : h->height;
    uint64_t all = (uint64_t)LW_PICTURE_BLUR_PART * side * (uint64_t)(seen > 0 ? seen : 1);
    uint64_t r = longer * (uint64_t)points * LW_PICTURE_ALL / all;
    return r > 0 ? (size_t)r : 1;
}

/* Outside of a line it goes on mirrored, so that the mean stays what it was. */
static size_t mirrored(size_t i, size_t r, size_t n)
{
    size_t at = (i + 2 * n * (r / (2 * n) + 1) - r) % (2 * n);
    return at < n ? at : 2 * n - 1 - at;
}

/* The mean of the points up to `r` away, for each of n; `room` has n + 2 * r + 1. */
static void blur_line(uint16_t *line, size_t n, size_t step, size_t r, uint16_t *room)
{
    uint64_t sum = 0, width = 2 * r + 1;
    for (size_t i = 0; i < n + 2 * r; i++)
        room[i] = line[mirrored(i, r, n) * step];
    room[n + 2 * r] = 0;
    for (size_t i = 0; i < width; i++)
        sum += room[i];
    for (size_t i = 0; i < n; i++) {
        line[i * step] = (uint16_t)((sum + width / 2) / width);
        sum += (uint64_t)room[i + width] - room[i];
    }
}

static void blur_all(uint16_t *v, size_t w, size_t h, size_t rx, size_t ry, uint16_t *room)
{
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < 3 * h; i++)
            blur_line(v + i / 3 * w * 3 + i % 3, w, 3, rx, room);
        for (size_t i = 0; i < 3 * w; i++)
            blur_line(v + i, h, 3 * w, ry, room);
    }
}

static bool blur(uint8_t *rgb, size_t w, size_t h, const struct lw_picture_head *head)
{
    size_t rx = radius(head, (int)w, head->width, head->seen_x);
    size_t ry = radius(head, (int)h, head->height, head->seen_y);
    size_t longest = w + 2 * rx > h + 2 * ry ? w + 2 * rx : h + 2 * ry, n = 3 * w * h;
    uint16_t *v = malloc(n * sizeof *v), *room = malloc((longest + 1) * sizeof *room);
    for (size_t i = 0; v && room && i < n; i++)
        v[i] = (uint16_t)(rgb[i] * FRACTION);
    if (v && room)
        blur_all(v, w, h, rx, ry, room);
    for (size_t i = 0; v && room && i < n; i++)
        rgb[i] = (uint8_t)((v[i] + FRACTION / 2) / FRACTION);
    bool done = v && room;
    free(v);
    free(room);
    return done;
}

bool lw_picture_filter(struct lw_picture_scale *s)
{
    size_t w = (size_t)(s->head.cols * s->head.point_w),
           h = (size_t)(s->head.rows * s->head.point_h);
    if (!s->rgb || w == 0 || h == 0)
        return true;
    if (s->want.filter & LW_PICTURE_GREY)
        make_grey(s->rgb, w * h);
    return !(s->want.filter & LW_PICTURE_BLUR) || blur(s->rgb, w, h, &s->head);
}
