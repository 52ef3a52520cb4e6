/* What md4c's calls are made into, while they come: blocks, spans inside them, and text. Pure. */
#ifndef LABELWRIGHT_MARKUP_READER_INTERNAL_H
#define LABELWRIGHT_MARKUP_READER_INTERNAL_H

#include "markup/markdown_internal.h"
#include "markup/md4c_copy_internal.h"

#include <md4c.h>

enum { LW_READER_DEPTH = 24 };

struct lw_markdown_reader {
    struct lw_markdown m;
    const char *s;            /* the whole source */
    struct lw_md4c_copy copy; /* of the chunk */
    size_t at, end;           /* the chunk in the source */
    bool tabs;                /* there are some in it */
    size_t cursor;            /* behind the last source byte that was shown or passed over */
    size_t open[LW_READER_DEPTH];
    int depth;
    bool leaf;       /* the innermost open block takes text … */
    bool implicit;   /* … and was opened by the text itself */
    bool fresh_line; /* a soft break came last */
    int strong, soft, struck, code, links;
    size_t link;         /* index of the open link */
    size_t next_formula; /* of those that were hidden … */
    size_t nformulas;    /* … and so many were shown: they are moved to the front */
};

/* The innermost open block; NULL for none. */
static inline struct lw_block *lw_reader_block(struct lw_markdown_reader *r)
{
    return r->depth > 0 ? &r->m.block[r->open[r->depth - 1]] : NULL;
}

/* ---- what stands inside a line: reader_spans.c */

uint8_t lw_reader_emphasis(const struct lw_markdown_reader *r);
enum lw_text_style lw_reader_style(struct lw_markdown_reader *r);

/* The backticks at the cursor, with the blank that parts them from code. */
void lw_reader_backticks(struct lw_markdown_reader *r, bool opening);

/* Calls of md4c, within a leaf. */
void lw_reader_enter_span(struct lw_markdown_reader *r, MD_SPANTYPE type, void *detail);
void lw_reader_leave_span(struct lw_markdown_reader *r, MD_SPANTYPE type);

/* Those that are open, at the end of a leaf. */
void lw_reader_close_spans(struct lw_markdown_reader *r);

/* An attribute of md4c, decoded. Owned by the caller. */
char *lw_reader_attribute(const MD_ATTRIBUTE *a);

/* ---- blocks: reader_blocks.c */

/* Not 0, and m.why is set, where there are too many. */
int lw_reader_open(struct lw_markdown_reader *r, struct lw_block b);
void lw_reader_close(struct lw_markdown_reader *r);

/* Text directly in an item of a tight list is in a paragraph of ours: opens it, or closes it. */
int lw_reader_need_leaf(struct lw_markdown_reader *r);
void lw_reader_close_implicit(struct lw_markdown_reader *r);

bool lw_reader_is_leaf(enum lw_block_kind kind);

/* What md4c says of a block. */
struct lw_block lw_reader_block_of(struct lw_markdown_reader *r, MD_BLOCKTYPE type, void *detail);

/* ---- text: reader_text.c */

/* A call of md4c, within a leaf. */
void lw_reader_text(struct lw_markdown_reader *r, MD_TEXTTYPE type, const char *text, size_t n);

#endif
