/* Boxes in rows and columns: matrices, cases, aligned equations. */
#include "labelwright/markup/run.h"
#include "markup/math_typeset_internal.h"

#include <stdlib.h>
#include <string.h>

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* The l, c or r of a column, over and over when there are more columns than letters; and whether a
 * line stands before it. */
static char align_of(const struct lw_math_cells *c, size_t column, bool *line)
{
    size_t letters = 0;
    *line = false;
    for (size_t i = 0; i < c->nspec; i++)
        letters += c->spec[i] == 'l' || c->spec[i] == 'c' || c->spec[i] == 'r';
    if (letters == 0)
        return 'c';
    size_t want = column % letters;
    for (size_t i = 0; i < c->nspec; i++) {
        char ch = c->spec[i];
        if (ch == '|')
            *line = true;
        else if (ch == 'l' || ch == 'c' || ch == 'r') {
            if (want-- == 0)
                return ch;
            *line = false;
        }
    }
    return 'c';
}

/* Of one grid: where its columns and rows are. */
struct places {
    int *x, *cols; /* columns + 1 of them */
    char *align;
    bool *line;
    int *y, *rule_y; /* the row on the line of each row, and of the rule above it or -1 */
    bool *ruled;     /* by y: a rule is there */
    int height;
};

static void place_columns(const struct lw_math_cells *c, struct places *p)
{
    int x = 0;
    for (size_t k = 0; k < c->columns; k++) {
        p->align[k] = align_of(c, k, &p->line[k]);
        for (size_t r = 0; r < c->rows; r++)
            p->cols[k] = larger(p->cols[k], c->v[r * c->columns + k].cols);
        int gap = k > 0 && x > 0 ? c->gap : 0;
        if (c->pairs && k > 0 && k % 2 == 0)
            gap = 3;
        p->x[k] = x + gap + (p->line[k] ? 1 : 0);
        if (p->line[k] && p->x[k] < 2) /* the line and a blank */
            p->x[k] = 2;
        x = p->x[k] + p->cols[k];
    }
    p->x[c->columns] = x;
}

/* Two rows touch when both reach towards each other: a blank row goes between. */
static void place_rows(const struct lw_math_cells *c, struct places *p)
{
    int y = 0, before = 0;
    for (size_t r = 0; r < c->rows; r++) {
        int up = 0, down = 0;
        size_t shown = 0;
        for (size_t k = 0; k < c->columns; k++) {
            up = larger(up, c->v[r * c->columns + k].up);
            down = larger(down, c->v[r * c->columns + k].down);
            shown += c->v[r * c->columns + k].cols > 0;
        }
        y += r > 0 && before > 0 && up > 0;
        p->rule_y[r] = c->rule[r] ? y++ : -1;
        p->y[r] = y + up;
        bool end = r + 1 == c->rows && c->rule[r] && shown == 0; /* only the last rule */
        y = p->y[r] + down + (end ? 0 : 1);
        before = down;
    }
    if (c->braces && c->rows == 2 && y == 2) /* for the tip of the brace */
        p->y[1] = y++;
    p->height = y;
}

static void place_cell(struct lw_math_sheet *s, const struct lw_math_cells *c,
    const struct places *p, size_t r, size_t k)
{
    struct lw_math_box *b = &c->v[r * c->columns + k];
    int room = p->cols[k] - b->cols;
    int shift = p->align[k] == 'r' ? room : p->align[k] == 'c' ? room / 2 : 0;
    lw_math_box_move(s, b, p->x[k] + shift, p->y[r]);
}

static void add_sign(struct lw_math_sheet *s, struct lw_math_box *to, const char *sign, int n,
    int x, int y, struct lw_math_mark mark)
{
    struct lw_math_box b = lw_math_box_line(s, sign, n, mark);
    lw_math_box_move(s, &b, x, y);
    lw_math_box_join(to, b);
}

static void draw_lines(struct lw_math_sheet *s, const struct lw_math_cells *c,
    const struct places *p, struct lw_math_box *to, struct lw_math_mark mark)
{
    int cols = p->x[c->columns];
    bool closed = c->nspec > 0 && c->spec[c->nspec - 1] == '|';
    mark.style = LW_STYLE_MARK;
    for (size_t r = 0; r < c->rows; r++) {
        if (p->rule_y[r] < 0)
            continue;
        p->ruled[p->rule_y[r]] = true;
        add_sign(s, to, "─", cols + (closed ? 2 : 0), 0, p->rule_y[r], mark);
    }
    for (size_t k = 0; k < c->columns + closed; k++) {
        bool end = k == c->columns;
        for (int y = 0; (end || p->line[k]) && y < p->height; y++) {
            if (!p->ruled[y])
                add_sign(s, to, "│", 1, end ? cols + 1 : p->x[k] - 2, y, mark);
        }
    }
}

struct lw_math_box lw_math_grid(
    struct lw_math_sheet *s, const struct lw_math_cells *c, struct lw_math_mark mark)
{
    struct places p = {
        .x = lw_alloc((c->columns + 1) * sizeof *p.x),
        .cols = lw_alloc((c->columns + 1) * sizeof *p.cols),
        .align = lw_alloc(c->columns + 1),
        .line = lw_alloc((c->columns + 1) * sizeof *p.line),
        .y = lw_alloc((c->rows + 1) * sizeof *p.y),
        .rule_y = lw_alloc((c->rows + 1) * sizeof *p.rule_y),
    };
    struct lw_math_box b = lw_math_box_none(s);
    place_columns(c, &p);
    place_rows(c, &p);
    p.ruled = lw_alloc((size_t)p.height + 1);
    if (c->rows * c->columns > 0)
        b.first = c->v[0].first;
    for (size_t r = 0; r < c->rows; r++) {
        for (size_t k = 0; k < c->columns; k++)
            place_cell(s, c, &p, r, k);
    }
    b.end = s->n;
    b.cols = p.x[c->columns];
    b.down = larger(0, p.height - 1);
    draw_lines(s, c, &p, &b, mark);
    int middle = b.down / 2;
    lw_math_box_move(s, &b, 0, -middle);
    free(p.x);
    free(p.cols);
    free(p.align);
    free(p.line);
    free(p.y);
    free(p.rule_y);
    free(p.ruled);
    return b;
}
