/* What somebody may have meant who named a folder without a project, or a file that is not there.
 */
#ifndef LABELWRIGHT_WORKSPACE_NEARBY_FILES_INTERNAL_H
#define LABELWRIGHT_WORKSPACE_NEARBY_FILES_INTERNAL_H

#include "labelwright/base/sys.h"

/* "In it: a.jsonl, b.csv. Open one: labelwright DIR/a.jsonl": the files of tasks and the projects
 * in the folder; new, NULL for none. */
char *lw_nearby_files(const struct lw_sys *sys, const char *dir);

/* The path of what has nearly the same name in its folder; new, NULL for none. */
char *lw_nearby_name(const struct lw_sys *sys, const char *path);

#endif
