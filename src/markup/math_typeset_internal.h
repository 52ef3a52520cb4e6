/* The tree of a formula as a box of characters. */
#ifndef LABELWRIGHT_MARKUP_MATH_TYPESET_INTERNAL_H
#define LABELWRIGHT_MARKUP_MATH_TYPESET_INTERNAL_H

#include "markup/math_box_internal.h"
#include "markup/math_tree_internal.h"

struct lw_math_typeset {
    struct lw_math_sheet *sheet;
    const struct lw_math_tree *tree;
    const char *why; /* why what was made is of no use; NULL if it is */
};

struct lw_math_style {
    bool rows;   /* more than one may be used */
    bool tight;  /* without blanks: in scripts */
    bool braces; /* what is directly in braces */
    int nest;    /* fractions around it */
};

/* What follows what in a row: starts zero. */
struct lw_math_flow {
    enum lw_math_class last;
    int pending;            /* columns asked for by \quad and the like */
    bool sign;              /* the last one is the minus of −x */
    struct lw_math_box box; /* of the last one */
    uint32_t node;          /* the last one */
};

struct lw_math_box lw_math_typeset(
    struct lw_math_typeset *t, uint32_t node, struct lw_math_style style);

/* A node of a row and the columns before it; false for a space, which only asks for columns. `next`
 * is what follows, 0 for nothing. */
bool lw_math_flow(struct lw_math_typeset *t, struct lw_math_flow *flow, uint32_t node,
    uint32_t next, struct lw_math_style style, int *gap);

/* ---- beside each other: math_spacing.c */

static inline bool lw_math_is_flat(const struct lw_math_box *b)
{
    return b->up == 0 && b->down == 0;
}

/* How a node stands to what is left of it, or right. */
enum lw_math_class lw_math_class_at(const struct lw_math_tree *t, uint32_t node, bool left);

/* The same to the left, but for the points and commas of numbers. */
enum lw_math_class lw_math_point_class(
    const struct lw_math_tree *t, const struct lw_math_flow *flow, uint32_t node, uint32_t next);

bool lw_math_is_digit(const struct lw_math_node *n);
bool lw_math_is_char(const struct lw_math_node *n, char c);

/* The only node in rows around it, or the row itself. */
uint32_t lw_math_unwrap(const struct lw_math_tree *t, uint32_t node);

/* True when nothing that stands before or behind a slash can be taken for a part of it. `factor`: a
 * product is too much already. */
bool lw_math_is_simple(const struct lw_math_tree *t, uint32_t node, bool factor);

/* True when a sign behind `last` is one of its own: −x. */
bool lw_math_is_unary(enum lw_math_class last);

/* True for an a/b beside what would seem to belong to a or b. */
bool lw_math_needs_brackets(const struct lw_math_tree *t, const struct lw_math_flow *flow,
    const struct lw_math_box *b, uint32_t next);

/* Columns before a node. */
int lw_math_gap(const struct lw_math_tree *t, const struct lw_math_flow *flow, uint32_t node,
    enum lw_math_class cls, const struct lw_math_box *b, bool tight);

/* ---- cells in columns: math_grid.c */

struct lw_math_cells {
    struct lw_math_box *v; /* rows * columns of them, made one after the other */
    const bool *rule;      /* of each row: a rule above it */
    size_t rows, columns;
    const char *spec; /* l, c, r and | */
    size_t nspec;
    bool pairs;  /* wide between two pairs of columns */
    bool braces; /* a brace stands beside them */
    int gap;
};

struct lw_math_box lw_math_grid(
    struct lw_math_sheet *s, const struct lw_math_cells *cells, struct lw_math_mark mark);

#endif
