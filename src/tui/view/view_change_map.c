/* The map of a word diff on a pane's rule: the whole text in a few cells, what changed in each, and
 * which of them are on the screen. */
#include "labelwright/text/change_map.h"
#include "tui/view/view_internal.h"

#include <stdlib.h>
#include <string.h>

enum { MAP_COLS = 24, MAP_LEAST = 8 };

static struct lw_map_mark *line_marks(const struct lw_doc *doc)
{
    struct lw_map_mark *v = lw_grow(NULL, doc->nmarks + 1, sizeof *v);
    for (size_t i = 0; i < doc->nmarks; i++) {
        size_t line = lw_doc_line_of(doc, doc->mark[i].at.s);
        v[i] = (struct lw_map_mark){
            line, line + 1, doc->mark[i].role == LW_ROLE_ADDED ? LW_MAP_IN : LW_MAP_OUT};
    }
    return v;
}

/* A change is a square, what is on the screen a double line. */
static void draw_cells(
    struct lw_area a, int col, const struct lw_map_cell *cell, size_t n, enum lw_role changed)
{
    for (size_t i = 0; i < n; i++) {
        char32_t sign = cell[i].change ? U'▪' : cell[i].shown ? U'═' : U'─';
        lw_draw_fill(a, 0, col + (int)i, 1, cell[i].change ? changed : LW_ROLE_RULE, sign);
    }
}

void lw_view_change_map(const struct lw_pane *p, struct lw_area rule, int from, int to)
{
    struct lw_map_cell cell[MAP_COLS] = {0};
    int cols = to - from - 4 < MAP_COLS ? to - from - 4 : MAP_COLS;
    if (p->doc.nmarks == 0 || cols < MAP_LEAST)
        return;
    struct lw_map_mark *mark = line_marks(&p->doc);
    size_t shown_end = p->top + (size_t)p->rows;
    lw_map_fill(cell, (size_t)cols, p->doc.n, mark, p->doc.nmarks, p->top,
        shown_end < p->doc.n ? shown_end : p->doc.n);
    int col = to - 2 - cols;
    lw_draw(rule, 0, col - 1, LW_ROLE_RULE, " ");
    draw_cells(rule, col, cell, (size_t)cols, p->doc.mark[0].role);
    lw_draw(rule, 0, col + cols, LW_ROLE_RULE, " ");
    free(mark);
}
