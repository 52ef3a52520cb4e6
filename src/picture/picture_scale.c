/* Which part of a picture is shown in how many cells, and the means of its pixels for each point of
 * them, row by row. Knows neither files nor cells' characters. */
#include "picture/picture_internal.h"

#include <stdlib.h>
#include <string.h>

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t at_least_1(int64_t n)
{
    return n > 1 ? n : 1;
}

static int64_t within(int64_t n, int64_t low, int64_t high)
{
    return n < low ? low : n > high ? high : n;
}

/* ---- which part, in how many cells */

static bool has_pixels(const struct lw_picture_scale *s)
{
    return s->want.cell_w > 0 && s->want.cell_h > 0;
}

static int64_t divide_nearest(int64_t a, int64_t b)
{
    return (2 * a + b) / (2 * b);
}

/* The whole picture in the cells there are, no pixel larger than a cell is wide. */
static void fit(const struct lw_picture_scale *s, int64_t *cols, int64_t *rows)
{
    int64_t w = s->head.width, h = s->head.height;
    int64_t cell_w = has_pixels(s) ? s->want.cell_w : 1,
            cell_h = has_pixels(s) ? s->want.cell_h : 2;
    *cols = least(s->want.cols, w);
    *rows = at_least_1(divide_nearest(*cols * h * cell_w, w * cell_h));
    if (*rows > s->want.rows) {
        *rows = s->want.rows;
        *cols = within(divide_nearest(*rows * w * cell_h, h * cell_w), 1, least(s->want.cols, w));
    }
}

/* The pixels of `whole` that one of n cells shows, rounded up. */
static int64_t pixels_of_cell(uint32_t whole, int32_t seen, int32_t n)
{
    int64_t parts = (int64_t)LW_PICTURE_ALL * n;
    return at_least_1(((int64_t)whole * seen + parts - 1) / parts);
}

/* As many points as the cells have pixels; fewer where the file has fewer, or all are too many. */
static void find_points(struct lw_picture_scale *s)
{
    struct lw_picture_head *h = &s->head;
    h->point_w = h->point_h = LW_PICTURE_POINTS;
    if (!has_pixels(s))
        return;
    int64_t w = least(s->want.cell_w, pixels_of_cell(h->width, h->seen_x, h->cols));
    int64_t height = least(s->want.cell_h, pixels_of_cell(h->height, h->seen_y, h->rows));
    int64_t part = 1, cells = (int64_t)h->cols * h->rows;
    while (cells * ((w + part - 1) / part) * ((height + part - 1) / part) > LW_PICTURE_POINTS_MAX)
        part++;
    h->point_w = (int32_t)((w + part - 1) / part);
    h->point_h = (int32_t)((height + part - 1) / part);
}

/* One side: of `whole` cells `room` can be shown, the middle at `at`. */
static void see(int64_t whole, int64_t room, int at, int32_t *n, int32_t *seen, int32_t *middle)
{
    int64_t shown = least(whole, room);
    *n = (int32_t)shown;
    *seen = (int32_t)(LW_PICTURE_ALL * shown / whole);
    *middle = (int32_t)within(at, (*seen + 1) / 2, LW_PICTURE_ALL - (*seen + 1) / 2);
}

/* ---- how the camera was held */

static bool is_on_its_side(const struct lw_picture_scale *s)
{
    return s->turn >= 5 && s->turn <= 8;
}

/* The rows of the file run from right to left, or from the bottom up, of what is seen. */
static bool is_mirrored(const struct lw_picture_scale *s)
{
    return s->turn == 2 || s->turn == 3 || s->turn == 7 || s->turn == 8;
}

static bool is_upside_down(const struct lw_picture_scale *s)
{
    return s->turn == 3 || s->turn == 4 || s->turn == 6 || s->turn == 7;
}

bool lw_scale_turn(struct lw_picture_scale *s)
{
    int w = s->head.cols * s->head.point_w, h = s->head.rows * s->head.point_h;
    if (s->turn < 2 || s->turn > 8 || !s->rgb)
        return true;
    uint8_t *to = calloc((size_t)w * (size_t)h, 3);
    for (int y = 0; to && y < h; y++)
        for (int x = 0; x < w; x++) {
            int col = is_on_its_side(s) ? y : x, row = is_on_its_side(s) ? x : y;
            col = is_mirrored(s) ? s->out_w - 1 - col : col;
            row = is_upside_down(s) ? s->out_h - 1 - row : row;
            memcpy(to + 3 * ((size_t)y * (size_t)w + (size_t)x),
                s->rgb + 3 * ((size_t)row * (size_t)s->out_w + (size_t)col), 3);
        }
    free(s->rgb);
    s->rgb = to;
    return to;
}

/* ---- what is seen */

enum lw_picture_fault lw_scale_begin(struct lw_picture_scale *s, uint32_t width, uint32_t height)
{
    struct lw_picture_head *h = &s->head;
    int64_t cols, rows, times = 1, parts = 1;
    h->width = is_on_its_side(s) ? height : width;
    h->height = is_on_its_side(s) ? width : height;
    if (width == 0 || height == 0)
        return LW_FAULT_DAMAGED;
    if (width > LW_PICTURE_SIDE_MAX || height > LW_PICTURE_SIDE_MAX ||
        (uint64_t)width * height > LW_PICTURE_PIXELS_MAX)
        return LW_FAULT_SIZE;
    if (s->want.cols <= 0 || s->want.rows <= 0)
        return LW_FAULT_NONE;
    fit(s, &cols, &rows);
    for (int i = 0; i < s->want.zoom && i < LW_PICTURE_ZOOM_MAX; i++) {
        times *= 3;
        parts *= 2;
    }
    see(at_least_1(cols * times / parts), s->want.cols, s->want.x, &h->cols, &h->seen_x, &h->x);
    see(at_least_1(rows * times / parts), s->want.rows, s->want.y, &h->rows, &h->seen_y, &h->y);
    find_points(s);
    return LW_FAULT_NONE;
}

/* ---- points */

static void part_of(uint32_t n, int middle, int seen, uint32_t *from, uint32_t *to)
{
    int64_t first = ((int64_t)middle * 2 - seen) * n / (2 * LW_PICTURE_ALL);
    int64_t size = at_least_1((int64_t)seen * n / LW_PICTURE_ALL);
    *from = (uint32_t)within(first, 0, n - size);
    *to = *from + (uint32_t)size;
}

/* The part that is seen and the points, in the directions of the file's rows. */
static void find_part(struct lw_picture_scale *s, uint32_t width, uint32_t height)
{
    const struct lw_picture_head *h = &s->head;
    bool side = is_on_its_side(s);
    int x = side ? h->y : h->x, y = side ? h->x : h->y;
    part_of(width, is_mirrored(s) ? LW_PICTURE_ALL - x : x, side ? h->seen_y : h->seen_x, &s->left,
        &s->right);
    part_of(height, is_upside_down(s) ? LW_PICTURE_ALL - y : y, side ? h->seen_x : h->seen_y,
        &s->top, &s->bottom);
    int points_x = h->cols * h->point_w, points_y = h->rows * h->point_h;
    s->out_w = side ? points_y : points_x;
    s->out_h = side ? points_x : points_y;
}

unsigned lw_scale_spare(const struct lw_picture_scale *s, uint32_t width, uint32_t height)
{
    struct lw_picture_scale at = *s;
    find_part(&at, width, height);
    uint32_t x = (at.right - at.left) / (uint32_t)at.out_w;
    uint32_t y = (at.bottom - at.top) / (uint32_t)at.out_h;
    return x < y ? x : y;
}

bool lw_scale_rows(struct lw_picture_scale *s, uint32_t width, uint32_t height)
{
    find_part(s, width, height);
    s->rgb = calloc((size_t)s->out_w * (size_t)s->out_h, 3);
    s->sum = calloc((size_t)s->out_w * 3, sizeof *s->sum);
    return s->rgb && s->sum;
}

/* Where the point `i` of `points` begins in `from` … `to`. */
static uint32_t begin_of(uint32_t from, uint32_t to, int i, int points)
{
    return from + (uint32_t)((uint64_t)(to - from) * (uint64_t)i / (uint64_t)points);
}

static void add_row(struct lw_picture_scale *s, const uint8_t *rgb)
{
    for (int i = 0; i < s->out_w; i++) {
        uint32_t from = begin_of(s->left, s->right, i, s->out_w);
        uint32_t to = begin_of(s->left, s->right, i + 1, s->out_w);
        uint32_t n = to > from ? to - from : 1;
        uint64_t sum[3] = {0};
        for (uint32_t x = from; x < from + n; x++)
            for (int c = 0; c < 3; c++)
                sum[c] += rgb[3 * (size_t)x + (size_t)c];
        for (int c = 0; c < 3; c++)
            s->sum[3 * i + c] += sum[c] / n;
    }
    s->sums++;
}

static void end_row(struct lw_picture_scale *s)
{
    uint8_t *to = s->rgb + (size_t)s->out_row * (size_t)s->out_w * 3;
    for (int i = 0; i < 3 * s->out_w; i++)
        to[i] = (uint8_t)(s->sum[i] / s->sums);
    s->out_row++;
}

/* A row of pixels ends as many rows of points as lie in it; none, where many are one. */
bool lw_scale_row(struct lw_picture_scale *s, const uint8_t *rgb)
{
    uint32_t row = s->row++;
    if (row < s->top || lw_scale_is_done(s))
        return !lw_scale_is_done(s);
    add_row(s, rgb);
    while (
        !lw_scale_is_done(s) && begin_of(s->top, s->bottom, s->out_row + 1, s->out_h) <= row + 1) {
        end_row(s);
        if (!lw_scale_is_done(s) && begin_of(s->top, s->bottom, s->out_row, s->out_h) > row)
            break;
    }
    if (lw_scale_is_done(s) || begin_of(s->top, s->bottom, s->out_row, s->out_h) > row) {
        memset(s->sum, 0, (size_t)s->out_w * 3 * sizeof *s->sum);
        s->sums = 0;
    }
    return !lw_scale_is_done(s);
}

bool lw_scale_is_done(const struct lw_picture_scale *s)
{
    return s->out_row >= s->out_h;
}

void lw_scale_fini(struct lw_picture_scale *s)
{
    free(s->rgb);
    free(s->sum);
    *s = (struct lw_picture_scale){0};
}
