/* Shared by the files that read project.yaml. */
#ifndef LABELWRIGHT_PROJECT_PARSE_H
#define LABELWRIGHT_PROJECT_PARSE_H

#include "labelwright/project/project.h"
#include "labelwright/yaml/schema.h"

enum {
    LW_QUESTIONS_MAX = 100,
    LW_OPTIONS_MAX = 200,
    LW_OPTION_DEPTH_MAX = 3,
    LW_NAME_MAX = 64 /* bytes of a question name and of an option value */
};

LW_SETTER(lw_set_questions); /* to: struct lw_project */
LW_SETTER(lw_set_options);   /* to: struct lw_question */
LW_SETTER(lw_set_scale);     /* to: struct lw_question */
LW_SETTER(lw_set_sync);      /* to: struct lw_project */
LW_SETTER(lw_set_columns);   /* to: struct lw_task_file */
LW_SETTER(lw_set_pay);       /* to: anything; nothing is kept yet */

void lw_columns_free(struct lw_columns *c); /* NULL is fine */

/* Reads the `when` of question i, after all questions have been read. */
void lw_read_when(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y);

/* Reads one test of `asked`, which is not a comparison. */
void lw_read_test(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to);

/* Whether a question has a name, and a type and target that this version supports. */
bool lw_question_is_known(const struct lw_yaml *y);

/* A project with only the questions of a block from the journal. Mistakes found by this version are
 * ignored, because labels were given under it; NULL when a question has no name, or a type or
 * target that this version does not know. */
struct lw_project *lw_project_of_questions(const json_t *block);

/* Why a relative path leaves the folder; NULL when it does not. Looks at no file. */
const char *lw_path_fault(const char *dir, const char *path);

/* Why batches cannot be put there; NULL when they can. Looks at no file. */
const char *lw_outbox_folder_fault(const char *path);

/* Reports destinations at the place of a project file as mistakes, at `at`. */
void lw_check_outboxes(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at);

/* The X of a folder "…/X.labelwright", new; NULL for another folder. */
char *lw_path_beside(const char *dir);

#endif
