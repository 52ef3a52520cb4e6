/* One test of one answer. */
#ifndef LABELWRIGHT_ANSWERS_ANSWERS_INTERNAL_H
#define LABELWRIGHT_ANSWERS_ANSWERS_INTERNAL_H

#include "labelwright/project/project.h"

bool lw_is_no_answer(const json_t *v); /* also null, "", [] */

/* `value` is the answer at the target; NULL for none. */
bool lw_test_passes(const struct lw_test *test, const json_t *value);

#endif
