/* The check of `labelwright check`: what is wrong with the records of the task files, and which of
 * them changed since they were labeled. Every record is read and parsed. */
#ifndef LABELWRIGHT_WORKSPACE_CHECK_H
#define LABELWRIGHT_WORKSPACE_CHECK_H

#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"
#include "labelwright/tasks/tasks.h"
#include "labelwright/tasks/tasks_summary.h"

/* What can be found: id, and its name after a number. */
#define LW_FINDINGS(X)                                                                             \
    X(UNREADABLE, "records that cannot be read")                                                   \
    X(DUPLICATE, "records with the same id as an earlier record")                                  \
    X(UNASKED, "tasks without 2 responses to compare")                                             \
    X(CHANGED, "records that changed since they were labeled")                                     \
    X(UNANSWERED, "tasks with no answer in a joined file")                                         \
    X(STRAY, "records in joined files that answer no task")                                        \
    X(SUGGESTED, "tasks with suggestions that do not fit")                                         \
    X(KNOWN, "practice tasks with known answers that do not fit")                                  \
    X(UNKNOWN_ANSWERS, "practice tasks without known answers")                                     \
    X(UNPROMPTED, "tasks without a prompt")                                                        \
    X(FEWER, "tasks with fewer responses than most")                                               \
    X(EMPTY, "tasks with an empty response")

enum lw_check_finding {
#define X(id, words) LW_FINDING_##id,
    LW_FINDINGS(X)
#undef X
        LW_FINDING_COUNT
};

struct lw_check_report {
    uint64_t tasks;
    uint64_t found[LW_FINDING_COUNT];
    uint64_t gone;           /* labels of tasks that are in no file any more: not a mistake */
    struct lw_survey survey; /* of all tasks; the caller's, for lw_survey_fini() */
};

/* False for findings that may be intended. */
bool lw_finding_is_mistake(enum lw_check_finding f);

/* One of them, and where it is. Borrowed. */
struct lw_check_found {
    enum lw_check_finding kind;
    const char *file; /* as an editor opens it from the current folder */
    uint64_t line;    /* from 1 on, as `col` */
    size_t col;
    const char *message; /* "what is wrong. Cure."; may hold foreign text */
};

struct lw_check {
    const struct lw_project *project;
    struct lw_tasks *tasks;         /* indexed to the end */
    const struct lw_ledger *ledger; /* of the annotator; empty when nothing was labeled */
    uint64_t most;                  /* at most so many of each kind are told; all are counted */
    void (*tell)(void *ctx, const struct lw_check_found *found);
    void (*progress)(void *ctx, uint64_t done, uint64_t all); /* bytes; NULL for none */
    void *ctx;
};

/* LW_OK says only that all could be read. LW_EIO, LW_EBAD (a file changed meanwhile) otherwise. */
enum lw_code lw_check_tasks(
    const struct lw_check *c, struct lw_check_report *report, struct lw_err *err);

const char *lw_finding_describe(enum lw_check_finding f);

#endif
