/* Blocks to lines of a width. Pure. */
#ifndef LABELWRIGHT_MARKUP_BLOCKS_INTERNAL_H
#define LABELWRIGHT_MARKUP_BLOCKS_INTERNAL_H

#include "labelwright/markup/rendering.h"
#include "labelwright/text/wrap.h"
#include "markup/line_store_internal.h"
#include "markup/markdown_internal.h"

enum { LW_MARGINS = 64, LW_LEAST_COLS = 12 /* what margins always leave to the text */ };

/* What stands to the left of a block: in its first line, and in those behind it. */
struct lw_margin {
    const char *first, *rest;
    int cols;
    size_t at, len; /* in the source */
    bool used;      /* the first line is drawn */
};

struct lw_layout {
    struct lw_line_store *to;
    const struct lw_markdown *m;
    const char *s;
    int cols; /* of the text, without the margins */
    struct lw_margin margin[LW_MARGINS];
    int nmargins;
    bool gap; /* a blank line belongs before the next block */
    struct lw_wrap wrap;
    struct lw_reading_opts how;
    bool plain_prose;           /* a text that is no Markdown is prose, not data */
    bool prose;                 /* now: lines may be spaced and justified */
    size_t code_lines;          /* of the block of code so far */
    struct lw_text_range *fold; /* the bytes that took one line, in order; owned by the rendering */
    size_t nfolds;
};

/* All blocks of the chunk that l->m holds. */
void lw_layout_blocks(struct lw_layout *l);

/* ---- for the kinds of blocks */

/* Margins nest; both texts have `cols` columns and live as long as the store. False, and no margin,
 * where too few columns would be left. */
bool lw_layout_push(
    struct lw_layout *l, const char *first, const char *rest, int cols, size_t at, size_t len);
void lw_layout_pop(struct lw_layout *l);

void lw_layout_begin_line(struct lw_layout *l); /* with its margins */
void lw_layout_blank(struct lw_layout *l);      /* a blank line, with the margins that go on */
void lw_layout_gap(struct lw_layout *l); /* the blank line before a block, if one belongs there */
bool lw_layout_is_spaced(const struct lw_layout *l);
void lw_layout_sign(struct lw_layout *l, const char *s, size_t n, size_t at, enum lw_text_style as);

/* Our own words on lines of their own; they stand for `len` bytes of the source. */
void lw_layout_remark(struct lw_layout *l, const char *words, size_t at, size_t len);

/* The bytes [from, to) of the flow's text, as runs at the end of the line. `*span` is the span that
 * holds `from` or one before it, and moves along. */
void lw_layout_runs(struct lw_layout *l, size_t from, size_t to, size_t *span, uint8_t emph);

/* The end of a run at `to` <= `end`: marks on its last character belong to it, whatever span they
 * are in. */
size_t lw_layout_whole(const struct lw_buf *text, size_t to, size_t end);

/* The bytes [from, to) of the flow's text, wrapped. `*span` as above. */
void lw_layout_wrapped(struct lw_layout *l, size_t from, size_t to, size_t *span);

/* The spans [first, last) of the flow, wrapped. */
void lw_layout_flow(struct lw_layout *l, size_t first, size_t last);

/* The end of a leaf in the flow, without the line end there. */
size_t lw_layout_leaf_end(const struct lw_layout *l, const struct lw_block *leaf);

/* One line instead of those from `line` on, which show block i; `lines`: how many it says. */
void lw_layout_folded(struct lw_layout *l, size_t i, size_t line, size_t lines);

void lw_layout_code(struct lw_layout *l, size_t block);

void lw_layout_table(struct lw_layout *l, size_t block); /* and the blocks in it */

#endif
