/* What each command does: moving, submitting, undo; answering is in answer.c. Decides, writes
 * nothing. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"

#include <stdlib.h>
#include <string.h>

struct lw_labeled lw_sitting_labeled(const struct lw_sitting *s)
{
    struct lw_spent spent = lw_sitting_spent(s);
    return (struct lw_labeled){
        s->with.project, s->task, s->order, spent.active_ms, spent.wall_ms, s->replaces};
}

/* --- submitting ---------------------------------------------------------------------------------
 */

static bool go_to_missing(struct lw_sitting *s)
{
    struct lw_slot missing;
    if (!lw_answers_missing(s->with.project, s->task, s->order, s->answers, &missing))
        return false;
    lw_sitting_focus_slot(s, missing);
    struct lw_buf label = {0};
    lw_sitting_slot_label(s, missing, &label);
    lw_sitting_say(s, LW_TONE_WARNING,
        lw_answer_get(s->with.project, s->task, s->answers, missing)
            ? "%s is not finished. Press Space, then ^X to keep it."
            : "%s is not answered yet.",
        label.data);
    lw_buf_fini(&label);
    return true;
}

static bool has_answer(const struct lw_sitting *s)
{
    for (size_t i = 0; i < s->nslots; i++)
        if (lw_answer_get(s->with.project, s->task, s->answers, s->slot[i]))
            return true;
    return false;
}

/* `allow_empty` does not apply to a task without questions. */
bool lw_sitting_is_empty(const struct lw_sitting *s)
{
    struct lw_slot missing;
    bool allowed = s->with.project->allow_empty && s->nslots > 0;
    bool stands = s->standing == LW_TASK_DONE && !s->draft && !s->changed_record;
    return s->task && !s->task->unreadable && !allowed && !stands && !has_answer(s) &&
           !lw_answers_missing(s->with.project, s->task, s->order, s->answers, &missing);
}

/* True for a deliberate second Enter, not one that is held or bounces. */
static bool is_meant(struct lw_sitting *s)
{
    int64_t now = lw_sitting_now(s);
    if (s->empty_at && now - s->empty_at >= LW_MEANT_MS)
        return true;
    s->empty_at = now;
    lw_sitting_say(s, LW_TONE_WARNING,
        s->nslots ? "No answer yet. Enter again: save it empty. s: skip."
                  : "No question for this task. s: skip. Enter again: save it empty.");
    return false;
}

struct lw_outcome lw_act_submit(struct lw_sitting *s, const struct lw_command *c)
{
    bool meant = c && c->id == LW_CMD_SUBMIT_EMPTY;
    if (s->task->unreadable) {
        lw_sitting_say(s, LW_TONE_WARNING, "This task cannot be read. s: skip, J: next.");
        return LW_STAY;
    }
    if (go_to_missing(s))
        return LW_STAY;
    if (s->standing == LW_TASK_DONE && !s->draft && !s->changed_record) {
        lw_sitting_say(s, LW_TONE_INFO, "Task %zu unchanged.", s->nth + 1);
        return (struct lw_outcome){NULL, LW_AFTER_NEXT};
    }
    if (!meant && lw_sitting_is_empty(s) && !is_meant(s))
        return LW_STAY;
    lw_answers_prune(s->with.project, s->task, s->answers);
    struct lw_labeled l = lw_sitting_labeled(s);
    return (struct lw_outcome){lw_event_annotate(&l, s->answers), LW_AFTER_NEXT};
}

static struct lw_outcome skip(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_labeled l = lw_sitting_labeled(s);
    return (struct lw_outcome){lw_event_skip(&l, c->text, c->len), LW_AFTER_NEXT};
}

/* --- undo --------------------------------------------------------------------------------------
 */

/* Undoing a flag or a text keeps the focus on the next open question. */
static void take_back_answer(struct lw_sitting *s, struct lw_answer_change old)
{
    if (lw_takes_digits(lw_slot_question(s, old.slot)->type))
        lw_sitting_focus_slot(s, old.slot);
    lw_answer_set(s->with.project, s->task, s->answers, old.slot, old.was);
    lw_sitting_settle(s);
    if (s->nslots)
        lw_sitting_focus_open(s, s->focus);
    struct lw_buf label = {0};
    lw_sitting_slot_label(s, old.slot, &label);
    lw_sitting_say(s, LW_TONE_INFO, "Undone: %s.", label.data);
    lw_buf_fini(&label);
}

static void announce_take_back(struct lw_sitting *s, const struct lw_entry *last)
{
    size_t position;
    s->armed = last->seq;
    if (lw_tasks_find(s->with.tasks, last->task, &position))
        lw_sitting_say(s, LW_TONE_WARNING, "Press again to undo task %zu%s.",
            lw_tasks_rank(s->with.tasks, position) + 1, last->skip ? " (skipped)" : "");
    else
        lw_sitting_say(
            s, LW_TONE_WARNING, "Press again to undo the last task (no longer in the files).");
}

/* A held key must not undo one task after the other. */
static bool repeats(struct lw_sitting *s)
{
    int64_t was = s->back_at;
    s->back_at = lw_sitting_now(s);
    return was && s->back_at - was < s->with.digit_guard_ms;
}

static struct lw_outcome take_back(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    struct lw_answer_change old;
    uint64_t armed = s->armed;
    bool held = repeats(s);
    if (lw_answer_history_pop(s->history, &old)) {
        take_back_answer(s, old);
        return LW_STAY;
    }
    const struct lw_entry *last = lw_ledger_last(s->with.ledger);
    if (!last) {
        lw_sitting_say(s, LW_TONE_INFO, "Nothing to undo.");
    } else if (held) {
        s->armed = armed;
        lw_sitting_say_too_soon(s);
    } else if (armed != last->seq) {
        announce_take_back(s, last);
    } else {
        json_t *undo = lw_event_undo(last->seq, NULL);
        return (struct lw_outcome){undo, LW_AFTER_STAY};
    }
    return LW_STAY;
}

/* --- moving among tasks -------------------------------------------------------------------------
 */

static struct lw_outcome neighbour(struct lw_sitting *s, const struct lw_command *c)
{
    bool next = c->id == LW_CMD_NEXT_TASK;
    const char *of = s->only ? " in this filter" : "";
    size_t nth;
    if (lw_sitting_neighbour(s, next ? 1 : -1, &nth)) {
        lw_sitting_unsay(s);
        lw_sitting_show(s, nth);
    } else if (!next) {
        lw_sitting_say(s, LW_TONE_INFO, "First task%s.", of);
    } else if (lw_tasks_complete(s->with.tasks)) {
        lw_sitting_say(s, LW_TONE_INFO, "Last task%s.", of);
    } else {
        lw_sitting_say(s, LW_TONE_INFO, "Still loading the file. Try again.");
        s->about = LW_ABOUT_READING;
    }
    return LW_STAY;
}

static struct lw_outcome go(struct lw_sitting *s, const struct lw_command *c)
{
    char *name = lw_strndup(c->text, c->len);
    size_t nth;
    if (lw_sitting_find(s, name, c->len, &nth)) {
        lw_sitting_unsay(s);
        lw_sitting_show(s, nth);
    } else {
        lw_sitting_say(s, LW_TONE_WARNING, "No task %s. Numbers go from 1 to %zu.", name,
            lw_tasks_count(s->with.tasks));
    }
    free(name);
    return LW_STAY;
}

static struct lw_outcome go_nth(struct lw_sitting *s, const struct lw_command *c)
{
    if (c->number >= 0 && lw_tasks_knows(s->with.tasks, (size_t)c->number))
        lw_sitting_show(s, (size_t)c->number);
    return LW_STAY;
}

/* --- the table -----------------------------------------------------------------------------------
 */

enum need {
    NEEDS_TASK = 1,
    NEEDS_SLOTS = 2,
    NEEDS_JOURNAL = 4, /* may change what is recorded */
};

static const struct {
    struct lw_outcome (*act)(struct lw_sitting *, const struct lw_command *);
    unsigned needs;
} acts[LW_CMD_COUNT] = {
    [LW_CMD_DIGIT] = {lw_act_digit, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_LESS] = {lw_act_step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_MORE] = {lw_act_step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NEXT_QUESTION] = {lw_act_turn_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_PREV_QUESTION] = {lw_act_turn_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_SUBMIT] = {lw_act_submit, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_SUBMIT_EMPTY] = {lw_act_submit, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_SKIP] = {NULL, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_FLAG] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NOTE] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_EDIT] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_EDIT_OUTSIDE] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SKIP_WITH] = {skip, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_TAKE_BACK] = {take_back, NEEDS_JOURNAL},
    [LW_CMD_NEXT_TASK] = {neighbour, NEEDS_TASK},
    [LW_CMD_PREV_TASK] = {neighbour, NEEDS_TASK},
    [LW_CMD_MARK] = {lw_act_mark, NEEDS_TASK},
    [LW_CMD_NEXT_MARK] = {lw_act_next_mark, NEEDS_TASK},
    [LW_CMD_GO] = {go, 0},
    [LW_CMD_GO_NTH] = {go_nth, 0},
    [LW_CMD_TOGGLE] = {lw_act_pick, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_TEXT] = {lw_act_text, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_FOCUS] = {lw_act_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_MOVE_ON] = {lw_act_move_on, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_RESPONSE] = {lw_act_response, NEEDS_TASK | NEEDS_SLOTS},
};

static const char *journal_refusal(const struct lw_sitting *s)
{
    switch (lw_journal_mode(s->with.journal)) {
    case LW_JOURNAL_READ_ONLY:
        return lw_journal_owner(s->with.journal)
                   ? "View only: another labelwright has this project open. To retry, "
                     "press any answer key."
                   : "View only: this disk cannot be written; nothing is saved.";
    case LW_JOURNAL_BLOCKED:
        return "Nothing more can be saved: the disk failed, or another program has the journal. "
               "Leave, run labelwright verify, then open the project again.";
    default:
        return NULL;
    }
}

const char *lw_sitting_refuses(const struct lw_sitting *s, enum lw_command_id id)
{
    unsigned needs = acts[id].needs;
    if (needs & NEEDS_TASK && !s->task)
        return "No task to show yet.";
    if (needs & NEEDS_SLOTS && s->task->unreadable)
        return "This task cannot be read. s: skip, J: next.";
    if (needs & NEEDS_SLOTS && s->nslots == 0)
        return "No question for this task. s: skip, J: next.";
    return needs & NEEDS_JOURNAL ? journal_refusal(s) : NULL;
}

bool lw_sitting_admits(struct lw_sitting *s, enum lw_command_id id)
{
    const char *why = lw_sitting_refuses(s, id);
    if (!why)
        return true;
    if (!(acts[id].needs & NEEDS_JOURNAL && lw_sitting_take_over(s)))
        lw_sitting_say(s, LW_TONE_WARNING, "%s", why);
    return false;
}

static bool is_guarded(struct lw_sitting *s, enum lw_command_id id)
{
    if (!s->task || s->task->unreadable)
        return false; /* it cannot be labeled */
    bool guarded = id == LW_CMD_SUBMIT ? lw_sitting_guards_enter(s)
                                       : id == LW_CMD_DIGIT && lw_sitting_guard(s);
    if (guarded)
        lw_sitting_say_too_soon(s);
    return guarded;
}

struct lw_outcome lw_sitting_apply(struct lw_sitting *s, const struct lw_command *c)
{
    if (is_guarded(s, c->id))
        return LW_STAY;
    if (!lw_sitting_admits(s, c->id))
        return LW_STAY;
    if (!acts[c->id].act)
        return LW_STAY;
    if (c->id != LW_CMD_DIGIT)
        s->number_at = 0;
    struct lw_outcome out = acts[c->id].act(s, c);
    if (c->id != LW_CMD_TAKE_BACK)
        s->armed = 0;
    if (c->id != LW_CMD_SUBMIT)
        s->empty_at = 0;
    s->saved = false;
    return out;
}
