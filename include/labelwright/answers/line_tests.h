/* Tests of answers for the lines of labels, a million of them in a second: of a line only what was
 * asked for is read, and what the same bytes gave before is remembered. Most ratings, choices and
 * tags of a project are a few hundred different ones. */
#ifndef LABELWRIGHT_ANSWERS_LINE_TESTS_H
#define LABELWRIGHT_ANSWERS_LINE_TESTS_H

#include "labelwright/answers/answers.h"

struct lw_line_tests;

/* The project and the tests are borrowed. Tests NULL: whether any question of tags has one. */
struct lw_line_tests *lw_line_tests_new(const struct lw_project *p, const struct lw_tests *tests);
void lw_line_tests_free(struct lw_line_tests *t); /* NULL is fine */

/* What lw_tests_hold() or lw_answers_have_tag() says of the answers in a line of the journal, whose
 * hash was checked; of a line without answers, too. About 80 KB are kept for it. */
bool lw_line_tests_hold(struct lw_line_tests *t, const char *line, size_t n);

#endif
