/* Which members of a record with text are not shown. */
#ifndef LABELWRIGHT_TASKS_UNUSED_MEMBERS_INTERNAL_H
#define LABELWRIGHT_TASKS_UNUSED_MEMBERS_INTERNAL_H

#include "labelwright/format/task.h"

/* Adds to the object `to` the path of each member with text of which nothing is shown, not the
 * paths below it: {"source": true, "completions.critique": true}. Members about the record, such as
 * ids, models, labels and scores, are not among them. */
void lw_unused_members_add(const struct lw_task *t, json_t *to);

#endif
