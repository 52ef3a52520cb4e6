/* Finds what stands between ‹ and › in a text, to be filled in. What is found otherwise is
 * find.c's.
 */
#include "labelwright/text/placeholder.h"

#include <stdbool.h>
#include <string.h>

static bool is_sign(const char *s, size_t n, size_t at, char last)
{
    return at + 3 <= n && memcmp(s + at, "\xE2\x80", 2) == 0 && s[at + 2] == last;
}

size_t lw_placeholder_find(const char *s, size_t n, size_t from, size_t *len)
{
    size_t open = n;
    *len = 0;
    for (size_t at = from; at < n; at++) {
        if (is_sign(s, n, at, '\xB9')) { /* ‹ */
            open = at;
        } else if (s[at] == '\n' || s[at] == '\r') {
            open = n;
        } else if (open < n && is_sign(s, n, at, '\xBA')) { /* › */
            *len = at + 3 - open;
            return open;
        }
    }
    return n;
}
