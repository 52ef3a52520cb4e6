/* Practice tasks: what is known of one, and how a label compares with it. Pure. Nothing of this may
 * be shown before the label is on the disk.
 *
 * A record has known answers as answers.h describes them, or as words of a table: a rating, tags
 * with ; between them, the letter or id of the better response ("tie" for none), a ranking such as
 * b > a = c, JSON. An empty list says "none of them". Of a task with one response, or one item of
 * another kind, the answer may stand without its id. */
#ifndef LABELWRIGHT_ANSWERS_PRACTICE_H
#define LABELWRIGHT_ANSWERS_PRACTICE_H

#include "labelwright/answers/agreement.h"
#include "labelwright/format/task.h"

/* What is known, in the form of answers: new; NULL where nothing is. */
json_t *lw_known_answers(const struct lw_project *p, const struct lw_task *t);

/* Tells (unless NULL) what is wrong with it, one sentence for each question; how many. */
size_t lw_known_check(const struct lw_project *p, const struct lw_task *t,
    void (*tell)(void *ctx, const char *text), void *ctx);

/* Why that is the answer to this question (a name), and why all of them are: NULL for no text.
 * Borrowed from the task. */
const char *lw_known_why(const struct lw_task *t, const char *question);
const char *lw_known_why_all(const struct lw_task *t);

/* For the journal: [{"question", "item": its id or "", "outcome": a name of agreement.h}], for each
 * known answer that is one. New; empty where nothing is known. */
json_t *lw_practice_outcome(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers);

#endif
