/* A project: which questions are asked about which tasks, and where labels go. Read from
 * project.yaml, which is never written after it was made; a `const struct lw_project *` may be kept
 * for the whole run. */
#ifndef LABELWRIGHT_PROJECT_PROJECT_H
#define LABELWRIGHT_PROJECT_PROJECT_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/macro_defs.h"
#include "labelwright/format/csv.h"
#include "labelwright/format/known_map.h"
#include "labelwright/yaml/yaml.h"

#include <jansson.h>
#include <stdint.h>
#include <uchar.h>

/* Question types: id, name in project.yaml, what is special about it (see question_types.c). */
#define LW_QTYPES(X)                                                                               \
    X(RATING, "rating", lw_question_rating)                                                        \
    X(CHOICE, "choice", lw_question_choice)                                                        \
    X(TAGS, "tags", lw_question_tags)                                                              \
    X(COMPARE, "compare", lw_question_compare)                                                     \
    X(RANK, "rank", lw_question_rank)                                                              \
    X(TEXT, "text", lw_question_text)                                                              \
    X(EDIT, "edit", lw_question_edit)                                                              \
    X(SPANS, "spans", lw_question_spans)                                                           \
    X(BOXES, "boxes", lw_question_boxes)                                                           \
    X(WRITE, "write", lw_question_write)                                                           \
    X(TALK, "talk", lw_question_talk)

enum lw_qtype {
#define X(id, name, type) LW_Q_##id,
    LW_QTYPES(X)
#undef X
};

/* What a question is about: id, name, ready. */
#define LW_TARGETS(X)                                                                              \
    X(TASK, "task", true)                                                                          \
    X(PROMPT, "prompt", true)                                                                      \
    X(RESPONSE, "response", true)                                                                  \
    X(TURN, "turn", true)                                                                          \
    X(STEP, "step", true)                                                                          \
    X(SPAN, "span", true)

enum lw_target {
#define X(id, name, ready) LW_ON_##id,
    LW_TARGETS(X)
#undef X
};

/* One line of a choice or of tags (nested ones are flattened here). */
struct lw_option {
    char *path;    /* the answer: "hate", or "safety/hate" for nested tags */
    char *label;   /* shown; the value itself when none was given */
    char *help;    /* NULL for none */
    char32_t key;  /* its hotkey, 0 for none */
    int depth;     /* 0 for the outermost */
    bool group;    /* has options of its own: a heading, no answer */
    char *mark;    /* stands before a step or turn with this answer; NULL: the first of the label */
    int64_t quota; /* how many labels with it are wanted; 0: as many as there are */
};

struct lw_point {
    int64_t value;
    char *label;
};

struct lw_scale {
    int64_t min, max; /* min < max */
    int64_t step;     /* between points; max is one */
    char *low, *high; /* NULL for none */
    struct lw_point *point;
    size_t npoints;
    bool low_is_best; /* like school marks: 1 is better than 6 */
};

enum lw_op {
    LW_OP_ANY_OF,
    LW_OP_HAS,
    LW_OP_ANSWERED,
    LW_OP_LT,
    LW_OP_LE,
    LW_OP_EQ,
    LW_OP_NE,
    LW_OP_GE,
    LW_OP_GT
};

/* One key of `when`, or a filter that was typed: holds, or not, for the answer to a question. HAS
 * is only typed. A text that is not finished is no answer yet. */
struct lw_test {
    size_t question; /* index of the earlier question */
    enum lw_op op;
    json_t *any_of; /* LW_OP_ANY_OF: array of scalars; LW_OP_HAS: of one text to look for */
    int64_t number; /* comparisons */
};

/* What a text may begin with: places to be filled in are written ‹so›. */
struct lw_text_template {
    char *name, *text;
};

/* What a text has to be. */
enum lw_text_format { LW_FORMAT_ANY, LW_FORMAT_DATE, LW_FORMAT_URL };

struct lw_question {
    char *name;  /* [a-z][a-z0-9_]* */
    char *label; /* shown; when none was given the name, "self_harm" as "Self harm" */
    char *help;  /* NULL for none */
    char *page;  /* what it is shown on, with others that stand beside it; NULL: no name */
    enum lw_qtype type;
    enum lw_target on;
    bool required;
    struct lw_scale scale;    /* rating; 1 to 5 by 1 when none was given */
    int64_t tolerance;        /* rating: so far from the known answer it still agrees with it */
    struct lw_option *option; /* choice, tags, spans, boxes */
    size_t noptions;
    enum lw_text_format format;        /* text */
    bool best_worst;                   /* rank: only the best and the worst are chosen */
    bool points;                       /* boxes: points instead */
    int64_t min_words, max_words;      /* write: what a finished text has; 0 for no limit */
    bool distinct;                     /* write: not much like an earlier text */
    struct lw_text_template *template; /* write, talk: ntemplates of them */
    size_t ntemplates;
    char *language;             /* write: its tag (spell/spell_language.h); NULL: any */
    struct lw_talk_rules *talk; /* talk (talk.h); NULL where it says nothing */
    json_t *preset;             /* its default, an answer; NULL for none */
    struct lw_test *when;       /* all must hold */
    size_t nwhen;
    struct lw_test *stop; /* on turns and steps: after the first item whose answer passes, none is
                             asked about; NULL for none */
};

enum { LW_BATCH_MAX = 500 };

/* One destination of `sync`. */
struct lw_sync_to {
    char *to;   /* "https://…", "http://127.0.0.1…", "file:outbox/" */
    char *type; /* "label-studio"; NULL: labelwright's own protocol, or a folder, by the scheme */
    int64_t project; /* label-studio: its number there; 0 otherwise */
    int64_t batch;   /* events a batch, 1 to LW_BATCH_MAX, which is the default */
    char *key;       /* its name in the journal: `to`, with type and project when they are given */
};

/* What the client says it pays: a claim, not what the annotator asks. Texts as written: digits with
 * a point or none, and three capital letters. */
struct lw_client_pay {
    char *rate; /* NULL: the project does not say */
    char *currency;
    bool per_task; /* by the task; else by the hour */
};

struct lw_task_file {
    char *path;   /* as written in project.yaml, relative to the folder; see lw_project_path() */
    char *format; /* "auto" or a name of FORMATS */
    struct lw_column_map *columns; /* NULL when not given */
    enum lw_header header;         /* of a table */
    enum lw_encoding encoding;
    bool practice;             /* its tasks are of practice */
    struct lw_known_map known; /* where their known answers are; n 0: where the format has them */
    char *join; /* the member by which its records answer those of other files; "none": they are
                 * tasks, whatever the format; NULL: as the format has it */
};

/* What it says of how the file is read; borrowed from it. */
struct lw_read_as lw_task_file_read_as(const struct lw_task_file *file);

#define LW_CURTAIN_ALL "all"

struct lw_project {
    char *dir;        /* the folder, as a path that can be opened */
    char *file;       /* "…/project.yaml", for messages */
    char *title;      /* the folder's name when none was given, without ".labelwright" */
    char *guidelines; /* path relative to dir; NULL for none */
    struct lw_task_file *tasks;
    size_t ntasks;
    bool random_order;
    bool shuffle_responses; /* true when not given */
    bool advance_auto;
    bool read_to_end;   /* no label before each response was on the screen to its end */
    bool free_skips;    /* a skip costs the annotator nothing: said where it is asked for */
    bool practice;      /* all its tasks are of practice: their answers are known */
    bool send_practice; /* labels of practice tasks are sent and exported like others */
    bool allow_empty;   /* a label without any answer needs no second Enter */
    char **curtain;     /* tags of tasks that start hidden; LW_CURTAIN_ALL alone: every task */
    size_t ncurtain;
    char **spelling; /* tags of languages, NULL-terminated; NULL when not given */
    struct lw_question *question;
    size_t nquestions;
    json_t *questions;       /* the block as it was written, for the journal */
    char questions_hash[65]; /* SHA-256 of its compact dump */
    struct lw_sync_to *sync; /* where the labels go */
    size_t nsync;
    struct lw_client_pay pay;
    struct lw_macro_defs macros; /* that the client suggests: checked. The user's own keys win */
    bool unmade; /* of lw_project_open_read_only(): it is not on disk, and `dir` is the folder of
                    the data file */
};

/* Parses the bytes of a project.yaml; `dir` and `file` as in the struct. All mistakes go to `p`;
 * NULL when there was any. Opens nothing. */
struct lw_project *lw_project_parse(
    const char *dir, const char *file, const char *bytes, size_t n, struct lw_problems *p);

/* A project with only the questions of a block from the journal. Mistakes found by this version are
 * ignored, because labels were given under it; NULL when a question has no name, or a type or
 * target that this version does not know. */
struct lw_project *lw_project_of_questions(const json_t *block);

void lw_project_free(struct lw_project *p);

/* Whether the file of tasks, as project.yaml calls it, has tasks of practice. */
bool lw_project_practises(const struct lw_project *p, const char *file);
bool lw_project_has_practice(const struct lw_project *p); /* any of its files has */

/* The path of a file that the project may use, new: below `dir` after resolving symlinks, or, for a
 * folder X.labelwright, "../X", the file next to it. `path` is relative to dir and need not exist.
 * NULL otherwise: LW_EREFUSED, or LW_EIO when it cannot be resolved. */
char *lw_project_path(const struct lw_project *p, const char *path, struct lw_err *err);

/* The same for what a task names, which for a folder X.labelwright is where X is; nothing hidden
 * there. */
char *lw_project_data_path(const struct lw_project *p, const char *path, struct lw_err *err);

/* The same for a folder that receives batches: not the project folder itself, a hidden one or one
 * of a journal, even through links. */
char *lw_project_outbox(const struct lw_project *p, const char *path, struct lw_err *err);

/* The X of a folder "…/X.labelwright", new; NULL for another folder. */
char *lw_path_beside(const char *dir);

#endif
