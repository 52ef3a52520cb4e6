/* A formula as rows of runs: the box of its tree, broken where it is too wide, its pieces in the
 * order in which they are read. What the box looks like is math_typeset.c's. */
#include "labelwright/markup/math.h"

#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "markup/math_typeset_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    INDENT = 4,       /* of what goes on in the next row */
    COLUMNS_MAX = 64, /* of a matrix */
    LEAST_ROW = 8,    /* a row is not broken for less than this beyond the indent */
    FENCES_MAX = 8,   /* brackets that are opened to break what is in them */
    NEVER = INT_MAX
};

/* ---- breaking */

/* A node of a formula that is too wide, apart from its neighbours. */
struct part {
    uint32_t node;
    struct lw_math_box box;
    int gap;
    int level; /* how bad a break before it is, NEVER for not at all */
};

struct parts {
    struct part *v;
    size_t n, cap;
};

static void add_part(struct parts *p, uint32_t node, int level)
{
    if (p->n == p->cap) {
        p->cap = p->cap ? 2 * p->cap : 32;
        p->v = lw_grow(p->v, p->cap, sizeof *p->v);
    }
    p->v[p->n++] = (struct part){.node = node, .level = level};
}

static int level_of(const struct lw_math_tree *t, uint32_t node, uint32_t before, int depth)
{
    enum lw_math_class cls = lw_math_class_at(t, node, true);
    const struct lw_math_node *b = &t->v[before];
    if (!before)
        return NEVER;
    if (b->kind == LW_MATH_SPACE && b->amount > 1)
        return 2 * depth;
    if (cls == LW_MATH_REL)
        return 2 * depth;
    if (cls == LW_MATH_BIN || (b->kind == LW_MATH_ATOM && b->cls == LW_MATH_PUNCT))
        return 2 * depth + 1;
    return NEVER;
}

/* The nodes of a row behind `before`, those in braces too, and in brackets as long as these need
 * not be tall. */
static void flatten(
    struct lw_math_typeset *t, struct parts *p, uint32_t first, uint32_t before, int depth)
{
    for (uint32_t i = first; i; before = i, i = t->tree->v[i].next) {
        const struct lw_math_node *n = &t->tree->v[i];
        bool open = false;
        if (n->kind == LW_MATH_ROW && n->a && !n->literal && n->cls == LW_MATH_ORD) {
            flatten(t, p, n->a, before, depth);
            continue;
        }
        if (n->kind == LW_MATH_FENCE && n->flag && n->a && n->b && n->c && depth < FENCES_MAX) {
            size_t pieces = t->sheet->n, text = t->sheet->text.len;
            struct lw_math_box b = lw_math_typeset(t, n->b, (struct lw_math_style){.rows = true});
            open = b.up == 0 && b.down == 0;
            t->sheet->n = pieces;
            t->sheet->text.len = text;
        }
        if (!open) {
            add_part(p, i, level_of(t->tree, i, before, depth));
            continue;
        }
        add_part(p, n->a, level_of(t->tree, i, before, depth));
        bool row = t->tree->v[n->b].kind == LW_MATH_ROW;
        flatten(t, p, row ? t->tree->v[n->b].a : n->b, 0, depth + 1);
        add_part(p, n->c, NEVER);
    }
}

/* Where the row that begins at `from` ends: before the best break that fits. 0: it does not fit. */
static size_t fill(const struct parts *p, size_t from, int cols)
{
    size_t best = 0;
    int x = 0, level = NEVER;
    for (size_t i = from; i < p->n; i++) {
        const struct part *part = &p->v[i];
        if (i > from && part->level < NEVER && part->level <= level && x > LEAST_ROW) {
            best = i;
            level = part->level;
        }
        x += (i > from ? part->gap : 0) + part->box.cols;
        if (x > cols)
            return best;
    }
    return p->n;
}

static void measure(struct lw_math_typeset *t, struct parts *p)
{
    struct lw_math_flow flow = {.last = LW_MATH_NONE};
    size_t kept = 0;
    int level = NEVER;
    for (size_t i = 0; i < p->n; i++) {
        struct part *part = &p->v[i];
        uint32_t next = i + 1 < p->n ? p->v[i + 1].node : 0;
        level = part->level < level ? part->level : level;
        bool shown = lw_math_flow(
            t, &flow, part->node, next, (struct lw_math_style){.rows = true}, &part->gap);
        if (!shown)
            continue;
        part->box = flow.box;
        part->level = level;
        level = NEVER;
        p->v[kept++] = *part;
    }
    p->n = kept;
}

/* The rows so far. */
struct broken {
    struct lw_math_box box;
    bool any;
    int down; /* of the last row, below what stands on its line */
};

static void add_row(struct lw_math_sheet *s, struct broken *to, struct lw_math_box b)
{
    int down = b.down;
    if (to->any) {
        lw_math_box_move(s, &b, 0, to->box.down + b.up + 1 + (b.up > 0 && to->down > 0));
        lw_math_box_join(&to->box, b);
    } else
        to->box = b;
    to->any = true;
    to->down = down;
}

/* One row of the source in rows of at most `cols`; false when it cannot be. */
static bool break_row(struct lw_math_typeset *t, struct broken *to, uint32_t first, int cols)
{
    struct parts p = {0};
    bool ok = true;
    flatten(t, &p, first, 0, 0);
    measure(t, &p);
    for (size_t from = 0, end; from < p.n && ok; from = end) {
        int indent = from > 0 ? (cols >= 40 ? INDENT : 2) : 0;
        end = fill(&p, from, cols - indent);
        ok = end > from;
        struct lw_math_box b = lw_math_box_none(t->sheet);
        b.first = p.v[from].box.first;
        for (size_t i = from; i < end; i++)
            lw_math_box_beside(t->sheet, &b, p.v[i].box, i > from ? p.v[i].gap : 0);
        lw_math_box_move(t->sheet, &b, indent, 0);
        add_row(t->sheet, to, b);
    }
    free(p.v);
    return ok;
}

/* The cells of a line of aligned equations become one row. The tree is not used again. */
static uint32_t join_cells(struct lw_math_tree *t, uint32_t line)
{
    uint32_t first = 0, last = 0;
    for (uint32_t cell = t->v[line].a; cell; cell = t->v[cell].next) {
        uint32_t i = t->v[cell].kind == LW_MATH_ROW ? t->v[cell].a : cell;
        for (; i; i = t->v[i].next) {
            if (last)
                t->v[last].next = i;
            else
                first = i;
            last = i;
            if (t->v[cell].kind != LW_MATH_ROW)
                break;
        }
    }
    return first;
}

/* What holds only one node, and shows nothing itself; 0 when it is something else. */
static uint32_t only_child(const struct lw_math_tree *t, uint32_t i)
{
    const struct lw_math_node *n = &t->v[i];
    if (n->kind == LW_MATH_GRID && !*n->env->left && !*n->env->right)
        n = &t->v[n->a]; /* its line */
    bool holds = n->kind == LW_MATH_LINE || n->kind == LW_MATH_ROW;
    bool grid = n->kind == LW_MATH_LINE && (n->next || n->flag);
    return holds && !grid && n->a && !t->v[n->a].next ? n->a : 0;
}

static bool break_all(struct lw_math_typeset *t, struct lw_math_tree *tree, uint32_t top,
    struct lw_math_box *all, int cols)
{
    struct broken to = {.box = lw_math_box_none(t->sheet)};
    bool ok = true;
    for (uint32_t i = top; i; i = only_child(tree, i)) {
        if (tree->v[i].kind == LW_MATH_ROW || tree->v[i].kind == LW_MATH_GRID)
            top = i;
    }
    const struct lw_math_node *n = &tree->v[top];
    if (n->kind == LW_MATH_ROW)
        ok = break_row(t, &to, n->a, cols);
    else if (n->kind != LW_MATH_GRID || *n->env->left || *n->env->right || n->env->gap > 1)
        return false;
    for (uint32_t line = n->kind == LW_MATH_GRID ? n->a : 0; line && ok; line = tree->v[line].next)
        ok = break_row(t, &to, join_cells(tree, line), cols);
    *all = to.box;
    return ok && to.any;
}

/* ---- runs */

static const char blanks[] = "                                                                ";

static void add_run(struct lw_math_rows *to, const struct lw_run *run)
{
    if (to->nruns == to->run_cap) {
        to->run_cap = to->run_cap ? 2 * to->run_cap : 32;
        to->run = lw_grow(to->run, to->run_cap, sizeof *to->run);
    }
    to->run[to->nruns++] = *run;
}

static void add_blanks(struct lw_math_rows *to, int cols, size_t at)
{
    for (int left = cols; left > 0; left -= (int)sizeof blanks - 1) {
        size_t n = (size_t)left < sizeof blanks - 1 ? (size_t)left : sizeof blanks - 1;
        add_run(to, &(struct lw_run){.s = blanks, .n = n, .at = at, .style = LW_STYLE_FORMULA});
    }
}

static bool is_plain(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)s[i] >= 0x80)
            return false;
    }
    return true;
}

/* Letters that stand together in the source, too, are one run. */
static bool joins_last(const struct lw_math_rows *to, const struct lw_run *run, size_t row_start)
{
    const struct lw_run *last = to->nruns > row_start ? &to->run[to->nruns - 1] : NULL;
    return last && last->exact && run->exact && last->at + last->len == run->at &&
           last->style == run->style && last->emph == run->emph && is_plain(run->s, run->n);
}

static void add_piece(struct lw_math_rows *to, const struct lw_math_sheet *sheet,
    const struct lw_math_piece *piece, const char *s, size_t row_start)
{
    const char *text = sheet->text.data + piece->text;
    struct lw_run run = {.s = text,
        .n = piece->ntext,
        .at = piece->at,
        .len = piece->len,
        .style = piece->style,
        .emph = piece->emph,
        .exact = piece->ntext == piece->len && memcmp(text, s + piece->at, piece->len) == 0};
    lw_buf_add(&to->text, text, piece->ntext);
    if (joins_last(to, &run, row_start)) {
        to->run[to->nruns - 1].n += run.n;
        to->run[to->nruns - 1].len += run.len;
    } else
        add_run(to, &run);
}

static void begin_row(struct lw_math_rows *to)
{
    if (to->nrows + 2 > to->row_cap) {
        to->row_cap = to->row_cap ? 2 * to->row_cap : 16;
        to->first = lw_grow(to->first, to->row_cap, sizeof *to->first);
    }
    to->first[to->nrows++] = to->nruns;
}

static int by_place(const void *a, const void *b)
{
    const struct lw_math_piece *p = a, *q = b;
    int order = (p->y > q->y) - (p->y < q->y);
    return order ? order : (p->x > q->x) - (p->x < q->x);
}

static void emit(struct lw_math_rows *to, struct lw_math_sheet *sheet,
    const struct lw_math_box *box, const char *s)
{
    struct lw_math_piece *v = sheet->v + box->first;
    size_t n = box->end - box->first, i = 0;
    if (n > 0)
        qsort(v, n, sizeof *v, by_place);
    for (int y = -box->up; y <= box->down; y++) {
        begin_row(to);
        size_t row_start = to->nruns;
        int x = 0;
        for (; i < n && v[i].y == y; i++) {
            add_blanks(to, v[i].x - x, v[i].at);
            add_piece(to, sheet, &v[i], s, row_start);
            x = v[i].x + v[i].cols;
        }
        to->cols = x > to->cols ? x : to->cols;
    }
    to->first[to->nrows] = to->nruns;
    to->middle = (size_t)box->up;
    size_t at = 0; /* the text is in the order of the runs, and moves no more */
    for (size_t k = 0; k < to->nruns; k++) {
        if (to->run[k].s == blanks)
            continue;
        to->run[k].s = to->text.data + at;
        at += to->run[k].n;
    }
}

/* ---- all of it */

/* The > that stand before the formula in its line: those of the next lines are no part of it. */
static int quotes_before(const char *s, size_t at)
{
    size_t from = at;
    int quotes = 0;
    while (from > 0 && s[from - 1] != '\n' && at - from < 256)
        from--;
    for (; from < at && (s[from] == ' ' || s[from] == '>'); from++)
        quotes += s[from] == '>';
    return quotes;
}

static bool too_wide_grid(const struct lw_math_tree *t)
{
    for (size_t i = 1; i < t->n; i++) {
        size_t cells = 0;
        for (uint32_t c = t->v[i].kind == LW_MATH_LINE ? t->v[i].a : 0; c; c = t->v[c].next)
            cells++;
        if (cells > COLUMNS_MAX)
            return true;
    }
    return false;
}

/* The words may name what the formula holds. */
static bool refuse(struct lw_math_rows *to, const char *why)
{
    lw_clean_line(why, to->reason, sizeof to->reason);
    to->why = to->reason;
    to->nruns = to->nrows = 0;
    to->cols = 0;
    to->middle = 0;
    return false;
}

static bool lay_out(struct lw_math_rows *to, struct lw_math_tree *tree, struct lw_math_sheet *sheet,
    const char *s, const struct lw_formula *f, int cols)
{
    bool bare = s[f->at] == '\\' && f->len > 6 && s[f->at + 1] == 'b';
    size_t at = bare ? f->at : f->body, n = bare ? f->len : f->nbody;
    if (!lw_math_parse(tree, s, at, at + n, f->display ? quotes_before(s, f->at) : 0))
        return refuse(to, tree->why);
    if (too_wide_grid(tree))
        return refuse(to, "has too many columns");
    struct lw_math_typeset t = {.sheet = sheet, .tree = tree};
    struct lw_math_box box =
        lw_math_typeset(&t, tree->top, (struct lw_math_style){.rows = f->display});
    if (t.why)
        return refuse(to, t.why);
    if (box.cols > cols && (!f->display || !break_all(&t, tree, tree->top, &box, cols)))
        return refuse(to, "is too wide");
    if (box.first == box.end)
        return refuse(to, "shows nothing");
    emit(to, sheet, &box, s);
    return to->cols <= cols || refuse(to, "is too wide");
}

bool lw_math_layout(struct lw_math_rows *to, const char *s, const struct lw_formula *f, int cols)
{
    struct lw_math_tree tree = {0};
    struct lw_math_sheet sheet = {0};
    lw_buf_clear(&to->text);
    refuse(to, "");
    to->why = NULL;
    bool ok = lay_out(to, &tree, &sheet, s, f, cols);
    lw_math_tree_fini(&tree);
    lw_math_sheet_fini(&sheet);
    return ok;
}

void lw_math_rows_fini(struct lw_math_rows *rows)
{
    lw_buf_fini(&rows->text);
    free(rows->run);
    free(rows->first);
    memset(rows, 0, sizeof *rows);
}
