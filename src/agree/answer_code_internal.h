/* Answers as short texts, the same for the same answer, and back. What they look like is in
 * label_set.h. */
#ifndef LABELWRIGHT_AGREE_ANSWER_CODE_INTERNAL_H
#define LABELWRIGHT_AGREE_ANSWER_CODE_INTERNAL_H

#include "labelwright/agree/span_overlap.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/project.h"

#include <stdbool.h>

/* Appends the text of an answer; false, and nothing useful, where it is not one of this question.
 */
bool lw_answer_encode(const struct lw_question *q, const json_t *v, struct lw_buf *to);

/* The answer of somebody who was asked for tags or spans and gave none. */
#define LW_ANSWER_EMPTY ""

/* The numbers of the options in the text of tags. Calls `each` with them. */
void lw_answer_options(const char *text, void (*each)(void *ctx, int32_t option), void *ctx);

/* What the text of spans marks, sorted: new; `*n` of them. */
struct lw_marked *lw_answer_marked(const char *text, size_t *n);

/* A comparison: its strength, and the better id ("" for a tie). */
int lw_answer_strength(const char *text);
const char *lw_answer_better(const char *text);

#endif
