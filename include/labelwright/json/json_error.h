/* Why JSON cannot be parsed, in words that name the culprit and the cure. */
#ifndef LABELWRIGHT_JSON_JSON_ERROR_H
#define LABELWRIGHT_JSON_JSON_ERROR_H

#include "labelwright/base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

/* Says in the user's words why jansson refused the n bytes. Always LW_EBAD. */
enum lw_code lw_json_error(const char *bytes, size_t n, const json_error_t *e, struct lw_err *err);

/* Where in the record such a sentence says that the mistake is (1 and 1 when it does not), and the
 * sentence without that. */
const char *lw_json_error_place(const char *why, size_t *line, size_t *col);

/* Four hex digits at `s`, as behind \u. */
bool lw_json_hex4(const char *s, const char *end, char32_t *cp);

#endif
