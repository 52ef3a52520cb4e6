/* Which responses the panes show: all, or as many as fit around the one looked at. */
#ifndef LABELWRIGHT_TUI_VIEW_SHOWN_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_SHOWN_INTERNAL_H

#include "tui/view/app_state_internal.h"

/* For a new task: no response has a pane. */
void lw_shown_begin(struct lw_app *app);

/* Gives panes to so many responses, among them the one looked at; the active pane follows it. The
 * panes are to be filled and placed then. */
void lw_shown_fit(struct lw_app *app, int shown);

/* The response of the active pane becomes the one looked at, whoever made it active. */
void lw_shown_follow_active(struct lw_app *app);

/* What stands at the top of the pane is to stand there again. */
void lw_shown_note_place(struct lw_pane *p);

#endif
