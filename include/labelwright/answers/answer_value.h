/* One answer as it stands in the journal, by the type of its question. Pure. */
#ifndef LABELWRIGHT_ANSWERS_ANSWER_VALUE_H
#define LABELWRIGHT_ANSWERS_ANSWER_VALUE_H

#include "labelwright/format/task.h"

enum { LW_STRENGTH_MAX = 3, LW_COMPARE_POINTS = 7, LW_COMPARE_TIE = 4 };

/* A compare answer from a point 1-7 of the line A…B (4 is a tie), given the ids shown as A and B.
 * New reference; NULL for another point. */
json_t *lw_compare_value(int point, const char *a, const char *b);
int lw_compare_point(const json_t *value, const char *a, const char *b); /* 0 when there is none */

/* An edit answer: {"original": the response's text, "text": what it should have been}. The two are
 * the same when nothing was to be corrected. An unfinished one also has "open": true: only a draft
 * contains that, and until it is closed the annotation is not complete. New reference. */
json_t *lw_edit_value(struct lw_span original, const char *text, size_t n, bool open);

/* A text answer: a string. An unfinished one is {"text": …, "open": true}: only a draft contains
 * that, as with a correction. New reference. */
json_t *lw_text_value(const char *text, size_t n, bool open);

/* Whether a text or a correction is still being typed. */
bool lw_edit_is_open(const json_t *value);

/* The text of a text answer or of a correction, finished or not; s is NULL when it is neither.
 * Borrowed. */
struct lw_span lw_text_of(const json_t *value);
bool lw_edit_is_same(const json_t *value);

#endif
