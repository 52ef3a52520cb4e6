/* Whether answers to a question can be compared at all, and whether two annotators were asked the
 * same. */
#ifndef LABELWRIGHT_AGREE_QUESTION_MATCH_INTERNAL_H
#define LABELWRIGHT_AGREE_QUESTION_MATCH_INTERNAL_H

#include "labelwright/project/project.h"

/* Why not, a sentence; NULL when they can. `p` is the project that asks it. */
const char *lw_question_refusal(const struct lw_project *p, const struct lw_question *q);

/* What differs between the question as `one` was asked and as `other` was, so that the same answer
 * does not mean the same: a new sentence; NULL for nothing. Labels, helps and keys may differ. */
char *lw_question_difference(
    const struct lw_question *a, const char *one, const struct lw_question *b, const char *other);

#endif
