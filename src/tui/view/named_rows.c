/* A list of names, each with its keys and with words about it: commands, themes. Words that do not
 * fit go on in the next row, so that nothing is cut. */
#include "tui/view/named_rows_internal.h"

#include <string.h>

enum { NAME_COLS = 20, MARK_COLS = 3 };

static int words_col(const struct lw_named_rows *rows)
{
    return 1 + NAME_COLS + rows->key_cols;
}

static int rows_of(const struct lw_named_rows *rows, struct lw_area a, size_t i)
{
    struct lw_named_row r = {0};
    rows->get(rows->ctx, i, &r);
    int n = lw_view_wrapped_rows(r.words, strlen(r.words), a.cols - words_col(rows) - 1);
    lw_buf_fini(&r.keys);
    return n;
}

/* Returns the row below. */
static int draw_row(const struct lw_named_rows *rows, struct lw_area a, int row, size_t i)
{
    struct lw_named_row r = {0};
    bool here = i == rows->at;
    rows->get(rows->ctx, i, &r);
    lw_draw(a, row, 1, LW_ROLE_FOCUS, "%s", here ? ">" : " ");
    lw_draw_clipped(a, row, MARK_COLS, NAME_COLS - MARK_COLS, here ? LW_ROLE_FOCUS : LW_ROLE_TEXT,
        r.name, strlen(r.name));
    lw_draw(a, row, 1 + NAME_COLS, LW_ROLE_KEY, "%s", r.keys.len ? r.keys.data : "");
    int below = lw_view_wrapped(
        a, row, words_col(rows), r.warns ? LW_ROLE_WARNING : LW_ROLE_DIM, r.words, strlen(r.words));
    if (here)
        lw_draw_cursor(a, row, 1);
    lw_buf_fini(&r.keys);
    return below > row ? below : row + 1;
}

/* The first one shown, so that all rows of the marked one are. */
static size_t first_shown(const struct lw_named_rows *rows, struct lw_area a)
{
    size_t top = rows->at;
    int n = rows_of(rows, a, top);
    while (top > 0 && n + rows_of(rows, a, top - 1) <= a.rows)
        n += rows_of(rows, a, --top);
    return top;
}

void lw_view_named_rows(const struct lw_named_rows *rows, struct lw_area a)
{
    size_t i = rows->n ? first_shown(rows, a) : 0;
    for (int row = 0; i < rows->n && row < a.rows; i++)
        if (i == rows->at || row + rows_of(rows, a, i) <= a.rows)
            row = draw_row(rows, a, row, i);
        else
            break;
}

int lw_view_named_rows_count(const struct lw_named_rows *rows, struct lw_area a, int most)
{
    int n = 0;
    for (size_t i = 0; i < rows->n && n < most; i++)
        n += rows_of(rows, a, i);
    return n < most ? n : most;
}
