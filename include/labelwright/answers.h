/* Answers, as they stand in the journal, and the rules about them. Pure.
 *
 * `answers` is a JSON object: question name → value (target task), or → {response id → value}. */
#ifndef LABELWRIGHT_ANSWERS_H
#define LABELWRIGHT_ANSWERS_H

#include "labelwright/edit.h"
#include "labelwright/project.h"
#include "labelwright/task.h"

enum { LW_STRENGTH_MAX = 3, LW_COMPARE_POINTS = 7, LW_COMPARE_TIE = 4 };

/* One thing to answer: a question about one target. `response` is an index into task->response, -1
 * on the task itself. */
struct lw_slot {
    size_t question;
    int response;
};

/* All slots that are asked now, given the answers (their `when` holds), in order: questions as in
 * the project, but the questions on responses that stand in a row go response by response (A's all,
 * then B's), with responses in `order` (indices, nresponses of them; NULL for file order). The
 * array is the caller's to free().
 *
 * A `when` looks only at answers that are asked themselves; on a task question it holds when any
 * response's answer passes. A comparison is asked only of a task with exactly two responses. */
struct lw_slot *lw_slots(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, size_t *n);

/* True when the question is asked for this target. */
bool lw_slot_asked(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *answers);

json_t *lw_answer_get(const struct lw_project *p, const struct lw_task *t, const json_t *answers,
    struct lw_slot s); /* borrowed; NULL when unanswered (also null, "" and []) */

/* Sets (value's reference is stolen) or, with NULL, removes the answer. Empty text and empty tags
 * count as no answer and are removed. */
void lw_answer_set(const struct lw_project *p, const struct lw_task *t, json_t *answers,
    struct lw_slot s, json_t *value);

/* Drops what is not asked (any more) and what names no question or response; puts the rest in the
 * order of the project's questions and the task's responses. */
void lw_answers_prune(const struct lw_project *p, const struct lw_task *t, json_t *answers);

/* Drops what its `when` does not allow, going by the answers alone; how many values that were. */
size_t lw_answers_drop_stale(const struct lw_project *p, json_t *answers);

/* The first required slot without an answer, or slot with a text or correction that is half done;
 * false when nothing is missing. */
bool lw_answers_missing(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, struct lw_slot *first);

/* Whether `answers`, from outside, are complete and well-formed: unknown names, wrong types, values
 * off the scale, unknown options or responses, missing required ones. LW_EBAD names the first and
 * the cure. An answer that is not asked is no mistake if it is well-formed: pruning drops it. */
enum lw_code lw_answers_check(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err);

/* Whether the value, from an older draft, is well-formed for this slot: as for lw_answers_check(),
 * or half typed. */
bool lw_answer_fits(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *value);

/* Tests that somebody typed, to look for labels by their answers, all of which must hold:
 *
 *   quality <= 3                 < <= == != >= > and an integer, of a rating
 *   problems: harmful, evasive   any of these values; of a text: it has these words, whatever the
 * case note                         answered at all quality <= 3 and note        both
 *
 * Questions and options go by their names or by what the screen calls them, whatever the case.
 * LW_EBAD says what is wrong and what would do. `to` is for lw_tests_free() on every outcome. */
struct lw_tests {
    struct lw_test *v;
    size_t n;
};
enum lw_code lw_tests_read(
    const struct lw_project *p, const char *typed, struct lw_tests *to, struct lw_err *err);
void lw_tests_free(struct lw_tests *t);

/* Whether they hold for the answers of one annotation. Of questions on responses, all must hold at
 * the same one. */
bool lw_tests_hold(const struct lw_project *p, const struct lw_tests *t, const json_t *answers);

/* True when the answers flag something: any question of tags has one. */
bool lw_answers_flag(const struct lw_project *p, const json_t *answers);

/* A compare answer from a point 1-7 of the line A…B (4 is a tie), given the ids shown as A and B.
 * New reference; NULL for another point. */
json_t *lw_compare_value(int point, const char *a, const char *b);
int lw_compare_point(const json_t *value, const char *a, const char *b); /* 0 when there is none */

/* An edit answer: {"original": the response's text, "text": what it should have been}. The two are
 * the same where nothing was to be corrected. Half done it has "open": true beside them: only a
 * draft holds that, and until it is closed the annotation is not complete. New reference. */
json_t *lw_edit_value(struct lw_span original, const char *text, size_t n, bool open);

/* A text answer: a string. Half typed it is {"text": …, "open": true}: only a draft holds that, as
 * with a correction. New reference. */
json_t *lw_text_value(const char *text, size_t n, bool open);

/* Whether a text or a correction is still being typed. */
bool lw_edit_is_open(const json_t *value);

/* The text of a text answer or of a correction, half typed or not; s is NULL when it is neither.
 * Borrowed. */
struct lw_span lw_text_of(const json_t *value);
bool lw_edit_is_same(const json_t *value);

/* Digits and the points of a scale: a digit means the value wherever the scale has it. Those that
 * are no points are the keys of others, with the last digit of ten more: on -3 to 3 the keys 7 8 9
 * are -3 -2 -1, and on 1 to 10 the key 0 is 10. Every other number is typed digit by digit. */
int lw_scale_key(const struct lw_scale *s, int64_t value);                /* 0-9; -1 for none */
bool lw_scale_digit(const struct lw_scale *s, int digit, int64_t *value); /* the other way round */
bool lw_scale_has_keys(const struct lw_scale *s); /* some key is not the point's own number */

/* Whether more digits behind `number` can make a point: which ones, from *low to *high. */
bool lw_scale_goes_on(const struct lw_scale *s, int64_t number, int64_t *low, int64_t *high);

/* Above 0 for what is better than the middle of the scale, below 0 for what is worse; the more, the
 * further from it. */
int64_t lw_scale_worth(const struct lw_scale *s, int64_t value);
const char *lw_scale_label(const struct lw_scale *s, int64_t value); /* NULL for none */

/* Also finds headings (`group`), which are no answers; NULL when there is none. */
const struct lw_option *lw_option_find(const struct lw_question *q, const char *path);

/* The place of the option that has this key; false when none has. */
bool lw_option_of_key(const struct lw_question *q, char32_t key, size_t *at);

#endif
