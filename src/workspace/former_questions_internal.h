/* Questions that ask again what the suggestions of a file's tasks answer. */
#ifndef LABELWRIGHT_WORKSPACE_FORMER_QUESTIONS_INTERNAL_H
#define LABELWRIGHT_WORKSPACE_FORMER_QUESTIONS_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/format/task.h"

/* Adds to the object `seen` what answers to a task, suggested or known, tell of their questions. */
void lw_former_questions_note(json_t *seen, const struct lw_task *t, const json_t *answers);

/* Adds these questions as YAML, and a note; false, and nothing, where there are none. */
bool lw_former_questions_write(const json_t *seen, struct lw_buf *to);

#endif
