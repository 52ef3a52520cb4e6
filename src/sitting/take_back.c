/* Undo: the last answer of the task on the screen; when there is none, the last label, which takes
 * a second press. Decides only; commit.c writes the undo and shows the task again. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"

/* Undoing a flag or a text keeps the focus on the next open question. */
static void undo_change(struct lw_sitting *s, struct lw_answer_change old)
{
    if (lw_takes_digits(lw_slot_question(s, old.slot)->type))
        lw_sitting_focus_slot(s, old.slot);
    lw_sitting_change_answer(s, old.slot, old.was, false);
    if (s->view.nslots)
        lw_sitting_focus_open(s, s->view.focus);
}

/* The last one, and what was given by the same key. */
static void undo_answer(struct lw_sitting *s, struct lw_answer_change last)
{
    struct lw_answer_change c = last;
    struct lw_buf label = {0};
    size_t n = 1;
    undo_change(s, c);
    while (c.goes_on && lw_answer_history_pop(&s->history, &c)) {
        undo_change(s, c);
        n++;
    }
    lw_sitting_slot_label(s, last.slot, &label);
    if (n > 1)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_ANSWERS_UNDONE, n);
    else
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_ANSWER_UNDONE, label.data);
    lw_buf_fini(&label);
}

/* What undo would undo. */
struct target {
    uint64_t seq; /* 0 for nothing */
    uint64_t task;
    bool skip, private;
    bool repeat; /* a task that came again */
};

static struct target find_target(const struct lw_sitting *s)
{
    const struct lw_entry *label = lw_ledger_last(s->view.opts.ledger);
    const struct lw_repeated *repeat = lw_ledger_last_repeat(s->view.opts.ledger);
    if (repeat && (!label || repeat->seq > label->seq))
        return (struct target){repeat->seq, repeat->task, repeat->skip, true, true};
    if (!label)
        return (struct target){0};
    return (struct target){label->seq, label->task, label->skip, label->private, false};
}

/* The number that the screen had for it. */
static bool find_number(const struct lw_sitting *s, const struct target *t, size_t *number)
{
    size_t position;
    if (!lw_tasks_find(s->view.opts.tasks, t->task, &position))
        return false;
    *number = lw_tasks_rank(s->view.opts.tasks, position) + 1;
    if (t->repeat)
        *number = (s->repeat_at == SIZE_MAX ? s->view.nth : s->repeat_at) + 1;
    return true;
}

static void warn(struct lw_sitting *s, const struct target *t)
{
    size_t number;
    s->armed = t->seq;
    if (find_number(s, t, &number))
        lw_sitting_notify(
            s, LW_TONE_WARNING, LW_MSG_UNDO_WARNING, number, t->skip ? LW_MSG_UNDO_SKIPPED : "");
    else
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNDO_GONE);
}

/* A held key must not undo one task after the other. */
static bool repeats(struct lw_sitting *s)
{
    int64_t was = s->back_at;
    s->back_at = lw_sitting_now(s);
    return was && s->back_at - was < s->view.opts.digit_guard_ms;
}

struct lw_decision lw_act_take_back(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    struct lw_answer_change old;
    uint64_t armed = s->armed;
    bool held = repeats(s);
    if (lw_answer_history_pop(&s->history, &old)) {
        undo_answer(s, old);
        return LW_STAY;
    }
    struct target t = find_target(s);
    if (!t.seq) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_UNDO_NOTHING);
    } else if (held) {
        s->armed = armed;
        lw_sitting_notify_too_soon(s);
    } else if (armed != t.seq) {
        warn(s, &t);
    } else {
        json_t *undo = lw_event_undo(t.seq, NULL, t.private);
        return (struct lw_decision){undo, LW_AFTER_STAY};
    }
    return LW_STAY;
}

void lw_sitting_disarm_undo(struct lw_sitting *s)
{
    s->armed = 0;
}
