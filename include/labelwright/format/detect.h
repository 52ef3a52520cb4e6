/* Detects what a task file is, from its bytes and never from its name. */
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

/* What the data file at `path` contains, from its first readable record; `shown` is its name in
 * messages. A file that is not JSON Lines of a known format is refused as lw_tasks_open() refuses
 * it. */
enum lw_code lw_detect_format(const struct lw_sys *sys, const char *path, const char *shown,
    const struct lw_format **to, struct lw_err *err);

/* Why a file does not contain tasks, from its first n bytes. LW_OK when nothing is wrong so far. */
enum lw_code lw_refuse_magic(const char *name, const char *s, size_t n, struct lw_err *err);

/* For a file without a readable record: `why` is about the first one. Always LW_EBAD. */
enum lw_code lw_refuse_content(
    const char *name, const char *s, size_t n, const char *why, struct lw_err *err);

/* For records of an unknown format. Always LW_EBAD. */
enum lw_code lw_refuse_unknown(const char *name, json_t *record, struct lw_err *err);

/* For a file with answers only. Always LW_EBAD. */
enum lw_code lw_refuse_answers(const char *name, struct lw_err *err);

/* The first of the n bytes that is not a space or tab; NUL for none. */
char lw_first_char(const char *s, size_t n);

#endif
