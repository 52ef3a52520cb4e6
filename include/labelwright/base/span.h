/* A piece of a text that somebody else owns. */
#ifndef LABELWRIGHT_BASE_SPAN_H
#define LABELWRIGHT_BASE_SPAN_H

#include <stddef.h>

/* Valid UTF-8 and not NUL-terminated, unless where it is given says more. */
struct lw_span {
    const char *s;
    size_t n;
};

#endif
