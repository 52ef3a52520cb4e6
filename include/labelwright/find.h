/* Finding text whatever its case. */
#ifndef LABELWRIGHT_FIND_H
#define LABELWRIGHT_FIND_H

#include <stddef.h>

/* Where the needle first stands in the n bytes of `s`, at or behind `from`, letter by letter but
 * for case (towlower of the locale); `*len` is how many bytes it takes there. n when it does not
 * stand there, or when it is empty. */
size_t lw_find(
    const char *s, size_t n, size_t from, const char *needle, size_t needle_len, size_t *len);

#endif
