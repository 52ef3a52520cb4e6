/* Turns and steps that questions are about: columns before their texts say which one it is, what
 * was answered, and which one is asked about now. */
#ifndef LABELWRIGHT_TUI_VIEW_ITEMS_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_ITEMS_INTERNAL_H

#include "tui/view/app_state_internal.h"
#include "tui/view/frame_internal.h"

/* Some question of the project is about items of this kind. */
bool lw_items_are_asked(const struct lw_app *app, enum lw_target on);

bool lw_items_have_steps(const struct lw_task *t, int response);

/* The steps of the response together are its text, but for blanks. */
bool lw_items_say_all(const struct lw_task *t, int response);

/* Columns that the pane needs before its text; it must know whether its response has steps. */
int lw_items_cols(const struct lw_app *app, const struct lw_pane *p);

/* The slot is about a turn or step that is not asked about now: only its columns tell of it. */
bool lw_items_say(const struct lw_app *app, struct lw_slot slot);

/* The turn or step that the focused question is about, -1 for none, and the pane with it. */
int lw_items_focused(const struct lw_app *app, int *pane);

void lw_view_items(const struct lw_app *app, const struct lw_pane *p, struct lw_area a);

#endif
