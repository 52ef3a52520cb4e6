/* What the parts of a program text are. A table of languages, no parsers: keywords, strings,
 * comments, numbers, names. Pure. */
#ifndef LABELWRIGHT_MARKUP_HIGHLIGHT_H
#define LABELWRIGHT_MARKUP_HIGHLIGHT_H

#include "labelwright/markup/run.h"

struct lw_language; /* a row of the table */

/* By the words after an opening fence ("python", "C++", "js title=x", "{.r}"); NULL when the
 * language is not known. */
const struct lw_language *lw_language_find(const char *info, size_t n);

/* What it may be without a name: only where it is certain (a "#!" line, a diff, JSON); else NULL.
 */
const struct lw_language *lw_language_guess(const char *s, size_t n);

const char *lw_language_name(const struct lw_language *l); /* "Python"; static */

/* A part of the text that has a style of its own. */
struct lw_token {
    size_t at, len;
    enum lw_text_style style;
};

/* Zero-initialise; reused by every call. */
struct lw_tokens {
    struct lw_token *v; /* in order, none over another; what is between them is plain code */
    size_t n, cap;
};

/* Any bytes, cut off anywhere. Linear. */
void lw_highlight(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n);

void lw_tokens_fini(struct lw_tokens *t);

#endif
