/* Finished lines: rows of runs, and the texts of ours that they show. Pure. */
#ifndef LABELWRIGHT_MARKUP_LINE_STORE_INTERNAL_H
#define LABELWRIGHT_MARKUP_LINE_STORE_INTERNAL_H

#include "labelwright/base/arena.h"
#include "labelwright/markup/run.h"

struct lw_stored_line {
    size_t at; /* the first byte of the source that it shows, or that a line before shows */
    uint32_t first, nruns : 31; /* of the store's runs */
    bool rtl : 1;               /* a paragraph begins here that is read from right to left */
};

/* Zero-initialise. */
struct lw_line_store {
    bool counting; /* keeps no runs: only how many lines there are, and their places */
    struct lw_stored_line before; /* what stands before the first line */
    struct lw_stored_line *line;
    size_t n, cap;
    struct lw_run *run;
    size_t nruns, run_cap;
    struct lw_arena *texts; /* where texts of ours are kept */
};

void lw_store_begin_line(struct lw_line_store *s);             /* what is added goes to this line */
void lw_store_add(struct lw_line_store *s, struct lw_run run); /* nothing for n 0 */

/* True once no run that is added changes the place of the line. */
static inline bool lw_store_has_place(const struct lw_line_store *s)
{
    const struct lw_stored_line *l = &s->line[s->n - 1];
    return l->at > (s->n > 1 ? l[-1].at : s->before.at);
}

/* Counts a run without keeping it. */
static inline void lw_store_note(struct lw_line_store *s, size_t at, size_t len)
{
    struct lw_stored_line *l = &s->line[s->n - 1];
    if (len > 0 && at > l->at && !lw_store_has_place(s))
        l->at = at;
    l->nruns++;
}

/* The line at the end; s->before when there is none. */
const struct lw_stored_line *lw_store_last(const struct lw_line_store *s);

void lw_store_cut(struct lw_line_store *s, size_t lines); /* the first `lines` stay */

/* Makes it empty; `before` is what stands before the lines to come. */
void lw_store_begin(struct lw_line_store *s, struct lw_stored_line before);

/* A copy of `text` that lives as long as s->texts. */
const char *lw_store_text(struct lw_line_store *s, const char *text, size_t n);

void lw_store_fini(struct lw_line_store *s);

#endif
