/* Internals of an export: what the formats share, from below: one label, messages, preferences. A
 * format itself is declared nowhere but in the table of export.c. */
#ifndef LABELWRIGHT_EXPORT_EXPORT_INTERNAL_H
#define LABELWRIGHT_EXPORT_EXPORT_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/export/export.h"
#include "labelwright/journal/line_reader.h"
#include "labelwright/json/json_members.h"

/* The current label of one task. */
struct lw_submitted {
    size_t position; /* SIZE_MAX: in no task file */
    uint64_t seq, record;
    struct lw_pos pos;
    bool skip;
};

/* The members of a label's line, as they follow each other. Those that no format reads are here so
 * that the next one is found at once. */
#define LW_IN_LINE(X)                                                                              \
    X(TASK, "task")                                                                                \
    X(FILE, "file")                                                                                \
    X(RECORD, "record")                                                                            \
    X(OFFSET, "offset")                                                                            \
    X(SHA256, "sha256")                                                                            \
    X(QUESTIONS, "questions")                                                                      \
    X(ORDER, "order")                                                                              \
    X(ACTIVE, "active_ms")                                                                         \
    X(WALL, "wall_ms")                                                                             \
    X(REPLACES, "replaces")                                                                        \
    X(ANSWERS, "answers")                                                                          \
    X(REASON, "reason")                                                                            \
    X(SUGGESTIONS, "suggestions")                                                                  \
    X(DEFAULTED, "defaulted")                                                                      \
    X(PRACTICE, "practice")                                                                        \
    X(ELAPSED, "elapsed_ms")                                                                       \
    X(WORKED, "worked_ms")                                                                         \
    X(SEQ, "seq")                                                                                  \
    X(TIME, "time")

enum lw_in_line {
#define X(id, name) LW_IN_##id,
    LW_IN_LINE(X)
#undef X
        LW_IN_COUNT
};

struct lw_export_state {
    const struct lw_export *with;
    const struct lw_export_format *format;
    struct lw_export_report *report;
    struct lw_buf out;                /* not yet written */
    struct lw_journal_line line;      /* of the journal: in `lines`, until the next one is read */
    struct lw_member in[LW_IN_COUNT]; /* of that line; `value` NULL where it has none */
    struct lw_line_reader *lines;
    char *annotator; /* as JSON */

    /* export_label.c: the question blocks in the journal, oldest first. */
    struct lw_question_block *block;
    size_t nblocks;
    bool blocks_read;
    const struct lw_question **dropped; /* lw_blocks_find_dropped() */
    size_t ndropped;

    /* export_question.c: the name of the question that decides, and what it was for this label.
     */
    const char *deciding;
    const struct lw_question *question;
    const struct lw_project *asked; /* the one with that question */
    struct lw_err error;            /* the first error of functions that cannot return one */

    void *own; /* the format's, made by its `begin` with lw_alloc(), freed after its `fini` */
};

struct lw_export_format {
    const char *name, *help;
    /* Before the first; NULL for none. `labels` is in order. */
    enum lw_code (*begin)(
        struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err);
    /* Adds a line to x->out and counts it, or counts what is lost. */
    enum lw_code (*each)(
        struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);
    enum lw_code (*end)(struct lw_export_state *x, struct lw_err *err); /* NULL for none */
    void (*configure)(
        struct lw_export_state *x, struct lw_buf *to); /* writes `config`, after `begin` */
    void (*fini)(struct lw_export_state *x);           /* frees what x->own holds; NULL for none */

    /* For formats that depend on one question: which, and then `pair`, `one` or `steps`. */
    const struct lw_export_decider *by;                                  /* NULL for the others */
    bool (*accepts)(struct lw_export_state *x, const struct lw_task *t); /* else counts why not */
    void (*pair)(struct lw_export_state *x, const struct lw_task *t,
        const struct lw_response *better, const struct lw_response *worse);
    void (*one)(
        struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good);
    /* May use lw_export_grade(); counts no answers to other questions but those it did use. */
    void (*steps)(struct lw_export_state *x, const struct lw_task *t, const json_t *answers);
    bool good_only;
    bool empty_prompt;  /* --empty-prompt is possible */
    bool neutral;       /* --neutral is possible */
    bool offsets;       /* --offsets is possible */
    bool spreadsheet;   /* a table to open directly in a spreadsheet */
    bool texts;         /* it holds the texts of the tasks; so do all with `by` */
    bool texts_alone;   /* and nothing of a record but those and ids */
    const char *config; /* what its file needs beside it, "the labeling config"; NULL for nothing */
    bool as_is;         /* write U+0085, U+2028 and U+2029 as they are, not as JSON escapes */
};

/* ---- export_label.c: one label, and what it loses */

/* Counts one that is left out or changed. */
void lw_export_lose(struct lw_export_state *x, enum lw_loss loss);

/* Writes x->out, which holds whole lines, and empties it. */
enum lw_code lw_export_write(struct lw_export_state *x, struct lw_err *err);

/* Reads the line at a place into x->line and finds its members. Errors as lw_journal_text(). */
enum lw_code lw_export_read(struct lw_export_state *x, struct lw_pos pos, struct lw_err *err);

/* The same without checking that the line is undamaged, for who may find that it need not be
 * read. */
bool lw_export_glance(struct lw_export_state *x, struct lw_pos pos);

/* The same for the line of `s`. False: it is damaged, which is counted, or `err` is set. */
bool lw_export_line(struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);

/* Those in x->line: new; NULL when there are none. */
json_t *lw_export_answers(const struct lw_export_state *x);

/* The project with the questions of the label in x->line: the current one, or one built from the
 * journal that has only questions; NULL when they cannot be read. Errors go to x->error. At hand:
 * false when the journal would have to be read to know. */
const struct lw_project *lw_label_questions(struct lw_export_state *x);
bool lw_label_questions_at_hand(struct lw_export_state *x, const struct lw_project **p);
const struct lw_project *lw_label_count_questions(struct lw_export_state *x);

/* The earlier projects, newest first, starting with *i = 0; NULL after the last. */
const struct lw_project *lw_blocks_earlier(struct lw_export_state *x, size_t *i);

const struct lw_question *lw_find_question(
    const struct lw_project *p, const char *name, size_t len); /* NULL for none, or p NULL */
bool lw_has_conditions(const struct lw_project *p);            /* some question has a `when` */

/* The answers in x->line, without those that `when` did not ask for (these are counted). New. */
json_t *lw_label_answers(struct lw_export_state *x, const struct lw_project *p);

/* Collects in x->dropped the questions that labels answered and that are no longer asked, the
 * newest of each name. Reads the labels' lines only if there are several blocks. */
void lw_blocks_find_dropped(struct lw_export_state *x, const struct lw_submitted *labels, size_t n);
void lw_blocks_fini(struct lw_export_state *x);

/* Where the record of the label in x->line is now. SAME: unchanged since it was labeled. File NULL:
 * it is in no task file. Anything but SAME is counted. */
enum lw_place_now { LW_PLACE_SAME, LW_PLACE_CHANGED, LW_PLACE_MISSING };
struct lw_export_now {
    enum lw_place_now place;
    size_t position; /* unless missing */
    struct lw_record_location at;
};
struct lw_export_now lw_export_now(struct lw_export_state *x, const struct lw_submitted *s);
const char *lw_place_now_name(const struct lw_export_now *now); /* same, changed, missing */

/* Finds the task with this very record among those with the same id ("t", "t~2" …). */
bool lw_export_find_duplicate(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_export_now *to);

/* ---- export_task.c: the task of a label */

/* The task of the label in x->line as it was labeled; NULL when it is gone or changed, which is
 * counted, or `err` is set. */
struct lw_task *lw_export_task(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);

/* All of a label, for formats that hold all of it. False when its task is not there as it was
 * labeled, or its line is damaged, which is counted, or `err` is set; then there is nothing to
 * free.
 */
struct lw_export_whole {
    bool skip;
    struct lw_task *task;
    const struct lw_project *asked; /* whose questions were asked; NULL: none, or unknown */
    json_t *event, *answers;        /* answers: {} for a skip */
};
bool lw_export_whole(struct lw_export_state *x, const struct lw_submitted *s,
    struct lw_export_whole *to, struct lw_err *err);
void lw_export_whole_fini(struct lw_export_whole *w);

/* For formats of plain texts: lw_export_lose_parts() of the task, its turns and its responses. */
void lw_export_lose_all_parts(struct lw_export_state *x, const struct lw_task *t);

/* ---- export_message.c: messages as OpenAI and TRL write them */

/* Adds {"role":…,"content":…}. Parts that are not text get their own members or are counted as left
 * out. Tool results become messages before it. */
struct lw_export_msg {
    const char *role;
    struct lw_span text;
    const struct lw_parts *parts;
    const json_t *message; /* as in the record, or NULL */
    bool corrected;        /* the text is not the message's */
};
void lw_export_message(struct lw_export_state *x, struct lw_buf *to, const struct lw_export_msg *m);
void lw_export_turn(struct lw_export_state *x, struct lw_buf *to, const struct lw_turn *turn);
void lw_export_response(struct lw_export_state *x, struct lw_buf *to, const struct lw_task *t,
    const struct lw_response *r); /* of `t`, perhaps corrected */

/* Adds ,"tools":… if the task has tools; counts its pictures. */
void lw_export_tools(struct lw_export_state *x, struct lw_buf *to, const struct lw_task *t);

/* For formats of plain texts. */
void lw_export_lose_parts(struct lw_export_state *x, const struct lw_parts *parts);

/* Whether the task has a prompt before its responses, or may be written with an empty one; else
 * counted. */
bool lw_export_has_prompt(struct lw_export_state *x, const struct lw_task *t);

/* The same, and each of its turns has a role that OpenAI knows. */
bool lw_export_has_roles(struct lw_export_state *x, const struct lw_task *t);

/* ---- export_question.c */

/* `begin` and `each` of formats that depend on one question. */
enum lw_code lw_export_question_begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err);
enum lw_code lw_export_question_each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);

/* ---- export_pair.c and export_ranking.c */

/* Writes a pair as the format does, also where that is one of them; counts what it leaves out. */
void lw_export_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse);
void lw_export_ranking(struct lw_export_state *x, const struct lw_task *t, const json_t *answer);

/* The same for the talk among the answers; the task's turns and responses become those of its
 * turns. */
void lw_export_talk(struct lw_export_state *x, struct lw_task *t, const json_t *answers);

/* ---- export_preference.c and export_step.c: which question decides, and what a label becomes */

enum { LW_RANKS = 4 };
struct lw_export_decider {
    /* 0: the question does not fit the format; 1: it is taken first, and so on to LW_RANKS. */
    int (*rank)(const struct lw_export_format *f, const struct lw_question *q);
    const char *(*must)(const struct lw_export_format *f); /* follows "it must" */
    const char *does;                                      /* follows "No question in FILE" */
    void (*add)(struct lw_export_state *x, struct lw_task *t, const json_t *answers);
};
extern const struct lw_export_decider lw_by_preference; /* compared, ranked, rated or corrected */
extern const struct lw_export_decider lw_by_step;       /* a verdict on each step */

/* ---- export_step.c */

/* What was said about a step. UNSURE: answered, but neither good nor bad nor neutral. */
enum lw_grade { LW_GRADE_NONE, LW_GRADE_UNSURE, LW_GRADE_BAD, LW_GRADE_NEUTRAL, LW_GRADE_GOOD };
enum lw_grade lw_export_grade(
    const struct lw_export_state *x, const json_t *answers, const struct lw_task_step *step);

/* How many items are wordings of the step at `first`, itself among them. */
size_t lw_export_wordings(const struct lw_task *t, size_t first);

/* ---- export_native.c, for tests */

/* Whether Arrow reads this text as a timestamp. */
bool lw_export_is_date(const char *s, size_t n);

#endif
