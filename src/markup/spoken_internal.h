/* What the two halves of speech share: blocks are spoken.c's, the text in them spoken_text.c's.
 * Pure. */
#ifndef LABELWRIGHT_MARKUP_SPOKEN_INTERNAL_H
#define LABELWRIGHT_MARKUP_SPOKEN_INTERNAL_H

#include "markup/markdown_internal.h"

struct lw_speech {
    const char *s; /* the source … */
    size_t n;      /* … all of it */
    struct lw_text_chunk chunk;
    const struct lw_markdown *m; /* the chunk, read */
    struct lw_buf *to;
    size_t line; /* where the line that is being written begins */
    bool prose;  /* a paragraph came last: a blank line parts it from the next one */
    bool struck; /* between the signs of what is struck out */
};

/* The text of a leaf, behind what stands on the line; formulas on lines of their own get lines. */
void lw_speak_text(struct lw_speech *p, const struct lw_block *leaf);

/* The same without line ends: of a cell. */
void lw_speak_cell(struct lw_speech *p, const struct lw_block *leaf);

void lw_speak_one_line(struct lw_speech *p, const char *s, size_t n); /* its line ends are blanks */
void lw_speak_line_end(struct lw_speech *p);                          /* unless the line is empty */

#endif
