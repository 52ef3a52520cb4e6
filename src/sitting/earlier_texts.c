/* Texts of one's own that are much like earlier ones: who is told, and in which words. What is
 * alike is text/likeness.c's. */
#include "sitting/sitting_internal.h"

#include "labelwright/answers/past_labels.h"

bool lw_sitting_like(
    const struct lw_sitting *s, struct lw_slot slot, const char *text, size_t n, struct lw_like *to)
{
    return lw_past_like(s->past, slot.question, s->view.task->key, text, n, to);
}

void lw_sitting_describe_like(const struct lw_sitting *s, uint64_t task, struct lw_buf *to)
{
    size_t position;
    if (lw_tasks_find(s->view.opts.tasks, task, &position))
        lw_buf_fmt(to, LW_MSG_LIKE_TASK, lw_tasks_rank(s->view.opts.tasks, position) + 1);
    else
        lw_buf_str(to, LW_MSG_LIKE_GONE);
}

char *lw_sitting_like_text(const struct lw_sitting *s, struct lw_slot slot, uint64_t task)
{
    return lw_past_text(s->past, slot.question, task);
}

void lw_sitting_warn_of_likeness(
    struct lw_sitting *s, struct lw_slot slot, const char *text, size_t n)
{
    struct lw_like like;
    struct lw_buf label = {0}, task = {0};
    if (!lw_sitting_like(s, slot, text, n, &like))
        return;
    lw_sitting_slot_label(s, slot, &label);
    lw_sitting_describe_like(s, like.id, &task);
    lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_LIKE, label.data, task.data, like.percent);
    lw_buf_fini(&label);
    lw_buf_fini(&task);
}
