/* Boxes of characters: pieces of text at places, put together to larger ones. Row 0 of a box is the
 * one that stands on the line; rows above it are negative. */
#ifndef LABELWRIGHT_MARKUP_MATH_BOX_INTERNAL_H
#define LABELWRIGHT_MARKUP_MATH_BOX_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct lw_math_piece {
    size_t text, ntext; /* in the sheet's text */
    size_t at, len;     /* bytes of the source */
    int x, y, cols;
    uint8_t style, emph;
};

/* What boxes are made of. Zero-initialise; reused. */
struct lw_math_sheet {
    struct lw_math_piece *v;
    size_t n, cap;
    struct lw_buf text;
};

struct lw_math_box {
    size_t first, end; /* its pieces */
    int cols, up, down;
    bool word;  /* ends in a letter that must not run into the next */
    bool slash; /* is a/b */
    bool blank_first, blank_last;
};

/* Where a sign of ours belongs to, and how it is meant. */
struct lw_math_mark {
    size_t at, len;
    uint8_t style, emph;
};

struct lw_math_box lw_math_box_text(
    struct lw_math_sheet *s, const char *text, size_t n, struct lw_math_mark mark);
struct lw_math_box lw_math_box_none(struct lw_math_sheet *s);

/* The sign n times side by side. */
struct lw_math_box lw_math_box_line(
    struct lw_math_sheet *s, const char *sign, int n, struct lw_math_mark mark);

void lw_math_box_move(struct lw_math_sheet *s, struct lw_math_box *b, int x, int y);

/* `b`, made after `a`, comes right of it behind `gap` columns, on the same line. */
void lw_math_box_beside(
    struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box b, int gap);

/* `b`, made after `a`, comes above or under it; both are centred. The line stays that of `a`. */
void lw_math_box_over(struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box b);
void lw_math_box_under(struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box b);

/* `b`, made after `a`, is drawn where it is: the box becomes large enough for both. */
void lw_math_box_join(struct lw_math_box *a, struct lw_math_box b);

static inline int lw_math_box_rows(const struct lw_math_box *b)
{
    return b->up + b->down + 1;
}

/* A bracket as tall as rows -up to down. */
struct lw_math_box lw_math_box_bracket(struct lw_math_sheet *s, const char *sign, size_t n, int up,
    int down, struct lw_math_mark mark);

/* Every character of a box of one row becomes raised or lowered; false, and nothing changes, when
 * Unicode does not have all of them. */
bool lw_math_box_small(struct lw_math_sheet *s, struct lw_math_box *b, bool raised);

/* A mark over each character of a box of one row; false when one of them takes none: the box is of
 * no use then. */
bool lw_math_box_accent(struct lw_math_sheet *s, struct lw_math_box *b, const char *mark);

void lw_math_sheet_fini(struct lw_math_sheet *s);

#endif
