/* Accepting what the record suggests: the focused answer, or all that are left. A suggestion that
 * was accepted is an answer as any other; until then it is none. */
#include "sitting/sitting_internal.h"

static const json_t *left(const struct lw_sitting *s, struct lw_slot slot, const void *unused)
{
    const struct lw_sitting_view *v = &s->view;
    (void)unused;
    return lw_suggestion_left(v->opts.project, v->task, v->answers, slot);
}

struct lw_decision lw_act_accept(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    struct lw_slot slot = s->view.slot[s->view.focus];
    const json_t *value = lw_suggestion_get(s->view.opts.project, s->view.task, slot);
    if (!value) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_NO_SUGGESTION, lw_slot_question(s, slot)->label);
        return LW_STAY;
    }
    if (lw_sitting_refuses_settled(s, slot))
        return LW_STAY;
    return lw_answering_give(s, json_deep_copy(value));
}

struct lw_decision lw_act_accept_all(struct lw_sitting *s, const struct lw_command *c)
{
    size_t n = lw_answering_fill(s, (int)c->number, left, NULL);
    if (n == 0) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_NO_SUGGESTION_LEFT);
        return LW_STAY;
    }
    return lw_answering_given(s, n, n == 1 ? LW_MSG_ACCEPTED_ONE : LW_MSG_ACCEPTED);
}

static void keep_first(void *ctx, const char *text)
{
    struct lw_buf *first = ctx;
    if (first->len == 0)
        lw_buf_str(first, text);
}

void lw_sitting_notify_unfit(struct lw_sitting *s)
{
    struct lw_buf first = {0};
    const struct lw_sitting_view *v = &s->view;
    size_t n = lw_suggestions_check(v->opts.project, v->task, keep_first, &first);
    if (n > 1)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNFIT_MORE, first.data, n - 1);
    else if (n == 1)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNFIT, first.data);
    lw_buf_fini(&first);
}
