/* Where a cursor goes: by words, paragraphs and screen lines. Of any bytes; every result is at a
 * grapheme boundary when `at` is. */
#ifndef LABELWRIGHT_TEXT_CURSOR_MOTION_INTERNAL_H
#define LABELWRIGHT_TEXT_CURSOR_MOTION_INTERNAL_H

#include "labelwright/text/reflow.h"

/* Over blanks, then over a run of letters and digits, or of anything else. */
size_t lw_word_before(const char *s, size_t n, size_t at);
size_t lw_word_after(const char *s, size_t n, size_t at);

/* What Backspace takes: one code point, so that a mark typed by mistake goes alone, as input
 * methods count on; but all of an emoji, a flag, a CR LF. */
size_t lw_backspace_start(const char *s, size_t n, size_t at);

/* The source line around `at`: its start, and its end before the line end. */
size_t lw_source_line_start(const char *s, size_t at);
size_t lw_source_line_end(const char *s, size_t n, size_t at);

/* The start of a source line that is not blank: of this one, of the one before, of the next. */
size_t lw_paragraph_before(const char *s, size_t n, size_t at);
size_t lw_paragraph_after(const char *s, size_t n, size_t at);

/* By screen lines. A place that two lines share belongs to the second. */
size_t lw_screen_line_start(const struct lw_reflow *f, const char *s, size_t n, size_t at);
size_t lw_screen_line_end(const struct lw_reflow *f, const char *s, size_t n, size_t at);
int lw_screen_col(const struct lw_reflow *f, const char *s, size_t at);
size_t lw_screen_line_up(const struct lw_reflow *f, const char *s, size_t n, size_t at, int col);
size_t lw_screen_line_down(const struct lw_reflow *f, const char *s, size_t n, size_t at, int col);

#endif
