/* Effects: has what was decided written to the journal and folded into the ledger, tells the user
 * and goes on. The only place where a label comes to stand. Decides nothing. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"
#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGE_COLS = 44 }; /* for the answers in a message beside the status */

static bool is_type(const json_t *event, const char *type)
{
    const char *is = json_string_value(json_object_get(event, "type"));
    return is && strcmp(is, type) == 0;
}

/* ": Quality 5, Clarity 2", all answers; returns how many. */
static size_t answers_words(const struct lw_sitting *s, struct lw_buf *to)
{
    size_t n = 0;
    struct lw_buf answer = {0};
    for (size_t i = 0; i < s->view.nslots; i++) {
        lw_buf_clear(&answer);
        lw_sitting_describe_answer(s, s->view.slot[i], &answer);
        if (answer.len == 0)
            continue;
        lw_buf_str(to, n++ ? ", " : ": ");
        lw_sitting_slot_label(s, s->view.slot[i], to);
        lw_buf_char(to, ' ');
        lw_buf_add(to, answer.data, answer.len);
    }
    lw_buf_fini(&answer);
    return n;
}

/* "Saved task 11: Better B some.": all answers, or their number if they do not fit beside the
 * status. Call before the next task is shown. */
static void notify_label(struct lw_sitting *s)
{
    struct lw_buf words = {0};
    size_t n = answers_words(s, &words);
    if (n == 0)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_SAVED_EMPTY, s->view.nth + 1);
    else if (lw_cols(words.data, words.len, -1) <= MESSAGE_COLS)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_SAVED_ANSWERS, s->view.nth + 1, words.data);
    else
        lw_sitting_notify(
            s, LW_TONE_INFO, LW_MSG_SAVED_COUNT, s->view.nth + 1, n, n == 1 ? "" : "s");
    lw_buf_fini(&words);
}

static bool is_skip(const json_t *event)
{
    return is_type(event, "skip") ||
           (is_type(event, "repeat") && !json_object_get(event, "answers"));
}

static void notify_saved(struct lw_sitting *s, const json_t *event)
{
    if (is_skip(event))
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_SKIPPED, s->view.nth + 1);
    else
        notify_label(s);
    s->view.saved = true;
}

/* Keeps the message before, in front of what the next task says. */
static void prepend_message(struct lw_sitting *s, const char *before)
{
    char *both = lw_format("%s%s%s", before, s->view.message[0] ? " " : "", s->view.message);
    if (before[0] && strcmp(s->view.message, before) != 0)
        lw_sitting_set_message(s, s->view.tone, both); /* each of them is in the log already */
    free(both);
}

/* What is said of a saved label, shorter where it would not leave room for `end` and the status, or
 * not for `end` alone. */
static char *brief_message(const struct lw_sitting *s, const char *before, const char *end)
{
    enum { ROW = 76, BESIDE = MESSAGE_COLS * 2 / 3 };
    int room = ROW - 1 - lw_cols(end, strlen(end), -1);
    bool brief = lw_cols(before, strlen(before), -1) <= (room < BESIDE ? room : BESIDE);
    return brief ? lw_strdup(before) : lw_format(LW_MSG_SAVED, s->view.nth + 1);
}

static void finish(struct lw_sitting *s, const char *before, bool saved)
{
    char *end = lw_tasks_complete(s->view.opts.tasks) ? lw_sitting_describe_end(s)
                                                      : lw_strdup(LW_MSG_DONE_SO_FAR);
    char *brief = saved ? brief_message(s, before, end) : lw_strdup(before);
    s->view.finished = true;
    lw_sitting_notify(s, LW_TONE_INFO, "%s", end);
    prepend_message(s, brief);
    free(brief);
    free(end);
}

static void open_next(struct lw_sitting *s)
{
    char *before = lw_strdup(s->view.message);
    bool saved = s->view.saved;
    if (lw_sitting_open_next(s, s->view.nth + 1)) {
        prepend_message(s, before);
    } else {
        lw_sitting_open_task(s, s->view.nth);
        finish(s, before, saved);
    }
    free(before);
}

/* The answers of a label, or the reason of a skip. */
static void restore_label(struct lw_sitting *s, const json_t *event)
{
    const json_t *answers = json_object_get(event, "answers");
    const json_t *reason = json_object_get(event, "reason");
    if (answers) {
        json_t *given = json_deep_copy(answers);
        lw_presets_take_out(
            s->view.opts.project, s->view.task, given, json_object_get(event, "defaulted"));
        lw_sitting_replace_answers(s, given);
    }
    if (json_string_length(reason) > 0)
        lw_sitting_set_reason(s, json_string_value(reason), json_string_length(reason));
}

static void restore_from(struct lw_sitting *s, struct lw_pos pos, bool skip)
{
    json_t *event;
    if (lw_journal_read(s->view.opts.journal, pos, &event, NULL) != LW_OK)
        return;
    if (!s->draft_on_disk || skip)
        restore_label(s, event);
    lw_sitting_add_time(s, lw_spent_parse(event));
    json_decref(event);
}

/* Shows the undone label again as a draft, unless there is a newer draft. */
static void reopen(struct lw_sitting *s, const struct lw_entry *undone)
{
    size_t position;
    if (!lw_tasks_find(s->view.opts.tasks, undone->task, &position)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_UNDONE);
        return;
    }
    lw_sitting_open_task(s, lw_tasks_rank(s->view.opts.tasks, position));
    if (undone->skip)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_SKIP_UNDONE, s->view.nth + 1,
            s->view.draft ? LW_MSG_ANSWERS_BACK : "");
    else
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_REOPENED, s->view.nth + 1);
    restore_from(s, undone->pos, undone->skip);
}

/* The same for a task that came again: in the place where it stood. */
static void reopen_repeat(struct lw_sitting *s, const struct lw_repeated *undone)
{
    size_t position, nth = s->repeat_at == SIZE_MAX ? s->view.nth : s->repeat_at;
    if (!lw_tasks_find(s->view.opts.tasks, undone->task, &position)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_UNDONE);
        return;
    }
    lw_sitting_open_repeat(s, nth, lw_tasks_rank(s->view.opts.tasks, position), undone->of);
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_REOPENED, nth + 1);
    restore_from(s, undone->pos, undone->skip);
}

/* The remedy comes first: a narrow screen cuts the end. */
static void notify_not_saved(struct lw_sitting *s, enum lw_code code, const char *why)
{
    if (code == LW_EFULL)
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_DISK_FULL, why);
    else
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_NOT_SAVED, why);
}

/* What undo may be of: the last label before it, and the last task that came again. */
struct undoable {
    struct lw_entry label;
    struct lw_repeated repeat;
};

static struct undoable last_of(const struct lw_ledger *l)
{
    const struct lw_entry *label = lw_ledger_last(l);
    const struct lw_repeated *repeat = lw_ledger_last_repeat(l);
    return (struct undoable){
        label ? *label : (struct lw_entry){0}, repeat ? *repeat : (struct lw_repeated){0}};
}

static void after_undo(struct lw_sitting *s, const json_t *body, const struct undoable *last)
{
    uint64_t of = (uint64_t)json_integer_value(json_object_get(body, "of"));
    lw_past_update(s->past, last->label.task);
    lw_practice_note_drop(s);
    if (last->repeat.seq == of)
        reopen_repeat(s, &last->repeat);
    else
        reopen(s, &last->label);
    s->view.saved = true;
}

static void after_event(
    struct lw_sitting *s, const json_t *body, const struct undoable *last, enum lw_after after)
{
    bool again = is_type(body, "repeat");
    bool labels = again || is_type(body, "annotate") || is_type(body, "skip");
    if (labels && !again)
        lw_past_update(s->past, s->view.task->key);
    if (labels) {
        lw_sitting_drop_draft(s, is_skip(body));
        notify_saved(s, body);
        lw_practice_note_drop(s);
        if (is_type(body, "annotate") && lw_sitting_practises(s))
            lw_practice_note_make(s);
        lw_sitting_restart_clocks(s);
        lw_rest_count_task(s);
    }
    if (is_type(body, "talk"))
        lw_talking_fold(s, body);
    if (is_type(body, "undo")) {
        after_undo(s, body, last);
    } else if (after == LW_AFTER_NEXT) {
        open_next(s);
    }
    s->unread_spent = s->spent;
}

/* What the journal found while saving: the user must know it now, not at the next start. */
static void notify_journal_note(struct lw_sitting *s, size_t before)
{
    size_t n;
    const char *const *notes = lw_journal_notes(s->view.opts.journal, &n);
    if (n > before)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_SAVED_NOTE, notes[n - 1]);
}

void lw_sitting_commit(struct lw_sitting *s, struct lw_decision d)
{
    if (!d.event) {
        if (d.after == LW_AFTER_NEXT)
            open_next(s);
        return;
    }
    struct lw_err err = {0};
    struct undoable before = last_of(s->view.opts.ledger);
    size_t notes;
    lw_journal_notes(s->view.opts.journal, &notes);
    enum lw_code code = lw_session_append(s, &d.event, 1, &err);
    if (code == LW_OK) {
        after_event(s, d.event, &before, d.after);
        notify_journal_note(s, notes);
    } else {
        notify_not_saved(s, code, err.text);
    }
    json_decref(d.event);
}
