/* Answers in words, for somebody who has the task before them. */
#ifndef LABELWRIGHT_AGREE_ANSWER_WORDS_INTERNAL_H
#define LABELWRIGHT_AGREE_ANSWER_WORDS_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

/* What an answer says, with responses as A, B … in the record's order. */
void lw_answer_words(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to);

/* What a question is about: "Overall quality of B", "Verdict on step 3". `item` is an id, "" for
 * none. */
void lw_answer_subject(
    const struct lw_question *q, const struct lw_task *t, const char *item, struct lw_buf *to);

#endif
