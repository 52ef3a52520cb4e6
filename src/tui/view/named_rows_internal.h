/* A list of names, each with its keys and with words about it: commands, themes. */
#ifndef LABELWRIGHT_TUI_VIEW_NAMED_ROWS_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_NAMED_ROWS_INTERNAL_H

#include "tui/view/view_internal.h"

struct lw_named_row {
    const char *name, *words;
    struct lw_buf keys;
    bool warns; /* the words say why it is refused */
};

struct lw_named_rows {
    size_t n, at;                                                    /* the marked one */
    int key_cols;                                                    /* 0: they have no keys */
    void (*get)(const void *ctx, size_t i, struct lw_named_row *to); /* `to` is zero */
    const void *ctx;
};

/* The marked one and as many as fit around it. */
void lw_view_named_rows(const struct lw_named_rows *rows, struct lw_area a);

/* The rows that all of them take in an area, at most `most`. */
int lw_view_named_rows_count(const struct lw_named_rows *rows, struct lw_area a, int most);

#endif
