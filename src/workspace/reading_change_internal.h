/* Whether a project that was made for a data file may be made anew, to read the file otherwise. */
#ifndef LABELWRIGHT_WORKSPACE_READING_CHANGE_INTERNAL_H
#define LABELWRIGHT_WORKSPACE_READING_CHANGE_INTERNAL_H

#include "labelwright/project/project.h"

/* The project reads the file so already; what `as` does not say counts as the same. */
bool lw_read_as_agrees(const struct lw_task_file *file, const struct lw_read_as *as);

/* LW_EREFUSED where project.yaml was edited, or something was labeled; the text says what to do. */
enum lw_code lw_reading_may_change(const struct lw_sys *sys, const struct lw_project *p,
    const char *data, const struct lw_read_as *as, struct lw_err *err);

#endif
