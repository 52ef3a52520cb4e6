/* How long a label took, in two sums over all sessions that showed its task.
 *
 * wall: from showing the task until it is left or submitted, without pauses. active: the gaps
 * between keys in that time (the first starts when the task is shown); a gap longer than the idle
 * limit does not count. Both use the clock that keeps running in suspend.
 *
 * A draft keeps its time. The time of a task left without answers counts when it is shown again in
 * the same session.
 *
 * And how long the session has taken so far, whatever was on the screen: in every event that it
 * writes. There the gaps begin at keys only, and what the machine slept in one is no work. */
#include "sitting/sitting_internal.h"

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

/* Reading the note is time of the session, but of no task. */
void lw_sitting_begin_again(struct lw_sitting *s)
{
    struct lw_spent before = s->unread_spent;
    lw_sitting_restart_clocks(s);
    s->spent = before;
    s->enter_at = s->guard_at;
}

/* ---- the session as a whole */

void lw_session_clock_start(struct lw_sitting *s)
{
    int64_t boot = boot_now(s), mono = lw_sitting_now(s);
    s->session.boot_at = s->session.key_boot_at = boot;
    s->session.mono_at = s->session.key_mono_at = mono;
    s->session.worked_ms = s->session.guidelines_ms = 0;
}

/* Of `ms` by the clock that goes on in suspend; the other one went from `mono_at` to `mono`. */
static int64_t slept(int64_t ms, int64_t mono_at, int64_t mono)
{
    int64_t asleep = ms - (mono - mono_at);
    return asleep > 0 ? asleep : 0;
}

static void add_gap(struct lw_sitting *s, int64_t now)
{
    struct lw_session_clock *c = &s->session;
    int64_t gap = now - c->key_boot_at, mono = lw_sitting_now(s);
    if (!s->view.paused && gap <= s->view.opts.idle_ms) {
        int64_t awake = gap - slept(gap, c->key_mono_at, mono);
        c->worked_ms += awake;
        c->guidelines_ms += c->guidelines ? awake : 0;
    }
    c->key_boot_at = now;
    c->key_mono_at = mono;
}

struct lw_session_times lw_session_clock_read(const struct lw_sitting *s)
{
    const struct lw_session_clock *c = &s->session;
    int64_t elapsed = boot_now(s) - c->boot_at;
    return (struct lw_session_times){
        elapsed, c->worked_ms, c->guidelines_ms, slept(elapsed, c->mono_at, lw_sitting_now(s))};
}

void lw_sitting_show_guidelines(struct lw_sitting *s, bool open)
{
    s->session.guidelines = open;
}

/* ---- the task on the screen */

void lw_sitting_touch(struct lw_sitting *s)
{
    int64_t now = boot_now(s), gap = now - s->key_at;
    bool works = !s->view.paused && gap <= s->view.opts.idle_ms;
    if (s->view.task && works)
        s->spent.active_ms += gap;
    add_gap(s, now);
    lw_seen_touch(s, works);
    s->key_at = now;
    s->nkeys++;
    lw_rest_update(s);
}

void lw_sitting_stop_clock(struct lw_sitting *s)
{
    lw_sitting_touch(s);
    s->paused_at = s->key_at;
    s->view.paused = true;
    s->view.paused_utc_ms = lw_clock_utc_ms(s->view.opts.sys);
    lw_rest_update(s);
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

/* A task that comes again has a time of its own. */
static uint64_t visit_key(const struct lw_sitting *s)
{
    return s->view.task->key ^ s->repeat.of;
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
    struct lw_visit *v = visit_of(s, visit_key(s));
    if (!v) {
        s->visit = lw_grow(s->visit, s->nvisits + 1, sizeof *s->visit);
        v = &s->visit[s->nvisits++];
    }
    *v = (struct lw_visit){visit_key(s), spent};
}

void lw_sitting_return_time(struct lw_sitting *s)
{
    struct lw_visit *v = visit_of(s, visit_key(s));
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
