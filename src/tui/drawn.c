/* What the screen has been given: which rows have moved, which cells of a row are others. How cells
 * are drawn is term.c's. */
#include "tui/drawn_internal.h"

#include "labelwright/text/bidi.h"
#include "tui/theme_internal.h"

#include <stdlib.h>
#include <string.h>

enum { MOVED_LEAST = 6, FAR_MOST = 8 };

bool lw_drawn_so(const struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n)
{
    return d->cell && f->npictures == 0 && d->rows == f->rows && d->cols == f->cols &&
           d->how.len == n && memcmp(d->how.data, how, n) == 0;
}

static void resize(struct lw_drawn *d, const struct lw_frame *f)
{
    size_t rows = (size_t)f->rows, cols = (size_t)f->cols;
    d->cell = lw_grow(d->cell, rows * cols + 1, sizeof *d->cell);
    d->row = lw_grow(d->row, rows + 1, sizeof *d->row);
    d->unknown = lw_grow(d->unknown, rows + 1, sizeof *d->unknown);
    d->same = lw_grow(d->same, rows + 1, sizeof *d->same);
    d->rows = f->rows;
    d->cols = f->cols;
    for (size_t i = 0; i < rows; i++)
        d->row[i] = d->cell + i * cols;
}

void lw_drawn_begin(struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n)
{
    if (!d->cell || d->rows != f->rows || d->cols != f->cols)
        resize(d, f);
    memset(d->unknown, true, (size_t)f->rows * sizeof *d->unknown);
    memset(d->same, false, (size_t)f->rows * sizeof *d->same);
    d->how.len = 0;
    lw_buf_add(&d->how, how, n);
}

static const struct lw_cell *row_of(const struct lw_frame *f, int row)
{
    return &f->cell[(size_t)row * (size_t)f->cols];
}

static bool is_kept(const struct lw_drawn *d, const struct lw_frame *f, int row, int kept)
{
    return !d->unknown[kept] &&
           memcmp(d->row[kept], row_of(f, row), (size_t)f->cols * sizeof *f->cell) == 0;
}

void lw_drawn_compare(struct lw_drawn *d, const struct lw_frame *f)
{
    for (int row = 0; row < f->rows; row++)
        d->same[row] = is_kept(d, f, row, row);
}

/* ---- rows that have moved */

/* The longest run of rows that stood `by` rows further; rows that stay as they are gain nothing. */
static int find_run(
    const struct lw_drawn *d, const struct lw_frame *f, int by, struct lw_drawn_shift *found)
{
    int best = 0, gain = 0, from = by < 0 ? -by : 0, end = by < 0 ? f->rows : f->rows - by;
    for (int row = from, top = from; row < end; row++) {
        if (!is_kept(d, f, row, row + by)) {
            top = row + 1;
            gain = 0;
            continue;
        }
        gain += !d->same[row];
        if (gain > best) {
            best = gain;
            *found = (struct lw_drawn_shift){top, row, by};
        }
    }
    return best;
}

static void swap_rows(struct lw_drawn *d, int a, int b)
{
    struct lw_cell *row = d->row[a];
    bool unknown = d->unknown[a];
    d->row[a] = d->row[b];
    d->unknown[a] = d->unknown[b];
    d->row[b] = row;
    d->unknown[b] = unknown;
}

static void forget(struct lw_drawn *d, int row)
{
    d->unknown[row] = true;
    d->same[row] = false;
}

/* Fewer rows may move than they move by: then those between are gone, too. */
static void move_rows(struct lw_drawn *d, const struct lw_drawn_shift *s)
{
    int rows = s->bottom - s->top + 1, gone = s->by > 0 ? s->bottom + 1 : s->top + s->by;
    for (int i = 0; i < rows; i++) {
        int to = s->by > 0 ? s->top + i : s->bottom - i;
        swap_rows(d, to, to + s->by);
        d->same[to] = true;
    }
    for (int i = 0; i < abs(s->by); i++)
        forget(d, gone + i);
}

/* Nearest first: the distance is mostly one, and then no other one is looked at. */
bool lw_drawn_move(struct lw_drawn *d, const struct lw_frame *f, struct lw_drawn_shift *shift)
{
    int most = 0, changed = 0;
    for (int row = 0; row < f->rows; row++)
        changed += !d->same[row];
    for (int i = 2; changed > MOVED_LEAST && most <= changed / 2 && i < 2 * FAR_MOST + 2; i++) {
        struct lw_drawn_shift found;
        int gain = find_run(d, f, i % 2 ? -i / 2 : i / 2, &found);
        if (gain <= most)
            continue;
        most = gain;
        *shift = found;
    }
    if (most < MOVED_LEAST)
        return false;
    move_rows(d, shift);
    return true;
}

/* ---- cells that have changed */

static bool is_right_half(const struct lw_cell *c)
{
    return c->cp[0] == 0;
}

static bool has_order(const struct lw_cell *c)
{
    enum { FIRST = 0x590 /* that bidi.h says may matter */ };
    return c->cp[0] >= FIRST && lw_bidi_matters(c->cp[0]);
}

/* Both rows are compared, as what was drawn decides where cells stand as much as what will be. */
static bool is_whole(const struct lw_cell *now, const struct lw_cell *was, int cols)
{
    for (int i = 0; i < cols; i++)
        if (now[i].painted || has_order(&now[i]) || has_order(&was[i]))
            return true;
    return false;
}

static bool cell_changed(const struct lw_cell *a, const struct lw_cell *b)
{
    return memcmp(a, b, sizeof *a) != 0;
}

static struct lw_drawn_piece find_piece(
    const struct lw_cell *now, const struct lw_cell *was, int cols)
{
    struct lw_drawn_piece p = {0, cols};
    while (p.from < cols && !cell_changed(&now[p.from], &was[p.from]))
        p.from++;
    while (p.to > p.from && !cell_changed(&now[p.to - 1], &was[p.to - 1]))
        p.to--;
    if (p.from == p.to)
        return (struct lw_drawn_piece){0};
    p.from = p.from > LW_THEME_REACH ? p.from - LW_THEME_REACH : 0;
    p.to = p.to + LW_THEME_REACH < cols ? p.to + LW_THEME_REACH : cols;
    while (p.from > 0 && (is_right_half(&now[p.from]) || is_right_half(&was[p.from])))
        p.from--;
    while (p.to < cols && (is_right_half(&now[p.to]) || is_right_half(&was[p.to])))
        p.to++;
    return p;
}

static bool has_paint(const struct lw_frame *f, int row)
{
    const struct lw_cell *cell = row_of(f, row);
    for (int i = 0; f->painted && i < f->cols; i++)
        if (cell[i].painted)
            return true;
    return false;
}

struct lw_drawn_piece lw_drawn_change(struct lw_drawn *d, const struct lw_frame *f, int row)
{
    struct lw_drawn_piece piece = {0, f->cols};
    const struct lw_cell *now = row_of(f, row);
    bool paint = has_paint(f, row);
    if (d->same[row] && !paint)
        return (struct lw_drawn_piece){0};
    if (!d->unknown[row] && !paint && !is_whole(now, d->row[row], f->cols))
        piece = find_piece(now, d->row[row], f->cols);
    memcpy(d->row[row], now, (size_t)f->cols * sizeof *now);
    d->unknown[row] = false;
    d->same[row] = true;
    return piece;
}

void lw_drawn_fini(struct lw_drawn *d)
{
    free(d->cell);
    free(d->row);
    free(d->unknown);
    free(d->same);
    lw_buf_fini(&d->how);
    *d = (struct lw_drawn){0};
}
