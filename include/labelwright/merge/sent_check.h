/* Compares what is known to have been sent (receipts in the journal, batches in folders) with what
 * the journal holds. All statements about sending come from this and the ledger.
 *
 * In a sound journal the ledger's numbers are right, and nothing more is read. When a number is
 * missing or there twice, or a folder holds batches that the ledger does not know, all lines are
 * compared by their hash. */
#ifndef LABELWRIGHT_MERGE_SENT_CHECK_H
#define LABELWRIGHT_MERGE_SENT_CHECK_H

#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"

/* The cure when only a server has what is missing; takes the project's folder. */
#define LW_ASK_FOR_LINES                                                                           \
    "Ask the client for a file of the lines they have, then run: labelwright merge %.80s FILE"

struct lw_sent_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    const struct lw_journal *journal; /* NULL: there is none yet */
    const struct lw_ledger *ledger;
};

/* Of one target. */
struct lw_sent_of {
    uint64_t unsent; /* labels that it lacks */
    uint64_t never;  /* numbers that are no longer in the journal, have no receipt and may have been
                      * labels: they can never be sent */
};

/* A label that some target lacks. */
struct lw_lacking {
    uint64_t seq;
    char *task; /* NULL for none */
};

struct lw_sent_report {
    struct lw_sent_of *of; /* by target of the project */
    size_t n;
    uint64_t unsent, never; /* of the target that lacks most */
    uint64_t fork; /* the first number that is there twice; then nothing may be sent. 0 for none */
    /* Events that were sent and are not in the journal: how many, labels among them, the first and
     * the last number, and the folder that has them. */
    uint64_t missing, missing_labels, missing_first, missing_last;
    const char *missing_in;
    bool ahead;                 /* a receipt names a last event of the server that is not here */
    struct lw_lacking *lacking; /* with a fork: the labels of the target that lacks most */
    size_t nlacking;
    char text[300]; /* what is wrong, and the cure; "" when all is well */
};

/* LW_EIO and the like: the journal cannot be read. Folders are read as far as possible. */
enum lw_code lw_sent_check(
    const struct lw_sent_opts *opts, struct lw_sent_report *to, struct lw_err *err);
/* Sets `ahead` and its text. */
void lw_sent_set_ahead(struct lw_sent_report *s, const struct lw_project *project);

void lw_sent_fini(struct lw_sent_report *s); /* a zeroed one is fine */

/* Whether a folder of the project holds valid lines of the journal `id` after its last number: then
 * the journal was cut. LW_EBAD, and `err` says what is missing. Cheap: it checks names first. */
enum lw_code lw_sent_beyond(const struct lw_sys *sys, const struct lw_project *project,
    const char *id, uint64_t highest, struct lw_err *err);

#endif
