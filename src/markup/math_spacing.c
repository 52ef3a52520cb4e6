/* How the nodes of a formula stand beside each other: which blanks are between them, and where
 * brackets have to make clear what belongs together. Not how they look. */
#include "markup/math_typeset_internal.h"

#include <string.h>

static const struct lw_math_node *get(const struct lw_math_tree *t, uint32_t i)
{
    return &t->v[i];
}

/* ---- what a node is to its neighbours */

enum lw_math_class lw_math_class_at(const struct lw_math_tree *t, uint32_t i, bool left)
{
    const struct lw_math_node *n = &t->v[i];
    switch (n->kind) {
    case LW_MATH_SCRIPT:
    case LW_MATH_STACK:
        return lw_math_class_at(t, n->a, left);
    case LW_MATH_FRAC:
        return LW_MATH_INNER;
    case LW_MATH_FENCE:
        return left ? LW_MATH_OPEN : LW_MATH_CLOSE;
    case LW_MATH_GRID:
        if (!*(left ? n->env->left : n->env->right))
            return LW_MATH_INNER;
        return left ? LW_MATH_OPEN : LW_MATH_CLOSE;
    default:
        return n->cls;
    }
}

bool lw_math_is_digit(const struct lw_math_node *n)
{
    const char *s = lw_math_text(n);
    return n->kind == LW_MATH_ATOM && n->ntext == 1 && *s >= '0' && *s <= '9';
}

bool lw_math_is_char(const struct lw_math_node *n, char c)
{
    return n->kind == LW_MATH_ATOM && n->ntext == 1 && *lw_math_text(n) == c;
}

/* The only node in rows around it, or the row itself. */
uint32_t lw_math_unwrap(const struct lw_math_tree *t, uint32_t i)
{
    while (i && get(t, i)->kind == LW_MATH_ROW && get(t, i)->a && !get(t, get(t, i)->a)->next)
        i = get(t, i)->a;
    return i;
}

/* d, ∂ or Δ and a letter: one thing, though it is two. */
static bool is_differential(const struct lw_math_tree *t, uint32_t first)
{
    const struct lw_math_node *n = get(t, first);
    uint32_t second = n->next;
    bool sign = lw_math_is_char(n, 'd') || (n->kind == LW_MATH_ATOM && n->ntext == strlen("∂") &&
                                               memcmp(lw_math_text(n), "∂", n->ntext) == 0);
    return sign && second && !get(t, second)->next && get(t, second)->kind != LW_MATH_SPACE;
}

/* f(x) and n! */
static bool is_applied(const struct lw_math_tree *t, uint32_t first)
{
    const struct lw_math_node *n = get(t, first), *second = get(t, n->next);
    return n->next && !second->next &&
           (second->kind == LW_MATH_FENCE || lw_math_is_char(second, '!')) &&
           (n->kind == LW_MATH_ATOM || n->kind == LW_MATH_SCRIPT);
}

/* True when nothing that stands before or behind a slash can be taken for a part of it. `factor`:
 * a product is too much already. */
bool lw_math_is_simple(const struct lw_math_tree *t, uint32_t i, bool factor)
{
    i = lw_math_unwrap(t, i);
    const struct lw_math_node *n = get(t, i);
    if (n->kind != LW_MATH_ROW)
        return n->kind != LW_MATH_FRAC && n->kind != LW_MATH_GRID &&
               !(n->literal && memchr(lw_math_text(n), ' ', n->ntext));
    bool number = true, first = true;
    for (uint32_t k = n->a; k; k = get(t, k)->next, first = false) {
        const struct lw_math_node *c = get(t, k);
        enum lw_math_class cls = lw_math_class_at(t, k, true);
        bool point =
            c->kind == LW_MATH_ATOM && (lw_math_is_char(c, '.') || lw_math_is_char(c, ','));
        number = number && (lw_math_is_digit(c) || point);
        if ((cls == LW_MATH_BIN && !(first && !factor)) || cls == LW_MATH_REL ||
            (cls == LW_MATH_PUNCT && !point) || cls == LW_MATH_OP || cls == LW_MATH_FUNC ||
            cls == LW_MATH_INNER || lw_math_is_char(c, '/') ||
            (c->literal && c->kind == LW_MATH_ROW))
            return false;
    }
    return number || !factor || n->literal || is_differential(t, n->a) || is_applied(t, n->a);
}

/* ---- blanks */

/* Columns between two classes; from Knuth's table, in whole columns. */
static const unsigned char gaps[LW_MATH_CLASSES][LW_MATH_CLASSES] = {
    /*                none ord op func bin rel open close punct inner */
    [LW_MATH_NONE] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    [LW_MATH_ORD] = {0, 0, 1, 1, 1, 1, 0, 0, 0, 1},
    [LW_MATH_OP] = {0, 1, 0, 1, 1, 1, 1, 0, 0, 1},
    [LW_MATH_FUNC] = {0, 1, 1, 1, 1, 1, 0, 0, 0, 1},
    [LW_MATH_BIN] = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1},
    [LW_MATH_REL] = {0, 1, 1, 1, 1, 0, 1, 0, 0, 1},
    [LW_MATH_OPEN] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    [LW_MATH_CLOSE] = {0, 0, 1, 1, 1, 1, 0, 0, 0, 1},
    [LW_MATH_PUNCT] = {0, 1, 1, 1, 1, 1, 1, 0, 0, 1},
    [LW_MATH_INNER] = {0, 1, 1, 1, 1, 1, 1, 0, 0, 1},
};

/* A sign between two things, or one of its own: −x. */
bool lw_math_is_unary(enum lw_math_class last)
{
    return last == LW_MATH_NONE || last == LW_MATH_BIN || last == LW_MATH_REL ||
           last == LW_MATH_OPEN || last == LW_MATH_PUNCT || last == LW_MATH_OP ||
           last == LW_MATH_FUNC;
}

/* In 1,000 and 3.14 there is no blank, at the end of a formula a point is none of a number. */
enum lw_math_class lw_math_point_class(
    const struct lw_math_tree *t, const struct lw_math_flow *flow, uint32_t i, uint32_t next)
{
    const struct lw_math_node *n = get(t, i), *after = get(t, next);
    if (lw_math_is_char(n, '.'))
        return next && !after->blank ? LW_MATH_ORD : LW_MATH_PUNCT;
    bool inside = lw_math_is_char(n, ',') && flow->node && lw_math_is_digit(get(t, flow->node)) &&
                  next && lw_math_is_digit(after) && !after->blank && !n->blank;
    return inside ? LW_MATH_ORD : lw_math_class_at(t, i, true);
}

/* A bracket does not stand close to what has something under it, or a bar over it. */
static bool needs_room(const struct lw_math_tree *t, const struct lw_math_flow *flow)
{
    const struct lw_math_node *n = get(t, flow->node);
    bool limits = n->kind == LW_MATH_SCRIPT && get(t, n->a)->limits;
    return (flow->last == LW_MATH_FUNC && limits) ||
           (n->kind == LW_MATH_ROOT && !lw_math_is_flat(&flow->box));
}

static bool touches(enum lw_math_class cls)
{
    return cls == LW_MATH_ORD || cls == LW_MATH_CLOSE || cls == LW_MATH_INNER ||
           cls == LW_MATH_OPEN;
}

/* a/b beside what would seem to belong to a or b. */
bool lw_math_needs_brackets(const struct lw_math_tree *t, const struct lw_math_flow *flow,
    const struct lw_math_box *b, uint32_t next)
{
    if (!b->slash)
        return false;
    bool before = flow->pending == 0 && flow->last != LW_MATH_OPEN && !flow->sign &&
                  (touches(flow->last) || (flow->last == LW_MATH_FUNC && !needs_room(t, flow))) &&
                  !flow->box.blank_last;
    const struct lw_math_node *n = get(t, next);
    enum lw_math_class cls = next ? lw_math_class_at(t, next, true) : LW_MATH_NONE;
    bool point = lw_math_is_char(n, '.') && (!n->next || get(t, n->next)->blank);
    bool words = n->kind == LW_MATH_ROW && n->literal && n->a && get(t, n->a)->literal &&
                 *lw_math_text(get(t, n->a)) == ' ';
    bool after = next && n->kind != LW_MATH_SPACE && !point && !words && touches(cls);
    return before || after;
}

static bool begins_word(const struct lw_math_tree *t, uint32_t i)
{
    const struct lw_math_node *n = get(t, i);
    while (n->kind == LW_MATH_SCRIPT || n->kind == LW_MATH_ROW || n->kind == LW_MATH_ACCENT) {
        if (!n->a)
            return false;
        n = get(t, n->a);
    }
    unsigned char c = n->kind == LW_MATH_ATOM ? (unsigned char)*lw_math_text(n) : 0;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* The ⟨ψ| of ⟨ψ| H |φ⟩. */
static bool ends_in_bar(const struct lw_math_tree *t, uint32_t i)
{
    const struct lw_math_node *n = get(t, i);
    return n->kind == LW_MATH_FENCE && n->c && lw_math_is_char(get(t, n->c), '|') &&
           !lw_math_is_char(get(t, n->a), '|');
}

int lw_math_gap(const struct lw_math_tree *t, const struct lw_math_flow *flow, uint32_t i,
    enum lw_math_class cls, const struct lw_math_box *b, bool tight)
{
    enum lw_math_class last = flow->last;
    if (last == LW_MATH_INNER && lw_math_is_flat(&flow->box))
        last = LW_MATH_ORD;
    if (cls == LW_MATH_INNER && lw_math_is_flat(b))
        cls = LW_MATH_ORD;
    int gap = tight ? 0 : gaps[last][cls];
    bool ord = cls == LW_MATH_ORD || cls == LW_MATH_INNER;
    if (!tight && get(t, i)->blank && ord && !ends_in_bar(t, flow->node) &&
        (last == LW_MATH_ORD || last == LW_MATH_CLOSE || last == LW_MATH_INNER))
        gap = 1;
    if (gap == 0 && !tight && cls == LW_MATH_OPEN && needs_room(t, flow))
        gap = 1;
    if (gap == 0 && cls == LW_MATH_OP && last == LW_MATH_OP && !lw_math_is_flat(b) &&
        !lw_math_is_flat(&flow->box))
        gap = 1;
    if (flow->box.blank_last || b->blank_first)
        gap = 0;
    if (gap == 0 && flow->box.word && ord && begins_word(t, i))
        gap = 1;
    return gap > flow->pending ? gap : flow->pending;
}
