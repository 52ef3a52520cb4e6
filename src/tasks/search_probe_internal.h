/* What bytes tell of a text before it is parsed: where it may say what is looked for. */
#ifndef LABELWRIGHT_TASKS_SEARCH_PROBE_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_PROBE_INTERNAL_H

#include "labelwright/base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct lw_probe;

/* For a folded needle (find.h) that is kept as long. NULL when no piece of it can be told from
 * bytes: then any text may hold it. */
struct lw_probe *lw_probe_new(struct lw_span needle);
void lw_probe_free(struct lw_probe *p); /* NULL is fine */

/* New bytes: what was found before is forgotten. `escapes`: a backslash begins an escape of JSON.
 */
void lw_probe_set(struct lw_probe *p, struct lw_span bytes, bool escapes);

/* Whether a text among the bytes [from, to), which are whole records, may hold the needle. The
 * bytes behind are looked at, too, and what is found there is kept for the next call; it is looked
 * for again where `from` is less. */
bool lw_probe_between(struct lw_probe *p, size_t from, size_t to);

/* Whether the piece stands in the bytes as it is, but for case. */
bool lw_probe_stands(const struct lw_probe *p, struct lw_span bytes);

#endif
