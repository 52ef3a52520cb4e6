/* The labels of several annotators, read from their journals and put side by side: by task, item
 * and question. Only labels that count now: one that was undone, replaced or skipped does not.
 * Reading is one pass over each journal; what is kept of an answer is a number for each different
 * one. */
#ifndef LABELWRIGHT_AGREE_LABEL_SET_H
#define LABELWRIGHT_AGREE_LABEL_SET_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/format/task.h"
#include "labelwright/journal/journal.h"
#include "labelwright/project/project.h"

enum { LW_ANNOTATORS_MOST = 100 };

struct lw_annotator {
    char *name;                 /* from the journal; foreign text; "" when it is lost */
    char *place;                /* the journal's folder, as it can be typed */
    struct lw_project *project; /* NULL: there was only a journal */
    uint64_t labels, skipped;   /* that count */
    uint64_t unreadable;        /* labels that cannot be read */
    uint64_t otherwise; /* answers left out: the question was another one when they were given */

    const char *const *note; /* what was found at opening its journal: nnotes sentences */
    size_t nnotes;

    struct lw_label_source *source; /* private: its journal, and where each label is */
};

/* A task that somebody labeled. */
struct lw_labeled_task {
    const char *id;
    uint64_t record; /* the first 8 bytes of the record's SHA-256, as the first one labeled it */
    uint32_t labels; /* annotators who did */
    bool changed;    /* another one labeled another record under this id */
};

/* What a question asked about: a task, or one item of it. */
struct lw_unit {
    uint32_t task;
    const char *item; /* the id; "" where the target stands alone */
};

/* A question, and what each annotator answered. */
struct lw_compared {
    const char *name;
    const struct lw_question *q; /* as the first annotator was asked; borrowed from the set */
    char *refused; /* why the answers cannot be compared: a sentence; NULL when they can */
    size_t annotators_asked;

    struct lw_unit *unit; /* in the order of tasks */
    size_t units;
    int32_t *given;   /* units times annotators: the number of an answer, or LW_RATING_NONE */
    uint32_t answers; /* different ones */

    struct lw_compared_cells *cells; /* private: while it is read */
};

struct lw_label_set {
    struct lw_annotator *annotator;
    size_t annotators;
    struct lw_labeled_task *task;
    size_t tasks;
    struct lw_compared *asked; /* in the order of the first annotator's questions */
    size_t nasked;

    struct lw_label_store *store; /* private */
};

/* Opens each PATH: a project or a data file, for all journals in it, or the folder of a journal;
 * and reads all labels. LW_EBAD: a project with mistakes (in `p`), the same journal twice;
 * LW_EABSENT: nobody labeled anything there; LW_EIO. On an error `*to` is NULL. */
enum lw_code lw_label_set_read(const struct lw_sys *sys, const char *const *path, size_t n,
    struct lw_label_set **to, struct lw_problems *p, struct lw_err *err);
void lw_label_set_free(struct lw_label_set *s); /* NULL is fine */

/* What one of the different answers to a question says, as short as it can be told apart:
 *
 *   rating   "5"                 compare  "2:a", the strength and the better id; "0:" is a tie
 *   choice   "3", an option      rank     [[["b"],["a","c"]],["d"]] as JSON, ids sorted in a tie
 *   tags     "1 5", options      edit     "0" unchanged, "1" changed
 *   spans    "4-9:1 12-15:0", bytes and option
 *
 * Options are places in q->option. Borrowed. */
const char *lw_compared_answer(const struct lw_compared *a, int32_t answer);

/* The task as the first annotator who has it as labeled can show it; NULL when none can. The
 * caller's. */
struct lw_task *lw_label_set_task(const struct lw_label_set *s, uint32_t task);

/* The block of questions that the first annotator was asked last; borrowed. NULL for none. */
const json_t *lw_label_set_questions(const struct lw_label_set *s);

/* The answers of an annotator's label of the task: new; NULL when there is none. */
json_t *lw_label_set_answers(const struct lw_label_set *s, size_t annotator, uint32_t task);

#endif
