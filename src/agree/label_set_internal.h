/* What a set of labels holds for itself: the projects, and the numbers of tasks. */
#ifndef LABELWRIGHT_AGREE_LABEL_SET_INTERNAL_H
#define LABELWRIGHT_AGREE_LABEL_SET_INTERNAL_H

#include "agree/label_source_internal.h"
#include "agree/string_table_internal.h"
#include "labelwright/agree/label_set.h"
#include "labelwright/tasks/tasks.h"

/* A folder with journals, and mostly a project. */
struct lw_label_place {
    char *path;                 /* before the journals' names, "" or with a slash */
    int dir;                    /* open */
    struct lw_project *project; /* NULL: only journals */
    struct lw_tasks *tasks;     /* opened when they are needed; NULL: they cannot be read */
    bool tried;
};

struct lw_label_store {
    const struct lw_sys *sys;
    struct lw_label_place *place;
    size_t places;
    struct lw_string_table ids; /* of tasks: the number is the place in set->task */
};

/* ---- label_paths.c */

/* Opens the journals that the path stands for, and adds their annotators. */
enum lw_code lw_label_path_open(
    struct lw_label_set *s, const char *path, struct lw_problems *p, struct lw_err *err);
void lw_label_paths_close(struct lw_label_set *s);

/* All tasks of a place, indexed to the end; NULL when they cannot be read. */
struct lw_tasks *lw_label_place_tasks(struct lw_label_store *store, size_t place);

#endif
