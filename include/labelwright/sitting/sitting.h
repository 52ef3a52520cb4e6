/* The session: from opening the tool to leaving it. The one state machine behind every front end:
 * commands go in, events and effects come out. No curses, no network.
 *
 * lw_sitting_apply() decides and changes only the draft; lw_sitting_commit() writes to the disk.
 * Only keep() changes what counts as submitted, by folding an event that is on the disk. */
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
    const char *task; /* id or number to begin with; NULL: where the last session stopped */
    const char *only; /* a filter (sift.h): show only its tasks; NULL for none */
};

struct lw_filter;

/* Time on a task, in all sessions; active_ms <= wall_ms. See timing.c. */
struct lw_spent {
    int64_t active_ms, wall_ms;
};
struct lw_visit {
    uint64_t task; /* lw_fingerprint of its id */
    struct lw_spent spent;
};

enum lw_task_state { LW_TASK_OPEN, LW_TASK_DONE, LW_TASK_SKIPPED };

/* A second Enter counts only this long after the first: no keyboard waits longer before it repeats
 * a held key. */
enum { LW_MEANT_MS = 700 };

/* How long a rating waits for another digit, where one can follow. */
enum { LW_NUMBER_MS = 1000 };

enum lw_tone { LW_TONE_INFO, LW_TONE_WARNING, LW_TONE_ERROR };

/* The subject of a message that may be out of date before a key is pressed. */
enum lw_about { LW_ABOUT_NOTHING, LW_ABOUT_DRAFT, LW_ABOUT_SENDING, LW_ABOUT_READING };

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

/* Views read it; only the functions below change it. */
struct lw_sitting {
    struct lw_sitting_opts with;

    size_t nth;           /* the task shown is the n-th, from 0 */
    uint64_t shows;       /* grows whenever a task is shown */
    struct lw_task *task; /* owned; NULL for none */
    int *order;           /* the responses as shown: order[0] is A; indices into task->response */
    enum lw_task_state standing;
    bool changed_record; /* the record has changed since it was labeled */
    uint64_t replaces;   /* seq of the current entry, 0 for none */

    json_t *stands;       /* the saved answers; an empty object for none */
    json_t *answers;      /* the draft, or the same as `stands` */
    bool draft;           /* `answers` differs from `stands` */
    char *reason;         /* of a skip that is not finished yet; NULL for none */
    struct lw_slot *slot; /* the questions asked now */
    size_t nslots, focus;

    bool saved; /* the last label is on the disk and nothing was typed since */
    enum lw_tone tone;
    char message[512]; /* what happened; may hold foreign text. "": none */
    enum lw_about about;
    struct lw_log log;
    uint64_t armed; /* seq that the next take-back undoes, 0 for none */
    struct lw_keys marks;
    struct lw_filter *only; /* the tasks that with.only matched at the start; NULL for all */
    uint64_t only_since;    /* seq at the start: later labels are of this session */
    bool finished;          /* no task known so far is open */
    bool paused;

    struct lw_spent spent;   /* on this task; `wall_ms` before boot_at */
    int64_t key_at, boot_at; /* boottime of the last key; and when the task was shown */
    struct lw_visit *visit;  /* tasks left without answers, and the time they took */
    size_t nvisits;
    int64_t shown_at;      /* monotonic: when the task was shown */
    int64_t back_at;       /* monotonic: the last take-back; 0 for none */
    int64_t guard_at;      /* monotonic: keys that answer are guarded from here … */
    int64_t enter_at;      /* … and Enter from the later of the two */
    int64_t empty_at;      /* monotonic: the user was told that the label would be empty; 0: not */
    int64_t paused_at;     /* boottime */
    bool draft_on_disk;    /* this task has a draft file */
    json_t *strays;        /* drafts whose task is gone; NULL until needed */
    json_t *unfit;         /* that file, if it does not fit and is not set aside yet; else NULL */
    int64_t unsaved_since; /* monotonic: the oldest keystroke not in the draft file; 0 for none */
    int64_t number;        /* the digits typed so far for the focused rating; more may follow … */
    int64_t number_at;     /* … until LW_NUMBER_MS after this, monotonic; 0: no digits */
    bool number_answers;   /* they already are an answer */
    struct lw_answer_history *history; /* answers given since the task was shown; for take-back */
};

/* What to do after apply(): append at most one event, then go where `after` says. */
enum lw_after { LW_AFTER_STAY, LW_AFTER_NEXT };
struct lw_outcome {
    json_t *event; /* new; NULL for none */
    enum lw_after after;
};

/* Writes the `sitting` start event and opens the first task. With `only` it first indexes and
 * filters all tasks: LW_EUSAGE for a bad filter, LW_EBAD when no task matches. */
enum lw_code lw_sitting_open(
    const struct lw_sitting_opts *with, struct lw_sitting **to, struct lw_err *err);

/* Saves the draft and writes the stop event, as far as the disk allows. NULL is fine. */
void lw_sitting_close(struct lw_sitting *s);

/* NULL when the command can run now; otherwise why not, in a sentence (static text or
 * s->message). */
const char *lw_sitting_refuses(const struct lw_sitting *s, enum lw_command_id id);

/* In a view-only session: takes over the journal if the session that had it has ended, reads what
 * that one wrote and shows the task again. True: it tried and said what came of it; the user must
 * repeat the command. */
bool lw_sitting_take_over(struct lw_sitting *s);

/* Whether the command can run now; if not, takes over where that may help, or says why not. */
bool lw_sitting_admits(struct lw_sitting *s, enum lw_command_id id);

/* Decides; pass the outcome on to lw_sitting_commit(). */
struct lw_outcome lw_sitting_apply(struct lw_sitting *s, const struct lw_command *c);

/* Appends and folds the event, says "saved" and moves on; or says why not and keeps the draft.
 * Steals the event. */
void lw_sitting_commit(struct lw_sitting *s, struct lw_outcome out);

/* apply and keep. */
void lw_sitting_do(struct lw_sitting *s, const struct lw_command *c);

/* A key was pressed, here or in $EDITOR: counts active time. Call it before the key's command. */
void lw_sitting_touch(struct lw_sitting *s);
void lw_sitting_pause(struct lw_sitting *s, bool on);

/* True when a key that answers must be ignored because the task has only just appeared: a held or
 * doubled key must not label what nobody looked at. DIGIT and SUBMIT check it themselves. */
bool lw_sitting_guard(struct lw_sitting *s);

/* The same for the key that submitted the previous task. A held key repeats after LW_MEANT_MS at
 * most, and then all the time: the first repeat is ignored and restarts the guard. */
bool lw_sitting_guards_held(struct lw_sitting *s);

/* True when submitting now would save a label without any answer and the project does not
 * `allow_empty`: SUBMIT must then be repeated, LW_MEANT_MS or more later. */
bool lw_sitting_is_empty(const struct lw_sitting *s);

/* Enter closed a box or the like: another one right after it does not submit. */
void lw_sitting_enter_spent(struct lw_sitting *s);

/* The reason for a skip, as typed so far: kept with the draft until the task is skipped. */
void lw_sitting_reason(struct lw_sitting *s, const char *text, size_t n);

/* Texts of this task's old drafts (lw_draft_set_aside) for the focused text question: its own
 * first, each once. An array of strings, new reference. */
json_t *lw_sitting_old_texts(const struct lw_sitting *s);

/* Everything in these drafts, as text: a new string; NULL when there are none. */
char *lw_sitting_describe_old_drafts(const struct lw_sitting *s);

/* Ends the number being typed for a rating unless `next` (NULL for none) continues it: the focus
 * moves on, and `advance: auto` may submit. DIGIT does this itself; call it first to know which
 * question a digit will answer. */
void lw_sitting_end_number(struct lw_sitting *s, const struct lw_command *next);

/* Milliseconds until lw_sitting_tick() has something to do, -1 for never. */
int64_t lw_sitting_due(const struct lw_sitting *s);
void lw_sitting_tick(struct lw_sitting *s);       /* does it: ends a number, writes the draft */
void lw_sitting_save_draft(struct lw_sitting *s); /* now, if anything is unsaved */

/* Whether the draft is on the disk: checks the file and writes it again if needed. */
bool lw_sitting_draft_is_kept(struct lw_sitting *s);

/* The bytes of the draft's file, for a caller that must write it by itself (a crash handler):
 * `folder` is the caller's open descriptor of its folder, -1 at first, `name` the file in it. False
 * when everything is on the disk, or a draft there must be set aside first. */
bool lw_sitting_unsaved_draft(
    const struct lw_sitting *s, int *folder, char name[LW_DRAFT_NAME], struct lw_buf *bytes);

/* The index has grown: counts and `order: random` may have changed. */
void lw_sitting_indexed(struct lw_sitting *s);

/* Sets the current message and adds it to the log. */
void lw_sitting_say(struct lw_sitting *s, enum lw_tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Clears the current message; the second one only if it is about `what`. */
void lw_sitting_unsay(struct lw_sitting *s);
void lw_sitting_is_over(struct lw_sitting *s, enum lw_about what);

/* --- the task list --- */

/* A line of the list. Texts may be foreign and of any length. */
struct lw_listed {
    size_t nth;
    enum lw_task_state standing;
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

/* The first line of the task's texts that contains `words`, starting a little before them: a new
 * string; NULL for no match, or when the task is hidden. */
char *lw_sitting_excerpt(const struct lw_sitting *s, size_t nth, const char *words, size_t n);

/* Marks the n-th task or removes its mark; says which, or why not. */
void lw_sitting_mark(struct lw_sitting *s, size_t nth);
bool lw_sitting_is_marked(const struct lw_sitting *s, size_t nth);

/* --- words --- */

/* The first of the task's tags that the project's `curtain:` lists; NULL for none. */
const char *lw_curtain_tag(const struct lw_project *p, const struct lw_task *t);

/* The letter of a response on the screen: 'A' for order[0]. */
char lw_sitting_letter(const struct lw_sitting *s, int response);

/* "Correct", or "B correct" where the task has several responses. */
void lw_sitting_slot_label(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* The answer as words: "5", "A better (some)", "harmful · evasive"; nothing when there is none. */
void lw_sitting_describe_answer(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

#endif
