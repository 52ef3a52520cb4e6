/* A row of cells that stands for a whole text: where in it something changed, and which part of it
 * is on the screen. Pure; how a cell looks is the view's. */
#ifndef LABELWRIGHT_TEXT_CHANGE_MAP_H
#define LABELWRIGHT_TEXT_CHANGE_MAP_H

#include "labelwright/text/diff.h"

enum lw_map_change { LW_MAP_NONE = 0, LW_MAP_OUT = 1, LW_MAP_IN = 2, LW_MAP_BOTH = 3 };

struct lw_map_cell {
    enum lw_map_change change;
    bool shown; /* some of it is on the screen */
};

/* [from, end) in bytes, lines or whatever `length` counts; from == end is a place between two. */
struct lw_map_mark {
    size_t from, end;
    enum lw_map_change change;
};

/* Fills `width` cells, each an equal part of `length`. Every mark and the part [shown, shown_end)
 * on the screen get one cell at least, wherever they are; marks of different kinds in one cell are
 * BOTH. With a length of 0 that is the first one. */
void lw_map_fill(struct lw_map_cell *cells, size_t width, size_t length,
    const struct lw_map_mark *marks, size_t n, size_t shown, size_t shown_end);

/* The same for a diff, in bytes of its second text, or of its first one. */
void lw_map_diff(struct lw_map_cell *cells, size_t width, const struct lw_diff *d, bool first_text,
    size_t shown, size_t shown_end);

#endif
