/* A whole text in a few cells. Only positions are looked at, never the text: so any unit will do,
 * and a map costs no more than its marks. */
#include "labelwright/text/change_map.h"

#include "labelwright/base/buf.h"

#include <stdint.h>
#include <stdlib.h>

struct cells {
    size_t from, end;
};

/* The cells that [from, end) touches, one at least. Lengths too large to be multiplied are counted
 * in coarser units. */
static struct cells cells_of(size_t from, size_t end, size_t width, size_t length)
{
    for (; length > SIZE_MAX / 2 / width; length /= 2, from /= 2)
        end = end / 2 + end % 2;
    if (length == 0)
        return (struct cells){0, 1};
    from = from < length ? from : length;
    end = end < length ? end : length;
    struct cells c = {from * width / length, (end * width + length - 1) / length};
    if (c.from >= width)
        c.from = width - 1;
    if (c.end <= c.from)
        c.end = c.from + 1;
    return c;
}

void lw_map_fill(struct lw_map_cell *cells, size_t width, size_t length,
    const struct lw_map_mark *marks, size_t n, size_t shown, size_t shown_end)
{
    if (width == 0)
        return;
    for (size_t i = 0; i < width; i++)
        cells[i] = (struct lw_map_cell){LW_MAP_NONE, false};
    for (size_t i = 0; i < n; i++) {
        struct cells c = cells_of(marks[i].from, marks[i].end, width, length);
        for (size_t k = c.from; k < c.end; k++)
            cells[k].change = (enum lw_map_change)(cells[k].change | marks[i].change);
    }
    struct cells c = cells_of(shown, shown_end, width, length);
    for (size_t k = c.from; k < c.end; k++)
        cells[k].shown = true;
}

static size_t length_of(const struct lw_diff *d, bool first_text)
{
    enum lw_diff_kind other = first_text ? LW_DIFF_IN : LW_DIFF_OUT;
    const struct lw_diff_run *r = d->n ? &d->v[d->n - 1] : NULL;
    return !r ? 0 : (first_text ? r->a : r->b) + (r->kind == other ? 0 : r->n);
}

void lw_map_diff(struct lw_map_cell *cells, size_t width, const struct lw_diff *d, bool first_text,
    size_t shown, size_t shown_end)
{
    enum lw_diff_kind other = first_text ? LW_DIFF_IN : LW_DIFF_OUT;
    struct lw_map_mark *v = lw_grow(NULL, d->n + 1, sizeof *v);
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct lw_diff_run *r = &d->v[i];
        size_t from = first_text ? r->a : r->b;
        if (r->kind != LW_DIFF_SAME)
            v[n++] = (struct lw_map_mark){from, from + (r->kind == other ? 0 : r->n),
                r->kind == LW_DIFF_OUT ? LW_MAP_OUT : LW_MAP_IN};
    }
    lw_map_fill(cells, width, length_of(d, first_text), v, n, shown, shown_end);
    free(v);
}
