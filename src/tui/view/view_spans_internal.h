/* Marked spans: what is known of them while they are marked, and how they look in the panes. */
#ifndef LABELWRIGHT_TUI_VIEW_VIEW_SPANS_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_VIEW_SPANS_INTERNAL_H

#include "labelwright/project/spans.h"
#include "tui/view/view_internal.h"

/* ---- while marking */

const json_t *lw_marking_value(const struct lw_app *app); /* the spans so far; may be NULL */

/* The span that keys go to, by its place in the answer: the one gone to, else the innermost at the
 * cursor; SIZE_MAX for none. */
size_t lw_marking_now(const struct lw_app *app);

/* The bytes being marked: from the word where it began to the cursor, without blanks at the ends.
 */
void lw_marking_range(const struct lw_app *app, size_t *from, size_t *end);

/* ---- how they look */

/* Columns before a text in whose lines the first letters of the tags stand; 0: nobody marks it. */
int lw_spans_cols(const struct lw_app *app, int response);

/* The spans in a pane, the one that keys go to among them, and those letters. */
void lw_view_spans(const struct lw_app *app, const struct lw_pane *p, struct lw_area a);

/* "made up, opinion": what tags say. */
void lw_view_tag_labels(const struct lw_question *q, const json_t *tags, struct lw_buf *to);

/* What is being marked, the cursor, and the keys at the bottom. */
void lw_view_marking(const struct lw_app *app, struct lw_area all);

/* "span 2 of 5: contradicted", or what is being marked. */
void lw_marking_remark(const struct lw_app *app, struct lw_buf *to);

#endif
