/* Lines of a stream, with word of whether the next one is there already: those that are can be
 * handled together. */
#ifndef LABELWRIGHT_SITTING_REQUEST_LINES_INTERNAL_H
#define LABELWRIGHT_SITTING_REQUEST_LINES_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdio.h>

/* A stream without a descriptor (of memory) never has the next line there already. */
struct lw_request_lines {
    FILE *in;
    struct lw_buf buf; /* read, from `at` on not given yet */
    size_t at;
    char *line; /* of a stream without a descriptor */
    size_t room;
    bool ended;
};

enum lw_request_line { LW_LINE_THERE, LW_LINE_LATER, LW_LINES_END, LW_LINES_FAILED };

/* The next line, borrowed until the next call; its end may be missing at the stream's end. LATER,
 * unless `wait`: it would have to be waited for. FAILED: see errno. */
enum lw_request_line lw_request_next(
    struct lw_request_lines *r, bool wait, const char **line, size_t *n);
void lw_request_lines_fini(struct lw_request_lines *r);

#endif
