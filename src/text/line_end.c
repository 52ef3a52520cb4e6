#include "text/line_end_internal.h"

#include <string.h>

size_t lw_line_end(const char *s, size_t n)
{
    static const char *const ends[] = {"\n", "\r\n", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(ends[i]);
        if (len <= n && memcmp(s, ends[i], len) == 0)
            return len;
    }
    return 0;
}

size_t lw_line_len(const char *s, size_t n)
{
    for (size_t at = 0; at < n; at++)
        if ((s[at] == '\n' || s[at] == '\r' || s[at] == '\xC2' || s[at] == '\xE2') &&
            lw_line_end(s + at, n - at))
            return at;
    return n;
}
