/* A picture as sixel: bands of six rows, in each of them one line for each colour. Parts of one
 * picture have the same colours, so that no seam shows between them. */
#include "labelwright/picture/picture_pixels.h"
#include "picture/picture_few_colours_internal.h"

#include <stdlib.h>
#include <string.h>

enum { BAND = 6, BLANK = 0x3F, RUN_LEAST = 4 /* is shorter as a number */ };

struct lw_sixels {
    struct lw_few_colours palette;
    uint8_t *colour; /* of each point */
    int width, point_w, point_h;
};

struct lw_sixels *lw_sixels_new(const struct lw_picture *p, int colours)
{
    int height = p->rows * p->point_h;
    struct lw_sixels *s = lw_alloc(sizeof *s);
    *s = (struct lw_sixels){
        .width = p->cols * p->point_w, .point_w = p->point_w, .point_h = p->point_h};
    s->colour = lw_alloc((size_t)s->width * (size_t)height);
    lw_few_colours_find(p->rgb, (size_t)s->width * (size_t)height, colours, &s->palette);
    lw_few_colours_draw(&s->palette, p->rgb, s->width, height, s->colour);
    return s;
}

void lw_sixels_free(struct lw_sixels *s)
{
    if (!s)
        return;
    free(s->colour);
    free(s);
}

/* ---- one band */

struct line {
    int first, last; /* columns that have the colour; none when first > last */
};

struct canvas {
    const struct lw_sixels *s;
    const struct lw_picture_part *part;
    int cell_w, cell_h, width, height;
    uint8_t *bits; /* of each colour a row of `width` */
    struct line line[LW_FEW_COLOURS_MAX];
};

static int colour_at(const struct canvas *c, int x, int y)
{
    const struct lw_sixels *s = c->s;
    int px = c->part->col * s->point_w + x * s->point_w / c->cell_w;
    int py = c->part->row * s->point_h + y * s->point_h / c->cell_h;
    return s->colour[(size_t)py * (size_t)s->width + (size_t)px];
}

static void fill_band(struct canvas *c, int top)
{
    for (int i = 0; i < c->s->palette.n; i++)
        c->line[i] = (struct line){c->width, -1};
    for (int y = top; y < top + BAND && y < c->height; y++)
        for (int x = 0; x < c->width; x++) {
            int i = colour_at(c, x, y);
            c->bits[(size_t)i * (size_t)c->width + (size_t)x] |= (uint8_t)(1 << (y - top));
            c->line[i].first = x < c->line[i].first ? x : c->line[i].first;
            c->line[i].last = x > c->line[i].last ? x : c->line[i].last;
        }
}

static void print_run(char sixel, int n, struct lw_buf *to)
{
    if (n >= RUN_LEAST)
        lw_buf_fmt(to, "!%d%c", n, sixel);
    for (int i = 0; n < RUN_LEAST && i < n; i++)
        lw_buf_char(to, sixel);
}

static void print_line(struct canvas *c, int colour, struct lw_buf *to)
{
    uint8_t *bits = c->bits + (size_t)colour * (size_t)c->width;
    const struct line *l = &c->line[colour];
    lw_buf_fmt(to, "#%d", colour);
    print_run(BLANK, l->first, to);
    for (int x = l->first; x <= l->last;) {
        int from = x;
        while (x <= l->last && bits[x] == bits[from])
            x++;
        print_run((char)(BLANK + bits[from]), x - from, to);
    }
    memset(bits + l->first, 0, (size_t)(l->last - l->first + 1));
    lw_buf_char(to, '$');
}

/* ---- all */

static void print_colours(const struct canvas *c, struct lw_buf *to)
{
    bool used[LW_FEW_COLOURS_MAX] = {false};
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            used[colour_at(c, x, y)] = true;
    for (int i = 0; i < c->s->palette.n; i++) {
        const uint8_t *p = c->s->palette.percent[i];
        if (used[i])
            lw_buf_fmt(to, "#%d;2;%d;%d;%d", i, p[0], p[1], p[2]);
    }
}

void lw_sixels_print(const struct lw_sixels *s, const struct lw_picture_part *part, int cell_w,
    int cell_h, struct lw_buf *to)
{
    struct canvas c = {.s = s,
        .part = part,
        .cell_w = cell_w,
        .cell_h = cell_h,
        .width = part->cols * cell_w,
        .height = part->rows * cell_h};
    c.bits = lw_alloc((size_t)s->palette.n * (size_t)c.width);
    lw_buf_fmt(to, "\033P0;1;0q\"1;1;%d;%d", c.width, c.height);
    print_colours(&c, to);
    for (int top = 0; top < c.height; top += BAND) {
        fill_band(&c, top);
        for (int i = 0; i < s->palette.n; i++)
            if (c.line[i].first <= c.line[i].last)
                print_line(&c, i, to);
        if (top + BAND < c.height) /* behind the last one the screen might scroll */
            lw_buf_char(to, '-');
    }
    lw_buf_str(to, "\033\\");
    free(c.bits);
}
