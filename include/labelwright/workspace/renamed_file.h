/* A data file that was renamed, alone or with its FILE.labelwright: its labels are under the old
 * name. Nothing is done without a yes from the user. */
#ifndef LABELWRIGHT_WORKSPACE_RENAMED_FILE_H
#define LABELWRIGHT_WORKSPACE_RENAMED_FILE_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

struct lw_renamed_file {
    char *data;   /* the file as it is called now */
    char *folder; /* where its labels are: "…/old.jsonl.labelwright", or under its own name when
                   * the folder was renamed with it */
    char *was;    /* "old.jsonl" */
    uint64_t labels; /* of this file's records, under the old name */
};

/* Whether PATH, a data file or its FILE.labelwright, was renamed: the file that the project names
 * is gone, and for a folder under the old name, labeled records are in this file (its first 64 MiB
 * are searched). Call lw_renamed_file_fini() on every outcome. */
bool lw_renamed_file_find(const struct lw_sys *sys, const char *path, struct lw_renamed_file *to);
void lw_renamed_file_fini(struct lw_renamed_file *m);

/* What was found, in a sentence; new string. */
char *lw_renamed_file_describe(const struct lw_renamed_file *m);

/* Renames the folder, and puts the new file name into its project.yaml. If interrupted, it is found
 * again. */
enum lw_code lw_renamed_file_apply(
    const struct lw_sys *sys, const struct lw_renamed_file *m, struct lw_err *err);

#endif
