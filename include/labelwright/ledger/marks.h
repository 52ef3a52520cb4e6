/* Marks: tasks to come back to, in .labelwright/marks, a JSON array of their ids. No part of the
 * record of work: deleting the file loses no label. */
#ifndef LABELWRIGHT_LEDGER_MARKS_H
#define LABELWRIGHT_LEDGER_MARKS_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

/* The keys (lw_fingerprint of the ids) of what is marked, going up. Zero-initialise. */
struct lw_keys {
    uint64_t *v;
    size_t n, cap;
};
void lw_keys_add(struct lw_keys *k, uint64_t key); /* wherever; lw_keys_sort() before asking */
void lw_keys_sort(struct lw_keys *k);
bool lw_keys_have(const struct lw_keys *k, uint64_t key);
void lw_keys_fini(struct lw_keys *k);

/* `to` becomes what the file says. No file: no marks. A damaged one is LW_EBAD, and no marks. */
enum lw_code lw_marks_load(
    const struct lw_sys *sys, int dir, struct lw_keys *to, struct lw_err *err);

/* Marks the task, or takes its mark away, on the disk as it is now (another sitting may have
 * written it) and in `to`. `*marked` says which. On failure nothing has changed. */
enum lw_code lw_marks_flip(const struct lw_sys *sys, int dir, const char *task, struct lw_keys *to,
    bool *marked, struct lw_err *err);

#endif
