/* Giving the answers of the last label once more: to the questions of this task that have none yet,
 * as far as they fit it. */
#include "sitting/sitting_internal.h"

/* The last label that stands; skips in between do not count. A new reference, NULL for none. */
static json_t *last_label(const struct lw_sitting *s)
{
    const struct lw_ledger *l = s->view.opts.ledger;
    const struct lw_entry *e = lw_ledger_last(l);
    json_t *event = NULL;
    for (uint64_t seq = e ? e->seq : 0; seq > 0; seq--) {
        e = lw_ledger_entry(l, seq);
        if (e && !e->skip && !e->undone)
            break;
        e = NULL;
    }
    if (e)
        lw_journal_read(s->view.opts.journal, e->pos, &event, NULL);
    return event;
}

/* What was written for one text is for no other. */
static bool is_of_one_text(enum lw_qtype type)
{
    return type == LW_Q_WRITE || type == LW_Q_EDIT || type == LW_Q_SPANS || type == LW_Q_BOXES ||
           type == LW_Q_TALK;
}

/* What the last label says, where there is no answer yet. */
static const json_t *again(const struct lw_sitting *s, struct lw_slot slot, const void *old)
{
    const struct lw_project *p = s->view.opts.project;
    const json_t *value = lw_answer_get(p, s->view.task, old, slot);
    bool wanted = value && !lw_answer_get(p, s->view.task, s->view.answers, slot) &&
                  lw_answer_fits(p, s->view.task, slot, value) &&
                  !is_of_one_text(lw_slot_question(s, slot)->type);
    return wanted ? value : NULL;
}

struct lw_decision lw_act_repeat(struct lw_sitting *s, const struct lw_command *c)
{
    json_t *event = last_label(s);
    json_t *old = json_deep_copy(json_object_get(event, "answers"));
    bool labeled = event != NULL;
    if (old)
        lw_presets_take_out(
            s->view.opts.project, s->view.task, old, json_object_get(event, "defaulted"));
    size_t n = lw_answering_fill(s, (int)c->number, again, old);
    json_decref(old);
    json_decref(event);
    if (n > 0)
        return lw_answering_given(s, n, n == 1 ? LW_MSG_REPEATED_ONE : LW_MSG_REPEATED);
    lw_sitting_notify(s, LW_TONE_INFO, labeled ? LW_MSG_REPEAT_NOTHING : LW_MSG_REPEAT_NO_LABEL);
    return LW_STAY;
}
