/* Writes JSON straight into a buffer. jansson looks for loops, which values parsed or built here
 * cannot have, and checks the UTF-8 again: that takes four times as long. */
#ifndef LABELWRIGHT_JSON_JSON_WRITE_H
#define LABELWRIGHT_JSON_JSON_WRITE_H

#include "labelwright/base/buf.h"

#include <jansson.h>

/* The value as json_dumps() writes it with JSON_COMPACT | JSON_ENCODE_ANY, byte for byte, except
 * numbers: a real has the fewest digits that read back the same, and lw_json_big() is an integer.
 */
void lw_json_add(struct lw_buf *to, const json_t *value);

/* A JSON string of n bytes of valid UTF-8. */
void lw_json_add_text(struct lw_buf *to, const char *s, size_t n);

#endif
