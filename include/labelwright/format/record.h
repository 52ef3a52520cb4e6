/* What can be told of a record's bytes without parsing them, and names that wrap a record. */
#ifndef LABELWRIGHT_FORMAT_RECORD_H
#define LABELWRIGHT_FORMAT_RECORD_H

#include "labelwright/format/task.h"

#include <uchar.h>

/* Of a record beyond LW_RECORD_MAX only so much is looked at. */
enum { LW_RECORD_HEAD = 64 * 1024 };

/* The text or integer under the top-level `member` of the object in n bytes of JSON, as UTF-8 with
 * a NUL behind. The scan stops there: what comes later is not looked at. Returns its length; 0 when
 * there is none, or it is no valid id: empty, longer than LW_ID_MAX, not UTF-8. On valid JSON it
 * finds what a parser finds. */
size_t lw_record_find_id(const char *member, const char *s, size_t n, char to[LW_ID_MAX + 1]);

/* The same scan for an array under the top-level `member`: the offset behind its bracket, 0 for
 * none. */
size_t lw_record_find_array(const char *member, const char *s, size_t n);

/* The same for an object: the offset of its brace. */
size_t lw_record_find_object(const char *member, const char *s, size_t n);

/* The same under the format's rule: the member's, else made from the record's SHA-256, which is
 * computed only when it is needed (or `sha256`, when given). Returns its length. */
size_t lw_record_make_id(const struct lw_format *format, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1]);

/* LW_EBAD where the bytes are no text: not UTF-8, or NUL among them. */
enum lw_code lw_record_check_text(const char *bytes, size_t n, struct lw_err *err);

char *lw_record_too_large(uint64_t n); /* the sentence; new string */

/* Other programs wrap their tasks in an object under one of a few names, {"row": {…}} of the
 * Hugging Face viewer, {"data": {…}} of Label Studio, {"fields": {…}} of Argilla: whether this is
 * such a name, and the n-th of them that the record has, from 0; NULL for none. */
bool lw_is_wrapper(const char *member);
const char *lw_record_wrapper(const json_t *record, size_t n);

#endif
