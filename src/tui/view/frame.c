/* Draws into a grid of cells, clipped to areas; prints the grid as text for tests. What a role
 * looks like on a terminal is theme.c's and term.c's. */
#define _GNU_SOURCE
#include "tui/view/frame_internal.h"

#include "labelwright/chart/chart.h"
#include "labelwright/text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char32_t ELLIPSIS = U'\u2026', LINE = U'\u2500';

static int at_least_0(int n)
{
    return n > 0 ? n : 0;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

void lw_frame_init(struct lw_frame *f, int rows, int cols)
{
    *f = (struct lw_frame){0};
    lw_frame_resize(f, rows, cols);
}

void lw_frame_resize(struct lw_frame *f, int rows, int cols)
{
    f->rows = at_least_0(rows);
    f->cols = at_least_0(cols);
    f->cell = lw_grow(f->cell, (size_t)f->rows * (size_t)f->cols, sizeof *f->cell);
    lw_frame_clear(f);
}

void lw_frame_clear(struct lw_frame *f)
{
    enum { PIECE = 64 /* cells that are copied at once */ };
    const struct lw_cell space = {.cp = {U' '}, .role = LW_ROLE_TEXT};
    size_t all = (size_t)f->rows * (size_t)f->cols, done = 0;
    for (; done < all && done < PIECE; done++)
        f->cell[done] = space;
    for (size_t n; done < all; done += n) {
        n = all - done < PIECE ? all - done : PIECE;
        memmove(&f->cell[done], f->cell, n * sizeof *f->cell);
    }
    f->cursor_row = f->cursor_col = 0;
    f->cursor_shown = false;
    f->npictures = 0;
    f->painted = false;
}

void lw_frame_fini(struct lw_frame *f)
{
    free(f->cell);
    *f = (struct lw_frame){0};
}

struct lw_area lw_area_all(struct lw_frame *f)
{
    return (struct lw_area){.frame = f, .rows = f->rows, .cols = f->cols};
}

/* The part [from, from + n) of [0, whole). */
static void clip(int whole, int *from, int *n)
{
    int end = smaller(whole, *from + at_least_0(*n));
    *from = smaller(whole, at_least_0(*from));
    *n = at_least_0(end - *from);
}

struct lw_area lw_area_rows(struct lw_area a, int from, int rows)
{
    clip(a.rows, &from, &rows);
    a.row += from;
    a.rows = rows;
    return a;
}

struct lw_area lw_area_cols(struct lw_area a, int from, int cols)
{
    clip(a.cols, &from, &cols);
    a.col += from;
    a.cols = cols;
    return a;
}

/* NULL outside the area, and where an area was kept over a resize. */
static struct lw_cell *cell_at(struct lw_area a, int row, int col)
{
    if (row < 0 || row >= a.rows || col < 0 || col >= a.cols)
        return NULL;
    row += a.row;
    col += a.col;
    if (row >= a.frame->rows || col >= a.frame->cols)
        return NULL;
    return &a.frame->cell[(size_t)row * (size_t)a.frame->cols + (size_t)col];
}

/* Half of a wide character cannot stay: what is left of it becomes a space. */
static void break_wide(struct lw_area a, int col, struct lw_cell *cell)
{
    int at = a.col + col;
    if (cell->cp[0] == 0 && at > 0)
        memcpy(cell[-1].cp, (char32_t[LW_CELL_CPS]){U' '}, sizeof cell->cp);
    if (at + 1 < a.frame->cols && cell[1].cp[0] == 0)
        cell[1].cp[0] = U' ';
}

/* A cell that looks so, and shows nothing yet. */
static struct lw_cell looking(struct lw_look look)
{
    return (struct lw_cell){.role = (uint8_t)look.role, .emph = look.emph, .in_text = look.in_text};
}

static void put(struct lw_area a, int row, int col, struct lw_look look, const char32_t *cp, int n)
{
    struct lw_cell *cell = cell_at(a, row, col);
    if (!cell)
        return;
    break_wide(a, col, cell);
    *cell = looking(look);
    for (int i = 0; i < n && i < LW_CELL_CPS; i++)
        cell->cp[i] = cp[i];
}

static void put_blanks(struct lw_area a, int row, int col, int cols, struct lw_look look)
{
    for (int i = 0; i < cols; i++)
        put(a, row, col + i, look, (const char32_t[]){U' '}, 1);
}

/* One cell of one or two columns; where only half of it fits, a space. */
static void put_cell(
    struct lw_area a, int row, int col, struct lw_look look, const struct lw_glyph *g)
{
    if (g->cols == 2 && (!cell_at(a, row, col) || !cell_at(a, row, col + 1))) {
        put_blanks(a, row, col, 2, look);
        return;
    }
    if (g->cols == 2) /* first, for it clears what the left half covers */
        put_blanks(a, row, col + 1, 1, look);
    put(a, row, col, look, g->cp, g->n);
    if (g->cols == 2)
        cell_at(a, row, col + 1)->cp[0] = 0;
}

static void put_glyph(
    struct lw_area a, int row, int col, struct lw_look look, const struct lw_glyph *g)
{
    struct lw_look sign = look;
    sign.role = LW_ROLE_SIGN;
    if (g->placeholder)
        for (int i = 0; i < g->n; i++)
            put(a, row, col + i, sign, &g->cp[i], 1);
    else if (g->n == 0)
        put_blanks(a, row, col, g->cols, look);
    else
        put_cell(a, row, col, look, g);
}

/* ASCII that nothing can join goes in one piece: most of all text. Returns how many bytes were
 * drawn.
 */
static size_t put_plain(
    struct lw_area a, int row, int col, struct lw_look look, const char *s, size_t n)
{
    struct lw_cell *cell = cell_at(a, row, col), to = looking(look);
    int room = smaller(a.cols, a.frame->cols - a.col) - col;
    size_t plain = cell ? lw_plain_len(s, n < (size_t)room ? n : (size_t)room) : 0;
    if (plain > 0 && plain < n && s[plain] < 0)
        plain--; /* a mark may join it */
    if (plain == 0)
        return 0;
    break_wide(a, col, cell);
    break_wide(a, col + (int)plain - 1, &cell[plain - 1]);
    for (size_t i = 0; i < plain; i++) {
        cell[i] = to;
        cell[i].cp[0] = (unsigned char)s[i];
    }
    return plain;
}

int lw_draw_run(struct lw_area a, int row, int col, struct lw_look look, const char *s, size_t n)
{
    struct lw_glyph g;
    int at = col;
    for (size_t i = 0; i < n && at < a.cols; i += g.len) {
        g.len = put_plain(a, row, at, look, s + i, n - i);
        at += (int)g.len;
        if (g.len > 0)
            continue;
        lw_glyph_next(s + i, n - i, at - col, i == 0, &g);
        put_glyph(a, row, at, look, &g);
        at += g.cols;
    }
    return smaller(at, col > a.cols ? col : a.cols);
}

int lw_draw_text(struct lw_area a, int row, int col, enum lw_role role, const char *s, size_t n)
{
    return lw_draw_run(a, row, col, (struct lw_look){.role = role}, s, n);
}

int lw_draw(struct lw_area a, int row, int col, enum lw_role role, const char *fmt, ...)
{
    char text[4096]; /* no screen row is longer */
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0)
        return col;
    return lw_draw_text(a, row, col, role, text, strlen(text));
}

/* As one of them, or as the end of one: the last row of a text that takes several. */
static bool is_told(const struct lw_buf *cut, const char *s, size_t n)
{
    const char *at = cut->data, *end = at ? at + cut->len : NULL;
    while (at && (at = memmem(at, (size_t)(end - at), s, n)) && at[n] != '\n')
        at++;
    return at != NULL;
}

void lw_draw_tell_cut(struct lw_area a, const char *s, size_t n)
{
    struct lw_buf *cut = a.frame->cut;
    if (!cut || n == 0 || is_told(cut, s, n))
        return;
    lw_buf_add(cut, s, n);
    lw_buf_char(cut, '\n');
}

int lw_draw_clipped(
    struct lw_area a, int row, int col, int cols, enum lw_role role, const char *s, size_t n)
{
    cols = smaller(cols, a.cols - col);
    if (cols <= 0)
        return col;
    if (lw_cols(s, n, cols) <= cols)
        return lw_draw_text(a, row, col, role, s, n);
    lw_draw_tell_cut(a, s, n);
    int at = lw_draw_text(a, row, col, role, s, lw_fit(s, n, cols - 1));
    put(a, row, at, (struct lw_look){.role = role}, &ELLIPSIS, 1);
    return at + 1;
}

/* Where the cells of a row begin at `col`, with `cols` clipped to those that there are; NULL for
 * none.
 */
static struct lw_cell *piece_of_row(struct lw_area a, int row, int *col, int *cols)
{
    clip(a.cols, col, cols);
    *cols = smaller(*cols, a.frame->cols - a.col - *col);
    return *cols > 0 ? cell_at(a, row, *col) : NULL;
}

void lw_draw_fill(struct lw_area a, int row, int col, int cols, enum lw_role role, char32_t cp)
{
    struct lw_cell *cell = piece_of_row(a, row, &col, &cols);
    if (!cell)
        return;
    break_wide(a, col, cell);
    break_wide(a, col + cols - 1, &cell[cols - 1]);
    for (int i = 0; i < cols; i++)
        cell[i] = (struct lw_cell){.cp = {cp}, .role = (uint8_t)role};
}

void lw_draw_rule(struct lw_area a, int row)
{
    lw_draw_fill(a, row, 0, a.cols, LW_ROLE_RULE, LINE);
}

void lw_draw_restyle(struct lw_area a, int row, int col, int cols, enum lw_role role)
{
    struct lw_cell *cell = piece_of_row(a, row, &col, &cols);
    for (int i = 0; cell && i < cols; i++)
        cell[i].role = (uint8_t)role;
}

void lw_draw_painted(struct lw_area a, int row, int col, char32_t cp, int32_t fg, int32_t bg)
{
    struct lw_cell *cell = cell_at(a, row, col);
    if (!cell)
        return;
    put(a, row, col, (struct lw_look){.role = LW_ROLE_TEXT}, &cp, 1);
    cell->painted = fg >= 0 || bg >= 0;
    a.frame->painted = a.frame->painted || cell->painted;
    cell->fg = fg;
    cell->bg = bg;
}

/* Its place from 1; 0 when there are too many. */
static uint8_t place_of(struct lw_frame *f, const struct lw_picture *p)
{
    size_t i = 0;
    while (i < f->npictures && f->picture[i] != p)
        i++;
    if (i == LW_FRAME_PICTURES)
        return 0;
    if (i == f->npictures)
        f->picture[f->npictures++] = p;
    return (uint8_t)(i + 1);
}

void lw_draw_pixels(
    struct lw_area a, int row, int col, const struct lw_picture *p, int of_row, int of_col)
{
    struct lw_cell *cell = cell_at(a, row, col);
    if (!cell)
        return;
    lw_draw_fill(a, row, col, 1, LW_ROLE_TEXT, U' ');
    cell->picture = place_of(a.frame, p);
    cell->fg = of_row;
    cell->bg = of_col;
}

void lw_draw_cursor(struct lw_area a, int row, int col)
{
    if (a.rows <= 0 || a.cols <= 0)
        return;
    a.frame->cursor_row = a.row + smaller(at_least_0(row), a.rows - 1);
    a.frame->cursor_col = a.col + smaller(at_least_0(col), a.cols - 1);
    a.frame->cursor_shown = true;
}

static void print_row(const struct lw_cell *cell, int cols, struct lw_buf *to)
{
    while (cols > 0 && cell[cols - 1].cp[0] == U' ' && cell[cols - 1].cp[1] == 0)
        cols--;
    for (int i = 0; i < cols; i++)
        for (int k = 0; k < LW_CELL_CPS && cell[i].cp[k]; k++) {
            char bytes[4];
            lw_buf_add(to, bytes, lw_utf8_encode(cell[i].cp[k], bytes));
        }
    lw_buf_char(to, '\n');
}

static const char role_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

static void print_roles(const struct lw_cell *cell, int cols, struct lw_buf *to)
{
    for (int i = 0; i < cols; i++)
        lw_buf_char(to, role_letters[cell[i].role]);
    lw_buf_char(to, '\n');
}

void lw_frame_print(const struct lw_frame *f, bool roles, struct lw_buf *to)
{
    for (int row = 0; row < f->rows; row++)
        print_row(f->cell + (size_t)row * (size_t)f->cols, f->cols, to);
    if (!roles)
        return;
    for (int row = 0; row < f->rows; row++)
        print_roles(f->cell + (size_t)row * (size_t)f->cols, f->cols, to);
    if (f->cursor_shown)
        lw_buf_fmt(to, "cursor %d,%d\n", f->cursor_row, f->cursor_col);
    else
        lw_buf_str(to, "cursor hidden\n");
}

/* ---- terminals without line drawing */

static const struct {
    char32_t line;
    char ascii;
} ascii_lines[] = {
    {U'\u2500', '-'},
    {U'\u2501', '='},
    {U'\u2502', '|'},
    {U'\u2504', '-'},
    {U'\u250C', '+'},
    {U'\u2510', '+'},
    {U'\u2514', '+'},
    {U'\u2518', '+'},
    {U'\u251C', '+'},
    {U'\u2524', '+'},
    {U'\u252C', '+'},
    {U'\u2534', '+'},
    {U'\u253C', '+'},
    {U'\u2550', '='},
    {U'\u2551', '|'},
    {U'\u2506', ':'},
    {U'\u2022', '*'},
    {U'\u25AA', '#'},
    {U'\u2039', '<'},
    {U'\u203A', '>'},
    {U'\u2190', '<'},
    {U'\u2191', '^'},
    {U'\u2192', '>'},
    {U'\u2193', 'v'},
    {U'\u2026', '~'},
};

char32_t lw_ascii_line(char32_t cp)
{
    for (size_t i = 0; i < sizeof ascii_lines / sizeof *ascii_lines; i++)
        if (cp == ascii_lines[i].line)
            return (char32_t)ascii_lines[i].ascii;
    return lw_chart_ascii(cp);
}
