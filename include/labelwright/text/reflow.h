/* The screen lines of a text that is being changed: after a change only the pieces of the text
 * around it are wrapped again, so that a key costs the same in a long text as in a short one. */
#ifndef LABELWRIGHT_TEXT_REFLOW_H
#define LABELWRIGHT_TEXT_REFLOW_H

#include "labelwright/text/wrap.h"

/* Whole source lines, as many as fit; a longer source line is several pieces. */
struct lw_reflow_piece {
    size_t n;            /* bytes */
    struct lw_wrap wrap; /* from the start of the piece; its n is the lines of the piece */
};

/* Zero-initialise. */
struct lw_reflow {
    struct lw_reflow_piece *v;
    size_t n, cap;
    int cols;
    size_t most; /* bytes of a piece, for tests; 0: as many as is good for speed */
};

/* Wraps a text of any content from the start: the lines of lw_wrap_text(). */
void lw_reflow_text(struct lw_reflow *f, const char *s, size_t n, int cols);

/* `s` is the text after `out` bytes at `at` were replaced by `in` others. The lines are again those
 * of lw_wrap_text(), except that in a source line of several KiB, away from the change, a line may
 * end early. */
void lw_reflow_change(
    struct lw_reflow *f, const char *s, size_t n, size_t at, size_t out, size_t in);

size_t lw_reflow_count(const struct lw_reflow *f);                  /* lines, at least one */
struct lw_line lw_reflow_line(const struct lw_reflow *f, size_t i); /* i below the count */
size_t lw_reflow_line_of(const struct lw_reflow *f, size_t at);     /* as lw_wrap_line_of() */
void lw_reflow_fini(struct lw_reflow *f);

#endif
