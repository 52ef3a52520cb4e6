/* What somebody who starts labelwright alone can go on with: projects used lately on this machine
 * or in this folder, the task files of this folder, samples. Looking at projects and files takes
 * time, so it is done one at a time, between keys. Nothing is created or written. */
#ifndef LABELWRIGHT_WORKSPACE_START_LIST_H
#define LABELWRIGHT_WORKSPACE_START_LIST_H

#include "labelwright/config/config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LW_START_PROJECTS = 9, LW_START_FILES = 20, LW_START_SAMPLES = 20 };

/* All texts are owned by the list; names and titles are foreign. */
struct lw_start_project {
    char *path;  /* to open */
    char *name;  /* of the folder or the data file */
    char *place; /* the folder it is in, for people */
    bool looked; /* the rest is known: */
    char *why;   /* why it cannot be opened; NULL when it can */
    size_t tasks;
    bool counted; /* all tasks are; false: there are more */
    uint64_t done, skipped, unsent, parked;
    bool sends;
    int64_t today_ms; /* active time of today's labels */
};

struct lw_start_file {
    char *name;         /* in the folder */
    const char *format; /* NULL: not looked at yet */
    uint64_t size;
};

struct lw_start_sample {
    char *name, *title;
};

struct lw_start_list {
    struct lw_start_project project[LW_START_PROJECTS];
    struct lw_start_file file[LW_START_FILES];
    struct lw_start_sample sample[LW_START_SAMPLES];
    size_t nprojects, nfiles, nsamples;
    size_t more_files; /* that there was no room for */
    char **waiting;    /* names that are still to be looked at … */
    size_t nwaiting, next;
};

/* Lists what is found at once: the folder that is open at `.`, the samples in `samples`. */
void lw_start_list_find(const struct lw_sys *sys, const char *samples, struct lw_start_list *to);

/* Looks at one more project or file. False when all is known. */
bool lw_start_list_step(
    const struct lw_sys *sys, const struct lw_config *config, struct lw_start_list *l);

void lw_start_list_fini(struct lw_start_list *l);

#endif
