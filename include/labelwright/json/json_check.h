/* Whether bytes are JSON, without building a tree of them. */
#ifndef LABELWRIGHT_JSON_JSON_CHECK_H
#define LABELWRIGHT_JSON_JSON_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* Whether jansson reads an object from the text, where no object in it has a member twice
 * (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL). A scan says yes to what is written plainly, in a tenth
 * of jansson's time; about all else jansson is asked. */
bool lw_json_is_object(const char *text, size_t n);

/* The scan alone: true only where jansson says yes, too. */
bool lw_json_is_plain_object(const char *text, size_t n);

/* Behind the value of any kind that begins at p, perhaps after white space; NULL where the scan
 * does not say yes. */
const char *lw_json_skip_plain(const char *p, const char *end);

#endif
