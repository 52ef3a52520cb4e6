/* Lines of a source, as Markdown counts them: up to a line feed. Pure. */
#ifndef LABELWRIGHT_MARKUP_SOURCE_LINES_INTERNAL_H
#define LABELWRIGHT_MARKUP_SOURCE_LINES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the first line with its line feed; n without one. */
size_t lw_source_line_len(const char *s, size_t n);

/* How many blanks and line ends stand at the start; and whether there is nothing else. */
size_t lw_count_blanks(const char *s, size_t n);
bool lw_is_blank(const char *s, size_t n);

#endif
