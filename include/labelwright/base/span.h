/* A piece of a text that somebody else owns. */
#ifndef LABELWRIGHT_BASE_SPAN_H
#define LABELWRIGHT_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Valid UTF-8 and not NUL-terminated, unless where it is given says more. */
struct lw_span {
    const char *s;
    size_t n;
};

static inline bool lw_span_is_same(struct lw_span a, struct lw_span b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

#endif
