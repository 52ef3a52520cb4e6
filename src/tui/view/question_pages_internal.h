/* The questions beside the focused one: with their answers in a few rows, on as many pages as that
 * takes. The page is always that of the focused question. */
#ifndef LABELWRIGHT_TUI_VIEW_QUESTION_PAGES_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_QUESTION_PAGES_INTERNAL_H

#include "tui/view/app_state_internal.h"
#include "tui/view/frame_internal.h"

/* A page that project.yaml names begins where it says; what does not fit on one goes on to the
 * next, without parting the questions about one response where that can be. */
struct lw_question_page {
    size_t from, to;   /* places among the slots */
    size_t number, of; /* from 1 */
    const char *name;  /* NULL for none */
};
struct lw_question_page lw_question_page(const struct lw_app *app);

/* Rows for the other questions; the same while the task is on the screen, whatever the answers. */
int lw_question_page_rows(const struct lw_app *app);

void lw_view_question_page(const struct lw_app *app, struct lw_area a);

/* Of a question without an answer: "?5", what is suggested, else "(5)", its default; nothing where
 * there is neither. Returns the role for it. */
enum lw_role lw_view_unanswered(const struct lw_app *app, size_t slot, struct lw_buf *to);

#endif
