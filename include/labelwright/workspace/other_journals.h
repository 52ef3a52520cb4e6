/* The journals in a project's folder that are not ours: whose they are, and what they hold. So that
 * "0 done" is never said without a word why. */
#ifndef LABELWRIGHT_WORKSPACE_OTHER_JOURNALS_H
#define LABELWRIGHT_WORKSPACE_OTHER_JOURNALS_H

#include "labelwright/base/buf.h"
#include "labelwright/base/sys.h"

#include <stdint.h>

struct lw_other_journal {
    char *name;      /* "journal", "journal-NAME" */
    char *annotator; /* foreign; "" when its first line cannot be read */
    uint64_t done, skipped;
    char *why; /* why it cannot be read; NULL when it was */
};

struct lw_other_journals {
    struct lw_other_journal *v;
    size_t n;
};

/* Reads all journals in `dir`, the project's folder, but the one called `ours`; by name. */
void lw_other_journals_find(
    const struct lw_sys *sys, int dir, const char *ours, struct lw_other_journals *to);
void lw_other_journals_fini(struct lw_other_journals *o);

/* "journal/ of ana: 12 done, 1 skipped" */
void lw_other_journal_describe(const struct lw_other_journal *o, struct lw_buf *to);

/* How to go on with the labels of others that are there, or why their labels do not count: a
 * sentence or two for an annotator without labels; new string, NULL when nobody else has any. */
char *lw_other_journals_advice(const struct lw_other_journals *o, const char *annotator);

#endif
