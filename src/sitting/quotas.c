/* How far the quotas of the project are met, for those who show it or warn. The counting is
 * answers/past_labels.c's; here it goes on beside the keys, until all labels have been read. */
#include "sitting/sitting_internal.h"

#include "labelwright/answers/past_labels.h"
#include "labelwright/project/question.h"

bool lw_sitting_counts(const struct lw_sitting *s)
{
    return !lw_past_is_complete(s->past);
}

bool lw_sitting_count(struct lw_sitting *s)
{
    return !lw_past_step(s->past);
}

bool lw_sitting_quota(
    const struct lw_sitting *s, size_t question, size_t option, struct lw_quota *to)
{
    const struct lw_option *o = &s->view.opts.project->question[question].option[option];
    if (!s->past || o->quota == 0 || lw_sitting_counts(s))
        return false;
    to->done = lw_past_count(s->past, question, option, 0);
    to->wanted = (uint64_t)o->quota;
    return true;
}

bool lw_sitting_quotas(const struct lw_sitting *s, size_t question, struct lw_quota *to)
{
    bool has = s->past && lw_question_has_quota(&s->view.opts.project->question[question]);
    if (has && !lw_sitting_counts(s))
        *to = lw_past_quotas(s->past, question);
    return has && !lw_sitting_counts(s);
}

bool lw_sitting_exceeds(const struct lw_sitting *s, struct lw_slot slot, struct lw_quota *to)
{
    const struct lw_sitting_view *v = &s->view;
    const struct lw_question *q = lw_slot_question(s, slot);
    const json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, slot);
    const struct lw_option *o = q->type == LW_Q_CHOICE && json_is_string(value)
                                    ? lw_option_find(q, json_string_value(value))
                                    : NULL;
    if (!o || !lw_sitting_quota(s, slot.question, (size_t)(o - q->option), to))
        return false;
    to->done = lw_past_count(s->past, slot.question, (size_t)(o - q->option), v->task->key);
    return to->done >= to->wanted;
}
