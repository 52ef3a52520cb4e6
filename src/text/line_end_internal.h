/* What ends a line of the source, the same for all of the text layer. */
#ifndef LABELWRIGHT_TEXT_LINE_END_INTERNAL_H
#define LABELWRIGHT_TEXT_LINE_END_INTERNAL_H

#include <stddef.h>

/* Bytes of the line end at `s` (n bytes left): LF, CRLF, U+0085, U+2028, U+2029; 0 for none. */
size_t lw_line_end(const char *s, size_t n);

/* The end of the line that starts at `s`: the offset of its line end, or n. */
size_t lw_line_len(const char *s, size_t n);

#endif
