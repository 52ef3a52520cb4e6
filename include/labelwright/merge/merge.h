/* Bringing a journal together again: lines that its end or its middle lost come back from what was
 * sent, or from a copy; of a journal that was continued in two places one chain stays as it is,
 * that of which most was sent, and the labels of the other are recorded once more behind its end,
 * so that each label is there once and everybody's numbers fit. Such a label carries
 * "origin":{"seq","hash"}, which names the line that it was. The journal of before is kept beside,
 * as it was. */
#ifndef LABELWRIGHT_MERGE_MERGE_H
#define LABELWRIGHT_MERGE_MERGE_H

#include "labelwright/project/project.h"

struct lw_merge_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    int dir;                 /* the project's folder */
    const char *name;        /* of the journal */
    const char *const *from; /* files of its lines, or folders that hold such or copies of it */
    size_t nfrom;
};

struct lw_merge_report {
    uint64_t restored; /* labels that came back where they were */
    uint64_t copied;   /* labels of another branch, recorded behind the end */
    char kept[64];     /* the folder of the journal of before; "" when there was nothing to do */
};

/* LW_EBUSY: a sitting has the journal. LW_EABSENT: there is none. LW_EBAD: a `from` holds no line
 * of it. LW_EIO, LW_EFULL: the journal is as it was. */
enum lw_code lw_journal_merge(
    const struct lw_merge_opts *opts, struct lw_merge_report *to, struct lw_err *err);

#endif
