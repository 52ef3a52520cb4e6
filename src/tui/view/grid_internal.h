/* How many responses the screen shows at once, and in how many rows and columns they stand. Pure:
 * knows sizes, no texts. */
#ifndef LABELWRIGHT_TUI_VIEW_GRID_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_GRID_INTERNAL_H

enum { LW_GRID_MOST = 8 /* responses on the screen at once */ };

/* The first of its rows hold one more where they cannot all hold as many. */
struct lw_grid {
    int shown; /* responses, at most LW_GRID_MOST; 0: there is none */
    int rows;
};

/* For `count` responses on a screen so wide, with `rows` rows for the prompt and them, titles
 * included. Two are always shown, of more as many as fit; 1 where fewer than three would: then each
 * has the screen for itself. `prompt`: its lines, 1 while it is
 * folded; a long one takes a quarter. */
struct lw_grid lw_grid_fit(int count, int cols, int rows, int prompt);

/* All of them, though few rows are left for each, as they need no more: `lines` says how many each
 * needs in a row of so many columns. In as few rows as that takes; shown 0 where they do not fit.
 */
struct lw_grid lw_grid_fit_whole(int count, int cols, int rows, int prompt,
    int (*lines)(void *ctx, int nth, int cols), void *ctx);

/* Rows that the grid needs, with titles, when each shows all of its lines. */
int lw_grid_rows_needed(
    struct lw_grid g, int cols, int (*lines)(void *ctx, int nth, int cols), void *ctx);

int lw_grid_in_row(struct lw_grid g, int row);       /* responses in that row */
int lw_grid_row_of(struct lw_grid g, int nth);       /* the row of the nth response … */
int lw_grid_place_in_row(struct lw_grid g, int nth); /* … and its place there, from 0 */

/* Shares `room` rows among n: equal parts, but what wants less leaves the rest to the others. Where
 * all want less, the parts are equal. */
void lw_grid_share(int room, const int *wants, int n, int *to);

#endif
