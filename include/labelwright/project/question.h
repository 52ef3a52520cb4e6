/* Single questions: what their types have in common, scales, options, tests, and their answers as
 * they stand in the journal. Pure. */
#ifndef LABELWRIGHT_PROJECT_QUESTION_H
#define LABELWRIGHT_PROJECT_QUESTION_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"
#include "labelwright/yaml/schema.h"

#include <uchar.h>

enum {
    LW_QUESTIONS_MAX = 100,
    LW_NAME_MAX = 64, /* bytes of a question name and of an option value */
    LW_QUOTA_MAX = 1000000,
    LW_TEMPLATES_MAX = 8,
    LW_LIMIT_WORDS = 96 /* of lw_value_is_unfinished() */
};

/* The question of that name; borrowed from the project, NULL when there is none. */
const struct lw_question *lw_question_find(const struct lw_project *p, const char *name);

/* Whether project.yaml puts them on the same page. */
bool lw_question_same_page(const struct lw_question *a, const struct lw_question *b);

const char *lw_qtype_name(enum lw_qtype t);
const char *lw_target_name(enum lw_target t);

/* Where a test of an answer stands: `asked` is the question that it is about. */
struct lw_test_place {
    struct lw_reading *r;
    const struct lw_question *asked;
    const struct lw_yaml *at;
};

/* What a value from outside is checked against. */
struct lw_value_place {
    const struct lw_question *q;
    const struct lw_task *t;
    int item; /* by its place among those of the question's target; -1 where that stands alone */
    struct lw_err *err;
    bool draft; /* it may be unfinished */
};

/* What is special about a type of questions; question_types.c says how to add one. Functions may be
 * NULL where the comment says so. */
struct lw_question_type {
    size_t responses;       /* it is asked only of tasks with so many; 0: of all */
    bool or_more;           /* and of those with more */
    bool words;             /* a filter looks for words in its text, not for values */
    const char *untested;   /* what `when` cannot test, "comparison"; NULL where it can */
    const char *unfiltered; /* what a filter cannot look for, and why; NULL where it can */

    /* Reports what is wrong with the question as a whole. NULL: nothing can be. */
    void (*check)(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y);

    /* The answer that a text in a test means: new; NULL after a mistake. Not needed for `untested`.
     */
    json_t *(*parse_value)(const struct lw_test_place *a, const struct lw_yaml *y);

    /* Whether it can be compared with this number; otherwise a mistake was reported. NULL: its
     * answers have no order. */
    bool (*is_on_scale)(const struct lw_test_place *a, int64_t v);

    /* LW_OK, or what lw_value_refuse() gives. NULL: this version does not support the type. */
    enum lw_code (*check_value)(const struct lw_value_place *a, const json_t *v);

    /* Whether something is missing of a value that is there; `why` then gets what, as for
     * lw_value_is_unfinished(). NULL: nothing can be. */
    bool (*is_unfinished)(
        const struct lw_question *q, const json_t *value, char why[LW_LIMIT_WORDS]);
};
const struct lw_question_type *lw_question_type(enum lw_qtype t);
bool lw_qtype_is_supported(enum lw_qtype t);

/* Whether the value is well-formed for its question: LW_EBAD says what is wrong and the cure. */
enum lw_code lw_value_check(const struct lw_value_place *a, const json_t *v);

/* LW_EBAD: the name of the question, its item, and what is wrong. */
enum lw_code lw_value_refuse(const struct lw_value_place *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Digits and the points of a scale: a digit means the value wherever the scale has it. Those that
 * are no points are the keys of others, with the last digit of ten more: on -3 to 3 the keys 7 8 9
 * are -3 -2 -1, and on 1 to 10 the key 0 is 10. Every other number is typed digit by digit. */
int lw_scale_key(const struct lw_scale *s, int64_t value);                /* 0-9; -1 for none */
bool lw_scale_digit(const struct lw_scale *s, int digit, int64_t *value); /* the reverse */
bool lw_scale_has_keys(const struct lw_scale *s); /* some key is not the point's own number */

bool lw_scale_has(const struct lw_scale *s, int64_t value); /* it is a point */
int64_t lw_scale_points(const struct lw_scale *s);          /* how many there are */
bool lw_scale_is_wide(
    const struct lw_scale *s); /* over a hundred: a number is typed without haste */

/* Whether more digits behind `number` can make a point: which ones, from *low to *high. */
bool lw_scale_continues(const struct lw_scale *s, int64_t number, int64_t *low, int64_t *high);

/* Above 0 for what is better than the middle of the scale, below 0 for what is worse; the more, the
 * further from it. */
int64_t lw_scale_worth(const struct lw_scale *s, int64_t value);
const char *lw_scale_label(const struct lw_scale *s, int64_t value); /* NULL for none */
/* The same; of an end without one, what that end of the scale is called. */
const char *lw_scale_name(const struct lw_scale *s, int64_t value);

/* Also finds headings (`group`), which are not answers; NULL when there is none. */
const struct lw_option *lw_option_find(const struct lw_question *q, const char *path);

/* The index of the option that has this key; false when none has it. */
bool lw_option_of_key(const struct lw_question *q, char32_t key, size_t *at);

bool lw_question_has_quota(const struct lw_question *q); /* some option has one */

/* The letters that no option of the question uses as a key: "abc…XYZ". */
void lw_question_free_keys(const struct lw_question *q, char to[53]);

/* Reads one test of `asked`, which is not a comparison; mistakes go to `r`. */
void lw_test_parse(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to);

enum { LW_STRENGTH_MAX = 3, LW_COMPARE_POINTS = 7, LW_COMPARE_TIE = 4 };

/* A compare answer from a point 1-7 of the line A…B (4 is a tie), given the ids shown as A and B.
 * New reference; NULL for another point. */
json_t *lw_compare_value(int point, const char *a, const char *b);
int lw_compare_point(const json_t *value, const char *a, const char *b); /* 0 when there is none */

/* How the next response goes into a ranking: below the one before, beside it, or not at all. */
enum lw_rank_next { LW_RANK_BELOW, LW_RANK_TIED, LW_RANK_NOT };

/* A rank answer: {"order": [[ids], …], "not_rankable": [ids]}, best first, ties together; each
 * response of the task is in one of the two. An unfinished one also has "open": true, and "next"
 * when LW_RANK_BELOW is not meant: only a draft contains that. `value` is NULL before the first
 * one, and stays as it is: these return a new reference. */
json_t *lw_rank_place(
    const struct lw_question *q, const struct lw_task *t, const json_t *value, const char *id);
json_t *lw_rank_place_rest(const struct lw_task *t, const json_t *value); /* all as `next` says */
json_t *lw_rank_expect(const json_t *value, enum lw_rank_next next);

/* Places the last response of a finished one again, as LW_RANK_TIED or LW_RANK_NOT. NULL when there
 * is none before it to be tied with. */
json_t *lw_rank_replace_last(const struct lw_question *q, const struct lw_task *t,
    const json_t *value, enum lw_rank_next next);

enum lw_rank_next lw_rank_next(const json_t *value);
bool lw_rank_has(const json_t *value, const char *id); /* placed, or not rankable */
size_t lw_rank_left(const struct lw_task *t, const json_t *value);
const char *lw_rank_last(const struct lw_task *t, const json_t *value); /* the only one left, or
                                                                           NULL */

/* An edit answer: {"original": the text it is about, "text": what it should have been}. The two are
 * the same when nothing was to be corrected. An unfinished one also has "open": true: only a draft
 * contains that, and until it is closed the annotation is not complete. `before` is what was
 * answered before, NULL for nothing; what is the same is shared with it. New reference. */
json_t *lw_edit_value(
    const json_t *before, struct lw_span original, const char *text, size_t n, bool open);

/* The answer of text and write: a string. An unfinished one is {"text": …, "open": true}: only a
 * draft contains that, as with a correction. New reference. */
json_t *lw_text_value(const char *text, size_t n, bool open);

/* Whether a text or a correction is still being typed. */
bool lw_edit_is_open(const json_t *value);

/* The text of a text answer or of a correction, finished or not; s is NULL when it is neither.
 * Borrowed. */
struct lw_span lw_text_of(const json_t *value);
bool lw_edit_is_same(const json_t *value);

/* Whether something is missing of the value, or there is too much of it; `why` then gets what the
 * user is told: "3 words of at least 20", "no date such as 2026-01-31", "no best reply". */
bool lw_value_is_unfinished(
    const struct lw_question *q, const json_t *value, char why[LW_LIMIT_WORDS]);

/* The value as if it had been finished; a new reference. */
json_t *lw_text_closed(const struct lw_question *q, const json_t *value);

#endif
