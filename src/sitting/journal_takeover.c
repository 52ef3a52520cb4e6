/* A view-only session, because another one had the journal, tries to take the journal over: when
 * that one has ended, what it wrote is read and the task shown again, so that nobody answers what
 * is out of date. The lock itself is in journal/. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"

#include <stdlib.h>
#include <string.h>

static bool is_held(const struct lw_sitting *s)
{
    const struct lw_journal *j = s->view.opts.journal;
    return s->view.opts.workspace && lw_journal_mode(j) == LW_JOURNAL_READ_ONLY &&
           lw_journal_owner(j);
}

/* Labels name the questions by their hash: the other session may have asked others. */
static enum lw_code append_start(struct lw_sitting *s, struct lw_err *err)
{
    const struct lw_sitting_opts *w = &s->view.opts;
    json_t *body[2] = {lw_sitting_start_event(s), NULL};
    size_t n = 1;
    if (strcmp(lw_ledger_questions(w->ledger), w->project->questions_hash) != 0)
        body[n++] = lw_event_questions(w->project);
    enum lw_code code = lw_session_append(s, body, n, err);
    for (size_t i = 0; i < n; i++)
        json_decref(body[i]);
    return code;
}

/* The draft on the screen is from when the task was shown: that of the other session is newer and
 * has the time it took. */
static void reopen_task(struct lw_sitting *s)
{
    if (s->view.draft || s->view.reason)
        lw_sitting_restart_clocks(s);
    free(s->view.reason);
    s->view.reason = NULL;
    s->view.draft = false;
    s->unsaved_since = 0;
    lw_sitting_open_task(s, s->view.nth);
}

bool lw_sitting_take_over(struct lw_sitting *s)
{
    struct lw_err err = {0};
    if (!is_held(s))
        return false;
    if (lw_workspace_reopen(s->view.opts.workspace, &err) != LW_OK) {
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_VIEW_ONLY, err.text);
        return true;
    }
    if (is_held(s)) {
        lw_sitting_notify(
            s, LW_TONE_WARNING, LW_MSG_VIEW_ONLY_OWNER, lw_journal_owner(s->view.opts.journal));
        return true;
    }
    if (lw_journal_mode(s->view.opts.journal) != LW_JOURNAL_WRITABLE)
        return false;
    if (append_start(s, &err) != LW_OK) {
        lw_sitting_notify(s, LW_TONE_ERROR, "%s", err.text);
        return true;
    }
    lw_past_restart(s->past);
    lw_sitting_clear_message(s);
    if (s->view.task)
        reopen_task(s);
    if (!s->view.message[0]) /* messages of the task matter more */
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_TAKEN_OVER);
    return true;
}
