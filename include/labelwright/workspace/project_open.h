/* From what the user names on the command line to a project. */
#ifndef LABELWRIGHT_WORKSPACE_PROJECT_OPEN_H
#define LABELWRIGHT_WORKSPACE_PROJECT_OPEN_H

#include "labelwright/project/project.h"

/* Opens PATH: a folder with project.yaml, that file itself, or a data file. For a data file
 * FILE.labelwright/project.yaml is used, and made with the questions that fit its kind of data when
 * it is not there (`*made`); a link to a data file stands for the file it leads to. `err` says what
 * is wrong; on LW_EBAD every mistake is in `p`, and `err` only sums them up. Paths that leave the
 * folder (symlinks resolved) are LW_EREFUSED. A project that is made is of practice tasks when its
 * records have known answers, or with `practice`.
 *
 * The questions made, by the responses of the first readable record (names are fixed):
 *   none         quality (rating 1-7, task), note (text, task)
 *   one          quality (rating 1-7, response), problems (tags, response), note
 *   two          better (compare, task), problems, note
 *   three, more  quality (rating 1-7, response), problems, note
 * problems has inaccurate, harmful, ignores_request, evasive, language and formatting. */
enum lw_code lw_project_open(const struct lw_sys *sys, const char *path, bool practice,
    struct lw_project **to, bool *made, struct lw_problems *p, struct lw_err *err);

/* The same for read-only use: where lw_project_open() would make a project, nothing is made, and
 * the project that it would make is returned, marked `unmade`. */
enum lw_code lw_project_open_read_only(const struct lw_sys *sys, const char *path,
    struct lw_project **to, struct lw_problems *p, struct lw_err *err);

/* Either, with how a data file is to be read (`as`; NULL: as it looks). A project that is made
 * remembers it. One that was made before is made anew, as long as nobody edited it and nothing was
 * labeled, which LW_EREFUSED says with what to write; read-only, the project returned has it.
 * LW_EUSAGE where the path is no data file. */
struct lw_project_opening {
    const struct lw_sys *sys;
    const struct lw_read_as *as;
    bool practice;  /* what is made is of practice tasks */
    bool read_only; /* nothing is made */
};
enum lw_code lw_project_open_as(const struct lw_project_opening *how, const char *path,
    struct lw_project **to, bool *made, struct lw_problems *p, struct lw_err *err);

/* Makes the project.yaml of a data file anew, so that its first row is names or a task; open it
 * again then. LW_EREFUSED where it was edited, something was labeled, or it is no data file's. */
enum lw_code lw_project_take_header(const struct lw_sys *sys, const struct lw_project *p,
    enum lw_header header, struct lw_err *err);

#endif
