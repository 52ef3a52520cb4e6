/* Formulas in a text: where they are, and what they look like in rows of characters. Reads the
 * LaTeX that models write; no macro is ever expanded. Pure. */
#ifndef LABELWRIGHT_MARKUP_MATH_H
#define LABELWRIGHT_MARKUP_MATH_H

#include "labelwright/base/buf.h"
#include "labelwright/markup/run.h"

/* A formula with its delimiters: $…$, $$…$$, \(…\), \[…\], or a bare \begin{align} … \end{align}
 * and its kind. */
struct lw_formula {
    size_t at, len;     /* with delimiters */
    size_t body, nbody; /* without them */
    bool display;       /* stands on lines of its own: $$, \[, an environment */
};

/* The first formula at or after `from`; false for none. Prices ("$5 and $6"), shell variables and
 * what is not closed are no formulas. Code is: the caller steps over it. Linear, all calls for one
 * text together, as long as `from` grows. */
bool lw_math_find(const char *s, size_t n, size_t from, struct lw_formula *f);

/* Rows of a formula. Zero-initialise; reused by every call. */
struct lw_math_rows {
    struct lw_buf text; /* what the runs show */
    struct lw_run *run; /* `at` counts from the start of the text given to lw_math_layout() */
    size_t nruns, run_cap;
    size_t *first; /* of each row: its first run; nrows + 1 of them */
    size_t nrows, row_cap;
    int cols;        /* the widest row */
    size_t middle;   /* the row on the line of what stands beside it */
    const char *why; /* why it cannot be shown as a formula: our words; NULL if it can */
};

/* Lays out a formula of the text `s` in at most `cols` columns: in one row when not `display`
 * (fractions as a/b, sums with limits as ∑ᵢ₌₁ⁿ where Unicode has them), else in as many as it
 * takes, broken at relations when it is too wide. False, and `why` says why, when it cannot be
 * shown well (unknown commands that carry meaning, braces that do not match, too deep, too large,
 * too wide): then the caller shows the source, whole. Nothing of the formula is dropped in silence.
 * Time and memory are linear in its bytes. */
bool lw_math_layout(struct lw_math_rows *to, const char *s, const struct lw_formula *f, int cols);

void lw_math_rows_fini(struct lw_math_rows *rows);

#endif
