/* What md4c reads instead of the source: formulas and what it would drop are hidden from it, and
 * tables are written as it knows them. Pure. */
#ifndef LABELWRIGHT_MARKUP_MD4C_COPY_INTERNAL_H
#define LABELWRIGHT_MARKUP_MD4C_COPY_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/markup/math.h"

/* Zero-initialise; reused by every call of lw_md4c_copy_make(). */
struct lw_md4c_copy {
    struct lw_buf text;         /* the definitions, then the chunk … */
    size_t from;                /* … from here on */
    size_t at, len;             /* of the chunk in the source */
    struct lw_formula *formula; /* in the source, in order */
    size_t nformulas;
    struct lw_md4c_shift {
        size_t from; /* from this byte of the text on … */
        size_t by;   /* … it is so many bytes ahead of the source */
    } * shift;
    size_t nshifts;
};

/* Of the source bytes [at, at + n); `definitions` may be NULL. */
void lw_md4c_copy_make(
    struct lw_md4c_copy *c, const char *s, size_t at, size_t n, const struct lw_buf *definitions);

/* Where a text that md4c gives is in the source; SIZE_MAX for one that it made itself. */
size_t lw_md4c_place(const struct lw_md4c_copy *c, const char *text);

/* How many bytes of the source n bytes of such a text are; where it has a place. */
size_t lw_md4c_len(const struct lw_md4c_copy *c, const char *text, size_t n);

void lw_md4c_copy_fini(struct lw_md4c_copy *c);

#endif
