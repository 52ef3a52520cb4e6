/* Finished lines: rows of runs, and the texts of ours that they show. Pure. */
#ifndef LABELWRIGHT_MARKUP_LINE_STORE_INTERNAL_H
#define LABELWRIGHT_MARKUP_LINE_STORE_INTERNAL_H

#include "labelwright/markup/run.h"

struct lw_stored_line {
    size_t first, nruns; /* of the store's runs */
    size_t at; /* the first byte of the source that it shows, or that a line before shows */
    bool rtl;  /* a paragraph begins here that is read from right to left */
};

/* Zero-initialise. */
struct lw_line_store {
    struct lw_stored_line *line;
    size_t n, cap;
    struct lw_run *run;
    size_t nruns, run_cap;
    char **text; /* owned */
    size_t ntexts, text_cap;
};

void lw_store_begin_line(struct lw_line_store *s);             /* what is added goes to this line */
void lw_store_add(struct lw_line_store *s, struct lw_run run); /* nothing for n 0 */

void lw_store_cut(struct lw_line_store *s, size_t lines); /* the first `lines` stay */

/* A copy of `text` that lives as long as the store. */
const char *lw_store_text(struct lw_line_store *s, const char *text, size_t n);

void lw_store_fini(struct lw_line_store *s);

#endif
