/* Effects: writes what was decided to the journal, folds it into the ledger, tells the user and
 * goes on. The only place where a label comes to stand. Decides nothing. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"
#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>

enum { SAID_COLS = 44 }; /* for the answers in a message beside the status */

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
static void say_annotated(struct lw_sitting *s)
{
    struct lw_buf words = {0};
    size_t n = answers_words(s, &words);
    if (n == 0)
        lw_sitting_notify(s, LW_TONE_INFO, "Saved task %zu without an answer.", s->view.nth + 1);
    else if (lw_cols(words.data, words.len, -1) <= SAID_COLS)
        lw_sitting_notify(s, LW_TONE_INFO, "Saved task %zu%s.", s->view.nth + 1, words.data);
    else
        lw_sitting_notify(s, LW_TONE_INFO, "Saved task %zu (%zu answer%s).", s->view.nth + 1, n,
            n == 1 ? "" : "s");
    lw_buf_fini(&words);
}

static void say_saved(struct lw_sitting *s, const json_t *event)
{
    if (is_type(event, "skip"))
        lw_sitting_notify(s, LW_TONE_INFO, "Task %zu skipped.", s->view.nth + 1);
    else
        say_annotated(s);
    s->view.saved = true;
}

/* Keeps the message before, in front of what the next task says. */
static void say_both(struct lw_sitting *s, const char *before)
{
    char *both = lw_format("%s%s%s", before, s->view.message[0] ? " " : "", s->view.message);
    if (before[0] && strcmp(s->view.message, before) != 0)
        lw_sitting_set_message(s, s->view.tone, both); /* each of them is in the log already */
    free(both);
}

/* Shortens it, to leave room for "All tasks are done". */
static char *said_briefly(const struct lw_sitting *s)
{
    bool brief = lw_cols(s->view.message, strlen(s->view.message), -1) <= SAID_COLS * 2 / 3;
    return brief || !s->view.saved ? lw_strdup(s->view.message)
                                   : lw_format("Saved task %zu.", s->view.nth + 1);
}

static void go_on(struct lw_sitting *s)
{
    char *before = lw_strdup(s->view.message), *brief = said_briefly(s);
    if (!lw_sitting_open_next(s, s->view.nth + 1)) {
        lw_sitting_open_task(s, s->view.nth);
        s->view.finished = true;
        const char *said = s->view.only ? "All tasks in this filter are done. q: leave, K: back."
                                        : "All tasks are done. q: leave, K: back.";
        lw_sitting_notify(s, LW_TONE_INFO, "%s",
            lw_tasks_complete(s->view.opts.tasks) ? said : "Done so far. Still loading the file…");
        say_both(s, brief);
    } else {
        say_both(s, before);
    }
    free(before);
    free(brief);
}

/* The answers of a label, or the reason of a skip. */
static void put_back(struct lw_sitting *s, const json_t *event)
{
    const json_t *answers = json_object_get(event, "answers");
    const json_t *reason = json_object_get(event, "reason");
    if (answers)
        lw_sitting_replace_answers(s, json_deep_copy(answers));
    if (json_string_length(reason) > 0)
        lw_sitting_set_reason(s, json_string_value(reason), json_string_length(reason));
}

/* Shows the undone label again as a draft, unless there is a newer draft. */
static void return_to(struct lw_sitting *s, const struct lw_entry *undone)
{
    size_t position;
    if (!lw_tasks_find(s->view.opts.tasks, undone->task, &position)) {
        lw_sitting_notify(s, LW_TONE_INFO, "Undone.");
        return;
    }
    lw_sitting_open_task(s, lw_tasks_rank(s->view.opts.tasks, position));
    if (undone->skip)
        lw_sitting_notify(s, LW_TONE_INFO, "Skip of task %zu undone%s.", s->view.nth + 1,
            s->view.draft ? "; your answers are back" : "");
    else
        lw_sitting_notify(
            s, LW_TONE_INFO, "Task %zu reopened. Enter submits it again.", s->view.nth + 1);
    json_t *event;
    if (lw_journal_read(s->view.opts.journal, undone->pos, &event, NULL) != LW_OK)
        return;
    if (!s->draft_on_disk || undone->skip)
        put_back(s, event);
    lw_sitting_add_time(s, lw_spent_parse(event));
    json_decref(event);
}

/* The remedy comes first: a narrow screen cuts the end. */
static void say_not_saved(struct lw_sitting *s, enum lw_code code, const char *why)
{
    if (code == LW_EFULL)
        lw_sitting_notify(s, LW_TONE_ERROR,
            "Not saved: disk full. Make room, press again; your answers are still here. (%s)", why);
    else
        lw_sitting_notify(s, LW_TONE_ERROR, "Not saved, but your answers are still here. %s", why);
}

static void after_event(
    struct lw_sitting *s, const struct lw_event *e, const json_t *body, enum lw_after after)
{
    const struct lw_entry *last = lw_ledger_last(s->view.opts.ledger);
    struct lw_entry undone = last ? *last : (struct lw_entry){0};
    bool labels = is_type(body, "annotate") || is_type(body, "skip");
    lw_ledger_fold(s->view.opts.ledger, e);
    if (labels) {
        lw_sitting_drop_draft(s, is_type(body, "skip"));
        say_saved(s, body);
        lw_sitting_restart_clocks(s);
    }
    if (is_type(body, "undo")) {
        return_to(s, &undone);
        s->view.saved = true;
    } else if (after == LW_AFTER_NEXT) {
        go_on(s);
    }
}

/* What the journal found while saving: the user must know it now, not at the next start. */
static void say_noted(struct lw_sitting *s, size_t before)
{
    size_t n;
    const char *const *notes = lw_journal_notes(s->view.opts.journal, &n);
    if (n > before)
        lw_sitting_notify(s, LW_TONE_WARNING, "Saved. %s", notes[n - 1]);
}

void lw_sitting_commit(struct lw_sitting *s, struct lw_decision out)
{
    if (!out.event) {
        if (out.after == LW_AFTER_NEXT)
            go_on(s);
        return;
    }
    struct lw_err err = {0};
    struct lw_event e;
    size_t notes;
    lw_journal_notes(s->view.opts.journal, &notes);
    enum lw_code code = lw_journal_append(s->view.opts.journal, &out.event, 1, &e, &err);
    if (code == LW_OK) {
        after_event(s, &e, out.event, out.after);
        say_noted(s, notes);
    } else {
        say_not_saved(s, code, err.text);
    }
    json_decref(out.event);
}
