/* A chunk of Markdown as blocks and the flow of text in them. Knows no width. Pure. */
#ifndef LABELWRIGHT_MARKUP_MARKDOWN_INTERNAL_H
#define LABELWRIGHT_MARKUP_MARKDOWN_INTERNAL_H

#include "markup/chunks_internal.h"
#include "markup/flow_internal.h"

enum lw_block_kind {
    LW_BLOCK_PARAGRAPH, /* also the text of a list item without blank lines */
    LW_BLOCK_HEADING,
    LW_BLOCK_RULE,
    LW_BLOCK_CODE,
    LW_BLOCK_HTML,
    LW_BLOCK_QUOTE,
    LW_BLOCK_LIST,
    LW_BLOCK_ITEM,
    LW_BLOCK_TABLE,
    LW_BLOCK_ROW, /* of cells; the first of a table is its head */
    LW_BLOCK_CELL,
    LW_BLOCK_SOURCE /* text that is shown as it stands */
};

enum lw_cell_align { LW_CELL_LEFT, LW_CELL_CENTRE, LW_CELL_RIGHT };

struct lw_block {
    enum lw_block_kind kind;
    size_t end;         /* the index behind its last inner block */
    size_t first, last; /* spans [first, last) of the flow; of a leaf only */
    size_t at, len;     /* in the source: an item's number or bullet, the words behind a fence; of
                           others where they begin, about, and 0 */
    bool tight;         /* LIST: no blank lines between the items */
    bool unclosed;      /* CODE */
    bool goes_on;       /* CODE, SOURCE: of the chunk before */
    char delimiter;     /* LIST: '.', ')'; 0: bullets */
    unsigned number;    /* LIST: of the first item; HEADING: its level; TABLE: columns */
    char task;          /* ITEM: 'x', 'X', ' '; 0: none */
    enum lw_cell_align align;           /* CELL */
    const struct lw_language *language; /* CODE */
};

struct lw_link {
    char *target;            /* foreign, decoded */
    char *title;             /* may be empty */
    size_t at, len;          /* what it says, in the source */
    size_t first, last, end; /* spans of the flow: what it says, and our signs behind it */
    bool picture;
};

struct lw_markdown {
    struct lw_flow flow;
    struct lw_block *block;
    size_t nblocks, block_cap;
    struct lw_link *link; /* in the order of the text; the first has the number first_link + 1 */
    size_t nlinks, first_link;
    const char *why; /* why it is shown as source: static; NULL if it is not */
};

/* The definitions "[label]: target" of a whole text, for its chunks. Appends to `to` at most 16
 * KiB.
 */
void lw_markdown_definitions(const char *s, size_t n, struct lw_buf *to);

/* Reads chunks of one text, one by one. */
struct lw_markdown_reader;

struct lw_markdown_reader *lw_markdown_reader_new(const char *s); /* which must outlive it */
void lw_markdown_reader_free(struct lw_markdown_reader *r);

/* Reads the chunk `c`; links are numbered after `first_link`. The result is the reader's, until it
 * reads the next one. It is one SOURCE block, and `why` is set, when it is too long, nested too
 * deeply, has too many cells or would lose words. */
const struct lw_markdown *lw_markdown_read(struct lw_markdown_reader *r,
    const struct lw_text_chunk *c, const struct lw_buf *definitions, size_t first_link);

/* A copy in memory of `to`. */
struct lw_markdown lw_markdown_keep(const struct lw_markdown *m, struct lw_arena *to);

/* True when some word of the chunk [at, at + n) of `s` would not be shown. Formulas, n of them,
 * show what they hold by rules of their own. */
bool lw_markdown_loses_words(const struct lw_markdown *m, const char *s, size_t at, size_t n,
    const struct lw_formula *formula, size_t nformulas);

#endif
