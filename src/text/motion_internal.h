/* Where the cursor of a text goes: from a grapheme boundary to another. */
#ifndef LABELWRIGHT_TEXT_MOTION_INTERNAL_H
#define LABELWRIGHT_TEXT_MOTION_INTERNAL_H

#include "labelwright/text/wrap.h"

/* Over blanks, then over a run of letters and digits, or of anything else. */
size_t lw_word_left(const char *s, size_t n, size_t at);
size_t lw_word_right(const char *s, size_t n, size_t at);

/* The start and the end (before the line end) of the source line around `at`. */
size_t lw_source_line_start(const char *s, size_t at);
size_t lw_source_line_end(const char *s, size_t n, size_t at);

/* By screen lines; `w` holds the wrapped text. A place that two lines share belongs to the second.
 */
size_t lw_screen_line_start(const struct lw_wrap *w, const char *s, size_t n, size_t at);
size_t lw_screen_line_end(const struct lw_wrap *w, const char *s, size_t n, size_t at);
int lw_screen_col(const struct lw_wrap *w, const char *s, size_t at);
size_t lw_screen_up(const struct lw_wrap *w, const char *s, size_t n, size_t at, int col);
size_t lw_screen_down(const struct lw_wrap *w, const char *s, size_t n, size_t at, int col);

#endif
