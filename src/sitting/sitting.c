#include "sitting/sitting_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/journal/event.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/sitting/filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAFT_DELAY_MS = 500, INDEX_STEP = 8 * 1024 * 1024 };

#define X(id, name, keys, who, group, help) {name, keys, help, LW_WHO_##who, LW_GROUP_##group},
const struct lw_command_row lw_command_table[LW_CMD_TABLE_END] = {LW_COMMANDS(X)};
#undef X

int64_t lw_sitting_now(const struct lw_sitting *s)
{
    return lw_clock_mono_ms(s->with.sys);
}

static void free_sitting(struct lw_sitting *s)
{
    lw_answer_history_clear(s->history);
    free(s->history->v);
    free(s->history);
    json_decref(s->answers);
    json_decref(s->stands);
    free(s->reason);
    free(s->visit);
    json_decref(s->strays);
    lw_log_fini(&s->log);
    lw_keys_fini(&s->marks);
    if (s->only)
        lw_filter_fini(s->only);
    free(s->only);
    free(s);
}

/* The session's own events: its start and its end. */
static enum lw_code write_sitting(struct lw_sitting *s, bool start, struct lw_err *err)
{
    json_t *body = lw_event_sitting(start, s->with.idle_ms);
    struct lw_event e;
    enum lw_code code = lw_journal_append(s->with.journal, &body, 1, &e, err);
    if (code == LW_OK)
        lw_ledger_fold(s->with.ledger, &e);
    json_decref(body);
    return code;
}

/* Goes to the task of that name; indexes until it is found, as it may be far into the file. */
static bool show_named(struct lw_sitting *s, const char *name)
{
    size_t nth;
    bool found = false;
    if (!name)
        return false;
    do
        found = lw_sitting_find(s, name, strlen(name), &nth);
    while (!found && lw_tasks_step(s->with.tasks, INDEX_STEP));
    if (found || lw_sitting_find(s, name, strlen(name), &nth)) {
        lw_sitting_show(s, nth);
        return true;
    }
    return false;
}

/* Where to continue: at the draft being typed, else at the first open task after the last one
 * labeled. */
static void show_first(struct lw_sitting *s)
{
    const struct lw_sitting_opts *w = &s->with;
    if (w->task) {
        if (!show_named(s, w->task))
            lw_sitting_say(s, LW_TONE_WARNING, "No task %s in this project.", w->task);
        else
            return;
    }
    char *place = w->only ? NULL : lw_place_load(lw_sitting_drafts(s));
    /* or a message says what became of the draft */
    bool there = show_named(s, place) && (s->draft || (s->message[0] && !s->replaces));
    free(place);
    if (there)
        return;
    lw_sitting_unsay(s); /* its message was about that task */
    const struct lw_entry *last = lw_ledger_last(w->ledger);
    size_t position, from = 0;
    if (last && !w->only && lw_tasks_find(w->tasks, last->task, &position))
        from = lw_tasks_rank(w->tasks, position) + 1;
    lw_sitting_show_open(s, from);
}

static enum lw_code keep_to(struct lw_sitting *s, const char *filter, struct lw_err *err)
{
    struct lw_err why = {0};
    while (lw_tasks_step(s->with.tasks, INDEX_STEP)) {
    }
    s->only = lw_alloc(sizeof *s->only);
    s->only_since = lw_journal_head(s->with.journal).seq;
    if (lw_filter_read(s->only, s, filter, &why) != LW_OK)
        return lw_fail(err, LW_EUSAGE, "--only %s: %s", filter, why.text);
    if (s->only->filter == LW_LIST_ALL) {
        lw_filter_fini(s->only);
        free(s->only);
        s->only = NULL;
        return LW_OK;
    }
    while (lw_filter_more(s->only, s))
        lw_filter_step(s->only, s);
    return s->only->n > 0 ? LW_OK : lw_fail(err, LW_EBAD, "--only %s: no task matches.", filter);
}

enum lw_code lw_sitting_open(
    const struct lw_sitting_opts *with, struct lw_sitting **to, struct lw_err *err)
{
    struct lw_sitting *s = lw_alloc(sizeof *s);
    s->with = *with;
    s->history = lw_alloc(sizeof *s->history);
    s->answers = json_object();
    s->stands = json_object();
    struct lw_err marks = {0};
    lw_marks_load(with->sys, with->dir, &s->marks, &marks);
    enum lw_code code = with->only ? keep_to(s, with->only, err) : LW_OK;
    if (code == LW_OK && lw_journal_mode(with->journal) == LW_JOURNAL_WRITABLE)
        code = write_sitting(s, true, err);
    if (code != LW_OK) {
        free_sitting(s);
        return code;
    }
    show_first(s);
    if (marks.code != LW_OK)
        lw_sitting_say(s, LW_TONE_WARNING, "%s", marks.text);
    const char *owner = lw_journal_owner(with->journal);
    if (owner)
        lw_sitting_say(s, LW_TONE_WARNING,
            "View only: another labelwright has this project open (%s). To retry, press any answer "
            "key.",
            owner);
    else if (lw_journal_mode(with->journal) == LW_JOURNAL_READ_ONLY)
        lw_sitting_say(s, LW_TONE_WARNING, "%s", lw_sitting_refuses(s, LW_CMD_SKIP_WITH));
    *to = s;
    return LW_OK;
}

void lw_sitting_close(struct lw_sitting *s)
{
    if (!s)
        return;
    if (s->paused)
        lw_sitting_pause(s, false);
    lw_sitting_leave(s);
    if (lw_journal_mode(s->with.journal) == LW_JOURNAL_WRITABLE)
        write_sitting(s, false, NULL);
    free_sitting(s);
}

static bool too_soon(const struct lw_sitting *s, int64_t at)
{
    return lw_sitting_now(s) - at < s->with.digit_guard_ms;
}

/* A held key would outlast the guard: where it submits, each repeat restarts the time. A digit that
 * only answers counts as soon as the time is over. */
bool lw_sitting_guard(struct lw_sitting *s)
{
    bool soon = too_soon(s, s->guard_at);
    if (soon && s->with.project->advance_auto)
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

bool lw_sitting_guards_held(struct lw_sitting *s)
{
    int64_t now = lw_sitting_now(s);
    if (s->with.digit_guard_ms == 0 || now - s->shown_at >= LW_MEANT_MS)
        return false;
    s->guard_at = s->enter_at = now;
    lw_sitting_say_too_soon(s);
    return true;
}

void lw_sitting_enter_spent(struct lw_sitting *s)
{
    s->enter_at = lw_sitting_now(s);
}

void lw_sitting_reason(struct lw_sitting *s, const char *text, size_t n)
{
    free(s->reason);
    s->reason = n > 0 ? lw_strndup(text, n) : NULL;
    if (!s->unsaved_since)
        s->unsaved_since = lw_sitting_now(s);
}

/* Milliseconds from now until `ms` after `since`; -1 if `since` is 0. */
static int64_t left_of(const struct lw_sitting *s, int64_t since, int64_t ms)
{
    int64_t left = since + ms - lw_sitting_now(s);
    return !since ? -1 : left > 0 ? left : 0;
}

int64_t lw_sitting_due(const struct lw_sitting *s)
{
    int64_t draft = left_of(s, s->unsaved_since, DRAFT_DELAY_MS);
    int64_t number = left_of(s, s->number_at, LW_NUMBER_MS);
    return number >= 0 && (draft < 0 || number < draft) ? number : draft;
}

void lw_sitting_tick(struct lw_sitting *s)
{
    if (left_of(s, s->number_at, LW_NUMBER_MS) == 0)
        lw_sitting_end_number(s, NULL);
    if (left_of(s, s->unsaved_since, DRAFT_DELAY_MS) == 0)
        lw_sitting_save_draft(s);
}

static void put_draft(struct lw_sitting *s)
{
    struct lw_err err = {0};
    json_t *draft = lw_sitting_draft_json(s, lw_sitting_spent(s));
    if (lw_draft_save(lw_sitting_drafts(s), s->task->id, draft, &err) == LW_OK) {
        s->draft_on_disk = true;
        lw_sitting_is_over(s, LW_ABOUT_DRAFT);
        lw_place_save(lw_sitting_drafts(s), s->task->id, NULL);
    } else {
        lw_sitting_say(s, LW_TONE_ERROR, "Draft not saved: %s", err.text);
        s->about = LW_ABOUT_DRAFT;
    }
    json_decref(draft);
}

bool lw_sitting_unsaved_draft(
    const struct lw_sitting *s, int *folder, char name[LW_DRAFT_NAME], struct lw_buf *bytes)
{
    if (!s->unsaved_since || !s->task || s->unfit || !(s->draft || s->reason))
        return false;
    if (lw_sitting_only_looks(s))
        return false;
    if (*folder < 0 && lw_draft_folder(lw_sitting_drafts(s), folder, NULL) != LW_OK)
        return false;
    lw_draft_name(s->task->id, name);
    json_t *draft = lw_sitting_draft_json(s, lw_sitting_spent(s));
    char *text = json_dumps(draft, JSON_COMPACT);
    lw_buf_clear(bytes);
    lw_buf_str(bytes, text ? text : "");
    free(text);
    json_decref(draft);
    return bytes->len > 0;
}

/* The drafts belong to another session and are newer than those here; or they cannot be written. */
bool lw_sitting_only_looks(const struct lw_sitting *s)
{
    return lw_journal_mode(s->with.journal) == LW_JOURNAL_READ_ONLY;
}

void lw_sitting_save_draft(struct lw_sitting *s)
{
    if (!s->unsaved_since || !s->task)
        return;
    s->unsaved_since = 0;
    if (lw_sitting_only_looks(s) || !lw_sitting_set_aside_draft(s))
        return;
    if (s->draft || s->reason) {
        put_draft(s);
    } else if (s->draft_on_disk) {
        lw_draft_remove(lw_sitting_drafts(s), s->task->id);
        s->draft_on_disk = false;
    }
}

static bool draft_is_there(const struct lw_sitting *s)
{
    json_t *draft = lw_draft_load(lw_sitting_drafts(s), s->task->id, NULL);
    bool there = draft && json_equal(json_object_get(draft, "answers"), s->answers);
    json_decref(draft);
    return there;
}

/* The folder may have been deleted since the draft was written. */
bool lw_sitting_draft_is_kept(struct lw_sitting *s)
{
    lw_sitting_save_draft(s);
    if (!s->task || !s->draft || lw_sitting_only_looks(s) || draft_is_there(s))
        return true;
    s->unsaved_since = lw_sitting_now(s);
    lw_sitting_save_draft(s);
    return draft_is_there(s);
}

void lw_sitting_indexed(struct lw_sitting *s)
{
    size_t first, twice = lw_tasks_duplicates(s->with.tasks, &first);
    lw_sitting_is_over(s, LW_ABOUT_READING);
    if (!s->task || s->finished)
        lw_sitting_show_open(s, s->task ? s->nth : 0);
    if (twice > 0 && !s->message[0])
        lw_sitting_say(s, LW_TONE_WARNING,
            "%zu task%s the id of an earlier task. Repeated ids become ID~2, ID~3 and so on.",
            twice, twice == 1 ? " has" : "s have");
}
