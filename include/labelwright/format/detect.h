/* Detects what a task file is, from its bytes and never from its name. */
#ifndef LABELWRIGHT_FORMAT_DETECT_H
#define LABELWRIGHT_FORMAT_DETECT_H

#include "labelwright/format/record_reader.h"

/* `as` may be NULL. `to` needs lw_record_reader_fini(). LW_EBAD, LW_EUSAGE name the file and what
 * would do. */
enum lw_code lw_detect(struct lw_lines *file, const struct lw_read_as *as,
    struct lw_record_reader *to, struct lw_err *err);

/* Opens a task file: a regular one. `*fd` is the caller's. */
enum lw_code lw_detect_open(const struct lw_sys *sys, const char *path, const char *shown, int *fd,
    struct stat *st, struct lw_err *err);

/* What the data file at `path` contains, from its first readable record; `shown` is its name in
 * messages. A file that is not JSON Lines of a known format is refused as lw_tasks_open() refuses
 * it. */
enum lw_code lw_detect_format(const struct lw_sys *sys, const char *path, const char *shown,
    const struct lw_format **to, struct lw_err *err);

/* For a file with answers only. Always LW_EBAD. */
enum lw_code lw_detect_refuse_answers(const char *name, struct lw_err *err);

#endif
