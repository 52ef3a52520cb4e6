/* Integers beyond 64 bits. jansson refuses them, but records contain them: ids made by hashing,
 * amounts, what Python writes. Each is kept with its digits, in an object that no source can spell:
 * {"integer": "\u0000<digits>"}. A text with NUL in it is refused in every record. */
#ifndef LABELWRIGHT_JSON_JSON_BIG_H
#define LABELWRIGHT_JSON_JSON_BIG_H

#include <jansson.h>
#include <stdbool.h>

/* Like json_loadb() with JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, but accepts such integers; NULL
 * with `e` set for any other mistake. */
json_t *lw_json_load(const char *bytes, size_t n, json_error_t *e);

/* The digits of such an integer, with its sign; NULL for any other value. They live as long as the
 * value. */
const char *lw_json_big(const json_t *v);

#endif
