/* Takes the known answers of practice tasks out of their records. */
#ifndef LABELWRIGHT_FORMAT_KNOWN_MEMBERS_INTERNAL_H
#define LABELWRIGHT_FORMAT_KNOWN_MEMBERS_INTERNAL_H

#include "labelwright/format/csv.h"
#include "labelwright/format/known_map.h"

/* What the map names, out of a record and out of the object in it that is the task: {question:
 * value, or a list of them for the responses}, and the explanation under "" where there is one.
 * New. For a row, `table` and its bytes say what its cells are. */
json_t *lw_known_take(const struct lw_known_map *map, json_t *task, json_t *around);
json_t *lw_known_take_cells(const struct lw_known_map *map, const struct lw_csv *table,
    const char *bytes, size_t n, json_t *task);

/* Gives them (stolen; NULL for none) to the task that was made of the record. With `former`, what
 * another program's labels suggest takes their place where there are none, and is no suggestion. */
void lw_known_give(const struct lw_known_map *map, json_t *taken, bool former, struct lw_task *to);

#endif
