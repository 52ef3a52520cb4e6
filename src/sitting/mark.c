/* Marks: tasks to look at again later. */
#include "sitting/sitting_internal.h"

#include <string.h>

bool lw_sitting_is_marked(const struct lw_sitting *s, size_t nth)
{
    const struct lw_tasks *t = s->with.tasks;
    return lw_keys_have(&s->marks, lw_tasks_key(t, lw_tasks_at(t, nth)));
}

void lw_sitting_mark(struct lw_sitting *s, size_t nth)
{
    struct lw_task *t;
    struct lw_err err = {0};
    bool marked = false;
    enum lw_code code = lw_tasks_load(s->with.tasks, lw_tasks_at(s->with.tasks, nth), &t, &err);
    if (code == LW_OK)
        code = lw_marks_flip(s->with.sys, s->with.dir, t->id, &s->marks, &marked, &err);
    lw_task_free(t);
    if (code != LW_OK)
        lw_sitting_say(s, LW_TONE_ERROR, "Mark not saved: %s", err.text);
    else
        lw_sitting_say(
            s, LW_TONE_INFO, marked ? "Task %zu marked." : "Mark removed from task %zu.", nth + 1);
}

struct lw_outcome lw_act_mark(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    lw_sitting_mark(s, s->nth);
    return LW_STAY;
}

/* The next marked task after this one, else the first of all; SIZE_MAX for no other. */
static size_t next_marked(const struct lw_sitting *s)
{
    size_t behind = SIZE_MAX, first = SIZE_MAX;
    for (size_t i = 0; i < s->marks.n; i++) {
        size_t position;
        if (!lw_tasks_find(s->with.tasks, s->marks.v[i], &position))
            continue;
        size_t nth = lw_tasks_rank(s->with.tasks, position);
        if (nth > s->nth && nth < behind)
            behind = nth;
        if (nth != s->nth && nth < first)
            first = nth;
    }
    return behind != SIZE_MAX ? behind : first;
}

struct lw_outcome lw_act_next_mark(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    size_t nth = next_marked(s);
    if (nth != SIZE_MAX) {
        lw_sitting_unsay(s);
        lw_sitting_show(s, nth);
    } else {
        lw_sitting_say(
            s, LW_TONE_INFO, s->marks.n ? "No other marked task." : "No marked task yet.");
    }
    return LW_STAY;
}
