/* Places where the user may not write: what a project reads, and what labelwright keeps. */
#ifndef LABELWRIGHT_PROJECT_PROTECTED_PATH_H
#define LABELWRIGHT_PROJECT_PROTECTED_PATH_H

#include "labelwright/project/project.h"

/* LW_EREFUSED when a file in the folder `above` (a real path) would be inside a journal,
 * .labelwright/, or a folder that the project (NULL for none) sends to. */
enum lw_code lw_protected_path_check(
    const struct lw_project *p, const char *above, const char *shown, struct lw_err *err);

/* LW_EREFUSED when the file is project.yaml, the guidelines, a task file, or a file of a journal.
 */
enum lw_code lw_protected_path_check_input(
    const struct lw_project *p, const struct stat *st, const char *shown, struct lw_err *err);

#endif
