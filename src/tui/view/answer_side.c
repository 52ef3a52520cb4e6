/* Whether the answers stand to the right of the task's texts, and how wide: where the screen is
 * wide and the texts are short, rows below them would be empty. Where they stand there is
 * answer_places.c's. */
#include "tui/view/answer_area_internal.h"

#include "tui/view/view_internal.h"

enum {
    SIDE_LEAST = 44,      /* columns for the answers … */
    SIDE_MOST = 60,       /* … at most */
    ROWS_OF_CONTROL = 12, /* for the focused question, with its points below each other */
    ROWS_AROUND = 8       /* header, rules, titles, message, footer, a gap */
};

static const struct lw_task *task(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->task;
}

/* The reading width of the texts is kept as far as it goes. */
static int side_cols(const struct lw_app *app)
{
    int spare = app->cols - LW_READING_COLS - 2;
    return spare < SIDE_LEAST ? SIDE_LEAST : spare > SIDE_MOST ? SIDE_MOST : spare;
}

/* Two responses need room beside each other, more need all of it. */
static bool may_be_beside(const struct lw_app *app)
{
    const struct lw_task *t = task(app);
    bool pair = t->nresponses == 2 && app->cols - side_cols(app) >= LW_WIDE_COLS;
    return app->cols >= LW_ROOMY_COLS && lw_panes_are_known(app) && (t->nresponses < 2 || pair);
}

int lw_answer_side_cols(struct lw_app *app, int answers)
{
    int side = side_cols(app), wide = app->cols - side, longest = 0;
    int rows = app->rows - ROWS_AROUND - lw_opening_rows(app);
    if (!may_be_beside(app) || answers + ROWS_OF_CONTROL > rows)
        return 0;
    int pair = task(app)->nresponses == 2, cols = pair ? wide / 2 - 4 : wide - 2;
    int prompt = lw_pane_count_lines(app, -1, wide - 2, rows + 1);
    for (int i = 0; i < (int)task(app)->nresponses; i++) {
        int its = lw_pane_count_lines(app, i, cols, rows + 1);
        longest = its > longest ? its : longest;
    }
    return prompt + longest <= rows ? side : 0;
}
