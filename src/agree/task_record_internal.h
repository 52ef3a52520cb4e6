/* A task of any format as a record of format native. */
#ifndef LABELWRIGHT_AGREE_TASK_RECORD_INTERNAL_H
#define LABELWRIGHT_AGREE_TASK_RECORD_INTERNAL_H

#include "labelwright/format/task.h"

/* New. It reads as the same texts, with the same ids of task, responses, turns and steps. NULL
 * where it would not: calls, tools, pictures, other wordings of a step. */
json_t *lw_task_record(const struct lw_task *t);

#endif
