/* Shared by the files that read project.yaml: a setter for each block, and the rules of its paths.
 */
#ifndef LABELWRIGHT_PROJECT_PROJECT_INTERNAL_H
#define LABELWRIGHT_PROJECT_PROJECT_INTERNAL_H

#include "labelwright/project/project.h"
#include "labelwright/yaml/schema.h"

LW_SETTER(lw_set_tasks);     /* to: struct lw_project */
LW_SETTER(lw_set_questions); /* to: struct lw_project */
LW_SETTER(lw_set_sync);      /* to: struct lw_project */
LW_SETTER(lw_set_pay);       /* to: struct lw_project */

enum { LW_TASK_FILES_MAX = 1000, LW_SYNC_TARGETS_MAX = 10 };

/* The keys of each block. */
extern const struct lw_schema lw_task_file_schema, lw_question_schema, lw_sync_schema,
    lw_pay_schema;

/* What the setters made. */
void lw_task_files_free(struct lw_task_file *v, size_t n);
void lw_questions_free(struct lw_question *v, size_t n);
void lw_syncs_free(struct lw_sync_to *v, size_t n);

/* Whether a question has a name, and a type and target that this version supports. */
bool lw_question_is_known(const struct lw_yaml *y);

/* Why a relative path leaves the folder; NULL when it does not. Opens nothing. */
const char *lw_path_fault(const char *dir, const char *path);

/* Why batches cannot be put there; NULL when they can. Opens nothing. */
const char *lw_outbox_folder_fault(const char *path);

/* Reports destinations at the place of a project file as mistakes, at `at`. */
void lw_check_outboxes(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at);

/* Known answers belong to tasks of practice. */
void lw_check_known(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at);

#endif
