/* What is known to have been sent, compared with what the journal holds: receipts in the journal,
 * batches in folders. Everything that is said about sending is derived from this and the ledger.
 *
 * In a sound journal the ledger's numbers are right, and nothing more is read. Where a number is
 * missing or stands twice, or a folder holds what the ledger does not know of, all lines are
 * compared by their hash. */
#ifndef LABELWRIGHT_MERGE_SENT_CHECK_H
#define LABELWRIGHT_MERGE_SENT_CHECK_H

#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"

/* The cure where an endpoint alone has what is missing; takes the project's folder. */
#define LW_ASK_FOR_LINES                                                                           \
    "Ask the client for a file of the lines they have, then: labelwright merge %.80s FILE"

struct lw_sent_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    const struct lw_journal *journal; /* NULL: there is none yet */
    const struct lw_ledger *ledger;
};

/* Of one target. */
struct lw_sent_of {
    uint64_t unsent; /* labels that it lacks */
    uint64_t never;  /* numbers that are not in the journal any more, and may have been labels; no
                      * receipt covers them, so what they were can never be sent */
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
    uint64_t fork; /* the first number that stands twice; 0 for none: nothing is to be sent */
    /* Events that were sent and are not in the journal: how many, labels among them, the first and
     * the last number, and the folder that has them. */
    uint64_t missing, missing_labels, missing_first, missing_last;
    const char *missing_in;
    bool ahead; /* a receipt names an event as the endpoint's last one that is not here */
    struct lw_lacking *lacking; /* with a fork: the labels of the target that lacks most */
    size_t nlacking;
    char text[300]; /* what is the matter, and the cure; "" when all is well */
};

/* LW_EIO and the like when the journal cannot be read; what is in folders is looked at as far as it
 * can be read. */
enum lw_code lw_sent_check(
    const struct lw_sent_opts *opts, struct lw_sent_report *to, struct lw_err *err);
/* Sets `ahead`, with its words. */
void lw_sent_say_ahead(struct lw_sent_report *s, const struct lw_project *project);

void lw_sent_fini(struct lw_sent_report *s); /* a zeroed one is fine */

/* Whether a folder of the project holds sound lines of the journal `id` that lie beyond its last
 * number: it was cut. LW_EBAD and what is missing; looks at names first, so it costs little. */
enum lw_code lw_sent_beyond(const struct lw_sys *sys, const struct lw_project *project,
    const char *id, uint64_t highest, struct lw_err *err);

#endif
