/* What answers bring to their task as items: turns and replies of a talk, then the spans in all
 * texts. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"

void lw_items_bring(const struct lw_project *p, struct lw_task *t, const json_t *answers)
{
    lw_talk_bring(p, t, answers);
    lw_spans_bring(p, t, answers);
}
