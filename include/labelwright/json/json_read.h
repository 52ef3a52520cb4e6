/* Values read from JSON that is written plainly, in a fifth of jansson's time. */
#ifndef LABELWRIGHT_JSON_JSON_READ_H
#define LABELWRIGHT_JSON_JSON_READ_H

#include <jansson.h>
#include <stddef.h>

/* The object or list that jansson reads from the text, the same down to the order of members: a new
 * reference. NULL says nothing: ask jansson then, about keys with escapes, NUL, an object that has
 * a member twice, numbers that need more than a multiplication, deep nesting, and every mistake. */
json_t *lw_json_read_plain(const char *text, size_t n);

/* The same, and where that is NULL what json_loadb() gives with these flags. `e` may be NULL. */
json_t *lw_json_read(const char *text, size_t n, size_t flags, json_error_t *e);

#endif
