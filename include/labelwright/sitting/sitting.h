/* The sitting: from opening the tool to leaving it. The one state machine behind every way of
 * working: commands go in, events and effects come out. No curses, no network.
 *
 * lw_sitting_apply() decides and changes only the draft; lw_sitting_commit() carries out what must
 * reach the disk. What counts as submitted changes only there, by folding an event that is on the
 * disk. */
#ifndef LABELWRIGHT_SITTING_SITTING_H
#define LABELWRIGHT_SITTING_SITTING_H

#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/ledger/marks.h"
#include "labelwright/project/project.h"
#include "labelwright/sitting/command.h"
#include "labelwright/tasks/tasks.h"
#include "labelwright/workspace/workspace.h"

/* What the sitting works with; all borrowed. */
struct lw_sitting_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    struct lw_tasks *tasks;
    struct lw_journal *journal;
    struct lw_ledger *ledger;
    int dir; /* the project's folder, open */
    struct lw_workspace
        *workspace;         /* of them all: takes the journal over; NULL: that is not done */
    int64_t idle_ms;        /* a longer gap between keys does not count as work at all */
    int64_t digit_guard_ms; /* so long digits, options' keys and Enter count for nothing when a task
                               appears */
    const char *task;       /* id or number to begin with; NULL: where the last sitting stopped */
    const char
        *only; /* a filter (sift.h) that next, previous and going on keep to; NULL for none */
};

struct lw_filter;

/* Time on a task, in all sittings; active_ms <= wall_ms. See timing.c. */
struct lw_spent {
    int64_t active_ms, wall_ms;
};
struct lw_visit {
    uint64_t task; /* lw_fingerprint of its id */
    struct lw_spent spent;
};

enum lw_task_state { LW_TASK_OPEN, LW_TASK_DONE, LW_TASK_SKIPPED };

/* Between an Enter and the next that is meant as a second one: longer than any keyboard waits
 * before it repeats. */
enum { LW_MEANT_MS = 700 };

/* So long a rating waits for another digit, where one can follow. */
enum { LW_NUMBER_MS = 1000 };

enum lw_tone { LW_TONE_INFO, LW_TONE_WARNING, LW_TONE_ERROR };

/* What a message is about that may be over before a key is pressed. */
enum lw_about { LW_ABOUT_NOTHING, LW_ABOUT_DRAFT, LW_ABOUT_SENDING, LW_ABOUT_READING };

/* All that was said in this sitting, the newest last; the oldest go when it is full. */
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

/* Read by views; changed only by the functions below. */
struct lw_sitting {
    struct lw_sitting_opts with;

    size_t nth;           /* the task shown is the n-th, from 0 */
    uint64_t shows;       /* grows whenever a task is shown anew */
    struct lw_task *task; /* owned; NULL when there is none to show */
    int *order;           /* the responses as shown: order[0] is A; indices into task->response */
    enum lw_task_state standing;
    bool changed_record; /* the record is not the one that was labeled */
    uint64_t replaces;   /* seq of the entry that stands, 0 for none */

    json_t *stands;       /* the answers that stand; an empty object for none */
    json_t *answers;      /* the draft, or the same as what stands */
    bool draft;           /* answers differ from what stands */
    char *reason;         /* typed for skipping, but not skipped yet; NULL for none */
    struct lw_slot *slot; /* what is asked now */
    size_t nslots, focus;

    bool saved; /* the last submission is on the disk and nothing was typed since */
    enum lw_tone tone;
    char message[512]; /* what happened; may hold foreign text. "": nothing to say */
    enum lw_about about;
    struct lw_log log;
    uint64_t armed; /* seq that the next take-back takes back, 0 for none */
    struct lw_keys marks;
    struct lw_filter *only; /* what with.only listed at the start; NULL for all tasks */
    uint64_t only_since;    /* seq: what was labeled later was looked at in this sitting */
    bool finished;          /* no task known so far is open */
    bool paused;

    struct lw_spent spent;   /* on this task; `wall_ms` before boot_at */
    int64_t key_at, boot_at; /* boottime of the last key; and when the task was shown */
    struct lw_visit *visit;  /* tasks left without answers, and the time they took */
    size_t nvisits;
    int64_t shown_at;   /* monotonic: when the task was shown */
    int64_t back_at;    /* monotonic: the last take-back; 0 for none */
    int64_t guard_at;   /* monotonic: since then keys that answer are guarded … */
    int64_t enter_at;   /* … and since the later of the two Enter */
    int64_t empty_at;   /* monotonic: it was told that the label would be empty; 0: it was not */
    int64_t paused_at;  /* boottime */
    bool draft_on_disk; /* this task has a draft file */
    json_t *strays;     /* drafts of no task that is here; NULL until they are looked for */
    json_t *unfit;      /* that file, where it does not fit and is not set aside yet; else NULL */
    int64_t unsaved_since; /* monotonic of the oldest keystroke no draft file has; 0 for none */
    int64_t number;        /* the digits typed so far for the focused rating, which may go on … */
    int64_t number_at;     /* … until LW_NUMBER_MS after this, monotonic; 0: none are */
    bool number_answers;   /* they are an answer already */
    struct lw_answer_history *history; /* answers given since the task was shown; for take-back */
};

/* What must happen after apply(): at most one event, and where to go once it is on the disk. */
enum lw_after { LW_AFTER_STAY, LW_AFTER_NEXT };
struct lw_outcome {
    json_t *event; /* new; NULL for none */
    enum lw_after after;
};

/* Writes the `sitting` start event, opens the first task. With `only` the tasks are indexed to the
 * end and sifted first: LW_EUSAGE when the filter is none, LW_EBAD when no task is so. */
enum lw_code lw_sitting_open(
    const struct lw_sitting_opts *with, struct lw_sitting **to, struct lw_err *err);

/* Saves the draft, writes the stop event; both as far as the disk allows. NULL is fine. */
void lw_sitting_close(struct lw_sitting *s);

/* NULL when the command can act now; otherwise why not, in a sentence (static text or
 * s->message's). */
const char *lw_sitting_refuses(const struct lw_sitting *s, enum lw_command_id id);

/* Where the sitting can only look because another one holds the journal: takes over if that one has
 * ended, having read what it wrote, and shows the task anew. True: this was tried, and what came of
 * it was said; the command that was the reason is to be given again. */
bool lw_sitting_take_over(struct lw_sitting *s);

/* Whether the command can act now; if not, takes over where that may help, or says why not. */
bool lw_sitting_admits(struct lw_sitting *s, enum lw_command_id id);

/* Decides; the outcome's event is the caller's for lw_sitting_commit(). */
struct lw_outcome lw_sitting_apply(struct lw_sitting *s, const struct lw_command *c);

/* Appends the event, folds it, moves on, says "saved"; or says why not and keeps the draft. Takes
 * the outcome's reference. */
void lw_sitting_commit(struct lw_sitting *s, struct lw_outcome out);

/* apply and keep. */
void lw_sitting_do(struct lw_sitting *s, const struct lw_command *c);

/* A key was pressed, here or in the user's own editor: the clock of active time. Call before the
 * command it means. */
void lw_sitting_touch(struct lw_sitting *s);
void lw_sitting_pause(struct lw_sitting *s, bool on);

/* True when a key that answers must be let fall, because the task has only just appeared: a held or
 * doubled key must not label what nobody looked at. DIGIT and SUBMIT ask by themselves. */
bool lw_sitting_guard(struct lw_sitting *s);

/* The same for the key that submitted the task before. Held down, it comes again only after a
 * while, LW_MEANT_MS at most, and then all the time: the first time it is let fall, and the guard
 * begins anew. */
bool lw_sitting_guards_held(struct lw_sitting *s);

/* True when submitting now would save a label without any answer, and the project does not say
 * `allow_empty`: SUBMIT then wants a second one, LW_MEANT_MS or more behind the first. */
bool lw_sitting_is_empty(const struct lw_sitting *s);

/* Enter was pressed for something else, such as closing a box: one that follows at once does not
 * submit. */
void lw_sitting_enter_spent(struct lw_sitting *s);

/* What was typed so far as the reason for skipping: kept with the draft until it is skipped. */
void lw_sitting_reason(struct lw_sitting *s, const char *text, size_t n);

/* Texts of drafts of this task that did not fit any more (lw_draft_set_aside), for the focused text
 * question: its own first, each once; an array of strings, new reference. */
json_t *lw_sitting_old_texts(const struct lw_sitting *s);

/* All that is in these drafts, in words: new string; NULL when there are none. */
char *lw_sitting_describe_old_drafts(const struct lw_sitting *s);

/* Ends the number that is being typed for a rating, unless `next` (NULL for none) goes on with it:
 * the focus moves on, and `advance: auto` may submit. DIGIT does it by itself; whoever must know
 * before what a digit will answer calls it first. */
void lw_sitting_end_number(struct lw_sitting *s, const struct lw_command *next);

/* Milliseconds until lw_sitting_tick() has something to do, -1 for never. */
int64_t lw_sitting_due(const struct lw_sitting *s);
void lw_sitting_tick(struct lw_sitting *s); /* what is due: a number ends, the draft is written */
void lw_sitting_save_draft(struct lw_sitting *s); /* now, if there is anything to write */

/* Whether what is typed is on the disk: looked at there, and written again if need be. */
bool lw_sitting_draft_is_kept(struct lw_sitting *s);

/* The draft as its file would hold it, for one who must write it without any help: `folder` is an
 * open descriptor of its folder, the caller's and -1 at first, `name` its file there. False when
 * the disk has everything, or a draft there must be set aside first. */
bool lw_sitting_unsaved_draft(
    const struct lw_sitting *s, int *folder, char name[LW_DRAFT_NAME], struct lw_buf *bytes);

/* More of the index is known: counts and `order: random` may have changed. */
void lw_sitting_indexed(struct lw_sitting *s);

/* Says it: the message of the moment, and a line of the log. */
void lw_sitting_say(struct lw_sitting *s, enum lw_tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The message of the moment is over; the one about `what` is, if that is it. */
void lw_sitting_unsay(struct lw_sitting *s);
void lw_sitting_is_over(struct lw_sitting *s, enum lw_about what);

/* --- the task list --- */

/* A line of the list. Texts may be foreign, of any length. */
struct lw_listed {
    size_t nth;
    enum lw_task_state standing;
    bool draft, changed, marked;
    int64_t time_ms; /* UTC of the label that stands; 0 for none */
    char *answers;   /* what stands, in words; the reason of a skip in quotes */
    char *text;      /* how the task begins */
};

/* Reads the task, its label and whether it has a draft. `to` is for lw_listed_fini() on every
 * outcome. */
enum lw_code lw_listed_load(
    const struct lw_sitting *s, size_t nth, struct lw_listed *to, struct lw_err *err);
void lw_listed_fini(struct lw_listed *l);

/* The line of the task's texts in which the n bytes of `words` stand first, from a little before
 * them on: new; NULL where none does, or the curtain hides the task. */
char *lw_sitting_excerpt(const struct lw_sitting *s, size_t nth, const char *words, size_t n);

/* Marks the n-th task, or takes its mark away; says which, or why not. */
void lw_sitting_mark(struct lw_sitting *s, size_t nth);
bool lw_sitting_is_marked(const struct lw_sitting *s, size_t nth);

/* --- words --- */

/* The first of the task's tags that the project's curtain hides; NULL for none. */
const char *lw_curtain_tag(const struct lw_project *p, const struct lw_task *t);

/* The letter a response is shown by: 'A' for order[0]. */
char lw_sitting_letter(const struct lw_sitting *s, int response);

/* "Correct", or "B correct" where several responses are asked about. */
void lw_sitting_slot_label(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* The answer as words: "5", "A better (some)", "harmful · evasive"; nothing when there is none. */
void lw_sitting_describe_answer(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

#endif
