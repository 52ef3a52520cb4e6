/* A session from its start to its end, and what happens in it without a command: pauses, the timers
 * of drafts and numbers, a growing index. What a command does is in commands.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/sitting/talking.h"

#include "labelwright/base/local_time.h"
#include "labelwright/journal/event.h"
#include "labelwright/sitting/filter.h"

#include <stdlib.h>
#include <string.h>

enum { INDEX_STEP = 8 * 1024 * 1024 };

static void free_sitting(struct lw_sitting *s)
{
    lw_answer_history_clear(&s->history);
    free(s->history.v);
    lw_past_free(s->past);
    lw_practice_note_drop(s);
    json_decref(s->view.answers);
    json_decref(s->view.submitted);
    free(s->view.reason);
    free(s->visit);
    lw_seen_fini(s);
    lw_keys_fini(&s->read);
    json_decref(s->strays);
    json_decref(s->meanings);
    lw_log_fini(&s->view.log);
    lw_keys_fini(&s->view.marks);
    if (s->view.only)
        lw_filter_fini(s->view.only);
    free(s->view.only);
    free(s);
}

/* The session's own events: its start and its end. */
static enum lw_code write_sitting(struct lw_sitting *s, bool start, struct lw_err *err)
{
    json_t *body[2];
    size_t n = 0;
    if (!start && s->stops_today)
        body[n++] = lw_event_own_stop();
    body[n++] = start ? lw_sitting_start_event(s) : lw_event_stop();
    enum lw_code code = lw_session_append(s, body, n, err);
    for (size_t i = 0; i < n; i++)
        json_decref(body[i]);
    return code;
}

/* Goes to the task of that name; indexes until it is found, as it may be far into the file. */
static bool open_named(struct lw_sitting *s, const char *name)
{
    size_t nth;
    bool found = false;
    if (!name)
        return false;
    do
        found = lw_sitting_find_task(s, name, strlen(name), &nth);
    while (!found && lw_tasks_step(s->view.opts.tasks, INDEX_STEP));
    if (found || lw_sitting_find_task(s, name, strlen(name), &nth)) {
        lw_sitting_open_task(s, nth);
        return true;
    }
    return false;
}

/* Where to continue: at the draft being typed, else at the first open task after the last one
 * labeled. */
static void open_first(struct lw_sitting *s)
{
    const struct lw_sitting_opts *w = &s->view.opts;
    if (w->task) {
        if (!open_named(s, w->task))
            lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_NOT_IN_PROJECT, w->task);
        else
            return;
    }
    char *place = w->only ? NULL : lw_last_task_load(lw_sitting_drafts(s));
    /* or a message says what became of the draft */
    bool there =
        open_named(s, place) && (s->view.draft || (s->view.message[0] && !s->view.replaces));
    free(place);
    if (there)
        return;
    lw_sitting_clear_message(s); /* its message was about that task */
    const struct lw_entry *last = lw_ledger_last(w->ledger);
    size_t position, from = 0;
    if (last && !w->only && lw_tasks_find(w->tasks, last->task, &position))
        from = lw_tasks_rank(w->tasks, position) + 1;
    lw_sitting_open_next(s, from);
}

static enum lw_code open_filter(struct lw_sitting *s, const char *filter, struct lw_err *err)
{
    struct lw_err why = {0};
    while (lw_tasks_step(s->view.opts.tasks, INDEX_STEP)) {
    }
    s->view.only = lw_alloc(sizeof *s->view.only);
    s->only_since = lw_journal_head(s->view.opts.journal).seq;
    if (lw_filter_parse(s->view.only, s, filter, &why) != LW_OK)
        return lw_fail(err, LW_EUSAGE, LW_MSG_ONLY_BAD, filter, why.text);
    if (s->view.only->filter == LW_LIST_ALL) {
        lw_filter_fini(s->view.only);
        free(s->view.only);
        s->view.only = NULL;
        return LW_OK;
    }
    while (lw_filter_more(s->view.only, s))
        lw_filter_step(s->view.only, s);
    return s->view.only->n > 0 ? LW_OK : lw_fail(err, LW_EBAD, LW_MSG_ONLY_NONE, filter);
}

/* One plain line; what else there is to say comes first. */
static void notify_stopped(struct lw_sitting *s)
{
    char at[LW_LOCAL_CLOCK_MAX];
    int64_t stopped = lw_ledger_stopped_for_today(s->view.opts.ledger);
    int64_t now = lw_clock_utc_ms(s->view.opts.sys);
    if (s->view.message[0] || stopped < lw_local_midnight(now) || stopped > now)
        return;
    lw_local_clock(stopped, at);
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_STOPPED_TODAY, at);
}

enum lw_code lw_sitting_open(
    const struct lw_sitting_opts *opts, struct lw_sitting **to, struct lw_err *err)
{
    struct lw_sitting *s = lw_alloc(sizeof *s);
    s->view.opts = *opts;
    s->repeat_at = SIZE_MAX;
    s->view.answers = json_object();
    s->view.submitted = json_object();
    s->view.hides_all = opts->ncurtain == 1 && strcmp(opts->curtain[0], LW_CURTAIN_ALL) == 0;
    lw_seen_start(s);
    lw_rest_begin(s);
    struct lw_err marks = {0};
    lw_marks_load(opts->sys, opts->dir, &s->view.marks, &marks);
    enum lw_code code = opts->only ? open_filter(s, opts->only, err) : LW_OK;
    if (code == LW_OK && lw_journal_mode(opts->journal) == LW_JOURNAL_WRITABLE)
        code = write_sitting(s, true, err);
    if (code != LW_OK) {
        free_sitting(s);
        return code;
    }
    s->past = lw_past_new(opts->project, opts->journal, opts->ledger);
    lw_past_step(s->past);
    open_first(s);
    if (marks.code != LW_OK)
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", marks.text);
    const char *owner = lw_journal_owner(opts->journal);
    if (owner)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_VIEW_ONLY_OWNER, owner);
    else if (lw_journal_mode(opts->journal) == LW_JOURNAL_READ_ONLY)
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", lw_sitting_refusal(s, LW_CMD_SKIP_WITH));
    notify_stopped(s);
    *to = s;
    return LW_OK;
}

void lw_sitting_close(struct lw_sitting *s)
{
    if (!s)
        return;
    if (s->view.paused)
        lw_sitting_pause(s, false);
    if (s->view.task)
        lw_sitting_end_replies(s);
    lw_sitting_close_task(s);
    if (lw_journal_mode(s->view.opts.journal) == LW_JOURNAL_WRITABLE)
        write_sitting(s, false, NULL);
    free_sitting(s);
}

void lw_sitting_reopen_noted(struct lw_sitting *s)
{
    const struct lw_entry *last = lw_ledger_last(s->view.opts.ledger);
    lw_sitting_end_note(s);
    s->armed = last ? last->seq : 0; /* no second press: the note says what the key does */
    s->back_at = 0;
    lw_sitting_run(s, &(struct lw_command){.id = LW_CMD_TAKE_BACK});
}

void lw_sitting_pause(struct lw_sitting *s, bool on)
{
    if (on == s->view.paused)
        return;
    if (on) {
        lw_sitting_stop_clock(s);
        lw_sitting_save_draft(s);
        if (lw_journal_mode(s->view.opts.journal) == LW_JOURNAL_WRITABLE)
            lw_session_append(s, NULL, 0, NULL); /* what was seen: a break may be long */
        return;
    }
    int64_t pause = lw_sitting_restart_clock(s);
    lw_rest_restart(s);
    if (lw_sitting_refusal(s, LW_CMD_SUBMIT) == NULL)
        lw_sitting_commit(s, (struct lw_decision){.event = lw_event_break(pause)});
}

void lw_sitting_stop_today(struct lw_sitting *s, bool stops)
{
    s->stops_today = stops;
}

/* Milliseconds from now until `ms` after `since`; -1 if `since` is 0. */
static int64_t left_of(const struct lw_sitting *s, int64_t since, int64_t ms)
{
    int64_t left = since + ms - lw_sitting_now(s);
    return !since ? -1 : left > 0 ? left : 0;
}

/* A power cut loses less than a second of typing. A long draft is written whole each time, which
 * takes as long as drawing many keys. */
static int64_t draft_left(const struct lw_sitting *s)
{
    enum { DELAY_MS = 500, LONG_DELAY_MS = 900, LONG = 64 * 1024 };
    return left_of(s, s->unsaved_since, s->saved.len > LONG ? LONG_DELAY_MS : DELAY_MS);
}

static int64_t number_left(const struct lw_sitting *s)
{
    return left_of(s, lw_answering_waits(s) ? 0 : s->number_at, LW_NUMBER_MS);
}

int64_t lw_sitting_due(const struct lw_sitting *s)
{
    int64_t draft = draft_left(s);
    int64_t number = number_left(s);
    return number >= 0 && (draft < 0 || number < draft) ? number : draft;
}

void lw_sitting_tick(struct lw_sitting *s)
{
    if (number_left(s) == 0)
        lw_sitting_end_number(s, NULL);
    if (draft_left(s) == 0)
        lw_sitting_save_draft(s);
}

void lw_sitting_indexed(struct lw_sitting *s)
{
    size_t first, twice = lw_tasks_duplicates(s->view.opts.tasks, &first);
    lw_sitting_clear_about(s, LW_ABOUT_READING);
    if (!s->view.task || s->view.finished)
        lw_sitting_open_next(s, s->view.task ? s->view.nth : 0);
    if (twice > 0 && !s->view.message[0])
        lw_sitting_notify(
            s, LW_TONE_WARNING, LW_MSG_REPEATED_IDS, twice, twice == 1 ? " has" : "s have");
}

const struct lw_sitting_view *lw_sitting_view(const struct lw_sitting *s)
{
    return &s->view;
}
