/* Where UAX #14 lets a line end, by libunistring. Columns and lines are wrap.h's. */
#ifndef LABELWRIGHT_TEXT_BREAKS_INTERNAL_H
#define LABELWRIGHT_TEXT_BREAKS_INTERNAL_H

#include <stddef.h>

/* Sets may_break[i], of n > 0 bytes all zero, to 1 where a line may, not must, break before byte i
 * of `s`. Any bytes; those that are no UTF-8 count as letters. Linear. */
void lw_find_breaks(const char *s, size_t n, char *may_break);

/* The last place in (from, at], `at` < n, where a line of printable ASCII may break; `from` for
 * none. SIZE_MAX, not known, where more than 64 bytes in a row are no letters. */
size_t lw_last_break(const char *s, size_t n, size_t from, size_t at);

#endif
