/* Undo and redo: the changes of a text in order, runs of typing and deleting as one. */
#ifndef LABELWRIGHT_TEXT_UNDO_INTERNAL_H
#define LABELWRIGHT_TEXT_UNDO_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>

enum lw_change_kind { LW_CHANGE_ALONE, LW_CHANGE_TYPED, LW_CHANGE_DELETED_BACK, LW_CHANGE_DELETED };

struct lw_edit_change {
    enum lw_change_kind kind;
    size_t at;             /* where `out` was replaced by `in` */
    struct lw_buf out, in; /* data may be NULL when empty */
    size_t before, after;  /* the cursor */
};

/* Zero-initialise. */
struct lw_undo {
    struct lw_edit_change *v;
    size_t n, cap;
    size_t done; /* v[done..n) are undone and can be redone */
    bool closed; /* the next change starts a run of its own */
};

/* Adds a change (cursors included; the bytes are copied), or extends the run before it when it
 * continues that. Nothing can be redone afterwards. */
void lw_undo_add(struct lw_undo *h, enum lw_change_kind kind, size_t at, const char *out,
    size_t n_out, const char *in, size_t n_in, size_t before, size_t after);
void lw_undo_close(struct lw_undo *h);

/* The change to undo or redo, borrowed until the next call; NULL for none. */
const struct lw_edit_change *lw_undo_undo(struct lw_undo *h);
const struct lw_edit_change *lw_undo_redo(struct lw_undo *h);

void lw_undo_fini(struct lw_undo *h);

#endif
