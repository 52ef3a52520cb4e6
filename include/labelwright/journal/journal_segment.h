/* The files that a journal consists of: 000001.jsonl, 000002.jsonl … */
#ifndef LABELWRIGHT_JOURNAL_JOURNAL_SEGMENT_H
#define LABELWRIGHT_JOURNAL_JOURNAL_SEGMENT_H

#include "labelwright/journal/journal_line.h"

#include <sys/stat.h>

void lw_segment_name(uint32_t segment, char to[LW_SEGMENT_NAME]);

struct lw_segments {
    uint32_t *number; /* ascending */
    size_t n, cap;
};

enum lw_code lw_segments_list(
    const struct lw_sys *sys, int folder, struct lw_segments *to, struct lw_err *err);

/* Reads the line whose newline ends at byte `end`. `text` points into `to`; the line ends before
 * the last byte of `to`. False: no line ends there. */
bool lw_journal_line_before(
    const struct lw_sys *sys, int fd, uint64_t end, struct lw_buf *to, const char **text);

/* Opens a file of the journal; a symlink, a file larger than LW_SEGMENT_MOST or anything but a
 * regular file is LW_EREFUSED. Write to it only after lw_repair_modes() has checked it. */
enum lw_code lw_journal_file(const struct lw_sys *sys, int folder, const char *name, int flags,
    int *fd, struct stat *st, struct lw_err *err);

#endif
