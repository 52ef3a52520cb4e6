/* Shared by the files that read `questions:`. */
#ifndef LABELWRIGHT_PROJECT_QUESTION_INTERNAL_H
#define LABELWRIGHT_PROJECT_QUESTION_INTERNAL_H

#include "labelwright/project/question.h"

enum { LW_OPTIONS_MAX = 1000, LW_OPTION_DEPTH_MAX = 12 };

LW_SETTER(lw_set_options); /* to: struct lw_question */
LW_SETTER(lw_set_scale);   /* to: struct lw_question */

/* Reads `stop_after` of the question: the answers after which it is asked no more. */
void lw_stop_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y);

/* Reads the `when` of question i, after all questions have been read. */
void lw_when_parse(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y);

#endif
