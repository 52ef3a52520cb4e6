/* The table of question types. What is special about one is in its file; what is asked when, and of
 * which response, is the answers room's.
 *
 * To add a type NAME:
 *   one file: question_NAME.c ends in `const struct lw_question_type lw_question_NAME`, what can be
 *             wrong with it in project.yaml, in a test and in an answer; question_compare.c is a
 * short example. A key that only this type has is a row of the fields in project_questions.c; one
 * row:  X(NAME, "name", lw_question_NAME) of LW_QTYPES in project.h. How it is answered with keys
 * and how it looks is told where that is: see LW_Q_ in sitting and tui. */
#include "project/question_internal.h"

#define X(id, name, type) extern const struct lw_question_type type;
LW_QTYPES(X)
#undef X

const struct lw_question_type lw_question_unsupported = {0};

const struct lw_question_type *lw_question_type(enum lw_qtype t)
{
    static const struct lw_question_type *const types[] = {
#define X(id, name, type) &type,
        LW_QTYPES(X)
#undef X
    };
    return types[t];
}

bool lw_qtype_is_supported(enum lw_qtype t)
{
    return lw_question_type(t)->check_value != NULL;
}

bool lw_value_is_unfinished(
    const struct lw_question *q, const json_t *value, char why[LW_LIMIT_WORDS])
{
    const struct lw_question_type *type = lw_question_type(q->type);
    return type->is_unfinished && type->is_unfinished(q, value, why);
}

enum lw_code lw_value_check(const struct lw_value_place *a, const json_t *v)
{
    if (!lw_qtype_is_supported(a->q->type))
        return lw_value_refuse(a, "questions of this type cannot be answered in this version.");
    return lw_question_type(a->q->type)->check_value(a, v);
}
