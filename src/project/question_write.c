/* Texts of the user's own: a prompt, an answer, what comes next. The answer is a string, and the
 * question may say how many words it takes. A text is complete only within these limits; while it
 * is typed, and in drafts, it may be of any length. Short notes are question_text.c's. */
#include "project/question_internal.h"

#include "labelwright/text/edit.h"

#include <inttypes.h>

static void check_limits(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    if (q->max_words && q->min_words > q->max_words)
        lw_mistake(r, lw_yaml_get(y, "max_words"),
            "max_words is below min_words (%" PRId64 "). Write a greater number, or leave it out.",
            q->min_words);
}

static json_t *parse_text(const struct lw_test_place *a, const struct lw_yaml *y)
{
    lw_mistake(a->r, y,
        "`when` cannot test the words of a text, only that there is one. Write `%s: answered`.",
        a->asked->name);
    return NULL;
}

static enum lw_code check_text(const struct lw_value_place *a, const json_t *v)
{
    if (!json_is_string(v))
        return lw_value_refuse(a, "the answer must be text (a string).");
    if (json_string_length(v) > LW_EDIT_MAX)
        return lw_value_refuse(a, "the text is longer than 4 MiB. Give a shorter one.");
    return LW_OK;
}

const struct lw_question_type lw_question_write = {
    .words = true,
    .check = check_limits,
    .parse_value = parse_text,
    .check_value = check_text,
    .is_unfinished = lw_text_breaks_limits,
};
