/* What questions are about: the targets of a task. The task and its prompt stand alone, and an
 * answer about them is a value; the others are lists of items, and an answer is a value for each
 * id. task_target.c says how to add one. */
#ifndef LABELWRIGHT_PROJECT_TASK_TARGET_H
#define LABELWRIGHT_PROJECT_TASK_TARGET_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

/* One item of a target; valid as long as the task. */
struct lw_item {
    const char *id; /* unique among the items; stands in the journal, never shown */
    struct lw_span text;
    int response; /* the response that it is, or is a part of; -1 for none */
    int first;    /* the item that it is another wording of, else itself */
};

struct lw_target_type {
    const char *noun;                         /* "response"; NULL where it stands alone */
    size_t (*count)(const struct lw_task *t); /* NULL where it stands alone */
    struct lw_item (*item)(const struct lw_task *t, size_t i);
    /* The item that alone can have this id, -1 for none; NULL: any can. */
    int (*candidate)(const struct lw_task *t, const char *id);
};
const struct lw_target_type *lw_target_type(enum lw_target on);

bool lw_target_is_keyed(enum lw_target on); /* it is a list of items */

/* How many items the task has; 0 where the target stands alone. */
size_t lw_target_count(enum lw_target on, const struct lw_task *t);
struct lw_item lw_target_item(enum lw_target on, const struct lw_task *t, size_t i);

/* The text of an item, or of a target that stands alone (`item` -1): of several turns the last one
 * of the user is the prompt; s is NULL for none. */
struct lw_span lw_target_text(enum lw_target on, const struct lw_task *t, int item);
int lw_target_find(enum lw_target on, const struct lw_task *t, const char *id); /* -1 for none */

#endif
