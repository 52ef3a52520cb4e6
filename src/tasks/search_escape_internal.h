/* Escapes of JSON (\u0435) in which a text may hold a piece of a needle in disguise: of characters
 * that are a disguise, of those that nobody needs to escape, and of characters of the piece beside
 * others of it that are not escaped. */
#ifndef LABELWRIGHT_TASKS_SEARCH_ESCAPE_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_ESCAPE_INTERNAL_H

#include "tasks/search_disguise_internal.h"

/* Adds how they go on behind the backslash to so many rows from `row` on. */
enum { LW_ESCAPE_ROWS = 4 };
void lw_escapes_add(const struct lw_disguises *d, struct lw_quads *q, unsigned row);

/* The end of an escape before a byte that is not ASCII, and such a byte before an escape. */
struct lw_quad lw_escape_before_other(void);
struct lw_quad lw_escape_behind_other(void);

/* Whether an escape may be a disguise, by where its backslash is. */
bool lw_escape_is_disguise(const struct lw_disguises *d, struct lw_span bytes, size_t at);

#endif
