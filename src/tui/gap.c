#include "tui/gap_internal.h"

/* Longer ones are cheaper to jump over, or to clear. */
enum { GAP_MOST = 4 };

static bool is_blank(const struct lw_cell *c)
{
    return c->cp[0] == U' ' && c->cp[1] == 0;
}

/* Whether a blank in this role differs from any other blank. */
static bool shows_on_blanks(const struct lw_theme *theme, enum lw_role role)
{
    const struct lw_style *s = &theme->style[role];
    return s->bg != LW_COLOUR_DEFAULT || s->bg16 != LW_COLOUR_DEFAULT ||
           s->attrs & (LW_ATTR(UNDERLINE) | LW_ATTR(REVERSE));
}

enum lw_role lw_gap_role(const struct lw_frame *f, const struct lw_theme *theme, int row, int col)
{
    const struct lw_cell *line = &f->cell[(size_t)row * (size_t)f->cols];
    int from = col, to = col;
    if (!is_blank(&line[col]))
        return line[col].role;
    while (from > 0 && is_blank(&line[from - 1]) && to - from < GAP_MOST)
        from--;
    while (to + 1 < f->cols && is_blank(&line[to + 1]) && to - from < GAP_MOST)
        to++;
    bool gap = from > 0 && to + 1 < f->cols && to - from < GAP_MOST;
    for (int i = from - 1; gap && i <= to; i++)
        gap = !shows_on_blanks(theme, line[i].role);
    return gap ? line[from - 1].role : line[col].role;
}
