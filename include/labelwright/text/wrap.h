/* Breaking text into screen lines: UAX #14 opportunities, between the words of unspaced.h, widths
 * of glyph.h, breaks at grapheme boundaries where a word is wider than the line. */
#ifndef LABELWRIGHT_TEXT_WRAP_H
#define LABELWRIGHT_TEXT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/* Source bytes [start, end) of one screen line. Line ends, the blanks (spaces, tabs) that a break
 * swallows and those beyond the edge at the end of a source line belong to no line, so offsets in
 * the source are kept (search hits, spans, the editor's cursor). */
struct lw_line {
    size_t start, end;
    bool soft; /* the break after it is ours, not the text's */
};

/* Zero-initialise; reused by every call. */
struct lw_wrap {
    struct lw_line *v;
    size_t n, cap;
};

/* Wraps n bytes of any content into lines of at most `cols` >= 1 columns (a single glyph wider than
 * that stands alone and is clipped by who draws). Empty text gives one empty line, and so does a
 * line end at the end of the text. Blanks at the start of a source line are kept. Linear in n. Draw
 * every line by itself, from column 0 and with lw_glyph_next()'s `start` for its first unit. */
void lw_wrap_text(struct lw_wrap *w, const char *s, size_t n, int cols);

/* The line that holds byte `at` (the last line for at >= n); what belongs to no line counts with
 * the line before it. */
size_t lw_wrap_line_of(const struct lw_wrap *w, size_t at);

void lw_wrap_fini(struct lw_wrap *w);

#endif
