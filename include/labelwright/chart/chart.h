/* A small chart: some series of numbers over the same columns, each series with its own bars, the
 * numbers written below them. Pure: numbers in; pieces of text for a grid of characters, or SVG,
 * out. The caller puts the pieces on a screen or a page, and cleans labels from outside. */
#ifndef LABELWRIGHT_CHART_CHART_H
#define LABELWRIGHT_CHART_CHART_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

struct lw_chart_series {
    const char *name, *unit; /* "worked", "min"; a unit may be "" */
    const double *value;     /* one a column, 0 or more; NAN: there is none */
    double full;             /* the value of a whole bar; 0: the largest there is */
    int decimals;
};

/* All borrowed. Labels and names are ASCII or characters of one column each. */
struct lw_chart {
    const char *title, *description; /* only SVG shows them: a title, and the chart in words */
    const char *const *label;        /* one a column */
    size_t columns;
    const struct lw_chart_series *series;
    size_t nseries;
};

/* ---- rows of characters */

enum lw_chart_part { LW_CHART_NAME, LW_CHART_BAR, LW_CHART_NUMBER, LW_CHART_LABEL };

struct lw_chart_look {
    int cols;   /* how wide the chart may be; columns that do not fit are left out at its start */
    int height; /* rows of a bar, 1 or more */
    bool ascii; /* no block characters */
};

/* Gets each piece: UTF-8, its first column, how many columns it has. */
typedef void lw_chart_put(
    void *ctx, int row, int col, enum lw_chart_part part, const char *s, size_t n);

/* Returns how many rows the chart has: for each series its bars and their numbers, and one for the
 * labels. `put` may be NULL. */
int lw_chart_draw(
    const struct lw_chart *c, const struct lw_chart_look *look, lw_chart_put *put, void *ctx);

/* How many columns of characters the whole chart needs. */
int lw_chart_width(const struct lw_chart *c);

/* The same as lines without blanks at their ends, each behind `indent` blanks. */
void lw_chart_print(
    const struct lw_chart *c, const struct lw_chart_look *look, int indent, struct lw_buf *to);

/* What stands for a block character where there are none; other characters as they are. */
char32_t lw_chart_ascii(char32_t cp);

/* ---- SVG */

/* The charts below each other in one picture without references to anything outside, with title
 * and description for screen readers, in light and dark colours as the reader has them. */
void lw_chart_svg(
    const struct lw_chart *const *chart, size_t n, const char *title, struct lw_buf *to);

#endif
