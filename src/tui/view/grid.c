/* How many responses the screen shows at once, and in how many rows and columns they stand. Which
 * ones they are is shown.c's, where they are drawn layout.c's.
 *
 * As few rows as possible: of 250 real answers to one question each, columns show more at once than
 * rows do, at every size (three at 140x40: 63 % of the text in three columns, 50 % in two and one
 * below, 46 % one below the other), since lists, code and short paragraphs leave wide lines empty.
 */
#include "tui/view/grid_internal.h"

#include "tui/view/app_state_internal.h"

enum {
    GAP_COLS = 4,       /* that part a text from the one beside it */
    MARGIN_COLS = 2,    /* of one as wide as the screen */
    COLS_LEAST = 40,    /* of a response beside others, with the gap between them */
    ROWS_LEAST = 7,     /* of text, of a response beside others … */
    ROWS_LEAST_WIDE = 5 /* … and of one as wide as the screen */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int rounded_up(int a, int b)
{
    return (a + b - 1) / b;
}

/* What a prompt of so many lines takes of so many rows when the responses could use all. */
static int prompt_rows(int rows, int lines)
{
    int quarter = (rows - 2) / 4;
    return least(lines, quarter > 3 ? quarter : 3);
}

static struct lw_grid fit_two(int cols)
{
    return (struct lw_grid){2, cols >= LW_WIDE_COLS ? 1 : 2};
}

struct lw_grid lw_grid_fit(int count, int cols, int rows, int prompt)
{
    int room = rows - 1 - prompt_rows(rows, prompt), beside = cols / COLS_LEAST;
    int in_columns = beside > 1 ? beside * (room / (1 + ROWS_LEAST)) : 0;
    int stacked = room / (1 + ROWS_LEAST_WIDE);
    int shown = least(least(count, in_columns > stacked ? in_columns : stacked), LW_GRID_MOST);
    if (count == 2)
        return fit_two(cols);
    if (shown < 3)
        return (struct lw_grid){count > 0, 1};
    return (struct lw_grid){shown, shown <= in_columns ? rounded_up(shown, beside) : shown};
}

int lw_grid_rows_needed(
    struct lw_grid g, int cols, int (*lines)(void *ctx, int nth, int cols), void *ctx)
{
    int longest[LW_GRID_MOST] = {0}, all = g.rows;
    for (int i = 0; i < g.shown; i++) {
        int row = lw_grid_row_of(g, i), beside = lw_grid_in_row(g, row);
        int its = lines(ctx, i, beside > 1 ? cols / beside - GAP_COLS : cols - MARGIN_COLS);
        all += its > longest[row] ? its - longest[row] : 0;
        longest[row] = its > longest[row] ? its : longest[row];
    }
    return all;
}

struct lw_grid lw_grid_fit_whole(int count, int cols, int rows, int prompt,
    int (*lines)(void *ctx, int nth, int cols), void *ctx)
{
    int room = rows - 1 - prompt_rows(rows, prompt), beside = cols / COLS_LEAST;
    int fewest = beside > 1 ? rounded_up(count, beside) : count;
    for (int n = fewest; count <= LW_GRID_MOST && n <= count; n += n < count ? count - n : 1) {
        struct lw_grid g = {count, n};
        if (2 * n <= room && lw_grid_rows_needed(g, cols, lines, ctx) <= room)
            return g;
    }
    return (struct lw_grid){0, 1};
}

int lw_grid_in_row(struct lw_grid g, int row)
{
    return g.shown / g.rows + (row < g.shown % g.rows);
}

int lw_grid_row_of(struct lw_grid g, int nth)
{
    int row = 0;
    for (int end = lw_grid_in_row(g, 0); nth >= end; end += lw_grid_in_row(g, ++row)) {
    }
    return row;
}

int lw_grid_place_in_row(struct lw_grid g, int nth)
{
    for (int row = 0; nth >= lw_grid_in_row(g, row); row++)
        nth -= lw_grid_in_row(g, row);
    return nth;
}

/* ---- sharing rows */

/* The part of the nth of those that are left; what cannot be divided goes to the last ones. */
static int part(int room, int nth, int left)
{
    return room * (nth + 1) / left - room * nth / left;
}

/* Settles those that want less than their part, if another wants more; false where there is none.
 */
static int settle(int *room, const int *wants, int n, int *to)
{
    int left = 0, nth = 0, greedy = 0, modest = -1;
    for (int i = 0; i < n; i++)
        left += to[i] < 0;
    for (int i = 0; i < n; i++) {
        if (to[i] >= 0)
            continue;
        int its = part(*room, nth++, left);
        greedy += wants[i] > its;
        if (wants[i] < its && modest < 0)
            modest = i;
    }
    if (!greedy || modest < 0)
        return 0;
    to[modest] = wants[modest];
    *room -= wants[modest];
    return 1;
}

void lw_grid_share(int room, const int *wants, int n, int *to)
{
    int left = 0, nth = 0;
    for (int i = 0; i < n; i++)
        to[i] = -1;
    while (settle(&room, wants, n, to)) {
    }
    for (int i = 0; i < n; i++)
        left += to[i] < 0;
    for (int i = 0; i < n; i++)
        if (to[i] < 0)
            to[i] = part(room, nth++, left);
}
