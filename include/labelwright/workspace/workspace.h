/* A project opened for work: project, journal, ledger and tasks, which a session needs. */
#ifndef LABELWRIGHT_WORKSPACE_WORKSPACE_H
#define LABELWRIGHT_WORKSPACE_WORKSPACE_H

#include "labelwright/config/config.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"
#include "labelwright/tasks/tasks.h"

struct lw_workspace {
    const struct lw_sys *sys;
    struct lw_project *project;
    bool made; /* project.yaml was just created for a data file */
    int dir;   /* the project's folder */
    char *annotator;
    char journal_name[80]; /* "journal", or "journal-NAME" when journal/ is another annotator's */
    struct lw_journal *journal; /* NULL when opened read-only and there is none yet */
    struct lw_ledger *ledger;
    struct lw_tasks *tasks;
};

struct lw_workspace_opts {
    const struct lw_sys *sys;
    const char *path;
    const char *annotator; /* from the command line; NULL: config or login name */
    const struct lw_config *config;
    const char *purpose;         /* as in journal.h; NULL for none */
    const struct lw_read_as *as; /* how a data file is read; NULL: as it looks */
    bool read_only; /* nothing is created or written; for a data file the project is `unmade` */
    bool practice;  /* a project that is made for a data file is of practice tasks */
    bool adopt;     /* the user accepted a journal that was not made here, or is an older copy */
};

/* Finds the project, its folder, the annotator and the journal's name. Opens nothing else: journal,
 * ledger and tasks stay NULL. On an error nothing stays open, and `p` or `err` say what is wrong.
 */
enum lw_code lw_workspace_find(const struct lw_workspace_opts *opts, struct lw_workspace *to,
    struct lw_problems *p, struct lw_err *err);

/* Finds the project and opens the journal and its ledger, but no tasks. LW_EASK: see below. */
enum lw_code lw_workspace_journal(const struct lw_workspace_opts *opts, struct lw_workspace *to,
    struct lw_problems *p, struct lw_err *err);

/* Opens all of it. Unless read_only, adds the question block to the journal when it has changed. On
 * an error nothing stays open, and `p` or `err` say what is wrong. LW_EASK: known_journals.h does
 * not know the journal; open again with `adopt` once the user has said yes. Read-only never asks.
 */
enum lw_code lw_workspace_open(const struct lw_workspace_opts *opts, struct lw_workspace *to,
    struct lw_problems *p, struct lw_err *err);

/* Opens the journal again, for writing if it is free now, and folds all of it. w->journal stays the
 * same pointer. On an error the journal is unchanged. */
enum lw_code lw_workspace_reopen(struct lw_workspace *w, struct lw_err *err);

/* Writes the checkpoint of a writable journal, and closes all. A zeroed struct is fine. */
void lw_workspace_close(struct lw_workspace *w);

/* Indexes all tasks, calling `progress` (may be NULL) every few MiB. */
enum lw_code lw_workspace_index_all(struct lw_workspace *w,
    void (*progress)(void *ctx, uint64_t done, uint64_t all), void *ctx, struct lw_err *err);

#endif
