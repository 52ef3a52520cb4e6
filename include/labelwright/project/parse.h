/* What the readers of project.yaml share. */
#ifndef LABELWRIGHT_PROJECT_PARSE_H
#define LABELWRIGHT_PROJECT_PARSE_H

#include "labelwright/project/project.h"
#include "labelwright/yaml/schema.h"

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
LW_SETTER(lw_set_columns);   /* to: struct lw_task_file */
LW_SETTER(lw_set_pay);       /* to: anything; nothing is kept yet */

void lw_columns_free(struct lw_columns *c); /* NULL is fine */

/* Reads the `when` of question i, after all questions are read. */
void lw_read_when(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y);

/* Reads one test of `asked`, which is no comparison. */
void lw_read_test(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to);

/* Whether a question has a name, and a type and a target that this version can ask. */
bool lw_question_is_known(const struct lw_yaml *y);

/* A project of nothing but the questions of a block as the journal keeps it. What this version
 * finds fault with is no obstacle, since labels were given under it; NULL where a question has no
 * name, or a type or target that this version does not know. */
struct lw_project *lw_project_of_questions(const json_t *block);

/* Why the words of a relative path leave the folder; NULL when they do not. Looks at no file. */
const char *lw_path_fault(const char *dir, const char *path);

/* Why no batches can be put there; NULL when they can. Looks at no file. */
const char *lw_outbox_folder_fault(const char *path);

/* Targets where files of the project are are mistakes, told at `at`. */
void lw_check_outboxes(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at);

/* The X of a folder "…/X.labelwright", new; NULL for another folder. */
char *lw_path_beside(const char *dir);

#endif
