/* GSM8K: {question, answer}. The answer is a solution, a step a line; the last line, "#### 18", is
 * the result. */
#include "format/format_internal.h"
#include "labelwright/format/member_use.h"

#include <string.h>

static const struct lw_shape shape = {.need = {"question", "answer"}, .response = {"answer"}};

/* Elsewhere the members of these names are short answers, and other members stand beside them. */
static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *answer = lw_json_get(record, "answer");
    const char *text = json_string_value(answer);
    return json_is_string(lw_json_get(record, "question")) && text && strstr(text, "\n#### ") &&
           lw_member_use_in(record, "answer") != LW_USE_REFERENCE;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    enum lw_code code = lw_named_read(&shape, record, to, err);
    if (code == LW_OK && to->nresponses > 0)
        lw_task_add_lines_as_steps(to, 0);
    return code;
}

const struct lw_format lw_format_gsm8k = {
    .name = "gsm8k",
    .fits = fits,
    .read = read,
    .id_member = "id",
    .shape = &shape,
};
