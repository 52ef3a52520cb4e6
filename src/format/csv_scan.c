/* A row ends with a line end outside of quotes; quotes count only where a cell begins with one. */
#include "labelwright/format/record_scan.h"

#include <string.h>

enum { CELL_START, PLAIN, QUOTED, QUOTE_SEEN };

static size_t skip_plain(const struct lw_scan *s, const char *p, size_t i, size_t n)
{
    while (i < n && p[i] != s->delimiter && p[i] != '\n' && p[i] != '\r')
        i++;
    return i;
}

/* One byte outside of quotes. */
static void take(struct lw_scan *s, char c)
{
    bool quote = c == '"' && (s->state == CELL_START || s->state == QUOTE_SEEN);
    s->state = quote ? QUOTED : c == s->delimiter ? CELL_START : PLAIN;
    s->done = c == '\n';
    s->tail = c == '\n' ? s->tail + 1 : c == '\r';
}

size_t lw_scan_row(struct lw_scan *s, const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        if (s->state == QUOTED) {
            const char *quote = memchr(p + i, '"', n - i);
            if (!quote)
                return n;
            s->state = QUOTE_SEEN;
            i = (size_t)(quote - p) + 1;
            continue;
        }
        take(s, p[i++]);
        if (s->done)
            return i;
        if (s->state == PLAIN && s->tail == 0)
            i = skip_plain(s, p, i, n);
    }
    return n;
}
