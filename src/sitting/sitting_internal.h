/* Shared only by the files of the session. They call only downwards, in the order of this header:
 *
 *     submitted, describe                      from plain values
 *     hiding, seen, message, rest, timing,     parts of the state
 *     session_events, key_guard, focus,
 *     task_answers, practice_note,
 *     silent_repeats, read_to_end
 *     span_answers                             their words in a changed text
 *     kept_reply                               what came of replies
 *     draft_fit, draft_conflict, draft_file,   drafts
 *     draft_recovery
 *     filter, show                             which task is on the screen
 *     submit, ranking, answering, fill, accept, repeat, run_macro, take_back, navigate   commands:
 * they decide talking, talk_recovery, best_reply       the talk commit makes it true replies those
 * of models, which end in the journal take_over, commands, sitting             the whole */
#ifndef LABELWRIGHT_SITTING_SITTING_INTERNAL_H
#define LABELWRIGHT_SITTING_SITTING_INTERNAL_H

#include "labelwright/base/clock.h"
#include "labelwright/journal/event.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/sitting.h"
#include "sitting/messages_internal.h"

/* ---- the state */

/* One answer given since the task was shown: what its slot had before. */
struct lw_answer_change {
    struct lw_slot slot;
    json_t *was;  /* NULL: no answer */
    bool goes_on; /* undone together with the one before */
};

struct lw_answer_history {
    struct lw_answer_change *v;
    size_t n, cap;
};

/* Time on a task that was left without answers. */
struct lw_visit {
    uint64_t task; /* its key */
    struct lw_spent spent;
};

/* The clocks of the session as a whole, whatever is on the screen. */
struct lw_session_clock {
    int64_t boot_at, mono_at;         /* at its start */
    int64_t key_boot_at, key_mono_at; /* at the last key */
    int64_t worked_ms, guidelines_ms; /* up to that key */
    bool guidelines;                  /* they are on the screen */
    char zone[LW_ZONE_MAX];           /* as the journal has it */
};

/* What was seen of hidden tags: seen.c. */
enum { LW_SEEN_TAGS = 32, LW_SEEN_TAG_MAX = 100 /* bytes */ };
#define LW_SEEN_OTHER "(other tags)" /* for which there is no room */
#define LW_SEEN_UNTAGGED "(no tag)"

struct lw_seen_task {
    uint64_t task; /* its key */
    uint64_t characters, pictures;
};

struct lw_seeing {
    struct lw_seen_sum sum[LW_SEEN_TAGS];  /* since the session's start … */
    struct lw_seen_sum told[LW_SEEN_TAGS]; /* … and so much of it is in the journal … */
    int64_t told_at;                       /* … since then, boottime */
    size_t nsums;
    struct lw_seen_task *task; /* of which something was uncovered: the most of each */
    size_t ntasks;
    uint64_t show;           /* show_count of the task that the rest is about */
    size_t of[LW_SEEN_TAGS]; /* the sums that it counts for */
    size_t nof;
    size_t at; /* its place in `task`; SIZE_MAX: nothing of it was uncovered yet */
    bool visible;
    int64_t since; /* monotonic: the last key, or when it became visible */
};

/* Since the last break: rest.c. */
struct lw_resting {
    int64_t worked_at;             /* worked_ms of the session then */
    int64_t seen_at[LW_REST_TAGS]; /* and what was seen of each tag that has a limit */
    int64_t tasks;                 /* labeled or skipped since */
    int64_t quiet_until;           /* boottime: no offer before */
    int64_t stop_ms;               /* UTC: when the end of the day is offered; INT64_MAX: never */
};

/* A task that was labeled before and is shown again as if it were new; it stands where the next
 * open task would. */
struct lw_repeat {
    uint64_t of; /* seq of the label; 0: the task on the screen is no such task */
    size_t nth;  /* which task it really is */
    char *key;   /* names its draft; NULL for none */
};

/* How much of a reply that comes is in its file. */
struct lw_kept_reply {
    char id[LW_ITEM_ID]; /* "": none */
    size_t n;
};

struct lw_sitting {
    struct lw_sitting_view view;

    struct lw_kept_reply kept[LW_TALK_REPLIES_MAX]; /* kept_reply.c */
    bool replies_restored; /* the draft of this task had some that had not ended */

    struct lw_repeat repeat;  /* silent_repeats.c: on the screen now … */
    size_t repeat_at;         /* … and in whose place: of the last one shown; SIZE_MAX for none */
    uint64_t repeat_shown_of; /* its label */

    /* show_task.c, draft_file.c */
    uint64_t only_since;   /* seq at the start: later labels are of this session */
    bool draft_on_disk;    /* this task has a draft file */
    struct lw_buf saved;   /* that file's bytes as this session left it; empty for none */
    json_t *unfit;         /* that file, if it does not fit and is not set aside yet; else NULL */
    json_t *texts;         /* of the task, by hash; NULL until needed */
    json_t *meanings;      /* of the questions, by their names; NULL until needed */
    json_t *strays;        /* drafts whose task is gone; NULL until needed */
    int64_t unsaved_since; /* monotonic: the oldest keystroke not in the draft file; 0 for none */

    /* timing.c, key_guard.c */
    struct lw_spent spent;        /* on this task; `wall_ms` before boot_at */
    struct lw_spent unread_spent; /* the same when the note that is to be read first came up */
    uint64_t nkeys;               /* pressed so far */
    int64_t key_at, boot_at;      /* boottime of the last key; and when the task was shown */
    int64_t paused_at;            /* boottime */
    struct lw_session_clock session;
    struct lw_seeing seeing;
    struct lw_resting resting;
    bool stops_today;       /* the stop event says that the day has ended */
    struct lw_visit *visit; /* tasks left without answers, and the time they took */
    size_t nvisits;
    struct lw_keys read; /* read_to_end.c: responses read in this session */
    int64_t shown_at;    /* monotonic: when the task was shown */
    int64_t guard_at;    /* monotonic: keys that answer are guarded from here … */
    int64_t enter_at;    /* … and Enter from the later of the two */

    /* commands */
    int64_t empty_at;    /* monotonic: the user was told that the label would be empty; 0: not */
    int64_t unread_at;   /* monotonic: a label was refused because of a response; 0: not … */
    uint64_t unread_key; /* … at this key … */
    int unread;          /* … which one */
    int64_t back_at;     /* monotonic: the last take-back; 0 for none */
    uint64_t armed;      /* seq that the next take-back undoes, 0 for none */
    int64_t number;      /* the digits typed so far for the focused rating; more may follow … */
    int64_t number_at;   /* … until LW_NUMBER_MS after this, monotonic; 0: no digits */
    bool number_answers; /* they already are an answer */
    int64_t placed_at;   /* monotonic: the last response of a ranking needed no key; 0 after another
                            command */
    struct lw_slot placed_slot;
    const char *placed_id;
    size_t moved;         /* spans that were found again in a changed text, and not told of yet */
    struct lw_past *past; /* what the labels so far add up to; NULL: nobody asks */
    struct lw_answer_history history; /* answers given since the task was shown; for take-back */
};

/* ---- submitted_task.c */

/* A task and what is submitted for it. */
struct lw_submitted_task {
    struct lw_task *task;
    int *order;               /* the responses as shown, as lw_sitting_view.order */
    enum lw_task_state state; /* and its current label: */
    bool changed_record;      /* the record has changed since */
    uint64_t replaces;        /* its seq; 0 for none */
    json_t *answers;          /* an empty object for none */
    json_t *defaulted;        /* which of them are defaults; NULL for none */
    struct lw_err unread;     /* why the answers could not be read; code LW_OK: they were */
};

/* Loads the n-th task. LW_OK also when only its label cannot be read: see `unread`. Else the errors
 * of lw_tasks_load(). Call lw_submitted_fini() on `to` in any case. */
enum lw_code lw_submitted_load(const struct lw_sitting_opts *opts, size_t nth,
    struct lw_submitted_task *to, struct lw_err *err);
void lw_submitted_fini(struct lw_submitted_task *l);

/* Sets `to` to a saved order of response ids; false, changing nothing, if that is no permutation of
 * the task's. */
bool lw_order_apply(const struct lw_task *t, const json_t *ids, int *to);

/* Sets `order` to that of the replies of a talk, which stand as they are shown; leaves that of
 * other tasks. */
void lw_order_talk(const struct lw_task *t, int **order);

/* The same without what is submitted; responses in an order of their own for this label. */
enum lw_code lw_submitted_load_anew(const struct lw_sitting_opts *opts, size_t nth, uint64_t of,
    struct lw_submitted_task *to, struct lw_err *err);

uint64_t lw_record_key(const struct lw_task *t); /* as entries of the ledger have it */

/* ---- describe_answer.c */

/* A task and answers to it, as their words need them; all borrowed. */
struct lw_answered {
    const struct lw_project *project;
    const struct lw_task *task;
    const int *order;
    const json_t *answers;
};

/* As lw_sitting_slot_label() and lw_sitting_describe_answer(). */
void lw_answered_slot_label(const struct lw_answered *a, struct lw_slot slot, struct lw_buf *to);
void lw_answered_describe(const struct lw_answered *a, struct lw_slot slot, struct lw_buf *to);

/* ---- message.c */

/* Sets the current message, without logging it; a long one is cut between characters. */
void lw_sitting_set_message(struct lw_sitting *s, enum lw_tone tone, const char *text);
void lw_sitting_notify_too_soon(struct lw_sitting *s); /* not logged: a held key would fill it */
void lw_log_fini(struct lw_log *l);

/* ---- hiding.c */

bool lw_hiding_counts(const struct lw_sitting *s, const char *tag); /* what is seen of it counts */

/* ---- seen.c */

void lw_seen_start(struct lw_sitting *s); /* the session begins: no sums yet */

/* The event with what was seen and is not in the journal, `must`: now, else when the last one is a
 * while ago: each cuts what is sent in two. A new reference; NULL for none. When it is on the disk:
 * lw_seen_told(). */
json_t *lw_seen_event(const struct lw_sitting *s, bool must, const char *zone);
void lw_seen_told(struct lw_sitting *s);
size_t lw_seen_untold(const struct lw_sitting *s, struct lw_seen_sum to[LW_SEEN_TAGS]);
void lw_seen_fini(struct lw_sitting *s);
void lw_seen_touch(struct lw_sitting *s, bool works); /* a key; `works`: the gap before it counts */
void lw_seen_leave(struct lw_sitting *s);             /* the task leaves the screen */

/* ---- rest.c */

void lw_rest_begin(struct lw_sitting *s);      /* the session begins */
void lw_rest_restart(struct lw_sitting *s);    /* a break is over */
void lw_rest_count_task(struct lw_sitting *s); /* one was labeled or skipped */
void lw_rest_update(struct lw_sitting *s);     /* time has passed: sets the view's offer */

/* ---- timing.c */

int64_t lw_sitting_now(const struct lw_sitting *s);     /* monotonic ms */
void lw_sitting_restart_clocks(struct lw_sitting *s);   /* when a task is shown or submitted */
void lw_sitting_begin_again(struct lw_sitting *s);      /* now that the note before it was read */
void lw_sitting_stop_clock(struct lw_sitting *s);       /* a pause begins */
int64_t lw_sitting_restart_clock(struct lw_sitting *s); /* it ends; returns its milliseconds */
void lw_sitting_add_time(struct lw_sitting *s, struct lw_spent more);
void lw_sitting_leave_time(struct lw_sitting *s); /* keeps it with the draft, or for this session */
void lw_sitting_return_time(struct lw_sitting *s);  /* adds what leaving kept for the task shown */
struct lw_spent lw_spent_parse(const json_t *from); /* of an event or a draft */
void lw_session_clock_start(struct lw_sitting *s);
struct lw_session_times lw_session_clock_read(const struct lw_sitting *s);

/* ---- session_events.c: the only place where a session appends to the journal */

json_t *lw_sitting_start_event(const struct lw_sitting *s); /* a new reference */

/* Appends n events, at most 2 (none: only what comes before them), adding the session's time to
 * each, and folds them; before them, another one when the local time is another than before. If the
 * first is a start, time begins with it. As lw_journal_append(). */
enum lw_code lw_session_append(
    struct lw_sitting *s, json_t *const *body, size_t n, struct lw_err *err);

/* ---- key_guard.c */

bool lw_sitting_guards_enter(struct lw_sitting *s); /* as lw_sitting_guards_answer(), for Enter */

/* ---- focus.c: which question the keys go to */

bool lw_sitting_focus_slot(struct lw_sitting *s, struct lw_slot slot); /* false: not asked */
/* The first slot that wants an answer, from `from` on, wrapping; false: none does. */
bool lw_sitting_focus_open(struct lw_sitting *s, size_t from);
/* The first asked by `when` without an answer. */
bool lw_sitting_focus_reason(struct lw_sitting *s);
/* The first that wants an answer; reopened: the first, with the answer it has, and so it is where
 * nothing is missing. */
void lw_sitting_focus_first(struct lw_sitting *s, bool reopened);

/* ---- task_answers.c */

void lw_answer_history_push(struct lw_answer_history *h, struct lw_slot slot, const json_t *was);
/* From the n-th change on they are undone together. */
void lw_answer_history_join(struct lw_answer_history *h, size_t n);
/* False when it is empty; else `to->was` is the caller's. */
bool lw_answer_history_pop(struct lw_answer_history *h, struct lw_answer_change *to);
void lw_answer_history_clear(struct lw_answer_history *h);

/* lw_items_bring(), and what goes with the turns and responses that a talk brings. */
void lw_sitting_bring_items(struct lw_sitting *s);

/* Call after the answers changed: updates the questions asked, whether this is a draft, and when to
 * write it. */
void lw_sitting_refresh_slots(struct lw_sitting *s);

/* Sets the answer of a slot (steals value; NULL removes it), and refreshes the slots. With
 * `remember`, undo brings back what was there. */
void lw_sitting_change_answer(
    struct lw_sitting *s, struct lw_slot slot, json_t *value, bool remember);

/* Makes `answers` (stolen) the draft; updates slots, focus and state. */
void lw_sitting_replace_answers(struct lw_sitting *s, json_t *answers);

/* ---- practice_note.c: of the task on the screen, whose label is on the disk; and: no more */

void lw_practice_note_make(struct lw_sitting *s);
void lw_practice_note_drop(struct lw_sitting *s);

/* ---- silent_repeats.c: whether a task is to come again now, and which; the key of the draft of
 * the task on the screen */

bool lw_repeat_is_due(const struct lw_sitting *s, struct lw_repeat *to);
const char *lw_sitting_draft_key(const struct lw_sitting *s);

/* ---- read_to_end.c */

void lw_sitting_restore_read(
    struct lw_sitting *s); /* a task is shown: what was read of it before */

/* True when the project wants a response read that was not: says which. A front end may show it
 * then; so a second Enter right after that does not count. */
bool lw_sitting_refuses_unread(struct lw_sitting *s);

/* ---- kept_reply.c: a reply begins to come, has come so far, has ended; and the talk of a draft
 * with what came of its replies, which have ended now: a new reference */

void lw_reply_begin(struct lw_sitting *s, const char *id);
void lw_reply_keep(struct lw_sitting *s, const char *id, struct lw_span text);
void lw_reply_forget(struct lw_sitting *s, const char *id);
json_t *lw_reply_restore(struct lw_sitting *s, const json_t *value);
void lw_replies_settle(struct lw_sitting *s); /* the draft on the disk has them now */

/* ---- draft_fit.c */

/* The draft as its file has it: a new reference. */
json_t *lw_sitting_draft_json(struct lw_sitting *s, struct lw_spent spent);

/* The hashes of the task's responses, by their ids. Borrowed; made once, as long texts take their
 * time and a draft is written at each key. */
json_t *lw_sitting_texts(struct lw_sitting *s);

/* Takes those answers of the draft that fit task and questions; returns how many do not. */
size_t lw_sitting_restore_answers(struct lw_sitting *s, const json_t *draft);
bool lw_sitting_is_draft_of(const struct lw_sitting *s, const json_t *draft); /* this same record */

/* The task was labeled after the draft was typed. */
bool lw_sitting_is_older(const struct lw_sitting *s, const json_t *draft);
/* True when submitting now, unfinished texts included, would give the saved answers again. */
bool lw_sitting_equals_submitted(const struct lw_sitting *s);

/* ---- span_answers.c */

/* Sets the answer of the slot to those of these spans whose words are still in its text, counts in
 * s->moved which are elsewhere, and returns how many are not. */
size_t lw_sitting_find_spans(struct lw_sitting *s, struct lw_slot slot, const json_t *value);
/* The same for all answers, of a task whose record has changed since; says what came of it. */
void lw_sitting_find_submitted_spans(struct lw_sitting *s);
void lw_sitting_notify_moved(struct lw_sitting *s); /* once, where some were */

/* ---- draft_conflict.c */

/* Call before the draft's file is written or removed: sets aside what somebody else wrote there.
 * False when that failed: then leave the file alone. */
bool lw_sitting_spare_theirs(struct lw_sitting *s);

/* ---- draft_file.c */

static inline struct lw_drafts lw_sitting_drafts(const struct lw_sitting *s)
{
    return (struct lw_drafts){
        s->view.opts.sys, s->view.opts.dir, lw_journal_name(s->view.opts.journal)};
}

bool lw_sitting_is_view_only(const struct lw_sitting *s); /* view only: nothing may be written */
bool lw_sitting_load_draft(struct lw_sitting *s);         /* true: write the file again */

/* The task was submitted: removes its draft; keeps that of a skipped one. */
void lw_sitting_drop_draft(struct lw_sitting *s, bool skipped);

/* ---- show_task.c: which task is on the screen */

void lw_sitting_open_task(struct lw_sitting *s, size_t nth);
/* What stands at this place for one who goes from task to task: it, or one that comes again. */
void lw_sitting_open_place(struct lw_sitting *s, size_t nth);
/* The task of the label `of` again, in the place of another one. */
void lw_sitting_open_repeat(struct lw_sitting *s, size_t nth, size_t task_nth, uint64_t of);
void lw_sitting_close_task(struct lw_sitting *s);             /* saves the draft, frees the task */
bool lw_sitting_open_next(struct lw_sitting *s, size_t from); /* the first open one, wrapping */
/* The one before or after (`by` -1 or 1) the task `of`; false: none. */
bool lw_sitting_find_neighbour(const struct lw_sitting *s, int by, size_t of, size_t *nth);
/* A task by its id, else by its number from 1; false: none. */
bool lw_sitting_find_task(const struct lw_sitting *s, const char *id, size_t n, size_t *nth);

/* ---- what the commands do */

static inline const struct lw_question *lw_slot_question(
    const struct lw_sitting *s, struct lw_slot slot)
{
    return &s->view.opts.project->question[slot.question];
}

#define LW_STAY ((struct lw_decision){NULL, LW_AFTER_STAY})
typedef struct lw_decision lw_act(struct lw_sitting *s, const struct lw_command *c);
lw_act lw_act_turn_focus, lw_act_focus, lw_act_move_on, lw_act_response;      /* focus.c */
lw_act lw_act_submit, lw_act_skip;                                            /* submit.c */
lw_act lw_act_digit, lw_act_step, lw_act_pick, lw_act_text, lw_act_rank_next; /* answering.c */
lw_act lw_act_spans;                                                          /* span_answers.c */
lw_act lw_act_say;                                                            /* talking.c */
lw_act lw_act_branch;                                                         /* best_reply.c */
lw_act lw_act_accept, lw_act_accept_all;                                      /* accept.c */
lw_act lw_act_macro;                                                          /* run_macro.c */
lw_act lw_act_repeat;                                                         /* repeat.c */
lw_act lw_act_take_back;                                                      /* take_back.c */
lw_act lw_act_neighbour, lw_act_go, lw_act_go_nth, lw_act_mark, lw_act_next_mark; /* navigate.c */

/* ranking.c: what the focused ranking becomes, a new reference; NULL after saying why not. `place`
 * is that of the response as shown. */
json_t *lw_ranking_place(struct lw_sitting *s, size_t place);
json_t *lw_ranking_expect(struct lw_sitting *s, enum lw_rank_next next); /* twice: all left */
json_t *lw_ranking_parse(struct lw_sitting *s, const char *line, size_t len);

/* The one of `placed_slot`, with its last response placed otherwise. */
json_t *lw_ranking_replace_last(struct lw_sitting *s, enum lw_rank_next next);
void lw_ranking_step(struct lw_sitting *s, int by); /* the candidate: another one that is left */
void lw_ranking_notify(struct lw_sitting *s);       /* what it is so far, and what comes next */

/* answering.c: answers the focused question (steals value) and goes on; or goes on after `n`
 * questions were answered at once: `what` follows the number in the message. */
struct lw_decision lw_answering_give(struct lw_sitting *s, json_t *value);
struct lw_decision lw_answering_given(struct lw_sitting *s, size_t n, const char *what);

/* talking.c: the talk of the task and its rules, for a task that has one; sets it (steals value);
 * the event that records messages (stolen); what that event, on the disk, makes of the talk. */
struct lw_talk_rules;
const json_t *lw_talking_value(const struct lw_sitting *s);
bool lw_talking_slot(const struct lw_sitting *s, struct lw_slot *to); /* false: it has none */
const struct lw_talk_rules *lw_talking_rules(const struct lw_sitting *s);
const char *lw_talking_instead(const struct lw_sitting *s); /* beside which turn one is typed */
void lw_talking_set(struct lw_sitting *s, json_t *value, bool remember);
json_t *lw_talking_said(struct lw_sitting *s, json_t *messages);
void lw_talking_fold(struct lw_sitting *s, const json_t *event);

/* talk_recovery.c: a task was opened: adds what the journal says of its talk and the draft lacks.
 * True: there was any, and it belongs into the draft. */
bool lw_talking_recover(struct lw_sitting *s);

/* best_reply.c: the reply at this place is the best, or the next of a ranking. */
struct lw_decision lw_best_reply_choose(struct lw_sitting *s, int digit);

/* submit.c: what an event about the task records of it. */
struct lw_labeled lw_sitting_labeled(const struct lw_sitting *s);

/* earlier_texts.c: says so when the text, which has just been kept, is much like an earlier one. */
void lw_sitting_warn_of_likeness(
    struct lw_sitting *s, struct lw_slot slot, const char *text, size_t n);

/* fill.c: gives the questions that are about this response (-1: any) what the source says (NULL:
 * nothing), then those that come with them; how many. The source says nothing about what it has
 * filled. */
typedef const json_t *lw_answer_source(
    const struct lw_sitting *s, struct lw_slot slot, const void *ctx);
size_t lw_answering_fill(
    struct lw_sitting *s, int response, lw_answer_source *source, const void *ctx);

/* accept.c: warns of suggestions that are no answers. */
void lw_sitting_notify_unfit(struct lw_sitting *s);

/* answering.c: ends the number being typed unless `next` continues it; what is to be done then. */
struct lw_decision lw_answering_end_number(struct lw_sitting *s, const struct lw_command *next);

/* The number being typed is that of a wide scale: it waits for a key, be it as long as it may.
 * Enter then ends it, and submits if no question is open. */
bool lw_answering_waits(const struct lw_sitting *s);
struct lw_decision lw_answering_enter(struct lw_sitting *s, const struct lw_command *c);

/* Question types that one digit answers. */
static inline bool lw_takes_digits(enum lw_qtype type)
{
    return type == LW_Q_RATING || type == LW_Q_CHOICE || type == LW_Q_COMPARE || type == LW_Q_RANK;
}

#endif
