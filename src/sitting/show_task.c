/* Which task is on the screen: shows one with its label and draft, leaves one, finds the next. The
 * commands that go to a task are in navigate.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/sitting/filter.h"
#include "labelwright/text/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void lw_sitting_close_task(struct lw_sitting *s)
{
    lw_seen_leave(s);
    if (s->view.task)
        lw_sitting_leave_time(s);
    lw_sitting_save_draft(s);
    lw_task_free(s->view.task);
    free(s->view.order);
    free(s->view.slot);
    free(s->view.read);
    json_decref(s->texts);
    s->view.task = NULL;
    s->texts = NULL;
    s->view.order = NULL;
    s->view.slot = NULL;
    s->view.read = NULL;
    s->view.nslots = s->view.focus = 0;
    s->unsaved_since = 0;
    s->view.draft = s->draft_on_disk = s->view.changed_record = false;
    s->view.replaces = 0;
    s->view.state = LW_TASK_OPEN;
    free(s->view.reason);
    s->view.reason = NULL;
    json_decref(s->unfit);
    s->unfit = NULL;
    lw_buf_fini(&s->saved);
    lw_sitting_settle_draft(s);
    lw_answer_history_clear(&s->history);
    free(s->repeat.key);
    s->repeat = (struct lw_repeat){0};
}

/* The task, its order and what is submitted; the answers are those. */
static enum lw_code load(struct lw_sitting *s, size_t nth, struct lw_err *err)
{
    struct lw_submitted_task sub;
    enum lw_code code =
        s->repeat.of ? lw_submitted_load_anew(&s->view.opts, s->repeat.nth, s->repeat.of, &sub, err)
                     : lw_submitted_load(&s->view.opts, nth, &sub, err);
    if (code != LW_OK)
        return code;
    s->view.task = sub.task;
    if (s->repeat.of)
        s->repeat.key = lw_format("%s\nrepeat %" PRIu64, sub.task->id, s->repeat.of);
    s->view.order = sub.order;
    s->view.state = sub.state;
    s->view.changed_record = sub.changed_record;
    s->view.replaces = sub.replaces;
    lw_sitting_restore_read(s);
    json_decref(s->view.submitted);
    s->view.submitted = sub.answers;
    lw_presets_take_out(s->view.opts.project, s->view.task, s->view.submitted, sub.defaulted);
    json_decref(sub.defaulted);
    json_decref(s->view.answers);
    s->view.answers = json_deep_copy(s->view.submitted);
    if (sub.changed_record && !s->view.task->unreadable)
        lw_sitting_find_submitted_spans(s);
    if (sub.unread.code != LW_OK)
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_ANSWERS_UNREAD, sub.unread.text);
    return LW_OK;
}

/* A comparison needs two responses, a ranking two or more, a talk none. Says so when one is left
 * out because there are more, or when nothing else is asked. */
static void notify_unasked(struct lw_sitting *s)
{
    const struct lw_project *p = s->view.opts.project;
    size_t n = s->view.task->nresponses, i = 0;
    while (i < p->nquestions && lw_question_takes(&p->question[i], s->view.task))
        i++;
    bool talk = i < p->nquestions && p->question[i].type == LW_Q_TALK;
    if (i < p->nquestions && (talk || n > 2 || (n < 2 && s->view.nslots == 0))) {
        const struct lw_question_type *type = lw_question_type(p->question[i].type);
        char needs[40] = LW_MSG_NEEDS_NONE;
        if (!talk)
            snprintf(needs, sizeof needs, type->or_more ? LW_MSG_NEEDS_MORE : LW_MSG_NEEDS,
                type->responses);
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNASKED, p->question[i].label, needs, n);
    } else if (s->view.nslots == 0)
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", LW_MSG_NO_QUESTION);
}

/* The message about the draft comes last: it matters more. */
static bool load_draft(struct lw_sitting *s)
{
    lw_sitting_refresh_slots(s);
    notify_unasked(s);
    lw_sitting_notify_unfit(s);
    bool anew = lw_sitting_load_draft(s);
    lw_sitting_refresh_slots(s);
    return lw_talking_recover(s) || s->replies_restored || anew;
}

static void open_as(struct lw_sitting *s, size_t nth, struct lw_repeat repeat)
{
    struct lw_err err = {0};
    lw_sitting_close_task(s);
    s->repeat = repeat;
    s->view.nth = nth;
    s->view.show_count++;
    s->number_at = 0;
    s->placed_at = 0;
    s->replies_restored = false;
    s->view.candidate = -1;
    s->view.finished = false;
    json_object_clear(s->view.answers);
    lw_sitting_restart_clocks(s);
    if (load(s, nth, &err) != LW_OK) {
        lw_sitting_notify(s, LW_TONE_ERROR, "%s", err.text);
        return;
    }
    if (s->view.task->unreadable)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNREADABLE_AT, s->view.task->record.file,
            (unsigned long long)lw_tasks_line(
                s->view.opts.tasks, lw_tasks_at(s->view.opts.tasks, nth)));
    bool anew = !s->view.task->unreadable && load_draft(s);
    lw_sitting_return_time(s);
    lw_sitting_refresh_slots(s);
    s->unsaved_since = anew ? lw_sitting_now(s) : 0; /* else the disk has the same */
    lw_sitting_focus_first(s, s->view.state == LW_TASK_DONE && !s->view.draft);
}

void lw_sitting_open_task(struct lw_sitting *s, size_t nth)
{
    open_as(s, nth, (struct lw_repeat){0});
}

void lw_sitting_open_repeat(struct lw_sitting *s, size_t nth, size_t task_nth, uint64_t of)
{
    s->repeat_at = nth;
    s->repeat_shown_of = of;
    open_as(s, nth, (struct lw_repeat){of, task_nth, NULL});
}

void lw_sitting_open_place(struct lw_sitting *s, size_t nth)
{
    struct lw_repeat due;
    if (nth == s->repeat_at && lw_repeat_is_due(s, &due) && due.of == s->repeat_shown_of)
        lw_sitting_open_repeat(s, nth, due.nth, due.of);
    else
        lw_sitting_open_task(s, nth);
}

/* The tasks of this session (all, or those of --only): how many, and the i-th. */
static size_t count(const struct lw_sitting *s)
{
    return s->view.only ? s->view.only->n : lw_tasks_count(s->view.opts.tasks);
}

/* Whether there is an i-th task; reads a kept index as far as needed. */
static bool has(const struct lw_sitting *s, size_t i)
{
    return s->view.only ? i < s->view.only->n : lw_tasks_has(s->view.opts.tasks, i);
}

static size_t nth_of(const struct lw_sitting *s, size_t i)
{
    return s->view.only ? lw_filter_at(s->view.only, i) : i;
}

/* The place of the first that is `nth` or after it. */
static size_t place_of(const struct lw_sitting *s, size_t nth)
{
    return s->view.only ? lw_filter_find(s->view.only, s, nth) : nth;
}

bool lw_sitting_find_neighbour(const struct lw_sitting *s, int by, size_t of, size_t *nth)
{
    size_t i = place_of(s, by > 0 ? of + 1 : of);
    if (by < 0 ? i == 0 : !has(s, i))
        return false;
    *nth = nth_of(s, by < 0 ? i - 1 : i);
    return true;
}

/* With a filter, tasks that have a label stay open until they get a new one. */
static bool is_open(const struct lw_sitting *s, size_t nth)
{
    const struct lw_tasks *t = s->view.opts.tasks;
    const struct lw_entry *e =
        lw_ledger_of(s->view.opts.ledger, lw_tasks_key(t, lw_tasks_at(t, nth)));
    return !e || (s->view.only && e->seq <= s->only_since);
}

static bool open_if_unlabeled(struct lw_sitting *s, size_t nth)
{
    struct lw_repeat due;
    if (!is_open(s, nth))
        return false;
    if (lw_repeat_is_due(s, &due))
        lw_sitting_open_repeat(s, nth, due.nth, due.of);
    else
        lw_sitting_open_task(s, nth);
    return true;
}

bool lw_sitting_open_next(struct lw_sitting *s, size_t from)
{
    size_t first = place_of(s, from);
    for (size_t i = first; has(s, i); i++)
        if (open_if_unlabeled(s, nth_of(s, i)))
            return true;
    size_t n = count(s);
    for (size_t i = 0; i < first && i < n; i++)
        if (open_if_unlabeled(s, nth_of(s, i)))
            return true;
    if (!s->view.task && n > 0)
        lw_sitting_open_task(s, nth_of(s, first < n ? first : n - 1));
    s->view.finished = true;
    return false;
}

bool lw_sitting_find_task(const struct lw_sitting *s, const char *id, size_t n, size_t *nth)
{
    struct lw_tasks *t = s->view.opts.tasks;
    size_t position;
    if (lw_tasks_find(t, lw_fingerprint(id, n), &position)) {
        *nth = lw_tasks_rank(t, position);
        return true;
    }
    int64_t number;
    if (!lw_number_parse(id, n, &number))
        return false;
    if (number < 1 || !lw_tasks_has(t, (size_t)number - 1))
        return false;
    *nth = (size_t)number - 1;
    return true;
}
