/* Which tasks contain certain words. The bytes of a record usually show that it does not; it is
 * parsed only when in doubt. */
#ifndef LABELWRIGHT_TASKS_SEARCH_H
#define LABELWRIGHT_TASKS_SEARCH_H

#include "labelwright/tasks/tasks.h"

struct lw_search;

/* For a search through several tasks, best in the order of the files, and soon: data read from a
 * file is kept until lw_search_free(). Tasks and the n bytes of the needle are borrowed. */
struct lw_search *lw_search_new(struct lw_tasks *t, const char *needle, size_t n);
void lw_search_free(struct lw_search *m);

/* True when the id of the task at a position or any text of its turns and responses contains the
 * needle, as lw_find() finds it; false also when it cannot be read. `*cost` grows by about the time
 * it took, in tenths of a microsecond. */
bool lw_search_in(struct lw_search *m, size_t position, size_t *cost);

#endif
