/* For tests and benchmarks of what reads the journal: a journal of annotations made by hand. */
#ifndef LABELWRIGHT_TESTS_JOURNAL_RIG_H
#define LABELWRIGHT_TESTS_JOURNAL_RIG_H

#include "labelwright/base/buf.h"
#include "labelwright/journal/event.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/tasks/tasks.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct journal_rig {
    int dir;
    struct lw_journal *journal;
    struct lw_ledger *ledger;
};

static inline void journal_rig_fold(void *ctx, const struct lw_event *e)
{
    lw_ledger_fold(ctx, e);
}

static inline enum lw_code journal_rig_open(
    struct journal_rig *j, const char *dir, const char *annotator, struct lw_err *err)
{
    j->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    j->ledger = lw_ledger_new();
    struct lw_journal_opts opts = {.sys = &lw_sys_real,
        .dir = j->dir,
        .name = "journal",
        .annotator = annotator,
        .title = "Test",
        .each = journal_rig_fold,
        .ctx = j->ledger};
    return lw_journal_open(&opts, &j->journal, err);
}

/* Appends the bodies, whose references it takes, and folds them. */
static inline enum lw_code journal_rig_append(
    struct journal_rig *j, json_t **body, size_t n, struct lw_err *err)
{
    struct lw_event *out = lw_alloc(n * sizeof *out);
    enum lw_code code = lw_journal_append(j->journal, body, n, out, err);
    for (size_t i = 0; i < n; i++) {
        if (code == LW_OK)
            lw_ledger_fold(j->ledger, &out[i]);
        json_decref(body[i]);
    }
    free(out);
    return code;
}

static inline void journal_rig_close(struct journal_rig *j)
{
    lw_journal_close(j->journal);
    lw_ledger_free(j->ledger);
    close(j->dir);
}

#endif
