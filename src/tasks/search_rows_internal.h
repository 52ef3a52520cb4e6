/* How common bytes are in texts, and how many things to look for are put into few rows by it. */
#ifndef LABELWRIGHT_TASKS_SEARCH_ROWS_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_ROWS_INTERNAL_H

#include "tasks/search_quads_internal.h"

/* How often one of them stands in texts, roughly: a sum over its values. */
unsigned lw_byte_set_commonness(const struct lw_byte_set *set);

/* Adds n quads to the rows [from, to), those together that bring the fewest places where none of
 * them fits. They begin with a byte that is not ASCII, or are what is behind the backslash of an
 * escape, by what the rows are for. */
void lw_rows_add(
    struct lw_quads *q, unsigned from, unsigned to, const struct lw_quad *quad, size_t n);

#endif
