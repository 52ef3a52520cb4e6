/* What a task file is, told from its bytes and never from its name. */
#ifndef LABELWRIGHT_FORMAT_DETECT_H
#define LABELWRIGHT_FORMAT_DETECT_H

#include "labelwright/format/record_reader.h"

/* `wanted` is "auto" or the name of a format; `columns` may be NULL. `to` needs
 * lw_record_reader_fini(). LW_EBAD, LW_EUSAGE name the file and what would do.
 */
enum lw_code lw_detect(struct lw_lines *file, const char *wanted, const struct lw_columns *columns,
    struct lw_record_reader *to, struct lw_err *err);

/* Opens a task file: a regular one. `*fd` is the caller's. */
enum lw_code lw_detect_open(const struct lw_sys *sys, const char *path, const char *shown, int *fd,
    struct stat *st, struct lw_err *err);

/* What the data file at `path` holds, from its first readable record; `shown` is how messages call
 * it. A file that is no JSON Lines of a known format is refused as lw_tasks_open() refuses it. */
enum lw_code lw_detect_format(const struct lw_sys *sys, const char *path, const char *shown,
    const struct lw_format **to, struct lw_err *err);

/* Why a file is none of tasks, from how it begins: n bytes. LW_OK where nothing is known. */
enum lw_code lw_refuse_magic(const char *name, const char *s, size_t n, struct lw_err *err);

/* Of a file in which no record can be read: `why` says it of the first. Always LW_EBAD. */
enum lw_code lw_refuse_content(
    const char *name, const char *s, size_t n, const char *why, struct lw_err *err);

/* Of records of no format known here. Always LW_EBAD. */
enum lw_code lw_refuse_unknown(const char *name, json_t *record, struct lw_err *err);

/* Of a file of answers alone. Always LW_EBAD. */
enum lw_code lw_refuse_answers(const char *name, struct lw_err *err);

/* The first of the n bytes that is no space or tab; NUL for none. */
char lw_first_char(const char *s, size_t n);

#endif
