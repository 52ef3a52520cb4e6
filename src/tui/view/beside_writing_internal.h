/* What stands beside a text of the user's own while it is typed: the task, and how long the text
 * is.
 */
#ifndef LABELWRIGHT_TUI_VIEW_BESIDE_WRITING_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_BESIDE_WRITING_INTERNAL_H

#include "tui/view/view_internal.h"

/* Brings the task's lines and the counts up to date; true when the text changed. */
bool lw_beside_writing_update(struct lw_app *app);

void lw_view_beside_writing(const struct lw_app *app, struct lw_area a);

/* "34 words (20 to 80), 201 characters, about 51 tokens"; where that is wider than `cols`, only the
 * words, for which there are limits. */
enum { LW_LENGTH_MAX = 192 };
void lw_writing_length(const struct lw_app *app, int cols, char to[LW_LENGTH_MAX]);

/* ---- view_likeness.c */

/* The earlier text is to be looked for, and: looks; true when another one was found, or none. */
bool lw_likeness_waits(const struct lw_app *app);
bool lw_likeness_work(struct lw_app *app);

/* "Much like task 12 (81 % of its words). M-o: see it"; nothing where none was found. */
void lw_likeness_words(const struct lw_app *app, struct lw_buf *to);

/* Shows it in place of the task, or the task again; false: there is none. */
bool lw_likeness_show(struct lw_app *app);

#endif
