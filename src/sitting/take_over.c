/* A sitting that could only look, because another one held the journal, tries to go on with it. */
#include "sitting_impl.h"

#include "labelwright/events.h"

#include <string.h>

static bool is_held(const struct lw_sitting *s)
{
    const struct lw_journal *j = s->with.journal;
    return s->with.workplace && lw_journal_mode(j) == LW_JOURNAL_READ_ONLY && lw_journal_owner(j);
}

/* Labels name the questions by their hash: the other sitting may have asked others. */
static enum lw_code begin(struct lw_sitting *s, struct lw_err *err)
{
    const struct lw_sitting_opts *w = &s->with;
    json_t *body[2] = {lw_event_sitting(true, w->idle_ms), NULL};
    size_t n = 1;
    if (strcmp(lw_ledger_questions(w->ledger), w->project->questions_hash) != 0)
        body[n++] = lw_event_questions(w->project);
    struct lw_event e[2];
    enum lw_code code = lw_journal_append(w->journal, body, n, e, err);
    for (size_t i = 0; i < n; i++) {
        if (code == LW_OK)
            lw_ledger_fold(w->ledger, &e[i]);
        json_decref(body[i]);
    }
    return code;
}

bool lw_sitting_take_over(struct lw_sitting *s)
{
    struct lw_err err = {0};
    if (!is_held(s))
        return false;
    if (lw_workplace_reopen(s->with.workplace, &err) != LW_OK) {
        lw_sitting_say(s, LW_TONE_ERROR, "View only: %s", err.text);
        return true;
    }
    if (is_held(s)) {
        lw_sitting_say(s, LW_TONE_WARNING, "View only while %s is open; any answer tries again.",
            lw_journal_owner(s->with.journal));
        return true;
    }
    if (lw_journal_mode(s->with.journal) != LW_JOURNAL_WRITABLE)
        return false;
    if (begin(s, &err) != LW_OK) {
        lw_sitting_say(s, LW_TONE_ERROR, "%s", err.text);
        return true;
    }
    lw_sitting_unsay(s);
    if (s->task)
        lw_sitting_show(s, s->nth);
    if (!s->message[0]) /* what the task has to say matters more */
        lw_sitting_say(s, LW_TONE_INFO,
            "The other window has ended: you label here now. Look, and press again.");
    return true;
}
