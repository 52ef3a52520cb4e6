/* Submitting and skipping: what is missing, what is not read, what is empty, and the event that
 * records the label. Decides only; commit.c writes it. */
#include "sitting/sitting_internal.h"

#include "labelwright/answers/practice.h"
#include "labelwright/journal/event.h"

struct lw_labeled lw_sitting_labeled(const struct lw_sitting *s)
{
    struct lw_spent spent = lw_sitting_spent(s);
    return (struct lw_labeled){.project = s->view.opts.project,
        .task = s->view.task,
        .order = s->view.order,
        .active_ms = spent.active_ms,
        .wall_ms = spent.wall_ms,
        .replaces = s->view.replaces,
        .private = lw_sitting_practises(s) && !s->view.opts.project->send_practice};
}

static void notify_missing(struct lw_sitting *s, struct lw_slot slot, const char *label)
{
    char limit[LW_LIMIT_WORDS];
    const struct lw_question *q = lw_slot_question(s, slot);
    const json_t *value = lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, slot);
    if (value && q->type == LW_Q_RANK)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_RANK_UNFINISHED, label,
            lw_rank_left(s->view.task, value), s->view.task->nresponses);
    else if (value && lw_value_is_unfinished(q, value, limit))
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_LIMIT, label, limit);
    else
        lw_sitting_notify(s, LW_TONE_WARNING, value ? LW_MSG_UNFINISHED : LW_MSG_UNANSWERED, label);
}

static bool focus_missing(struct lw_sitting *s)
{
    struct lw_slot missing;
    if (!lw_answers_missing(
            s->view.opts.project, s->view.task, s->view.order, s->view.answers, &missing))
        return false;
    lw_sitting_focus_slot(s, missing);
    struct lw_buf label = {0};
    lw_sitting_slot_label(s, missing, &label);
    notify_missing(s, missing, label.data);
    lw_buf_fini(&label);
    return true;
}

static bool has_answer(const struct lw_sitting *s)
{
    for (size_t i = 0; i < s->view.nslots; i++)
        if (lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, s->view.slot[i]))
            return true;
    return false;
}

/* `allow_empty` does not apply to a task without questions. */
bool lw_sitting_is_empty(const struct lw_sitting *s)
{
    struct lw_slot missing;
    bool allowed = s->view.opts.project->allow_empty && s->view.nslots > 0;
    bool stands = s->view.state == LW_TASK_DONE && !s->view.draft && !s->view.changed_record;
    return s->view.task && !s->view.task->unreadable && !allowed && !stands && !has_answer(s) &&
           !lw_answers_missing(
               s->view.opts.project, s->view.task, s->view.order, s->view.answers, &missing);
}

/* True for a deliberate second Enter, not one that is held or bounces. */
static bool is_meant(struct lw_sitting *s)
{
    int64_t now = lw_sitting_now(s);
    if (s->empty_at && now - s->empty_at >= LW_MEANT_MS)
        return true;
    s->empty_at = now;
    lw_sitting_notify(s, LW_TONE_WARNING, s->view.nslots ? LW_MSG_EMPTY : LW_MSG_EMPTY_UNASKED);
    return false;
}

static json_t *annotation(struct lw_sitting *s)
{
    struct lw_labeled l = lw_sitting_labeled(s);
    lw_answers_prune(l.project, l.task, s->view.answers);
    json_t *became = lw_suggestions_outcome(l.project, l.task, s->view.answers);
    json_t *whole = json_deep_copy(s->view.answers);
    json_t *filled = lw_presets_fill(l.project, l.task, whole);
    l.suggestions = became;
    l.defaulted = filled;
    json_t *practice =
        lw_sitting_practises(s) ? lw_practice_outcome(l.project, l.task, whole) : NULL;
    l.practice = practice;
    json_t *event =
        s->repeat.of ? lw_event_repeat(&l, s->repeat.of, whole) : lw_event_annotate(&l, whole);
    json_decref(practice);
    json_decref(filled);
    json_decref(whole);
    json_decref(became);
    return event;
}

struct lw_decision lw_act_submit(struct lw_sitting *s, const struct lw_command *c)
{
    bool meant = c && c->id == LW_CMD_SUBMIT_EMPTY;
    if (s->view.task->unreadable) {
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNREADABLE);
        return LW_STAY;
    }
    if (focus_missing(s))
        return LW_STAY;
    if (s->view.state == LW_TASK_DONE && !s->view.draft && !s->view.changed_record) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_UNCHANGED, s->view.nth + 1);
        return (struct lw_decision){NULL, LW_AFTER_NEXT};
    }
    if (lw_sitting_refuses_unread(s))
        return LW_STAY;
    if (!meant && lw_sitting_is_empty(s) && !is_meant(s))
        return LW_STAY;
    return (struct lw_decision){annotation(s), LW_AFTER_NEXT};
}

struct lw_decision lw_act_skip(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_labeled l = lw_sitting_labeled(s);
    json_t *practice = lw_sitting_practises(s) ? json_array() : NULL;
    l.practice = practice;
    json_t *event = s->repeat.of ? lw_event_repeat_skip(&l, s->repeat.of, c->text, c->len)
                                 : lw_event_skip(&l, c->text, c->len);
    json_decref(practice);
    return (struct lw_decision){event, LW_AFTER_NEXT};
}
