/* Arranges the cells of a row from right to left where their characters say so (text/bidi.h). Knows
 * neither views nor the terminal. */
#include "tui/view/visual_internal.h"

#include "labelwright/text/bidi.h"

#include <string.h>

enum { BLANKS_MOST = 4 };

/* One wide or narrow character with its marks. */
struct unit {
    int col, cols;
};

/* The units of a row from `start` on that belong together. */
struct piece {
    struct unit unit[LW_BIDI_MAX];
    char32_t cp[LW_BIDI_MAX]; /* as the order is looked for, then as drawn */
    size_t n;
    int start, end; /* columns */
    bool matters;
};

static bool is_blank(const struct lw_cell *c)
{
    return c->cp[0] == U' ' && c->cp[1] == 0;
}

static bool is_frame(const struct lw_cell *c)
{
    return c->cp[0] >= 0x2500 && c->cp[0] <= 0x259F;
}

static bool is_gap(const struct lw_cell *c)
{
    return is_blank(c) || is_frame(c);
}

/* One blank within a line of words is part of it, and so are a few in a text: two behind a
 * sentence, those of a justified line. More part columns. */
static bool ends_piece(const struct lw_cell *row, int cols, int col)
{
    int next = col + 1;
    if (!is_blank(&row[col]))
        return is_frame(&row[col]);
    while (next < cols && next < col + BLANKS_MOST && is_blank(&row[next]) && row[next].in_text &&
           row[next - 1].in_text)
        next++;
    return next == cols || is_gap(&row[next]);
}

/* Our own, not part of the words that follow. */
static bool is_rtl_sign(const struct lw_cell *c)
{
    return c->cp[0] == LW_RTL_SIGN && c->role == LW_ROLE_DIM;
}

/* A sign such as <U+202E> reads from the left wherever it stands. */
static char32_t order_by(const struct lw_cell *c)
{
    return c->role == LW_ROLE_SIGN ? U'a' : c->cp[0];
}

static void read_piece(const struct lw_cell *row, int cols, int start, struct piece *p)
{
    int col = start;
    p->n = 0;
    p->start = start;
    p->matters = false;
    while (col < cols && p->n < LW_BIDI_MAX && !ends_piece(row, cols, col)) {
        int wide = col + 1 < cols && row[col + 1].cp[0] == 0 ? 2 : 1;
        p->cp[p->n] = order_by(&row[col]);
        p->matters = p->matters || lw_bidi_matters(p->cp[p->n]);
        p->unit[p->n++] = (struct unit){col, wide};
        col += wide;
    }
    p->end = col;
}

static void arrange(const struct lw_cell *row, struct piece *p, struct lw_cell *to, int *place)
{
    uint16_t order[LW_BIDI_MAX];
    int at = p->start;
    lw_bidi_line(p->cp, p->n, order);
    for (size_t i = 0; i < p->n; i++) {
        const struct unit *u = &p->unit[order[i]];
        for (int k = 0; k < u->cols; k++) {
            place[u->col + k] = at + k;
            to[at + k] = row[u->col + k];
        }
        if (row[u->col].role != LW_ROLE_SIGN)
            to[at].cp[0] = p->cp[order[i]];
        at += u->cols;
    }
}

void lw_visual_row(const struct lw_cell *row, int cols, struct lw_cell *to, int *place)
{
    struct piece p;
    for (int col = 0; col < cols; col++) {
        to[col] = row[col];
        place[col] = col;
    }
    for (int col = 0; col < cols;) {
        if (is_gap(&row[col]) || is_rtl_sign(&row[col])) {
            col++;
            continue;
        }
        read_piece(row, cols, col, &p);
        if (p.matters)
            arrange(row, &p, to, place);
        col = p.end;
    }
}

void lw_visual_arrange(
    const struct lw_frame *f, int row, bool arranges, struct lw_cell *to, int *place)
{
    const struct lw_cell *cell = &f->cell[(size_t)row * (size_t)f->cols];
    if (arranges) {
        lw_visual_row(cell, f->cols, to, place);
        return;
    }
    memcpy(to, cell, (size_t)f->cols * sizeof *cell);
    for (int col = 0; col < f->cols; col++)
        place[col] = col;
}
