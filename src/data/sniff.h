/* What a task file is, told from its bytes and never from its name. */
#ifndef DATA_SNIFF_H
#define DATA_SNIFF_H

#include "data/lines.h"
#include "labelwright/task.h"

struct lw_sniffed {
    const struct lw_format *format;
    uint64_t begin; /* behind a byte order mark */
};

/* `wanted` is "auto" or the name of a format. LW_EBAD, LW_EUSAGE name the file and what would do.
 */
enum lw_code lw_sniff(
    struct lw_lines *file, const char *wanted, struct lw_sniffed *to, struct lw_err *err);

/* Opens a task file: a regular one. `*fd` is the caller's. */
enum lw_code lw_sniff_open(const struct lw_sys *sys, const char *path, const char *shown, int *fd,
    struct stat *st, struct lw_err *err);

#endif
