/* How many responses are shown and in how many rows, by the lines that they have; the sizes are
 * grid.c's, what is done with them layout.c's. */
#include "tui/view/text_grid_internal.h"

#include "tui/view/view_internal.h"

static const struct lw_task *task(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->task;
}

int lw_text_count(const struct lw_app *app)
{
    return task(app)->unreadable ? 0 : (int)task(app)->nresponses;
}

/* Of the nth response in the order shown. */
static int count_lines(void *ctx, int nth, int cols)
{
    struct lw_app *app = ctx;
    return lw_pane_count_lines(app, lw_sitting_view(app->s)->order[nth], cols, app->rows);
}

struct lw_grid lw_text_grid(struct lw_app *app, int rows, int cols, int prompt)
{
    int count = lw_text_count(app);
    struct lw_grid now = lw_grid_fit(count, cols, rows, prompt);
    if (now.shown == count || !lw_panes_are_known(app))
        return now;
    struct lw_grid all = lw_grid_fit_whole(count, cols, rows, prompt, count_lines, app);
    return all.shown > 0 ? all : now;
}

int lw_text_spare_rows(struct lw_app *app, int rows)
{
    enum { MARGIN_COLS = 2 };
    int count = lw_text_count(app);
    if (app->cols < LW_ROOMY_COLS || count < 2 || !lw_panes_are_known(app))
        return 0;
    int prompt = lw_pane_count_lines(app, -1, app->cols - MARGIN_COLS, rows);
    struct lw_grid g = lw_text_grid(app, rows, app->cols, prompt);
    int needed = 1 + prompt + lw_grid_rows_needed(g, app->cols, count_lines, app);
    return g.shown == count && needed < rows ? rows - needed : 0;
}
