/* Character references of HTML: &amp; &#233; &#x2192;. Pure. */
#ifndef LABELWRIGHT_MARKUP_ENTITIES_INTERNAL_H
#define LABELWRIGHT_MARKUP_ENTITIES_INTERNAL_H

#include <stddef.h>

/* What the n bytes "&…;" stand for, as UTF-8: bytes written, 0 when the name is not known. */
size_t lw_entity_decode(const char *s, size_t n, char to[4]);

#endif
