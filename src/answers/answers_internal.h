/* One test of one answer. */
#ifndef LABELWRIGHT_ANSWERS_ANSWERS_INTERNAL_H
#define LABELWRIGHT_ANSWERS_ANSWERS_INTERNAL_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

/* As lw_answers_check(), for the answer `v` to one question. */
struct lw_checking {
    const struct lw_project *p;
    const struct lw_task *t;
    const json_t *answers; /* all of them; NULL for none */
    struct lw_err *err;
};
enum lw_code lw_answer_check_named(const struct lw_checking *c, const char *name, const json_t *v);

bool lw_is_no_answer(const json_t *v); /* also null, "", [] */

/* `value` is the answer at the target; NULL for none. */
bool lw_test_passes(const struct lw_test *test, const json_t *value);

/* An id that two spans have; NULL for none. And: the span with this id in the answer to `q`, NULL
 * for none. Borrowed from the answers. */
const char *lw_spans_twice(const struct lw_project *p, const json_t *answers);
const json_t *lw_spans_of_id(const struct lw_question *q, const json_t *answers, const char *id);

/* The two parts of lw_items_bring(); the talk comes first. */
void lw_talk_bring(const struct lw_project *p, struct lw_task *t, const json_t *answers);
void lw_spans_bring(const struct lw_project *p, struct lw_task *t, const json_t *answers);

#endif
