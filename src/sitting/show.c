/* Which task is on the screen: shows one with its label and draft, leaves one, finds the next. The
 * commands that go to a task are in navigate.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/sitting/filter.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

void lw_sitting_leave(struct lw_sitting *s)
{
    if (s->task)
        lw_sitting_leave_time(s);
    lw_sitting_save_draft(s);
    lw_task_free(s->task);
    free(s->order);
    free(s->slot);
    s->task = NULL;
    s->order = NULL;
    s->slot = NULL;
    s->nslots = s->focus = 0;
    s->unsaved_since = 0;
    s->draft = s->draft_on_disk = s->changed_record = false;
    s->replaces = 0;
    s->standing = LW_TASK_OPEN;
    free(s->reason);
    s->reason = NULL;
    json_decref(s->unfit);
    s->unfit = NULL;
    lw_answer_history_clear(s->history);
}

/* The task, its order and what is submitted; the answers are those. */
static enum lw_code load(struct lw_sitting *s, size_t nth, struct lw_err *err)
{
    struct lw_submitted_task sub;
    enum lw_code code = lw_submitted_load(&s->with, nth, &sub, err);
    if (code != LW_OK)
        return code;
    s->task = sub.task;
    s->order = sub.order;
    s->standing = sub.state;
    s->changed_record = sub.changed_record;
    s->replaces = sub.replaces;
    json_decref(s->stands);
    s->stands = sub.answers;
    json_decref(s->answers);
    s->answers = json_deep_copy(s->stands);
    if (sub.unread.code != LW_OK)
        lw_sitting_say(s, LW_TONE_ERROR, "Cannot read the old answers: %s", sub.unread.text);
    return LW_OK;
}

/* A comparison needs two responses. Says so when it is left out because there are more, or when
 * nothing else is asked. */
static void say_unasked(struct lw_sitting *s)
{
    const struct lw_project *p = s->with.project;
    size_t n = s->task->nresponses, i = 0;
    while (i < p->nquestions && p->question[i].type != LW_Q_COMPARE)
        i++;
    if (i < p->nquestions && (n > 2 || (n < 2 && s->nslots == 0)))
        lw_sitting_say(s, LW_TONE_WARNING,
            "%s is left out: it needs 2 responses, this task has %zu.", p->question[i].label, n);
    else if (s->nslots == 0)
        lw_sitting_say(s, LW_TONE_WARNING, "%s", LW_NO_QUESTION);
}

/* The message about the draft comes last: it matters more. */
static bool show_readable(struct lw_sitting *s)
{
    lw_sitting_settle(s);
    say_unasked(s);
    return lw_sitting_load_draft(s);
}

void lw_sitting_show(struct lw_sitting *s, size_t nth)
{
    struct lw_err err = {0};
    lw_sitting_leave(s);
    s->nth = nth;
    s->shows++;
    s->number_at = 0;
    s->finished = false;
    json_object_clear(s->answers);
    lw_sitting_restart_clocks(s);
    if (load(s, nth, &err) != LW_OK) {
        lw_sitting_say(s, LW_TONE_ERROR, "%s", err.text);
        return;
    }
    if (s->task->unreadable)
        lw_sitting_say(s, LW_TONE_WARNING, "%s:%llu: this task cannot be read.",
            s->task->record.file,
            (unsigned long long)lw_tasks_line(s->with.tasks, lw_tasks_at(s->with.tasks, nth)));
    bool anew = !s->task->unreadable && show_readable(s);
    lw_sitting_return_time(s);
    lw_sitting_settle(s);
    s->unsaved_since = anew ? lw_sitting_now(s) : 0; /* else the disk has the same */
    lw_sitting_focus_first(s, s->standing == LW_TASK_DONE && !s->draft);
}

/* The tasks of this session (all, or those of --only): how many, and the i-th. */
static size_t count(const struct lw_sitting *s)
{
    return s->only ? s->only->n : lw_tasks_count(s->with.tasks);
}

/* Whether there is an i-th task; reads a kept index as far as needed. */
static bool has(const struct lw_sitting *s, size_t i)
{
    return s->only ? i < s->only->n : lw_tasks_knows(s->with.tasks, i);
}

static size_t nth_of(const struct lw_sitting *s, size_t i)
{
    return s->only ? lw_filter_at(s->only, i) : i;
}

/* The place of the first that is `nth` or after it. */
static size_t place_of(const struct lw_sitting *s, size_t nth)
{
    return s->only ? lw_filter_find(s->only, s, nth) : nth;
}

bool lw_sitting_neighbour(const struct lw_sitting *s, int by, size_t *nth)
{
    size_t i = place_of(s, by > 0 ? s->nth + 1 : s->nth);
    if (by < 0 ? i == 0 : !has(s, i))
        return false;
    *nth = nth_of(s, by < 0 ? i - 1 : i);
    return true;
}

/* With a filter, tasks that have a label stay open until they get a new one. */
static bool is_open(const struct lw_sitting *s, size_t nth)
{
    const struct lw_tasks *t = s->with.tasks;
    const struct lw_entry *e = lw_ledger_of(s->with.ledger, lw_tasks_key(t, lw_tasks_at(t, nth)));
    return !e || (s->only && e->seq <= s->only_since);
}

static bool show_if_open(struct lw_sitting *s, size_t nth)
{
    bool open = is_open(s, nth);
    if (open)
        lw_sitting_show(s, nth);
    return open;
}

bool lw_sitting_show_open(struct lw_sitting *s, size_t from)
{
    size_t first = place_of(s, from);
    for (size_t i = first; has(s, i); i++)
        if (show_if_open(s, nth_of(s, i)))
            return true;
    size_t n = count(s);
    for (size_t i = 0; i < first && i < n; i++)
        if (show_if_open(s, nth_of(s, i)))
            return true;
    if (!s->task && n > 0)
        lw_sitting_show(s, nth_of(s, first < n ? first : n - 1));
    s->finished = true;
    return false;
}

bool lw_sitting_find(const struct lw_sitting *s, const char *id, size_t n, size_t *nth)
{
    struct lw_tasks *t = s->with.tasks;
    size_t position;
    if (lw_tasks_find(t, lw_fingerprint(id, n), &position)) {
        *nth = lw_tasks_rank(t, position);
        return true;
    }
    int64_t number;
    if (!lw_number_parse(id, n, &number))
        return false;
    if (number < 1 || !lw_tasks_knows(t, (size_t)number - 1))
        return false;
    *nth = (size_t)number - 1;
    return true;
}
