/* The other journals in a project's folder: whose they are and what they hold. With these, "0 done"
 * is always explained. */
#ifndef LABELWRIGHT_WORKSPACE_OTHER_JOURNALS_H
#define LABELWRIGHT_WORKSPACE_OTHER_JOURNALS_H

#include "labelwright/base/buf.h"
#include "labelwright/base/sys.h"

#include <stdint.h>

struct lw_other_journal {
    char *name;      /* "journal", "journal-NAME" */
    char *annotator; /* foreign text; "" when the first line cannot be read */
    uint64_t done, skipped;
    char *why; /* why it cannot be read; NULL when it was */
};

struct lw_other_journals {
    struct lw_other_journal *v;
    size_t n;
};

/* Reads all journals in `dir`, the project's folder, except `ours`; sorted by name. */
void lw_other_journals_find(
    const struct lw_sys *sys, int dir, const char *ours, struct lw_other_journals *to);
void lw_other_journals_fini(struct lw_other_journals *o);

/* "journal/ of ana: 12 done, 1 skipped" */
void lw_other_journal_describe(const struct lw_other_journal *o, struct lw_buf *to);

/* For an annotator without labels: how to continue with the labels of others, or why they do not
 * count. A sentence or two, new string; NULL when nobody else has labels. */
char *lw_other_journals_advice(const struct lw_other_journals *o, const char *annotator);

#endif
