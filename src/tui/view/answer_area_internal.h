/* The answers of the task on the screen: where each stands, on which page, and what that takes of
 * the screen. A place is kept for every question that may be asked of the task, whatever the
 * answers, so that nothing moves while it is labeled. */
#ifndef LABELWRIGHT_TUI_VIEW_ANSWER_AREA_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_ANSWER_AREA_INTERNAL_H

#include "tui/view/app_state_internal.h"

/* Fits the places to task and screen; cheap when neither changed. */
void lw_answer_area_update(struct lw_app *app);
void lw_answer_area_fini(struct lw_app *app);

/* Columns to the right of the task's texts where the answers stand, so many of them, one below the
 * other; 0: they stand below. The texts are short enough to be whole beside them. */
int lw_answer_side_cols(struct lw_app *app, int answers);

/* Where the row and the column of the first cell are on the screen. */
void lw_answer_origin(const struct lw_app *app, int *row, int *col);
int lw_text_screen_cols(const struct lw_app *app); /* of the screen, for the texts */

/* A page that project.yaml names begins where it says; what does not fit on one goes on to the
 * next, without parting the questions about one response where that can be. The page on the screen
 * is that of the focused question. */
struct lw_question_page {
    size_t from, to;   /* places among the slots */
    size_t number, of; /* from 1 */
    const char *name;  /* NULL for none */
};
struct lw_question_page lw_question_page(const struct lw_app *app);

/* The cell of a slot; NULL where it has none: it is about an item that is not asked about now. */
const struct lw_answer_cell *lw_answer_cell_of(const struct lw_app *app, struct lw_slot slot);

bool lw_answer_is_of_item(const struct lw_app *app, size_t question); /* of a turn, step or span */

/* What stands as the label in a cell, without the mark of required ones. */
void lw_answer_label(const struct lw_app *app, const struct lw_answer_cell *c, struct lw_buf *to);

#endif
