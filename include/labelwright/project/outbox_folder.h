/* The batches of a journal in a folder target, by their names. */
#ifndef LABELWRIGHT_PROJECT_OUTBOX_FOLDER_H
#define LABELWRIGHT_PROJECT_OUTBOX_FOLDER_H

#include "labelwright/base/hash.h"
#include "labelwright/project/project.h"

struct lw_batch_file {
    const char *name;
    uint64_t first, last;
    char sha256[LW_SHA256_HEX];
};

/* The folder of this journal's batches; -1 when the target is no folder or holds none of it. */
int lw_outbox_folder_open(const struct lw_project *p, const struct lw_sys *sys,
    const struct lw_sync_to *to, const char *journal_id);

/* Calls `each` for every file with a batch's name, in no order. */
void lw_outbox_folder_each(const struct lw_sys *sys, int fd,
    void (*each)(void *ctx, const struct lw_batch_file *file), void *ctx);

#endif
