/* The text that a piece of Markdown shows, before it is broken into lines: one string, and a row of
 * spans that say what each part of it means and which bytes of the source it stands for. Pure. */
#ifndef LABELWRIGHT_MARKUP_FLOW_INTERNAL_H
#define LABELWRIGHT_MARKUP_FLOW_INTERNAL_H

#include "labelwright/base/arena.h"
#include "labelwright/base/buf.h"
#include "labelwright/markup/highlight.h"
#include "labelwright/markup/math.h"

struct lw_flow_span {
    size_t pos, n;  /* bytes of the flow's text */
    size_t at, len; /* bytes of the source; len 0: a sign of ours */
    uint8_t style, emph;
    bool exact;   /* the source bytes as they are */
    bool display; /* a formula on lines of its own: all of its source, with the delimiters */
};

/* Zero-initialise. The spans cover the text in order, but for a line end behind each block. */
struct lw_flow {
    struct lw_buf text;
    struct lw_flow_span *span;
    size_t nspans, cap;
    int code_col; /* the column that code is in, for its tabs */
};

/* Appends n > 0 bytes of the source `s` as they are. */
void lw_flow_source(
    struct lw_flow *f, const char *s, size_t at, size_t n, enum lw_text_style style, uint8_t emph);

/* Appends other text that stands for the source bytes [at, at + len). */
void lw_flow_sign(struct lw_flow *f, const char *text, size_t n, size_t at, size_t len,
    enum lw_text_style style, uint8_t emph);

/* Appends a formula: in one row, or as source where it is a display one or, with the reason behind
 * it, cannot be shown. */
void lw_flow_formula(
    struct lw_flow *f, const char *s, const struct lw_formula *formula, bool display, uint8_t emph);

/* Appends lines of code; a tab becomes blanks up to the next multiple of four columns. */
void lw_flow_code(struct lw_flow *f, const char *s, size_t at, size_t n);

/* Appends a span that somebody else made; its text is there already. */
void lw_flow_add_span(struct lw_flow *f, struct lw_flow_span span);

/* A copy in memory of `to`, which nothing can be appended to. */
struct lw_flow lw_flow_keep(const struct lw_flow *f, struct lw_arena *to);

void lw_flow_clear(struct lw_flow *f);
void lw_flow_fini(struct lw_flow *f);

#endif
