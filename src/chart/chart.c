/* A chart as rows of characters: bars of eighths of a cell, numbers below them. SVG is
 * chart_svg.c's. */
#include "labelwright/chart/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { EIGHTHS = 8, GAP = 1, COLUMN_MAX = 6, TEXT_MAX = 64 };

static const struct {
    const char *block;
    char32_t cp;
    char ascii;
} eighths[EIGHTHS + 1] = {
    {" ", U' ', ' '},
    {"▁", U'▁', '.'},
    {"▂", U'▂', '.'},
    {"▃", U'▃', ':'},
    {"▄", U'▄', ':'},
    {"▅", U'▅', '+'},
    {"▆", U'▆', '+'},
    {"▇", U'▇', '#'},
    {"█", U'█', '#'},
};

char32_t lw_chart_ascii(char32_t cp)
{
    for (int i = 1; i <= EIGHTHS; i++)
        if (eighths[i].cp == cp)
            return (char32_t)eighths[i].ascii;
    return cp;
}

/* ---- what is written */

static void number(const struct lw_chart_series *s, size_t i, char to[TEXT_MAX])
{
    if (isnan(s->value[i]))
        snprintf(to, TEXT_MAX, "-");
    else
        snprintf(to, TEXT_MAX, "%.*f", s->decimals, s->value[i]);
}

static void name(const struct lw_chart_series *s, char to[TEXT_MAX])
{
    snprintf(to, TEXT_MAX, "%s%s%s", s->name, *s->unit ? ", " : "", s->unit);
}

/* ---- how wide it is */

struct chart_grid {
    int names, column; /* columns of characters, with the gap before each column */
    size_t first;      /* the first column that fits */
};

static int chars(const char *utf8)
{
    int n = 0;
    for (; *utf8; utf8++)
        n += (*utf8 & 0xC0) != 0x80;
    return n;
}

static int widest_name(const struct lw_chart *c)
{
    int most = 0;
    for (size_t i = 0; i < c->nseries; i++) {
        char text[TEXT_MAX];
        name(&c->series[i], text);
        most = chars(text) > most ? chars(text) : most;
    }
    return most;
}

static int widest_column(const struct lw_chart *c)
{
    int most = 1;
    for (size_t k = 0; k < c->columns; k++)
        most = chars(c->label[k]) > most ? chars(c->label[k]) : most;
    for (size_t i = 0; i < c->nseries; i++) {
        for (size_t k = 0; k < c->columns; k++) {
            char text[TEXT_MAX];
            number(&c->series[i], k, text);
            most = chars(text) > most ? chars(text) : most;
        }
    }
    return most + GAP;
}

int lw_chart_width(const struct lw_chart *c)
{
    return widest_name(c) + widest_column(c) * (int)c->columns;
}

static struct chart_grid grid_of(const struct lw_chart *c, int cols)
{
    struct chart_grid g = {.names = widest_name(c), .column = widest_column(c)};
    int room = cols - g.names, n = (int)c->columns;
    if (room < g.column)
        room = g.column;
    if (g.column * n > room) {
        g.first = c->columns - (size_t)(room / g.column);
        return g;
    }
    while (n > 0 && g.column < COLUMN_MAX && (g.column + 1) * n <= room)
        g.column++;
    return g;
}

/* ---- drawing */

struct chart_pen {
    const struct lw_chart *c;
    const struct lw_chart_look *look;
    struct chart_grid grid;
    lw_chart_put *put;
    void *ctx;
};

static void put(const struct chart_pen *p, int row, int col, enum lw_chart_part part, const char *s)
{
    if (p->put)
        p->put(p->ctx, row, col, part, s, strlen(s));
}

/* At the right end of the column. */
static void put_in_column(
    const struct chart_pen *p, int row, size_t column, enum lw_chart_part part, const char *s)
{
    int end = p->grid.names + p->grid.column * (int)(column - p->grid.first + 1);
    put(p, row, end - chars(s), part, s);
}

static double whole_bar(const struct lw_chart_series *s, size_t columns)
{
    double most = s->full;
    for (size_t k = 0; s->full <= 0 && k < columns; k++)
        most = s->value[k] > most ? s->value[k] : most;
    return most;
}

static int bar_eighths(double value, double whole, int height)
{
    int all = height * EIGHTHS;
    if (isnan(value) || !(value > 0) || !(whole > 0))
        return 0;
    int n = (int)lround(value / whole * all > all ? all : value / whole * all);
    return n > 0 ? n : 1; /* what is there is seen */
}

static void put_bar(const struct chart_pen *p, int row, size_t column, int n)
{
    struct lw_buf text = {0};
    int wide = p->grid.column - GAP;
    for (int i = 0; i < wide; i++) {
        if (p->look->ascii)
            lw_buf_char(&text, eighths[n].ascii);
        else
            lw_buf_str(&text, eighths[n].block);
    }
    if (n > 0)
        put_in_column(p, row, column, LW_CHART_BAR, text.data);
    lw_buf_fini(&text);
}

static void draw_series(const struct chart_pen *p, const struct lw_chart_series *s, int row)
{
    int height = p->look->height;
    double whole = whole_bar(s, p->c->columns);
    char text[TEXT_MAX];
    name(s, text);
    put(p, row + height, 0, LW_CHART_NAME, text);
    for (size_t k = p->grid.first; k < p->c->columns; k++) {
        int n = bar_eighths(s->value[k], whole, height);
        for (int up = 0; up < height; up++) {
            int here = n - up * EIGHTHS;
            put_bar(p, row + height - 1 - up, k, here < 0 ? 0 : here > EIGHTHS ? EIGHTHS : here);
        }
        number(s, k, text);
        put_in_column(p, row + height, k, LW_CHART_NUMBER, text);
    }
}

int lw_chart_draw(
    const struct lw_chart *c, const struct lw_chart_look *look, lw_chart_put *to, void *ctx)
{
    struct chart_pen p = {c, look, grid_of(c, look->cols), to, ctx};
    int row = 0;
    for (size_t i = 0; i < c->nseries; i++, row += look->height + 1)
        draw_series(&p, &c->series[i], row);
    for (size_t k = p.grid.first; k < c->columns; k++)
        put_in_column(&p, row, k, LW_CHART_LABEL, c->label[k]);
    return row + 1;
}

/* ---- as lines */

struct chart_lines {
    struct lw_buf *to;
    int row, col, indent;
};

/* Pieces of a row need not come in order: each chart row is gone through once for its pieces. */
static void print_piece(
    void *ctx, int row, int col, enum lw_chart_part part, const char *s, size_t n)
{
    struct chart_lines *l = ctx;
    (void)part;
    if (row != l->row)
        return;
    for (; l->col < col + l->indent; l->col++)
        lw_buf_char(l->to, ' ');
    lw_buf_add(l->to, s, n);
    l->col += chars(s);
}

void lw_chart_print(
    const struct lw_chart *c, const struct lw_chart_look *look, int indent, struct lw_buf *to)
{
    int rows = lw_chart_draw(c, look, NULL, NULL);
    for (int row = 0; row < rows; row++) {
        struct chart_lines l = {to, row, 0, indent};
        lw_chart_draw(c, look, print_piece, &l);
        lw_buf_char(to, '\n');
    }
}
