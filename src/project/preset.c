/* `default:` of a question: what counts where its user answers nothing. Only choices and ratings
 * have one: with flags and texts nothing is an answer too, and could not be given any more. */
#include "project/question_internal.h"

void lw_preset_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y)
{
    struct lw_test_place a = {r, q, y};
    if (q->required)
        lw_mistake(r, y,
            "a required question takes no default: it would be answered without a look. Remove "
            "`default` or `required`.");
    else if (!lw_yaml_text(y))
        lw_mistake(r, y, "the default must be one answer to \"%s\". Write its value.", q->name);
    else
        q->preset = lw_question_type(q->type)->parse_value(&a, y);
}
