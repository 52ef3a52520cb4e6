/* The session: from opening the tool to leaving it. The one state machine behind every front end:
 * the screen, `label --plain` and the tests give it commands and draw what its view says. It knows
 * neither curses nor the network.
 *
 * A command takes two steps. lw_sitting_apply() decides: it may change the draft, the focus and
 * which task is shown, and returns at most one event to record. lw_sitting_commit() makes it true:
 * it appends the event to the journal, waits until it is on the disk, folds it into the ledger, and
 * only then says "saved" and goes on. What counts as submitted changes in lw_sitting_commit() and
 * nowhere else; when the disk fails there, the draft is still as it was. lw_sitting_run() does both
 * steps. Drafts are written beside this, within a second of the first key that they lack:
 * lw_sitting_tick(). */
#ifndef LABELWRIGHT_SITTING_SITTING_H
#define LABELWRIGHT_SITTING_SITTING_H

#include "labelwright/answers/agreement.h"
#include "labelwright/answers/answers.h"
#include "labelwright/answers/past_labels.h"
#include "labelwright/base/buf.h"
#include "labelwright/config/config.h"
#include "labelwright/config/rest_settings.h"
#include "labelwright/journal/event.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/ledger/task_marks.h"
#include "labelwright/project/macros.h"
#include "labelwright/project/project.h"
#include "labelwright/sitting/command.h"
#include "labelwright/tasks/tasks.h"
#include "labelwright/workspace/workspace.h"

/* What the session works with; all borrowed. */
struct lw_sitting_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    struct lw_tasks *tasks;
    struct lw_journal *journal;
    struct lw_ledger *ledger;
    int dir;                        /* the project's folder, open */
    struct lw_workspace *workspace; /* of all the above: to take over the journal; NULL: never */
    int64_t idle_ms;                /* a longer gap between keys does not count as work */
    int64_t digit_guard_ms;         /* ignore digits, option keys and Enter this long after a task
                                       appears */
    struct lw_repeat_rate repeats;  /* how often a task that was labeled comes again */
    const char *task; /* id or number to begin with; NULL: where the last session stopped */
    const char *only; /* a filter (filter.h): show only its tasks; NULL for none */
    char *const
        *curtain;    /* tags of tasks that start hidden beside those that the project hides; … */
    size_t ncurtain; /* … LW_CURTAIN_ALL alone: all tasks */
    const struct lw_rest *rest;     /* when to offer a break; NULL: never */
    const struct lw_macros *macros; /* keys that give whole verdicts; NULL for none */
};

struct lw_sitting;
struct lw_filter;

/* Time on a task, in all sessions; active_ms <= wall_ms. See timing.c. */
struct lw_spent {
    int64_t active_ms, wall_ms;
};

enum lw_task_state { LW_TASK_OPEN, LW_TASK_DONE, LW_TASK_SKIPPED };

/* A second Enter counts only this long after the first: no keyboard waits longer before it repeats
 * a held key. */
enum { LW_MEANT_MS = 700 };

/* How long a rating waits for another digit, where one can follow. */
enum { LW_NUMBER_MS = 1000 };

enum lw_tone { LW_TONE_INFO, LW_TONE_WARNING, LW_TONE_ERROR };

/* The subject of a message that may be out of date before a key is pressed; UNREAD: a label was
 * refused because of lw_sitting_unread(), which the front end can show. */
enum lw_about {
    LW_ABOUT_NOTHING,
    LW_ABOUT_DRAFT,
    LW_ABOUT_SENDING,
    LW_ABOUT_READING,
    LW_ABOUT_UNREAD
};

/* All messages of this session, newest last; the oldest are dropped when it is full. */
enum { LW_LOG_MOST = 500 };
struct lw_log_entry {
    int64_t utc_ms;
    enum lw_tone tone;
    char *text; /* may hold foreign text */
};
struct lw_log {
    struct lw_log_entry *v;
    size_t n;
};

/* A break, or the end of the day, that the user's own settings ask to be offered: a line to show
 * beside the task, which blocks nothing. PAUSE takes it, lw_sitting_rest_later() puts it off. */
enum lw_rest_kind { LW_REST_NONE, LW_REST_BREAK, LW_REST_STOP };
struct lw_rest_offer {
    enum lw_rest_kind kind;
    char why[80]; /* "50 min of work since a break"; may hold foreign text */
};

/* What of a task is uncovered: on the screen, or printed. */
struct lw_uncovered {
    bool visible;        /* some of it is */
    uint64_t characters; /* of its uncovered texts, whether they fit the screen or not */
    uint64_t pictures;   /* that are shown */
};

/* A known answer to one question beside the user's, in sentences that may hold foreign text. */
struct lw_practice_line {
    enum lw_agreement how;
    char *text; /* "Quality: 5. Reference: 6. Yours is 1 lower." Of texts also both of them, in
                   paragraphs of their own */
    char *why;  /* why that is the answer; NULL for no explanation */
};

/* What is known of the practice task that was just labeled. */
struct lw_practice_note {
    size_t nth; /* the task, from 0 */
    struct lw_practice_line *v;
    size_t n;
    char *why; /* of all of them; NULL for none */
    char *sum; /* how far the labels so far agree: one sentence */
};

/* What the front ends read. All pointers are borrowed, and so is what they point to: nothing is to
 * be changed through them. Those to the task (task, order, read, slot, answers, submitted, reason)
 * hold until the next call of a function that takes a `struct lw_sitting *` that is not const. */
struct lw_sitting_view {
    struct lw_sitting_opts opts; /* as lw_sitting_open() got them */

    /* the task on the screen, and its current label */
    size_t nth;           /* from 0, in the order in which tasks are shown; of a task that comes
                             again, the place of the next open one */
    uint64_t show_count;  /* grows whenever a task is shown, be it the same one */
    uint64_t talk_count;  /* grows whenever turns and responses of the task became others by its
                             talk:  texts of them that somebody kept are no more */
    struct lw_task *task; /* NULL for none; then what follows says nothing */
    int *order;           /* the responses as shown: order[0] is A; indices into task->response */
    bool *read; /* of each response, in the order of the task: see lw_sitting_note_read() */
    enum lw_task_state state;
    bool changed_record; /* the record has changed since it was labeled */
    uint64_t replaces;   /* seq of the current label, 0 for none */
    json_t *submitted;   /* its answers; an empty object for none */

    /* the draft */
    json_t *answers;      /* an object; equal to `submitted` where there is no draft */
    bool draft;           /* `answers` differs from `submitted` */
    char *reason;         /* of a skip that is not finished yet; NULL for none */
    json_t *theirs;       /* a draft that somebody else wrote meanwhile; NULL for none */
    struct lw_slot *slot; /* the questions asked now: nslots of them … */
    size_t nslots, focus; /* … and the one that keys answer; 0 where nothing is asked */
    uint64_t gone_count;  /* grows whenever the focused question was asked no more: an answer, or a
                             reply of which nothing came, took it away */
    int candidate;        /* of a ranking: the place (0 is A) that the arrows chose; -1 for none */

    /* messages */
    bool saved;          /* the last label is on the disk and nothing was typed since */
    char message[512];   /* what happened; may hold foreign text. "": none */
    enum lw_tone tone;   /* of the message … */
    enum lw_about about; /* … and its subject */
    struct lw_log log;

    /* the session */
    struct lw_keys marks; /* the marked tasks */
    struct lw_practice_note
        *note;              /* to be read before the task: of the one before; NULL for none */
    struct lw_filter *only; /* the tasks that opts.only matched at the start; NULL for all */
    bool finished;          /* no task known so far is open */
    bool paused;
    int64_t paused_utc_ms; /* since then */
    bool hides_all;        /* every task starts hidden, be that the user's setting or a command */
    struct lw_rest_offer offer;
};

/* What lw_sitting_apply() decided: append at most one event, then go where `after` says. */
enum lw_after { LW_AFTER_STAY, LW_AFTER_NEXT };
struct lw_decision {
    json_t *event; /* a new reference; NULL for none */
    enum lw_after after;
};

/* ---- the session */

/* Writes the `sitting` start event and opens the first task: opts.task; else the draft that was
 * being typed, else the first open task after the last one labeled. With `only` it first indexes
 * and filters all tasks: LW_EUSAGE for a bad filter, LW_EBAD when no task matches. LW_EIO,
 * LW_EFULL: the event. `*to` is set only on LW_OK. A view-only journal is no error: the session
 * then only views. */
enum lw_code lw_sitting_open(
    const struct lw_sitting_opts *opts, struct lw_sitting **to, struct lw_err *err);

/* Saves the draft and writes the stop event, as far as the disk allows. NULL is fine. */
void lw_sitting_close(struct lw_sitting *s);

/* The same pointer for as long as the session is open. */
const struct lw_sitting_view *lw_sitting_view(const struct lw_sitting *s);

/* Starts or ends a pause: its time counts for no task. */
void lw_sitting_pause(struct lw_sitting *s, bool on);

/* Milliseconds until lw_sitting_tick() has something to do, -1 for never. */
int64_t lw_sitting_due(const struct lw_sitting *s);
void lw_sitting_tick(struct lw_sitting *s); /* does it: ends a number, writes the draft */

/* The index has grown: counts and `order: random` may have changed. */
void lw_sitting_indexed(struct lw_sitting *s);

/* ---- commands */

/* NULL when the command can run now; otherwise why not, in a sentence (static text). */
const char *lw_sitting_refusal(const struct lw_sitting *s, enum lw_command_id id);

/* Whether the command can run now. If not, takes over the journal where that may help (see
 * lw_sitting_take_over), or sets the message to the refusal. */
bool lw_sitting_check_command(struct lw_sitting *s, enum lw_command_id id);

/* In a view-only session: takes over the journal if the session that had it has ended, reads what
 * that one wrote and shows the task again. True: it tried, and the message says what came of it;
 * the user must repeat the command. */
bool lw_sitting_take_over(struct lw_sitting *s);

/* Decides; pass the decision on to lw_sitting_commit(). Checks the command first: one that is
 * refused or comes too soon sets the message and decides nothing. */
struct lw_decision lw_sitting_apply(struct lw_sitting *s, const struct lw_command *c);

/* Appends and folds the event, says "saved" and goes on; or says why not and leaves the draft as it
 * is. Steals the event. */
void lw_sitting_commit(struct lw_sitting *s, struct lw_decision d);

/* Applies and commits. A digit first ends the number before it, unless it continues it. */
void lw_sitting_run(struct lw_sitting *s, const struct lw_command *c);

/* Ends the number being typed for a rating unless `next` (NULL for none) continues it: the focus
 * moves on, and `advance: auto` may submit. lw_sitting_run() does this itself; call it first to
 * know which question a digit will answer. */
void lw_sitting_end_number(struct lw_sitting *s, const struct lw_command *next);

/* The warning that TAKE_BACK would undo a label no longer counts: it is to be given again. */
void lw_sitting_disarm_undo(struct lw_sitting *s);

/* True when submitting now would save a label without any answer and the project does not
 * `allow_empty`: SUBMIT must then be repeated, LW_MEANT_MS or more later. */
bool lw_sitting_is_empty(const struct lw_sitting *s);

/* True, after saying so, when this digit only repeats the response that a ranking has just placed
 * by itself, as the last one: it was not meant for the question that is next. DIGIT checks it. */
bool lw_ranking_repeats(struct lw_sitting *s, int digit);

/* ---- reading */

/* The end of the response was shown or printed, and nothing of it was hidden or folded. Holds until
 * the session ends, whenever this record of the task is shown. */
void lw_sitting_note_read(struct lw_sitting *s, int response);

/* The first response, by letter, that must be read to its end before a label (`read_to_end`); -1
 * for none. SUBMIT is refused then, unless it would write nothing. */
int lw_sitting_unread(const struct lw_sitting *s);

/* ---- hiding, and what was seen */

/* The first of the task's tags that the project's `curtain` or the user's own names; "all tasks"
 * where all start hidden; NULL for a task that does not. */
const char *lw_sitting_hiding_tag(const struct lw_sitting *s, const struct lw_task *t);

/* Every task starts hidden from now on, or those that project and settings hide; says so. */
void lw_sitting_hide_first(struct lw_sitting *s, bool on);

/* Of the task on the screen without showing it: a line "Tags: violence.", if it has any, and
 * "812 characters, 2 responses. Language: ca." Foreign text. */
void lw_sitting_describe_hidden(const struct lw_sitting *s, struct lw_buf *to);

/* How much text there is in all of a task, and beside the text of a message (`lw_span_characters`);
 * pictures are those that are named. */
struct lw_uncovered lw_task_size(const struct lw_task *t);
struct lw_uncovered lw_parts_size(const struct lw_parts *parts);
uint64_t lw_span_characters(struct lw_span text);

/* What of the task is uncovered now: call it with every change. Until the next key its time counts
 * for the tags that hide tasks, and so do its texts, each once in a session. */
void lw_sitting_note_uncovered(struct lw_sitting *s, struct lw_uncovered now);

/* The sums since the session's start, by tag. Borrowed until the next call that is not const. */
const struct lw_seen_sum *lw_sitting_seen(const struct lw_sitting *s, size_t *n);

/* What was seen today, of the journal and since its last event: "violence 12 tasks, 9 min; …".
 * Foreign text. False, adding nothing, when nothing was. Reads what the journal has of the day. */
bool lw_sitting_describe_seen(const struct lw_sitting *s, struct lw_buf *to);

/* ---- rest */

/* Puts off the offer that the view has, and says until when. */
void lw_sitting_rest_later(struct lw_sitting *s);

/* The session ends the user's day (or not): the journal gets to know it when it closes. */
void lw_sitting_stop_today(struct lw_sitting *s, bool stops);

/* ---- keys and time */

/* A key was pressed, here or in $EDITOR: counts active time. Call it before the key's command. */
void lw_sitting_touch(struct lw_sitting *s);

/* Whether the guidelines are on the screen: time until the next touch is time with them. */
void lw_sitting_show_guidelines(struct lw_sitting *s, bool open);

/* The time on this task until now. */
struct lw_spent lw_sitting_spent(const struct lw_sitting *s);

/* True when a key that answers must be ignored because the task has only just appeared: a held or
 * doubled key must not label what nobody has read. DIGIT and SUBMIT check it themselves. */
bool lw_sitting_guards_answer(struct lw_sitting *s);

/* Says so and is true when the answer of that slot stays as it is, because it has uncovered what
 * comes next. */
bool lw_sitting_refuses_settled(struct lw_sitting *s, struct lw_slot slot);

/* Says so and is true when the slot is about a reply that still comes: what is marked or corrected
 * now would be of a text that changes. */
bool lw_sitting_refuses_growing(struct lw_sitting *s, struct lw_slot slot);

/* The same for the key that submitted the previous task. A held key repeats after LW_MEANT_MS at
 * most, and then all the time: the first repeat is ignored and restarts the guard. */
bool lw_sitting_guards_held_key(struct lw_sitting *s);

/* The same for any key on a note that has just come. */
bool lw_sitting_guards_note(struct lw_sitting *s);

/* Enter closed a dialog or the like: another one right after it does not submit. */
void lw_sitting_restart_enter_guard(struct lw_sitting *s);

/* ---- the draft */

/* The reason for a skip, as typed so far: kept with the draft until the task is skipped. */
void lw_sitting_set_reason(struct lw_sitting *s, const char *text, size_t n);

/* The text being typed has changed, and is so long that it comes (with LW_CMD_TEXT) only when
 * lw_sitting_due() says so. */
void lw_sitting_expect_text(struct lw_sitting *s);

bool lw_sitting_is_unsaved(const struct lw_sitting *s); /* the draft's file lacks something */
void lw_sitting_save_draft(struct lw_sitting *s);       /* now, if anything is unsaved */

/* Whether the draft is on the disk: checks the file and writes it again if needed. */
bool lw_sitting_ensure_draft(struct lw_sitting *s);

/* The bytes of the draft's file, for a caller that must write it by itself (a crash handler):
 * `folder` is the caller's open descriptor of its folder, -1 at first, `name` the file in it. False
 * when everything is on the disk, or a draft there must be set aside first. */
bool lw_sitting_unsaved_draft(
    struct lw_sitting *s, int *folder, char name[LW_DRAFT_NAME], struct lw_buf *bytes);

/* The focused answer's text in `theirs`, borrowed; and: the user has chosen, `theirs` is no more.
 */
struct lw_span lw_sitting_their_text(const struct lw_sitting *s);
void lw_sitting_settle_draft(struct lw_sitting *s);

/* Texts of this task's old drafts (lw_draft_set_aside) for the focused text question: its own
 * first, each once. An array of strings, new reference. */
json_t *lw_sitting_old_texts(const struct lw_sitting *s);

/* Everything in these drafts, as text: a new string; NULL when there are none. */
char *lw_sitting_describe_old_drafts(const struct lw_sitting *s);

/* ---- messages */

/* Sets the current message, about nothing in particular, and adds it to the log. */
void lw_sitting_notify(struct lw_sitting *s, enum lw_tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Says what the current message is about. */
void lw_sitting_set_about(struct lw_sitting *s, enum lw_about what);

/* Clears the current message; the second one only if it is about `what`. The log keeps it. */
void lw_sitting_clear_message(struct lw_sitting *s);
void lw_sitting_clear_about(struct lw_sitting *s, enum lw_about what);

/* ---- practice */

bool lw_sitting_practises(const struct lw_sitting *s); /* the task on the screen is of practice */

/* The user has read the note: it is no more, and the time of the task on the screen begins. Or
 * wants the task back that it is about: its label is undone. */
void lw_sitting_end_note(struct lw_sitting *s);
void lw_sitting_reopen_noted(struct lw_sitting *s);

/* "14 of 18 answers as the reference, 78 %", and how sure that is. */
void lw_practice_describe(const struct lw_practice_sum *sum, struct lw_buf *to);

/* ---- quotas */

/* Whether labels of earlier sessions are still to be read for quotas, and: reads some; true when
 * that was all. Until then nobody is told how many there are. */
bool lw_sitting_counts(const struct lw_sitting *s);
bool lw_sitting_count(struct lw_sitting *s);

/* How many labels gave the option, and how many are wanted; of all options of the question that
 * have a quota. False: it has none, or not all labels have been read. */
bool lw_sitting_quota(
    const struct lw_sitting *s, size_t question, size_t option, struct lw_quota *to);
bool lw_sitting_quotas(const struct lw_sitting *s, size_t question, struct lw_quota *to);

/* True when the option chosen there is one too many: other tasks have as many as are wanted. */
bool lw_sitting_exceeds(const struct lw_sitting *s, struct lw_slot slot, struct lw_quota *to);

/* ---- own earlier texts */

/* Whether what is written for the slot is much like a text of an earlier label, of which as many as
 * were read so far are looked at; false where the question is not `distinct`. */
bool lw_sitting_like(const struct lw_sitting *s, struct lw_slot slot, const char *text, size_t n,
    struct lw_like *to);

/* The task of a text that was found: "task 12", if it is still in the files; and the
 * text, new, NULL when it cannot be read. */
void lw_sitting_describe_like(const struct lw_sitting *s, uint64_t task, struct lw_buf *to);
char *lw_sitting_like_text(const struct lw_sitting *s, struct lw_slot slot, uint64_t task);

/* ---- how the tasks stand */

/* Of all tasks, or of those of `only`. A task with a draft also counts as what else it is. Looks at
 * each task in the ledger, and reads the names of the drafts. */
struct lw_standing {
    uint64_t total, done, skipped, left, drafts;
};
struct lw_standing lw_sitting_standing(const struct lw_sitting *s);

/* What is said when the last task is finished: "All tasks are done or skipped: 3 skipped." New. */
char *lw_sitting_describe_end(const struct lw_sitting *s);

/* ---- the task list */

/* A line of the list. Texts may be foreign and of any length. */
struct lw_listed {
    size_t nth;
    enum lw_task_state state;
    bool draft, changed, marked;
    int64_t time_ms; /* UTC of the current label; 0 for none */
    char *answers;   /* the saved answers in words; the reason of a skip in quotes */
    char *text;      /* how the task begins */
};

/* Reads the task, its label and whether it has a draft. Call lw_listed_fini() on `to` in any
 * case. */
enum lw_code lw_listed_load(
    const struct lw_sitting *s, size_t nth, struct lw_listed *to, struct lw_err *err);
void lw_listed_fini(struct lw_listed *l);

/* The first line of the task's texts that contains `words`, starting a little before them; where
 * only its id does (not `in_text`), that and how the task begins. A new string; NULL for no match.
 * Of the texts of a hidden task nothing is told. */
char *lw_sitting_excerpt(
    const struct lw_sitting *s, size_t nth, const char *words, size_t n, bool *in_text);

/* Marks the n-th task or removes its mark; says which, or why not. */
void lw_sitting_toggle_mark(struct lw_sitting *s, size_t nth);
bool lw_sitting_is_marked(const struct lw_sitting *s, size_t nth);
bool lw_sitting_is_shown_marked(const struct lw_sitting *s); /* the task on the screen */

/* ---- words */

const char *lw_speaker_name(const char *role); /* "User"; an unknown role as it is */

/* The letter of a response on the screen: 'A' for order[0]. */
char lw_sitting_letter(const struct lw_sitting *s, int response);

/* What the slot is about: "response", "response A", "turn 3", "step 2 of A", "prompt". */
void lw_sitting_describe_item(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* "Correct", or "B correct" where the task has several responses. */
void lw_sitting_slot_label(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* The same of a response that the task does not have, or not yet: "B correct". */
void lw_label_with_letter(char letter, const char *label, struct lw_buf *to);

/* The suggestion for the slot as words, if there is no answer yet; nothing when there is none. */
void lw_sitting_describe_suggestion(
    const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* The default likewise. */
void lw_sitting_describe_default(
    const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* The focused ranking as words, finished or not: "B > A = C"; `whole`: and the unrankable. */
void lw_sitting_describe_ranking(const struct lw_sitting *s, bool whole, struct lw_buf *to);

/* The answer as words: "5", "A better (some)", "harmful · evasive"; nothing when there is none. */
void lw_sitting_describe_answer(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

#endif
