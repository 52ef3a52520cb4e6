/* Which pictures of a project a task may name. */
#ifndef LABELWRIGHT_PROJECT_PICTURE_PATH_H
#define LABELWRIGHT_PROJECT_PICTURE_PATH_H

#include "labelwright/project/project.h"

/* True where the name may be that of a file: it is no address, and not what kind of picture stands
 * in the record itself. */
bool lw_picture_is_file(const char *name, size_t n);

/* The file of that name inside the project (lw_project_path()); the caller frees it. NULL: `err`
 * says why, without a word about project.yaml, which does not name it. */
char *lw_picture_path(const struct lw_project *p, const char *name, struct lw_err *err);

/* What the picture of that name is, in words, for those who do not see it: "photos/cat.jpg, 451 x
 * 300 pixels"; else what is wrong with it, or only its name. The caller frees it. */
char *lw_picture_about(const struct lw_project *p, const char *name, size_t n);

#endif
