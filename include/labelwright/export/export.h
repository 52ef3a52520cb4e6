/* What stands in the journal, written out for those who use it: one table of formats. */
#ifndef LABELWRIGHT_EXPORT_EXPORT_H
#define LABELWRIGHT_EXPORT_EXPORT_H

#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"
#include "labelwright/tasks/tasks.h"

/* What an export leaves out, drops, or warns of: id, words for behind a number of more than one.
 * The first word is the noun; its "s" goes for a single one. */
#define LW_LOSSES(X)                                                                               \
    X(SKIPPED, "tasks left out: skipped")                                                          \
    X(OPEN, "tasks left out: the question is not answered")                                        \
    X(TIE, "tasks left out: a tie, neither response is better")                                    \
    X(NO_PAIR, "tasks left out: not a choice between two responses")                               \
    X(NO_PROMPT, "tasks left out: nothing comes before the responses")                             \
    X(GONE, "tasks left out: not in the task files any more")                                      \
    X(CHANGED, "tasks left out: the record changed after it was labeled")                          \
    X(UNREADABLE, "tasks left out: the record cannot be read")                                     \
    X(DAMAGED, "tasks left out: the line in the journal is damaged")                               \
    X(NOT_ONE, "tasks left out: rated as a whole, without a single response to stand for")         \
    X(ROLE, "tasks left out: somebody speaks whom the format does not know")                       \
    X(MARKER, "tasks left out: a turn holds the words that begin another turn in this format")     \
    X(WORSE, "responses left out: the other one is better")                                        \
    X(UNRATED, "responses left out: not rated")                                                    \
    X(MIDDLE, "responses left out: rated the middle of the scale, neither good nor bad")           \
    X(UNCORRECTED, "responses left out: not corrected")                                            \
    X(FINE, "responses left out: nothing was to be corrected, so neither text is better")          \
    X(NOT_GOOD, "responses left out: rated the middle of the scale or worse")                      \
    X(EMPTY, "prompts written empty: nothing comes before the responses")                          \
    X(DEGREE, "ratings became good or bad")                                                        \
    X(STRENGTH, "strengths of preference dropped")                                                 \
    X(ORIGINAL, "originals of corrections dropped: the task files have them")                      \
    X(PART, "parts left out: calls, reasoning or pictures that the format has no place for")       \
    X(UNASKED, "tasks left out: labeled when this question was not asked")                         \
    X(UNREADABLE_ASKED, "tasks left out: labeled under questions that cannot be read")             \
    X(EARLIER, "labels given under earlier questions, judged as asked then")                       \
    X(UNKNOWN, "labels given under questions that cannot be read")                                 \
    X(STALE, "answers left out: `when` did not ask for them")                                      \
    X(MISSING, "labels whose task is in no task file now")                                         \
    X(ALTERED, "labels whose record changed since")                                                \
    X(SAME, "pairs with the same text on both sides, written all the same")                        \
    X(GUARDED, "cells got an apostrophe in front, or a spreadsheet would read them as formulas")   \
    X(LONG, "cells longer than the 32,767 characters that Excel keeps")                            \
    X(COLUMN, "answers dropped: beyond the columns for 100 different responses")                   \
    X(KIND, "answers of another JSON type than their question has now: loaders may refuse them")   \
    X(SHAPE, "messages with members or parts that others lack: load so large a file with "         \
             "chunksize=1 << 30")                                                                  \
    X(DATES,                                                                                       \
        "questions answered with dates only: datasets makes timestamps of them, unless you give "  \
        "it the `features` in the README")                                                         \
    X(OTHER, "answers to other questions dropped")                                                 \
    X(FORMULA, "cells a spreadsheet may read as formulas (unchanged)")

enum lw_loss {
#define X(id, words) LW_LOSS_##id,
    LW_LOSSES(X)
#undef X
        LW_LOSS_COUNT
};

/* By so much of a file datasets, a loader of many, settles members and types. */
enum { LW_EXPORT_TYPED = 10 * 1024 * 1024 };

struct lw_export_report {
    uint64_t written; /* lines */
    uint64_t bytes;   /* of the output */
    uint64_t lost[LW_LOSS_COUNT];
    char instead[80]; /* a question that would take what was labeled when this one was not asked */
};

struct lw_export {
    const struct lw_project *project;
    /* Indexed to the end, if it is not yet. NULL where the task files cannot be read: what carries
     * no texts of theirs is exported all the same. */
    struct lw_tasks *tasks;
    const struct lw_journal *journal;
    const struct lw_ledger *ledger;
    const char
        *question; /* which one decides, for formats that carry one; NULL: the first that can */
    /* Called with pieces of the output, in order; anything but LW_OK ends the export. */
    enum lw_code (*write)(void *ctx, const char *bytes, size_t n, struct lw_err *err);
    void *ctx;
    bool empty_prompt; /* trl-*: where nothing comes before the responses, an empty prompt does */
};

/* Writes all that stands, in the order of the task files (what is in none of them any more comes
 * last). LW_EUSAGE: no such format or question, none of the project's questions fits the format, or
 * it has no empty prompts.
 */
enum lw_code lw_export_run(const char *format, const struct lw_export *x,
    struct lw_export_report *report, struct lw_err *err);

/* The table: name and one line of help; NULL behind the last. */
const char *lw_export_name(size_t i);
const char *lw_export_help(size_t i);

bool lw_export_carries_texts(const char *format); /* of tasks: it cannot do without them */

const char *lw_loss_describe(enum lw_loss loss);   /* "tasks left out: skipped" */
char *lw_loss_text(enum lw_loss loss, uint64_t n); /* "1 task left out: skipped"; new */

#endif
