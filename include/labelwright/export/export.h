/* Writes the labels of the journal in a format that others can use: one table of formats. */
#ifndef LABELWRIGHT_EXPORT_EXPORT_H
#define LABELWRIGHT_EXPORT_EXPORT_H

#include "labelwright/base/buf.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"
#include "labelwright/tasks/tasks.h"

/* What an export leaves out or warns of: id, and the words that follow a number above one. The
 * first word is the noun; it loses its "s" after the number 1. */
#define LW_LOSSES(X)                                                                               \
    X(PRACTICE, "tasks left out: practice, which stays here")                                      \
    X(SKIPPED, "tasks left out: skipped")                                                          \
    X(OPEN, "tasks left out: question not answered")                                               \
    X(TIE, "tasks left out: a tie, neither response is better")                                    \
    X(NO_PAIR, "tasks left out: not a choice between two responses")                               \
    X(RANKED_MOST, "tasks left out: more than 100 responses are ranked")                           \
    X(NO_CHOICE, "talks left out: one reply to each turn, none corrected")                         \
    X(BRANCH, "messages left out: in a branch where the talk did not end")                         \
    X(TIED_PAIR, "pairs left out: a tie, neither response is better")                              \
    X(UNRANKED, "responses left out: they could not be ranked")                                    \
    X(BETWEEN, "responses left out: ranked between the best and the worst")                        \
    X(NO_PROMPT, "tasks left out: no prompt before the responses")                                 \
    X(GONE, "tasks left out: no longer in the task files")                                         \
    X(CHANGED, "tasks left out: the record changed after it was labeled")                          \
    X(UNREADABLE, "tasks left out: the record cannot be read")                                     \
    X(DAMAGED, "tasks left out: damaged line in the journal")                                      \
    X(NOT_ONE, "tasks left out: rated as a whole, without exactly one response")                   \
    X(ROLE, "tasks left out: role unknown to this format")                                         \
    X(MARKER, "tasks left out: a turn contains text that starts a new turn in this format")        \
    X(WORSE, "responses left out: the other one is better")                                        \
    X(UNRATED, "responses left out: not rated")                                                    \
    X(MIDDLE, "responses left out: rated in the middle, neither good nor bad")                     \
    X(UNCORRECTED, "responses left out: not corrected")                                            \
    X(FINE, "responses left out: no correction needed, so neither text is better")                 \
    X(NOT_GOOD, "responses left out: rated in the middle or worse")                                \
    X(CONVERSATION, "tasks left out: the prompt is a conversation, this format holds one text")    \
    X(NO_STEPS, "tasks left out: no steps")                                                        \
    X(SOLUTIONS, "tasks left out: several responses, this format holds one")                       \
    X(NO_SPANS, "tasks left out: nothing is marked")                                               \
    X(NO_SOLUTION, "solutions left out: no verdict to write on the first step")                    \
    X(STEP_END, "steps left out: no verdict, or behind a step without one")                        \
    X(STEP_UNASKED, "steps left out: behind the last one with a verdict")                          \
    X(NEUTRAL_END, "steps left out: neutral, or behind a neutral step")                            \
    X(NEUTRAL_GOOD, "steps written as good: neutral")                                              \
    X(NEUTRAL_BAD, "steps written as bad: neutral")                                                \
    X(WORDING, "wordings left out: this format holds one for each step")                           \
    X(REWRITE, "rewrites left out: this format holds one for each step")                           \
    X(UNSURE, "ratings written as null: neither good, neutral nor bad")                            \
    X(NO_VERDICT, "ratings written as null: no verdict")                                           \
    X(NO_OUTCOME, "reasons to finish written as null: no outcome")                                 \
    X(EMPTY, "prompts written as empty: no prompt before the responses")                           \
    X(DEGREE, "ratings turned into good/bad")                                                      \
    X(STRENGTH, "strengths of preference left out")                                                \
    X(ORIGINAL, "originals left out: the task files have the uncorrected texts")                   \
    X(PART, "parts left out: calls, reasoning or pictures that this format cannot hold")           \
    X(UNASKED, "tasks left out: labeled when this question was not asked")                         \
    X(UNREADABLE_ASKED, "tasks left out: labeled with questions that cannot be read")              \
    X(EARLIER, "labels given with earlier questions, exported as asked then")                      \
    X(UNKNOWN, "labels given with questions that cannot be read")                                  \
    X(STALE, "answers left out: `when` did not ask for them")                                      \
    X(MISSING, "labels whose task is no longer in any task file")                                  \
    X(ALTERED, "labels whose record has changed since")                                            \
    X(SAME, "pairs with the same text on both sides (written anyway)")                             \
    X(GUARDED, "cells got an apostrophe in front: a formula would run in a spreadsheet")           \
    X(LONG, "cells longer than Excel's limit of 32,767 characters")                                \
    X(COLUMN,                                                                                      \
        "answers left out: more than 100 different responses, turns, steps or spans need columns") \
    X(KIND, "answers with a JSON type other than the question has now: loaders may refuse them")   \
    X(SHAPE, "messages with members or parts that others lack: load a file this large with "       \
             "chunksize=1 << 30")                                                                  \
    X(DATES,                                                                                       \
        "questions answered with dates only: datasets reads them as timestamps, unless you give "  \
        "it the `features` in the README")                                                         \
    X(NO_PLACE, "answers left out: this format has no place for their kind")                       \
    X(OTHER, "answers to other questions left out")                                                \
    X(FORMULA, "cells a spreadsheet may read as formulas (unchanged)")

enum lw_loss {
#define X(id, words) LW_LOSS_##id,
    LW_LOSSES(X)
#undef X
        LW_LOSS_COUNT
};

/* The `datasets` library decides members and types by this many bytes of a file. */
enum { LW_EXPORT_TYPED = 10 * 1024 * 1024 };

struct lw_export_report {
    uint64_t written; /* lines */
    uint64_t bytes;   /* of the output */
    uint64_t lost[LW_LOSS_COUNT];
    char instead[80]; /* a question that would export the tasks counted as UNASKED */
};

struct lw_export {
    const struct lw_project *project;
    /* Indexed to the end if needed. NULL when the task files cannot be read: formats without task
     * texts still work. */
    struct lw_tasks *tasks;
    const struct lw_journal *journal;
    const struct lw_ledger *ledger;
    const char *question; /* the question that decides, for formats that use one; NULL: the first
                             that fits */
    /* Called with pieces of the output, in order; anything but LW_OK ends the export. */
    enum lw_code (*write)(void *ctx, const char *bytes, size_t n, struct lw_err *err);
    void *ctx;
    bool empty_prompt;   /* trl-*: write an empty prompt where there is none before the responses */
    const char *neutral; /* trl-stepwise: what a neutral step is, "good" (also NULL) or "bad", or
                            "skip": the solution ends before it */
    struct lw_buf
        *config; /* gets what the file needs beside it (lw_export_config()); NULL: nothing */
    const char *offsets; /* spans: what they count, "chars" (Unicode code points; also NULL),
                            "utf16" or "bytes" */
};

/* Writes all current labels in the order of the task files (labels whose task is gone come last).
 * LW_EUSAGE: no such format or question, no question of the project fits the format, or it does not
 * take an option. */
enum lw_code lw_export_run(const char *format, const struct lw_export *x,
    struct lw_export_report *report, struct lw_err *err);

/* The table: name and one line of help; NULL after the last. */
const char *lw_export_name(size_t i);
const char *lw_export_help(size_t i);

bool lw_export_needs_texts(const char *format); /* needs the tasks' texts */

/* What a file of this format needs beside it, "the labeling config"; NULL for nothing. */
const char *lw_export_config(const char *format);

const char *lw_loss_describe(enum lw_loss loss);   /* "tasks left out: skipped" */
char *lw_loss_text(enum lw_loss loss, uint64_t n); /* "1 task left out: skipped"; new */

#endif
