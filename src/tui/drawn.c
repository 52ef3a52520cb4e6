/* What the screen has been given: giving a cell to curses costs more than comparing it. How cells
 * are drawn is term.c's. */
#include "tui/drawn_internal.h"

#include <stdlib.h>
#include <string.h>

bool lw_drawn_so(const struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n)
{
    return d->cell && f->npictures == 0 && d->rows == f->rows && d->cols == f->cols &&
           d->how.len == n && memcmp(d->how.data, how, n) == 0;
}

/* Painted cells have pairs of colours that may have got another meaning since. */
bool lw_drawn_has_row(const struct lw_drawn *d, const struct lw_frame *f, int row)
{
    size_t at = (size_t)row * (size_t)f->cols, n = (size_t)f->cols;
    if (memcmp(&d->cell[at], &f->cell[at], n * sizeof *f->cell) != 0)
        return false;
    for (size_t i = at; i < at + n; i++)
        if (f->cell[i].painted)
            return false;
    return true;
}

void lw_drawn_keep(struct lw_drawn *d, const struct lw_frame *f, const void *how, size_t n)
{
    size_t bytes = (size_t)f->rows * (size_t)f->cols * sizeof *f->cell;
    if (!d->cell || d->rows != f->rows || d->cols != f->cols) {
        free(d->cell);
        d->cell = lw_alloc(bytes + 1);
    }
    memcpy(d->cell, f->cell, bytes);
    d->rows = f->rows;
    d->cols = f->cols;
    d->how.len = 0;
    lw_buf_add(&d->how, how, n);
}

void lw_drawn_fini(struct lw_drawn *d)
{
    free(d->cell);
    lw_buf_fini(&d->how);
    *d = (struct lw_drawn){0};
}
