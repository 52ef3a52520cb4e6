/* What the readers of project.yaml share. */
#ifndef DATA_PROJECT_PARSE_H
#define DATA_PROJECT_PARSE_H

#include "data/schema.h"
#include "labelwright/project.h"

enum {
    LW_QUESTIONS_MAX = 100,
    LW_OPTIONS_MAX = 200,
    LW_OPTION_DEPTH_MAX = 3,
    LW_NAME_MAX = 64 /* bytes of a question's name and of an option's value */
};

LW_SETTER(lw_set_questions); /* to: struct lw_project */
LW_SETTER(lw_set_options);   /* to: struct lw_question */
LW_SETTER(lw_set_scale);     /* to: struct lw_question */
LW_SETTER(lw_set_sync);      /* to: struct lw_project */
LW_SETTER(lw_set_pay);       /* to: anything; nothing is kept yet */

/* Reads the `when` of question i, after all questions are read. */
void lw_read_when(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y);

/* Why the words of a relative path leave the folder; NULL when they do not. Looks at no file. */
const char *lw_path_fault(const char *dir, const char *path);

/* The X of a folder "…/X.labelwright", new; NULL for another folder. */
char *lw_path_beside(const char *dir);

/* The text of a new project.yaml for tasks with so many responses; the file `data` is in `folder`,
 * "../" or "". New; NULL when the name cannot be written there (not UTF-8). */
char *lw_project_text(const char *data, const char *folder, size_t nresponses);

/* The number of responses of the first record of a data file that can be read. LW_EBAD says what is
 * wrong with a file that has none. */
enum lw_code lw_data_responses(
    const struct lw_sys *sys, const char *path, size_t *responses, struct lw_err *err);

#endif
