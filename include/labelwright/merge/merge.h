/* Merging a journal. Lost lines are restored from what was sent or from a copy. When a journal was
 * continued in two places, the chain of which most was sent stays as it is, and the labels of the
 * other are recorded again after its end. So each label is there once, and all numbers fit. Such a
 * label has "origin":{"seq","hash"}, which names its first line; so have the events of the sessions
 * around it, for the time worked. The old journal is kept next to the new one, unchanged. */
#ifndef LABELWRIGHT_MERGE_MERGE_H
#define LABELWRIGHT_MERGE_MERGE_H

#include "labelwright/project/project.h"

struct lw_merge_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    int dir;          /* the project's folder */
    const char *name; /* of the journal */
    const char *const
        *from; /* files of its lines, or folders with such files or with copies of it */
    size_t nfrom;
};

struct lw_merge_report {
    uint64_t restored; /* labels restored to their old place */
    uint64_t copied;   /* labels of another branch, recorded at the end */
    char kept[64];     /* the folder of the old journal; "" when there was nothing to do */
};

/* LW_EBUSY: a session has the journal open. LW_EABSENT: there is none. LW_EBAD: a `from` holds no
 * line of it. LW_EIO, LW_EFULL: the journal is unchanged. */
enum lw_code lw_journal_merge(
    const struct lw_merge_opts *opts, struct lw_merge_report *to, struct lw_err *err);

#endif
