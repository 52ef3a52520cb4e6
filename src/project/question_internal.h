/* Shared by the files that read `questions:`. */
#ifndef LABELWRIGHT_PROJECT_QUESTION_INTERNAL_H
#define LABELWRIGHT_PROJECT_QUESTION_INTERNAL_H

#include "labelwright/project/question.h"

enum { LW_OPTIONS_MAX = 1000, LW_OPTION_DEPTH_MAX = 12 };

LW_SETTER(lw_set_options); /* to: struct lw_question */
LW_SETTER(lw_set_scale);   /* to: struct lw_question */
LW_SETTER(lw_set_talk);    /* to: struct lw_question */

extern const struct lw_schema lw_scale_schema, lw_option_schema, lw_template_schema, lw_talk_schema;

LW_SETTER(lw_set_templates); /* to: struct lw_question */
void lw_templates_free(struct lw_text_template *v, size_t n);

/* What types with options share: a mistake where there are none, an option as a test has it, and
 * whether a list of paths may be an answer. */
void lw_options_check(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y);
json_t *lw_option_parse(const struct lw_test_place *a, const struct lw_yaml *y);
enum lw_code lw_tags_check(const struct lw_value_place *a, const json_t *v);

/* lw_value_is_unfinished() of texts: by their words and their format. */
bool lw_text_breaks_limits(
    const struct lw_question *q, const json_t *value, char why[LW_LIMIT_WORDS]);

/* Reads `stop_after` of the question: the answers after which it is asked no more. */
void lw_stop_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y);

/* Reads `default` of the question, whose scale and options are known. */
void lw_preset_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y);

/* Reads `quota` of the question, whose options are known. */
void lw_quota_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y);

/* Reads the `when` of question i, after all questions have been read. */
void lw_when_parse(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y);

#endif
