/* Places in a text that are to be filled in: ‹topic›. Pure. */
#ifndef LABELWRIGHT_TEXT_PLACEHOLDER_H
#define LABELWRIGHT_TEXT_PLACEHOLDER_H

#include <stddef.h>

/* Where the first one at or behind `from` is; `*len` gets its bytes, the signs around it among
 * them. n when there is none. They do not go over the end of a line. */
size_t lw_placeholder_find(const char *s, size_t n, size_t from, size_t *len);

#endif
