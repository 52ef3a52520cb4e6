/* A text while it is typed, in a box or in the correction editor: its lines, the selection, what
 * was found, the cursor. What surrounds it is drawn by the screen that it is on. */
#include "tui/view/misspelt_internal.h"

struct lines {
    struct lw_area a;
    const char *s;
    const struct lw_reflow *wrapped;
    size_t top;
};

static bool is_shown(const struct lines *d, int row)
{
    return row < d->a.rows && d->top + (size_t)row < lw_reflow_count(d->wrapped);
}

/* Restyles the bytes [from, to); a selected line end is one column more. */
static void restyle(
    const struct lines *d, int row, size_t from, size_t to, bool ends, enum lw_role role)
{
    struct lw_line l = lw_reflow_line(d->wrapped, d->top + (size_t)row);
    size_t first = from > l.start ? from : l.start, last = to < l.end ? to : l.end;
    int before = first < last ? lw_cols(d->s + l.start, first - l.start, d->a.cols) : 0;
    bool with_end = ends && !l.soft && from <= l.end && to > l.end;
    int end = first < last || with_end ? lw_cols(d->s + l.start, last - l.start, d->a.cols) : 0;
    if (first < last)
        lw_draw_restyle(d->a, row, 1 + before, end - before, role);
    if (with_end)
        lw_draw_restyle(d->a, row, 1 + end, 1, role);
}

/* The first match that ends behind `at`. */
static size_t first_found(const struct lw_found *found, size_t at)
{
    size_t low = 0, high = found->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (found->v[mid].at + found->v[mid].n <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void mark_found(const struct lines *d, const struct lw_found *found, int row)
{
    struct lw_line l = lw_reflow_line(d->wrapped, d->top + (size_t)row);
    for (size_t i = first_found(found, l.start); i < found->n && found->v[i].at < l.end; i++)
        restyle(d, row, found->v[i].at, found->v[i].at + found->v[i].n, false,
            i == found->now ? LW_ROLE_CHOSEN : LW_ROLE_FOCUS);
}

/* Not the word that is just being typed. */
static void mark_misspelt(
    const struct lines *d, const struct lw_spelt *misspelt, int row, size_t cursor)
{
    struct lw_line l = lw_reflow_line(d->wrapped, d->top + (size_t)row);
    size_t part = misspelt->text.s ? (size_t)(misspelt->text.s - d->s) : 0;
    for (size_t i = lw_misspelt_first(misspelt, l.start > part ? l.start - part : 0);
         i < misspelt->found.n && part + misspelt->found.v[i].at < l.end; i++) {
        size_t at = part + misspelt->found.v[i].at, end = at + misspelt->found.v[i].len;
        if (end != cursor)
            restyle(d, row, at, end, false, LW_ROLE_MISSPELT);
    }
}

static void draw_cursor(const struct lines *d, size_t cursor)
{
    size_t at = lw_reflow_line_of(d->wrapped, cursor);
    size_t start = lw_reflow_line(d->wrapped, at).start;
    int col = 1 + (cursor > start ? lw_cols(d->s + start, cursor - start, d->a.cols) : 0);
    if (at >= d->top)
        lw_draw_cursor(d->a, (int)(at - d->top), col < d->a.cols ? col : d->a.cols - 1);
}

void lw_view_typed(struct lw_edit *e, const struct lw_found *found, const struct lw_spelt *misspelt,
    size_t top, struct lw_area a, int cols, enum lw_role role)
{
    size_t n, from, to;
    struct lines d = {a, lw_edit_text(e, &n), lw_edit_lines(e, cols), top};
    bool selected = lw_edit_selection(e, &from, &to);
    for (int row = 0; is_shown(&d, row); row++) {
        struct lw_line l = lw_reflow_line(d.wrapped, top + (size_t)row);
        lw_draw_text(a, row, 1, role, d.s + l.start, l.end - l.start);
        if (misspelt)
            mark_misspelt(&d, misspelt, row, lw_edit_cursor(e));
        if (found)
            mark_found(&d, found, row);
        if (selected)
            restyle(&d, row, from, to, true, LW_ROLE_CHOSEN);
    }
    draw_cursor(&d, lw_edit_cursor(e));
}
