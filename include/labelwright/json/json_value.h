/* Records as JSON: what jansson lacks to read and write them.
 *
 * Integers beyond 64 bits: jansson refuses them, but records contain them: ids made by hashing,
 * amounts, what Python writes. Each is kept with its digits, in an object that no source can spell:
 * {"integer": "\u0000<digits>"}. A text with NUL in it is refused in every record.
 *
 * Writing goes straight into a buffer: json_dumps() looks for loops, which values parsed or built
 * here cannot have, and checks the UTF-8 again, which takes four times as long. */
#ifndef LABELWRIGHT_JSON_JSON_VALUE_H
#define LABELWRIGHT_JSON_JSON_VALUE_H

#include "labelwright/base/buf.h"

#include <jansson.h>
#include <stdbool.h>

/* Like json_loadb() with JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, but accepts such integers; NULL
 * with `e` set for any other mistake. */
json_t *lw_json_load(const char *bytes, size_t n, json_error_t *e);

/* The digits of such an integer, with its sign; NULL for any other value. They live as long as the
 * value. */
const char *lw_json_big(const json_t *v);

/* The value as json_dumps() writes it with JSON_COMPACT | JSON_ENCODE_ANY, byte for byte, except
 * numbers: a real has the fewest digits that read back the same, and lw_json_big() is an integer.
 */
void lw_json_add(struct lw_buf *to, const json_t *value);

/* A JSON string of n bytes of valid UTF-8. */
void lw_json_add_text(struct lw_buf *to, const char *s, size_t n);

#endif
