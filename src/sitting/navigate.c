/* The commands that go to another task: the next, the previous, one by number or id, the next one
 * with a mark; and marking. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Replies end with the task on the screen: nobody would see them grow. Where it stays, they do. */
static bool leave_for(struct lw_sitting *s, size_t nth)
{
    if (s->view.task && lw_talk_live(lw_sitting_talk(s)) > 0) {
        if (nth == s->view.nth)
            return false;
        lw_sitting_end_replies(s);
    }
    return true;
}

static void open_task(struct lw_sitting *s, size_t nth)
{
    if (leave_for(s, nth))
        lw_sitting_open_task(s, nth);
}

struct lw_decision lw_act_neighbour(struct lw_sitting *s, const struct lw_command *c)
{
    bool next = c->id == LW_CMD_NEXT_TASK;
    const char *of = s->view.only ? LW_MSG_IN_FILTER : "";
    size_t nth;
    if (lw_sitting_find_neighbour(s, next ? 1 : -1, s->view.nth, &nth)) {
        lw_sitting_clear_message(s);
        if (leave_for(s, nth))
            lw_sitting_open_place(s, nth);
    } else if (!next) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_FIRST_TASK, of);
    } else if (lw_tasks_complete(s->view.opts.tasks)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_LAST_TASK, of);
    } else {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_STILL_LOADING);
        s->view.about = LW_ABOUT_READING;
    }
    return LW_STAY;
}

/* "+3" or "-3": as far as there are tasks. False when it is something else. */
static bool go_on_by(struct lw_sitting *s, const char *name, size_t len)
{
    int64_t by;
    size_t nth = s->view.nth, at;
    bool back = name[0] == '-';
    if (!s->view.task || len < 2 || !strchr("+-", name[0]) ||
        !lw_number_parse(name + 1, len - 1, &by) || by < 1)
        return false;
    while (by-- > 0 && lw_sitting_find_neighbour(s, back ? -1 : 1, nth, &at))
        nth = at;
    if (nth != s->view.nth) {
        lw_sitting_clear_message(s);
        open_task(s, nth);
    } else {
        lw_sitting_notify(s, LW_TONE_INFO, back ? LW_MSG_FIRST_TASK : LW_MSG_LAST_TASK,
            s->view.only ? LW_MSG_IN_FILTER : "");
    }
    return true;
}

struct lw_decision lw_act_go(struct lw_sitting *s, const struct lw_command *c)
{
    char *name = lw_strndup(c->text, c->len);
    size_t nth;
    if (go_on_by(s, name, c->len)) {
        free(name);
        return LW_STAY;
    }
    if (lw_sitting_find_task(s, name, c->len, &nth)) {
        lw_sitting_clear_message(s);
        open_task(s, nth);
    } else {
        lw_sitting_notify(
            s, LW_TONE_WARNING, LW_MSG_NO_SUCH_TASK, name, lw_tasks_count(s->view.opts.tasks));
    }
    free(name);
    return LW_STAY;
}

struct lw_decision lw_act_go_nth(struct lw_sitting *s, const struct lw_command *c)
{
    if (c->number >= 0 && lw_tasks_has(s->view.opts.tasks, (size_t)c->number))
        open_task(s, (size_t)c->number);
    return LW_STAY;
}

/* ---- marks: tasks to look at again later */

bool lw_sitting_is_marked(const struct lw_sitting *s, size_t nth)
{
    const struct lw_tasks *t = s->view.opts.tasks;
    return lw_keys_have(&s->view.marks, lw_tasks_key(t, lw_tasks_at(t, nth)));
}

bool lw_sitting_is_shown_marked(const struct lw_sitting *s)
{
    return lw_sitting_is_marked(s, s->repeat.of ? s->repeat.nth : s->view.nth);
}

/* `shown`: as the screen counts. */
static void toggle_mark(struct lw_sitting *s, size_t nth, size_t shown)
{
    struct lw_task *t;
    struct lw_err err = {0};
    bool marked = false;
    enum lw_code code =
        lw_tasks_load(s->view.opts.tasks, lw_tasks_at(s->view.opts.tasks, nth), &t, &err);
    if (code == LW_OK)
        code =
            lw_marks_flip(s->view.opts.sys, s->view.opts.dir, t->id, &s->view.marks, &marked, &err);
    lw_task_free(t);
    if (code != LW_OK)
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_MARK_NOT_SAVED, err.text);
    else
        lw_sitting_notify(s, LW_TONE_INFO, marked ? LW_MSG_MARKED : LW_MSG_UNMARKED, shown + 1);
}

void lw_sitting_toggle_mark(struct lw_sitting *s, size_t nth)
{
    toggle_mark(s, nth, nth);
}

struct lw_decision lw_act_mark(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    toggle_mark(s, s->repeat.of ? s->repeat.nth : s->view.nth, s->view.nth);
    return LW_STAY;
}

/* The next marked task after this one, else the first of all; SIZE_MAX for no other. */
static size_t next_marked(const struct lw_sitting *s)
{
    size_t behind = SIZE_MAX, first = SIZE_MAX;
    for (size_t i = 0; i < s->view.marks.n; i++) {
        size_t position;
        if (!lw_tasks_find(s->view.opts.tasks, s->view.marks.v[i], &position))
            continue;
        size_t nth = lw_tasks_rank(s->view.opts.tasks, position);
        if (nth > s->view.nth && nth < behind)
            behind = nth;
        if (nth != s->view.nth && nth < first)
            first = nth;
    }
    return behind != SIZE_MAX ? behind : first;
}

struct lw_decision lw_act_next_mark(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    size_t nth = next_marked(s);
    if (nth != SIZE_MAX) {
        lw_sitting_clear_message(s);
        open_task(s, nth);
    } else {
        lw_sitting_notify(s, LW_TONE_INFO, s->view.marks.n ? LW_MSG_NO_OTHER_MARK : LW_MSG_NO_MARK);
    }
    return LW_STAY;
}
