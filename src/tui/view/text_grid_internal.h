/* The grid in which the responses of the task on the screen stand best. */
#ifndef LABELWRIGHT_TUI_VIEW_TEXT_GRID_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_TEXT_GRID_INTERNAL_H

#include "tui/view/app_state_internal.h"
#include "tui/view/grid_internal.h"

int lw_text_count(const struct lw_app *app); /* responses that can be shown */

/* On so many rows and columns of the screen, under a prompt of so many lines. */
struct lw_grid lw_text_grid(struct lw_app *app, int rows, int cols, int prompt);

/* Of `rows` over the whole width, those that stay empty when all texts are whole; 0 where the
 * screen is narrow, there are fewer than two responses, they are not whole, or they may grow. */
int lw_text_spare_rows(struct lw_app *app, int rows);

#endif
