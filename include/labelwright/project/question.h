/* The small rules of single questions: types, targets, scales, options, tests of their answers. */
#ifndef LABELWRIGHT_PROJECT_QUESTION_H
#define LABELWRIGHT_PROJECT_QUESTION_H

#include "labelwright/project/project.h"
#include "labelwright/yaml/schema.h"

#include <uchar.h>

enum {
    LW_QUESTIONS_MAX = 100,
    LW_NAME_MAX = 64 /* bytes of a question name and of an option value */
};

const char *lw_qtype_name(enum lw_qtype t);
const char *lw_target_name(enum lw_target t);

/* Digits and the points of a scale: a digit means the value wherever the scale has it. Those that
 * are no points are the keys of others, with the last digit of ten more: on -3 to 3 the keys 7 8 9
 * are -3 -2 -1, and on 1 to 10 the key 0 is 10. Every other number is typed digit by digit. */
int lw_scale_key(const struct lw_scale *s, int64_t value);                /* 0-9; -1 for none */
bool lw_scale_digit(const struct lw_scale *s, int digit, int64_t *value); /* the reverse */
bool lw_scale_has_keys(const struct lw_scale *s); /* some key is not the point's own number */

/* Whether more digits behind `number` can make a point: which ones, from *low to *high. */
bool lw_scale_goes_on(const struct lw_scale *s, int64_t number, int64_t *low, int64_t *high);

/* Above 0 for what is better than the middle of the scale, below 0 for what is worse; the more, the
 * further from it. */
int64_t lw_scale_worth(const struct lw_scale *s, int64_t value);
const char *lw_scale_label(const struct lw_scale *s, int64_t value); /* NULL for none */

/* Also finds headings (`group`), which are not answers; NULL when there is none. */
const struct lw_option *lw_option_find(const struct lw_question *q, const char *path);

/* The index of the option that has this key; false when none has it. */
bool lw_option_of_key(const struct lw_question *q, char32_t key, size_t *at);

/* Reads one test of `asked`, which is not a comparison; mistakes go to `r`. */
void lw_read_test(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to);

#endif
