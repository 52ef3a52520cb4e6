/* Shared only by the files of the session. */
#ifndef LABELWRIGHT_SITTING_SITTING_INTERNAL_H
#define LABELWRIGHT_SITTING_SITTING_INTERNAL_H

#include "labelwright/ledger/draft.h"
#include "labelwright/sitting/sitting.h"

/* One answer given since the task was shown: what its slot had before. */
struct lw_answer_change {
    struct lw_slot slot;
    json_t *was; /* NULL: no answer */
};

struct lw_answer_history {
    struct lw_answer_change *v;
    size_t n, cap;
};

void lw_answer_history_push(struct lw_answer_history *h, struct lw_slot slot, const json_t *was);
bool lw_answer_history_pop(
    struct lw_answer_history *h, struct lw_answer_change *to); /* to->was is the caller's */
void lw_answer_history_clear(struct lw_answer_history *h);

/* say.c: sets the current message, without logging it */
void lw_sitting_show_message(struct lw_sitting *s, enum lw_tone tone, const char *text);
void lw_sitting_say_too_soon(struct lw_sitting *s);
void lw_log_fini(struct lw_log *l);

/* show.c: which task is on the screen. */
void lw_sitting_show(struct lw_sitting *s, size_t nth);
enum lw_code lw_sitting_load(struct lw_sitting *s, size_t nth, struct lw_err *err); /* task, order,
                                                                  what stands; answers are that */
void lw_sitting_leave(struct lw_sitting *s);                  /* saves the draft, frees the task */
bool lw_sitting_show_open(struct lw_sitting *s, size_t from); /* the first open one, wrapping */
bool lw_sitting_neighbour(const struct lw_sitting *s, int by, size_t *nth); /* false: none */
bool lw_sitting_find(const struct lw_sitting *s, const char *id, size_t n, size_t *nth);

static inline struct lw_drafts lw_sitting_drafts(const struct lw_sitting *s)
{
    return (struct lw_drafts){s->with.sys, s->with.dir, lw_journal_name(s->with.journal)};
}

bool lw_sitting_only_looks(const struct lw_sitting *s); /* view only: nothing may be written */

/* The draft as its file has it, and back. */
json_t *lw_sitting_draft_json(const struct lw_sitting *s, struct lw_spent spent);
bool lw_sitting_load_draft(struct lw_sitting *s); /* true: write the file again */

/* old_draft.c. What a draft records of questions and responses to compare later: new references. */
json_t *lw_sitting_meanings(const struct lw_sitting *s);
json_t *lw_sitting_texts(const struct lw_task *t);

/* Takes those answers of the draft that fit task and questions; returns how many do not. */
size_t lw_sitting_carry(struct lw_sitting *s, const json_t *draft);
bool lw_sitting_is_draft_of(const struct lw_sitting *s, const json_t *draft); /* this same record */

/* The task was labeled after the draft was typed. */
bool lw_sitting_is_older(const struct lw_sitting *s, const json_t *draft);
/* True when submitting now, unfinished texts included, would give the saved answers again. */
bool lw_sitting_is_as_submitted(const struct lw_sitting *s);

/* stray_draft.c: gives a task without a draft one whose task is gone, if that was this task before
 * its record changed. True: it has one now. */
bool lw_sitting_adopt_stray(struct lw_sitting *s);

/* Call before the draft's file is written or removed: keeps a draft that did not fit under another
 * name, and says which. False: it could not, so the file must stay. */
bool lw_sitting_set_aside_draft(struct lw_sitting *s);

/* Makes `answers` (stolen) the draft; updates slots, focus and state. */
void lw_sitting_put(struct lw_sitting *s, json_t *answers);

/* Call after the answers changed: updates the questions asked, whether this is a draft, and when to
 * write it. */
void lw_sitting_settle(struct lw_sitting *s);

/* focus.c: which question the keys go to. */
bool lw_sitting_focus_slot(struct lw_sitting *s, struct lw_slot slot); /* false: not asked */
bool lw_sitting_focus_open(struct lw_sitting *s, size_t from); /* the first that wants an answer,
                                                   from `from` on, wrapping; false: none does */
bool lw_sitting_focus_reason(
    struct lw_sitting *s); /* the first asked by `when` without an answer */
void lw_sitting_focus_first(struct lw_sitting *s,
    bool reopened); /* the first that wants an
answer; reopened: the first, with the answer it has, and so it is where nothing is missing */

bool lw_sitting_guards_enter(struct lw_sitting *s); /* as lw_sitting_guard(), for Enter */

/* timing.c: how long a label takes. */
void lw_sitting_restart_clocks(struct lw_sitting *s); /* when a task is shown or submitted */
struct lw_spent lw_sitting_spent(const struct lw_sitting *s);
void lw_sitting_add_time(struct lw_sitting *s, struct lw_spent more);
void lw_sitting_leave_time(struct lw_sitting *s); /* keeps it with the draft, or for this session */
void lw_sitting_return_time(struct lw_sitting *s); /* adds what leaving kept for the task shown */
struct lw_spent lw_spent_read(const json_t *from); /* of an event or a draft */

uint64_t lw_record_key(const struct lw_task *t); /* as entries of the ledger have it */
struct lw_labeled lw_sitting_labeled(const struct lw_sitting *s);
int64_t lw_sitting_now(const struct lw_sitting *s); /* monotonic ms */

static inline const struct lw_question *lw_slot_question(
    const struct lw_sitting *s, struct lw_slot slot)
{
    return &s->with.project->question[slot.question];
}

/* What the commands do: answer.c; and submitting in apply.c, which `advance: auto` needs too. */
#define LW_STAY ((struct lw_outcome){NULL, LW_AFTER_STAY})
struct lw_outcome lw_act_turn_focus(struct lw_sitting *s, const struct lw_command *c); /* focus.c */
struct lw_outcome lw_act_focus(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_move_on(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_response(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_digit(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_step(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_pick(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_text(struct lw_sitting *s, const struct lw_command *c);
struct lw_outcome lw_act_submit(struct lw_sitting *s, const struct lw_command *c);

struct lw_outcome lw_act_mark(struct lw_sitting *s, const struct lw_command *c); /* mark.c */
struct lw_outcome lw_act_next_mark(struct lw_sitting *s, const struct lw_command *c);

/* Question types that one digit answers. */
static inline bool lw_takes_digits(enum lw_qtype type)
{
    return type == LW_Q_RATING || type == LW_Q_CHOICE || type == LW_Q_COMPARE;
}

#endif
