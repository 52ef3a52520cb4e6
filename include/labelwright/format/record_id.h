/* What can be told of a record's bytes without parsing them all, and why one cannot be parsed. */
#ifndef LABELWRIGHT_FORMAT_RECORD_ID_H
#define LABELWRIGHT_FORMAT_RECORD_ID_H

#include "labelwright/format/task.h"

#include <uchar.h>

/* Of a record beyond LW_RECORD_MAX only so much is looked at. */
enum { LW_RECORD_HEAD = 64 * 1024 };

/* The text or integer under the top-level `member` of the object in n bytes of JSON, as UTF-8 with
 * a NUL behind. The scan stops there: what comes later is not looked at. Returns its length; 0 when
 * there is none, or it is no valid id: empty, longer than LW_ID_MAX, not UTF-8. On valid JSON it
 * finds what a parser finds. */
size_t lw_record_id(const char *member, const char *s, size_t n, char to[LW_ID_MAX + 1]);

/* The same scan for an array under the top-level `member`: the offset behind its bracket, 0 for
 * none. */
size_t lw_record_array(const char *member, const char *s, size_t n);

/* The same for an object: the offset of its brace. */
size_t lw_record_object(const char *member, const char *s, size_t n);

/* The same under the format's rule: the member's, else made from the record's SHA-256, which is
 * computed only when it is needed (or `sha256`, when given). Returns its length. */
size_t lw_record_name(const struct lw_format *format, const char *s, size_t n, const char *sha256,
    char to[LW_ID_MAX + 1]);

/* A task of which only id and record are known. `id` and `why` are copied. */
struct lw_task *lw_task_unreadable(const char *id, const struct lw_record *record, const char *why);

/* LW_EBAD where the bytes are no text: not UTF-8, or NUL among them. */
enum lw_code lw_record_text(const char *bytes, size_t n, struct lw_err *err);

/* As lw_record_parse(), but integers beyond 64 bits count too: see json_value.h. */
enum lw_code lw_record_parse_big(const char *bytes, size_t n, json_t **to, struct lw_err *err);

char *lw_record_too_large(uint64_t n); /* the sentence; new string */

#endif
