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

/* The first formula at or after `from`; false for none. `from` is 0 or where the last one ended.
 *
 * Found are $ … $, $$ … $$, \( … \), \[ … \] and environments of mathematics by themselves, each
 * within one paragraph: a blank line ends the search. A body of $ … $ has no blank at its ends, and
 * no digit follows it. What is in code spans and fenced code is passed over; indented code and HTML
 * are not known here. No formulas are prices ("$5 and $6", "US$"), variables ($HOME/bin, ${name},
 * $(…), $var), escaped brackets of Markdown (\[1\]) and what is not closed. Linear, all calls for
 * one text together. */
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
    const char *why; /* why it is not shown, to go behind "it": "is too wide"; NULL if it is */
    char reason[96]; /* where `why` is kept */
};

/* Lays out a formula of the text `s` in at most `cols` columns: in one row when not `display`
 * (fractions as a/b, sums with limits as ∑ᵢ₌₁ⁿ where Unicode has them), else in as many as it
 * takes, broken at relations and sums when it is too wide. One that is too wide for a row can be
 * laid out once more with `display` set. Signs of a quote (>) at the start of lines are passed over
 * when the line of the formula begins with such.
 *
 * False, and `why` says why, when it cannot be shown well (a command that we do not know, braces
 * that do not match, orders to TeX, too deep, too large, too wide): then the caller shows the
 * source, whole. Otherwise every letter and digit that is no part of a command is in a run of its
 * own bytes, and the runs of a row are in order from left to right; blanks between them are runs of
 * ours. Time and memory are linear in its bytes. */
bool lw_math_layout(struct lw_math_rows *to, const char *s, const struct lw_formula *f, int cols);

void lw_math_rows_fini(struct lw_math_rows *rows);

#endif
