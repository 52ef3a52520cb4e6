/* Spans in the session: a new list of them becomes the answer, and after a text has changed their
 * words are found again. Which words are marked is the front end's; what a span may be is said by
 * the room project. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"

static void notify(struct lw_sitting *s, struct lw_slot slot)
{
    struct lw_buf label = {0}, words = {0};
    lw_sitting_slot_label(s, slot, &label);
    lw_sitting_describe_answer(s, slot, &words);
    if (words.len > 0)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_SPANS, label.data, words.data);
    else
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_NO_ANSWER, label.data);
    lw_buf_fini(&label);
    lw_buf_fini(&words);
}

struct lw_decision lw_act_spans(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot slot = s->view.slot[s->view.focus];
    const struct lw_question *q = lw_slot_question(s, slot);
    struct lw_err err = {0};
    const struct lw_value_place place = {q, s->view.task, slot.item, &err, false};
    if (lw_sitting_refuses_growing(s, slot))
        return LW_STAY;
    json_t *value = json_loadb(c->text, c->len, 0, NULL);
    bool marks = q->type == LW_Q_SPANS || q->type == LW_Q_BOXES;
    if (!marks || lw_value_check(&place, value) != LW_OK) {
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", err.text);
        json_decref(value);
        return LW_STAY;
    }
    lw_sitting_change_answer(s, slot, value, true);
    notify(s, slot);
    return LW_STAY;
}

/* ---- a text that has changed */

size_t lw_sitting_find_spans(struct lw_sitting *s, struct lw_slot slot, const json_t *value)
{
    const struct lw_sitting_view *v = &s->view;
    size_t lost = 0;
    json_t *found =
        lw_spans_find_again(value, lw_slot_text(v->opts.project, v->task, slot), &s->moved, &lost);
    if (json_array_size(found) > 0 &&
        !lw_answer_fits(v->opts.project, v->task, slot, found)) { /* by its tags */
        lost = json_array_size(value);
        json_array_clear(found);
    }
    lw_answer_set(v->opts.project, v->task, v->answers, slot, found);
    return lost;
}

static size_t find_all_of(struct lw_sitting *s, size_t question)
{
    const struct lw_sitting_view *v = &s->view;
    enum lw_target on = v->opts.project->question[question].on;
    int items = (int)lw_target_count(on, v->task);
    size_t lost = 0;
    for (int i = lw_target_is_keyed(on) ? 0 : -1; i < items; i++) {
        struct lw_slot slot = {question, i};
        json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, slot);
        if (!value)
            continue;
        json_incref(value);
        lost += lw_sitting_find_spans(s, slot, value);
        json_decref(value);
    }
    return lost;
}

void lw_sitting_find_submitted_spans(struct lw_sitting *s)
{
    const struct lw_project *p = s->view.opts.project;
    size_t lost = 0;
    s->moved = 0;
    for (size_t q = 0; q < p->nquestions; q++)
        if (p->question[q].type == LW_Q_SPANS)
            lost += find_all_of(s, q);
    if (lost > 0)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_SPANS_LOST, lost, lost == 1 ? " is" : "s are");
    else
        lw_sitting_notify_moved(s);
}

void lw_sitting_notify_moved(struct lw_sitting *s)
{
    if (s->moved > 0)
        lw_sitting_notify(
            s, LW_TONE_WARNING, LW_MSG_SPANS_MOVED, s->moved, s->moved == 1 ? " was" : "s were");
    s->moved = 0;
}
