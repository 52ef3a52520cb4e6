/* Texts and corrections. A text is a string, a correction {"original", "text"}. */
#include "project/question_internal.h"

#include "labelwright/project/task_target.h"
#include "labelwright/text/edit.h"

#include <string.h>

static void check_correction(
    struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    const struct lw_yaml *on = lw_yaml_get(y, "on");
    if (q->on == LW_ON_TASK)
        lw_mistake(r, on ? on : y, "a correction is about one text. Write `on: response`.");
}

static json_t *parse_text(const struct lw_test_place *a, const struct lw_yaml *y)
{
    (void)a;
    return json_string(y->text);
}

static enum lw_code check_text(const struct lw_value_place *a, const json_t *v)
{
    return json_is_string(v) ? LW_OK : lw_value_refuse(a, "the answer must be text (a string).");
}

/* The corrected text must be the one that is shown: a script may have read another version of the
 * file. */
static enum lw_code check_edit(const struct lw_value_place *a, const json_t *v)
{
    const json_t *original = json_object_get(v, "original"), *text = json_object_get(v, "text");
    struct lw_span shown = lw_target_text(a->q->on, a->t, a->item);
    if (json_object_size(v) != 2 || !json_is_string(original) || !json_is_string(text))
        return lw_value_refuse(
            a, "a correction must be {\"original\": the text, \"text\": corrected text}.");
    if (!shown.s || json_string_length(original) != shown.n ||
        (shown.n > 0 && memcmp(json_string_value(original), shown.s, shown.n) != 0))
        return lw_value_refuse(a,
            "\"original\" is not the text of this %s. Copy the text from the task, "
            "byte for byte.",
            lw_target_name(a->q->on));
    if (json_string_length(text) > LW_EDIT_MAX)
        return lw_value_refuse(a, "the corrected text is longer than 4 MiB. Give a shorter one.");
    return LW_OK;
}

const struct lw_question_type lw_question_text = {
    .words = true,
    .parse_value = parse_text,
    .check_value = check_text,
    .is_unfinished = lw_text_breaks_limits,
};

const struct lw_question_type lw_question_edit = {
    .words = true,
    .check = check_correction,
    .untested = "correction",
    .check_value = check_edit,
};
