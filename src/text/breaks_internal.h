/* Where UAX #14 lets a line end, by libunistring. Columns and lines are wrap.h's. */
#ifndef LABELWRIGHT_TEXT_BREAKS_INTERNAL_H
#define LABELWRIGHT_TEXT_BREAKS_INTERNAL_H

#include <stddef.h>

/* Sets may_break[i], of n > 0 bytes all zero, to 1 where a line may, not must, break before byte i
 * of `s`. Any bytes; those that are no UTF-8 count as letters. Linear. */
void lw_find_breaks(const char *s, size_t n, char *may_break);

#endif
