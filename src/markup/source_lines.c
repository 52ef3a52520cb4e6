/* Where lines of a source end, and which are blank. What they mean is the reader's business. */
#include "markup/source_lines_internal.h"

#include <string.h>

size_t lw_source_line_len(const char *s, size_t n)
{
    const char *lf = memchr(s, '\n', n);
    return lf ? (size_t)(lf - s) + 1 : n;
}

size_t lw_count_blanks(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n'))
        i++;
    return i;
}

bool lw_is_blank(const char *s, size_t n)
{
    return lw_count_blanks(s, n) == n;
}
