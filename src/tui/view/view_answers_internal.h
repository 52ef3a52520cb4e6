/* The answers of the task, each at its place (answer_area_internal.h). */
#ifndef LABELWRIGHT_TUI_VIEW_VIEW_ANSWERS_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_VIEW_ANSWERS_INTERNAL_H

#include "tui/view/app_state_internal.h"
#include "tui/view/frame_internal.h"

/* The page of the focused question. */
void lw_view_answers(const struct lw_app *app, struct lw_area a);

/* Of a question without an answer: "?5", what is suggested, else "(5)", its default; nothing where
 * there is neither. Returns the role for it. */
enum lw_role lw_view_unanswered(const struct lw_app *app, size_t slot, struct lw_buf *to);

#endif
