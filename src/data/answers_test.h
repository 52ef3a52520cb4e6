/* One test of one answer. */
#ifndef DATA_ANSWERS_TEST_H
#define DATA_ANSWERS_TEST_H

#include "labelwright/project.h"

bool lw_is_no_answer(const json_t *v); /* also null, "", [] */

/* `value` is the answer at the target; NULL for none. */
bool lw_test_passes(const struct lw_test *test, const json_t *value);

#endif
