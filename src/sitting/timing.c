/* How long a label took, in two sums over all sessions that showed its task.
 *
 * wall: from showing the task until it is left or submitted, without pauses. active: the gaps
 * between keys in that time (the first starts when the task is shown); a gap longer than the idle
 * limit does not count. Both use the clock that keeps running in suspend.
 *
 * A draft keeps its time. The time of a task left without answers counts when it is shown again in
 * the same session. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/clock.h"

int64_t lw_sitting_now(const struct lw_sitting *s)
{
    return lw_clock_mono_ms(s->view.opts.sys);
}

static int64_t boot_now(const struct lw_sitting *s)
{
    return lw_clock_boot_ms(s->view.opts.sys);
}

struct lw_spent lw_sitting_spent(const struct lw_sitting *s)
{
    int64_t until = s->view.paused ? s->paused_at : boot_now(s);
    return (struct lw_spent){s->spent.active_ms, s->spent.wall_ms + until - s->boot_at};
}

void lw_sitting_restart_clocks(struct lw_sitting *s)
{
    s->spent = (struct lw_spent){0, 0};
    s->key_at = s->boot_at = boot_now(s);
    s->shown_at = s->guard_at = lw_sitting_now(s);
    s->empty_at = s->unread_at = 0;
}

void lw_sitting_touch(struct lw_sitting *s)
{
    int64_t now = boot_now(s), gap = now - s->key_at;
    if (s->view.task && !s->view.paused && gap <= s->view.opts.idle_ms)
        s->spent.active_ms += gap;
    s->key_at = now;
    s->nkeys++;
}

void lw_sitting_stop_clock(struct lw_sitting *s)
{
    lw_sitting_touch(s);
    s->paused_at = s->key_at;
    s->view.paused = true;
}

int64_t lw_sitting_restart_clock(struct lw_sitting *s)
{
    lw_sitting_touch(s);
    int64_t pause = s->key_at - s->paused_at;
    s->view.paused = false;
    s->boot_at += pause; /* a pause does not count */
    return pause;
}

/* ---- tasks left without answers */

static struct lw_visit *visit_of(const struct lw_sitting *s, uint64_t task)
{
    for (size_t i = 0; i < s->nvisits; i++)
        if (s->visit[i].task == task)
            return &s->visit[i];
    return NULL;
}

void lw_sitting_leave_time(struct lw_sitting *s)
{
    struct lw_spent spent = lw_sitting_spent(s);
    if (s->view.draft || s->view.reason) {
        s->unsaved_since = s->unsaved_since ? s->unsaved_since : lw_sitting_now(s);
        return;
    }
    if (spent.active_ms == 0)
        return;
    struct lw_visit *v = visit_of(s, s->view.task->key);
    if (!v) {
        s->visit = lw_grow(s->visit, s->nvisits + 1, sizeof *s->visit);
        v = &s->visit[s->nvisits++];
    }
    *v = (struct lw_visit){s->view.task->key, spent};
}

void lw_sitting_return_time(struct lw_sitting *s)
{
    struct lw_visit *v = visit_of(s, s->view.task->key);
    if (!v)
        return;
    lw_sitting_add_time(s, v->spent);
    *v = s->visit[--s->nvisits];
}

struct lw_spent lw_spent_parse(const json_t *from)
{
    return (struct lw_spent){json_integer_value(json_object_get(from, "active_ms")),
        json_integer_value(json_object_get(from, "wall_ms"))};
}

void lw_sitting_add_time(struct lw_sitting *s, struct lw_spent more)
{
    s->spent.active_ms += more.active_ms;
    s->spent.wall_ms += more.wall_ms;
}
