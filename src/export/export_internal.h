/* Internals of an export: what the formats share. */
#ifndef LABELWRIGHT_EXPORT_EXPORT_INTERNAL_H
#define LABELWRIGHT_EXPORT_EXPORT_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/export/export.h"

#include <stdio.h>

/* The current label of one task. */
struct lw_submitted {
    size_t position; /* SIZE_MAX: in no task file */
    uint64_t seq, record;
    struct lw_pos pos;
    bool skip;
};

struct lw_export_state {
    const struct lw_export *with;
    const struct lw_export_format *format;
    struct lw_export_report *report;
    struct lw_buf out;  /* not yet written */
    struct lw_buf line; /* of the journal */
    char *annotator;    /* as JSON */

    /* export_asked.c: the question blocks in the journal, oldest first. */
    struct lw_asked *asked;
    size_t nasked;
    bool asked_read;
    const struct lw_question **gone; /* lw_asked_gone() */
    size_t ngone;

    /* export_judged.c: the name of the question that decides, and what it was for this label. */
    const char *deciding;
    const struct lw_question *question;
    struct lw_err error; /* the first error of functions that cannot return one */

    /* export_shape.c: lines that are texts so far, the first of them in `spool`. */
    bool conversations; /* all prompts as lists of messages */
    struct lw_buf held;
    FILE *spool; /* NULL until it is needed */

    /* export_dates.c: by question; NULL until a text question was seen */
    bool *not_dates;

    /* export_csv.c */
    json_t *responses; /* an object whose members are the ids that have columns */
    struct lw_column *column;
    size_t ncolumns;
};

struct lw_export_format {
    const char *name, *help;
    /* Before the first; NULL for none. `standing` is in order. */
    enum lw_code (*begin)(struct lw_export_state *x, const struct lw_submitted *standing, size_t n,
        struct lw_err *err);
    /* Adds a line to x->out and counts it, or counts what is lost. */
    enum lw_code (*each)(
        struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);
    enum lw_code (*end)(struct lw_export_state *x, struct lw_err *err); /* NULL for none */

    /* For formats that depend on one question: either `pair` or `one`. */
    bool (*takes)(struct lw_export_state *x, const struct lw_task *t); /* else counts why not */
    void (*pair)(struct lw_export_state *x, const struct lw_task *t,
        const struct lw_response *better, const struct lw_response *worse);
    void (*one)(
        struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good);
    bool good_only;
    bool spreadsheet; /* a table to open directly in a spreadsheet */
    bool as_is;       /* write U+0085, U+2028 and U+2029 as they are, not as JSON escapes */
};

enum lw_code lw_native_begin(
    struct lw_export_state *x, const struct lw_submitted *standing, size_t n, struct lw_err *err);
enum lw_code lw_native_each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);

/* lw_dates_see() takes an answer as it is in the journal, NULL for none. lw_dates_end() counts the
 * questions that were only answered with dates. */
struct lw_member;
void lw_dates_see(struct lw_export_state *x, size_t question, const struct lw_member *answer);
enum lw_code lw_dates_end(struct lw_export_state *x, struct lw_err *err);
bool lw_export_is_date(const char *s, size_t n);

enum lw_code lw_export_csv_begin(
    struct lw_export_state *x, const struct lw_submitted *standing, size_t n, struct lw_err *err);
enum lw_code lw_export_csv_each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);
void lw_export_csv_fini(struct lw_export_state *x);

/* Cells of x->out. Text that a spreadsheet would take for a formula is counted. `q` is the question
 * of a value, NULL when unknown. No value is an empty cell. */
void lw_cell_start(struct lw_export_state *x, bool *first);
void lw_cell_bytes(struct lw_export_state *x, const char *s, size_t n);
void lw_cell_text(struct lw_export_state *x, const char *s, size_t n);
void lw_cell_json(struct lw_export_state *x, const json_t *v);
void lw_cell_value(struct lw_export_state *x, const struct lw_question *q, const json_t *v);

/* The project with the questions of the label in `line`: the current one, or one built from the
 * journal that has only questions; NULL when they cannot be read. Errors go to x->error. */
const struct lw_project *lw_asked_of(struct lw_export_state *x, const struct lw_buf *line);
const struct lw_project *lw_asked_count(struct lw_export_state *x, const struct lw_buf *line);

/* The earlier projects, newest first, starting with *i = 0; NULL after the last. */
const struct lw_project *lw_asked_earlier(struct lw_export_state *x, size_t *i);

const struct lw_question *lw_asked_question(
    const struct lw_project *p, const char *name, size_t len); /* NULL for none, or p NULL */
bool lw_asked_conditionally(const struct lw_project *p);       /* some question has a `when` */

/* The answers in `line`, without those that `when` did not ask for (these are counted). New. */
json_t *lw_asked_answers(
    struct lw_export_state *x, const struct lw_project *p, const struct lw_buf *line);

/* Collects in x->gone the questions that labels answered and that are no longer asked, the newest
 * of each name. Reads the labels' lines only if there are several blocks. */
void lw_asked_gone(struct lw_export_state *x, const struct lw_submitted *standing, size_t n);
void lw_asked_fini(struct lw_export_state *x);

/* Where the record of the label in x->line is now. SAME: unchanged since it was labeled. File NULL:
 * it is in no task file. Anything but SAME is counted. */
enum lw_place_now { LW_PLACE_SAME, LW_PLACE_CHANGED, LW_PLACE_MISSING };
struct lw_export_now {
    enum lw_place_now place;
    size_t position; /* unless missing */
    struct lw_record_location at;
};
struct lw_export_now lw_export_now(struct lw_export_state *x, const struct lw_submitted *s);
const char *lw_export_now_word(const struct lw_export_now *now); /* same, changed, missing */

/* Finds the task with this very record among those with the same id ("t", "t~2" …). */
bool lw_export_find_twin(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_export_now *to);

/* For formats that depend on one question: a comparison, a rating or a correction. */
enum lw_code lw_judged_begin(
    struct lw_export_state *x, const struct lw_submitted *standing, size_t n, struct lw_err *err);
enum lw_code lw_judged_each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);

/* Lines {"prompt", …} in one shape for the whole file, since loaders expect one type per column:
 * texts when every prompt is a single user turn, else lists of messages. Lines are held back until
 * the first conversation, so no task must be read twice. */
struct lw_shaped {
    const char *name;
    const struct lw_response *response;
};
void lw_shape_line(struct lw_export_state *x, const struct lw_task *t, const struct lw_shaped *side,
    size_t sides, const char *label /* JSON of a last member "label"; NULL for none */);
enum lw_code lw_shape_end(struct lw_export_state *x, struct lw_err *err);
void lw_shape_fini(struct lw_export_state *x);

bool lw_trl_takes(struct lw_export_state *x, const struct lw_task *t);
void lw_trl_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse);
void lw_trl_kto(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good);
void lw_trl_sft(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good);

bool lw_hh_takes(struct lw_export_state *x, const struct lw_task *t);
void lw_hh_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse);

bool lw_chat_takes(struct lw_export_state *x, const struct lw_task *t);
void lw_chat_one(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good);

/* Reads the line of `s` into x->line. False: it is damaged, which is counted, or `err` is set. */
bool lw_export_line(struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err);

json_t *lw_export_answers(const struct lw_buf *line); /* new; NULL when there are none */

/* Adds {"role":…,"content":…}. Parts that are not text get their own members or are counted as left
 * out. Tool results become messages before it. */
struct lw_export_said {
    const char *role;
    struct lw_span text;
    const struct lw_parts *parts;
    const json_t *message; /* as in the record, or NULL */
    bool corrected;        /* the text is not the message's */
};
void lw_export_message(
    struct lw_export_state *x, struct lw_buf *to, const struct lw_export_said *m);
void lw_export_turn(struct lw_export_state *x, struct lw_buf *to, const struct lw_turn *turn);
void lw_export_response(struct lw_export_state *x, struct lw_buf *to, const struct lw_task *t,
    const struct lw_response *r); /* of `t`, perhaps corrected */

/* Adds ,"tools":… if the task has tools; counts its pictures. */
void lw_export_tools(struct lw_export_state *x, struct lw_buf *to, const struct lw_task *t);

/* For formats of plain texts. */
void lw_export_lose_parts(struct lw_export_state *x, const struct lw_parts *parts);

void lw_export_lose(struct lw_export_state *x, enum lw_loss loss);

/* Writes x->out, which holds whole lines, and empties it. */
enum lw_code lw_export_put(struct lw_export_state *x, struct lw_err *err);

#endif
