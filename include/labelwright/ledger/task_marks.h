/* Marks: tasks to come back to. .labelwright/marks is a JSON array of their ids. It is not part of
 * the record of work: deleting the file loses no label. */
#ifndef LABELWRIGHT_LEDGER_TASK_MARKS_H
#define LABELWRIGHT_LEDGER_TASK_MARKS_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

/* The keys (lw_fingerprint of the ids) of the marked tasks, ascending. Zero-initialise. */
struct lw_keys {
    uint64_t *v;
    size_t n, cap;
};
void lw_keys_add(
    struct lw_keys *k, uint64_t key); /* appends; call lw_keys_sort() before lw_keys_have() */
void lw_keys_sort(struct lw_keys *k);
bool lw_keys_have(const struct lw_keys *k, uint64_t key);
void lw_keys_fini(struct lw_keys *k);

/* Reads the file into `to`. No file: no marks. LW_EBAD when it is damaged or beyond 16 MiB, LW_EIO
 * when it cannot be read: no marks either. */
enum lw_code lw_marks_load(
    const struct lw_sys *sys, int dir, struct lw_keys *to, struct lw_err *err);

/* Adds or removes the task's mark, in the file as it is now (another session may have written it)
 * and in `to`. `*marked` says which. LW_EBAD, LW_EFULL, LW_EIO: nothing has changed. */
enum lw_code lw_marks_flip(const struct lw_sys *sys, int dir, const char *task, struct lw_keys *to,
    bool *marked, struct lw_err *err);

#endif
