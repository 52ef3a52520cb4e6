/* One annotator's journal, opened for reading, and its labels handed out one by one. */
#ifndef LABELWRIGHT_AGREE_LABEL_SOURCE_INTERNAL_H
#define LABELWRIGHT_AGREE_LABEL_SOURCE_INTERNAL_H

#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"

/* The questions as they were at some time. */
struct lw_question_version {
    char hash[LW_SHA256_HEX];
    struct lw_project *project; /* only questions; NULL: they cannot be read */
    json_t *questions;          /* the block as it stands in the journal */
    int32_t *asked; /* for each: its place in the set, or one of the following; the set's */
};
enum {
    LW_ASKED_NOT = -1,      /* not compared */
    LW_ASKED_OTHERWISE = -2 /* it is another question by now */
};

struct lw_label_source {
    const struct lw_sys *sys;
    struct lw_journal *journal;
    struct lw_ledger *ledger;
    struct lw_question_version *block; /* the one that was asked last comes last */
    size_t nblocks;

    struct lw_pos *label; /* of each task of the set; len 0: none */
    size_t nlabels;
    size_t place; /* in the set: its project and tasks */
};

/* One label that counts; all borrowed for the call. */
struct lw_read_label {
    const char *task; /* its id, n bytes */
    size_t n;
    uint64_t key; /* its fingerprint */
    uint64_t record;
    const struct lw_question_version *block; /* NULL: its questions are not in the journal */
    json_t *answers;                         /* may be changed; NULL: they cannot be read */
    struct lw_pos pos;
};

/* Opens the journal `name` in the open folder `dir`. Errors as lw_journal_open(). */
enum lw_code lw_label_source_open(struct lw_label_source *s, const struct lw_sys *sys, int dir,
    const char *name, struct lw_err *err);
void lw_label_source_close(struct lw_label_source *s);

/* Hands out all labels that count, in the journal's order; a label may come twice. */
enum lw_code lw_label_source_each(struct lw_label_source *s,
    void (*each)(void *ctx, const struct lw_read_label *l), void *ctx, struct lw_err *err);

/* The answers of one label, without those that were not asked: new; NULL when it cannot be read.
 */
json_t *lw_label_source_answers(const struct lw_label_source *s, struct lw_pos pos);

#endif
