/* Keys that come too soon: a held or doubled key must not label what nobody has read. Says which
 * keys to ignore; the commands that they would run are not known here. */
#include "sitting/sitting_internal.h"

static bool too_soon(const struct lw_sitting *s, int64_t at)
{
    return lw_sitting_now(s) - at < s->view.opts.digit_guard_ms;
}

/* A held key would outlast the guard: where it submits, each repeat restarts the time. A digit that
 * only answers counts as soon as the time is over. */
bool lw_sitting_guards_answer(struct lw_sitting *s)
{
    bool soon = too_soon(s, s->guard_at);
    if (soon && s->view.opts.project->advance_auto)
        s->guard_at = lw_sitting_now(s);
    return soon;
}

bool lw_sitting_guards_enter(struct lw_sitting *s)
{
    bool soon = too_soon(s, s->guard_at) || too_soon(s, s->enter_at);
    if (soon)
        s->enter_at = lw_sitting_now(s);
    return soon;
}

bool lw_sitting_guards_note(struct lw_sitting *s)
{
    return lw_sitting_guards_enter(s);
}

bool lw_sitting_guards_held_key(struct lw_sitting *s)
{
    int64_t now = lw_sitting_now(s);
    if (s->view.opts.digit_guard_ms == 0 || now - s->shown_at >= LW_MEANT_MS)
        return false;
    s->guard_at = s->enter_at = now;
    lw_sitting_notify_too_soon(s);
    return true;
}

void lw_sitting_restart_enter_guard(struct lw_sitting *s)
{
    s->enter_at = lw_sitting_now(s);
}
