/* Time that several projects count at once. */
#ifndef LABELWRIGHT_TIMESHEET_OVERLAP_INTERNAL_H
#define LABELWRIGHT_TIMESHEET_OVERLAP_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

/* Work of one project without a break in it, UTC ms. */
struct lw_work_piece {
    int64_t from, to;
    uint32_t project;
    uint32_t stretch; /* the caller's */
    int64_t twice;    /* is set: of it, time that a project of a lower number counts too */
};

/* Pieces of the same project stand together. Where they overlap because a clock was set back, the
 * earlier one has the time. */
void lw_overlap_find(struct lw_work_piece *piece, size_t n, size_t nprojects);

#endif
