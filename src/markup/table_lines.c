/* Tables fitted to a width: columns as wide as they would like to be, narrower ones where that does
 * not fit, and where even words do not fit one record after the other. Nothing is cut. */
#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"
#include "markup/blocks_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 128, LONG_WORD = 24 };

struct column {
    int wants; /* its widest line */
    int needs; /* its longest word, within reason */
    int cols;  /* what it gets */
};

struct table {
    size_t block;
    int ncolumns;
    struct column column[COLUMNS_MAX];
    bool wrapped; /* the row before takes more than one line */
    bool ruled;   /* a rule was drawn last */
};

/* ---- cells */

struct cell {
    size_t from, to, span; /* bytes of the flow's text, and the first span */
    enum lw_cell_align align;
    struct lw_wrap wrap;
};

static struct cell cell_of(const struct lw_layout *l, size_t block)
{
    const struct lw_block *b = &l->m->block[block];
    const struct lw_flow *f = &l->m->flow;
    struct cell c = {.span = b->first, .align = b->align};
    if (b->first < b->last) {
        c.from = f->span[b->first].pos;
        c.to = f->span[b->last - 1].pos + f->span[b->last - 1].n;
    }
    return c;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

/* The widest line, or with `words` the widest word. */
static int widest(const char *s, size_t n, bool words)
{
    int cols = 0;
    for (size_t from = 0, at = 0; at <= n; at++) {
        if (at < n && s[at] != '\n' && !(words && s[at] == ' '))
            continue;
        cols = greater(cols, lw_cols(s + from, at - from, -1));
        from = at + 1;
    }
    return cols;
}

static void measure_cell(const struct lw_layout *l, size_t block, struct column *to)
{
    struct cell c = cell_of(l, block);
    const char *s = l->m->flow.text.data;
    if (c.from == c.to)
        return;
    int word = widest(s + c.from, c.to - c.from, true);
    to->wants = greater(to->wants, widest(s + c.from, c.to - c.from, false));
    to->needs = greater(to->needs, word < LONG_WORD ? word : LONG_WORD);
}

static void measure(const struct lw_layout *l, struct table *t)
{
    const struct lw_block *b = l->m->block;
    for (int i = 0; i < t->ncolumns; i++)
        t->column[i] = (struct column){1, 1, 1};
    for (size_t row = t->block + 1; row < b[t->block].end; row = b[row].end) {
        int i = 0;
        for (size_t cell = row + 1; cell < b[row].end && i < t->ncolumns; cell = b[cell].end)
            measure_cell(l, cell, &t->column[i++]);
    }
}

/* ---- widths */

/* Columns between the texts: "a │ b │ c". */
static int borders(const struct table *t)
{
    return 3 * (t->ncolumns - 1);
}

/* Gives out what is left over what the words need, always to the column that is shortest of what it
 * wants, so that long texts share it. False when even the words do not fit. */
static bool fit(struct table *t, int room)
{
    int wants = 0, needs = 0;
    for (int i = 0; i < t->ncolumns; i++) {
        wants += t->column[i].wants;
        needs += t->column[i].needs;
        t->column[i].cols = t->column[i].needs;
    }
    if (needs > room)
        return false;
    for (int left = (wants < room ? wants : room) - needs; left > 0; left--) {
        struct column *best = NULL;
        for (int i = 0; i < t->ncolumns; i++) {
            struct column *c = &t->column[i];
            if (c->cols < c->wants && (!best || c->cols < best->cols))
                best = c;
        }
        best->cols++;
    }
    return true;
}

/* ---- rows */

static void add_blanks(struct lw_layout *l, int n, size_t at)
{
    static const char blanks[] = "                                ";
    for (int part; n > 0; n -= part) {
        part = n < 32 ? n : 32;
        lw_layout_sign(l, blanks, (size_t)part, at, LW_STYLE_TEXT);
    }
}

static void add_cell_line(
    struct lw_layout *l, struct cell *c, size_t line, int cols, bool last, uint8_t emph, size_t at)
{
    bool shown = c->from < c->to && line < c->wrap.n;
    size_t from = shown ? c->from + c->wrap.v[line].start : 0;
    size_t to = shown ? c->from + c->wrap.v[line].end : 0;
    int rest = cols - (shown ? lw_cols(l->m->flow.text.data + from, to - from, -1) : 0);
    int before = c->align == LW_CELL_RIGHT ? rest : c->align == LW_CELL_CENTRE ? rest / 2 : 0;
    add_blanks(l, before, at);
    if (shown)
        lw_layout_runs(l, from, to, &c->span, emph);
    if (!last)
        add_blanks(l, rest - before, at);
}

static void add_row_line(struct lw_layout *l, const struct table *t, struct cell *cell, size_t line,
    bool head, size_t at)
{
    lw_layout_begin_line(l);
    for (int i = 0; i < t->ncolumns; i++) {
        if (i > 0)
            lw_layout_sign(l, " │ ", strlen(" │ "), at, LW_STYLE_MARK);
        add_cell_line(l, &cell[i], line, t->column[i].cols, i + 1 == t->ncolumns,
            head ? LW_EMPH_STRONG : 0, at);
    }
}

static void wrap_cell(struct lw_layout *l, struct cell *c, int cols)
{
    if (c->from < c->to)
        lw_wrap_text(&c->wrap, l->m->flow.text.data + c->from, c->to - c->from, cols);
}

/* "───┼───" */
static void add_rule(struct lw_layout *l, const struct table *t, size_t at)
{
    struct lw_buf line = {0};
    for (int i = 0; i < t->ncolumns; i++) {
        if (i > 0)
            lw_buf_str(&line, "─┼─");
        for (int col = 0; col < t->column[i].cols; col++)
            lw_buf_str(&line, "─");
    }
    lw_layout_begin_line(l);
    lw_layout_sign(l, lw_store_text(l->to, line.data, line.len), line.len, at, LW_STYLE_MARK);
    lw_buf_fini(&line);
}

/* Rows of which one takes more than a line are parted by a rule. */
static void add_row(struct lw_layout *l, struct table *t, size_t row, bool head)
{
    const struct lw_block *b = l->m->block;
    struct cell *cell = lw_alloc((size_t)t->ncolumns * sizeof *cell);
    size_t lines = 1;
    int n = 0;
    for (size_t i = row + 1; i < b[row].end && n < t->ncolumns; i = b[i].end, n++) {
        cell[n] = cell_of(l, i);
        wrap_cell(l, &cell[n], t->column[n].cols);
        lines = cell[n].wrap.n > lines ? cell[n].wrap.n : lines;
    }
    if (!head && !t->ruled && (t->wrapped || lines > 1))
        add_rule(l, t, b[row].at);
    for (size_t line = 0; line < lines; line++)
        add_row_line(l, t, cell, line, head, b[row].at);
    for (int i = 0; i < n; i++)
        lw_wrap_fini(&cell[i].wrap);
    free(cell);
    t->wrapped = lines > 1;
    t->ruled = head;
    if (head)
        add_rule(l, t, b[row].at);
}

static void add_grid(struct lw_layout *l, struct table *t)
{
    const struct lw_block *b = l->m->block;
    size_t head = t->block + 1;
    for (size_t row = head; row < b[t->block].end; row = b[row].end)
        add_row(l, t, row, row == head);
}

/* ---- record after record */

static void add_below(struct lw_layout *l, const struct lw_block *value)
{
    bool pushed = lw_layout_push(l, "  ", "  ", 2, value->at, 0);
    lw_layout_flow(l, value->first, value->last);
    if (pushed)
        lw_layout_pop(l);
}

/* A cell under the name of its column: in one line where both fit. */
static void add_field(struct lw_layout *l, size_t name, size_t value)
{
    struct cell n = cell_of(l, name), v = cell_of(l, value);
    const char *s = l->m->flow.text.data;
    int cols = n.from < n.to ? widest(s + n.from, n.to - n.from, false) : 0;
    int room = l->cols - cols - 2;
    bool beside = v.from < v.to && room >= widest(s + v.from, v.to - v.from, false) &&
                  !memchr(s + v.from, '\n', v.to - v.from);
    wrap_cell(l, &n, greater(l->cols - 2, 1)); /* ": " follows */
    for (size_t i = 0; i < n.wrap.n; i++) {
        lw_layout_begin_line(l);
        lw_layout_runs(
            l, n.from + n.wrap.v[i].start, n.from + n.wrap.v[i].end, &n.span, LW_EMPH_STRONG);
    }
    if (n.wrap.n == 0)
        lw_layout_begin_line(l);
    lw_layout_sign(l, ": ", 2, l->m->block[value].at, LW_STYLE_MARK);
    if (beside)
        lw_layout_runs(l, v.from, v.to, &v.span, 0);
    else
        add_below(l, &l->m->block[value]);
    lw_wrap_fini(&n.wrap);
}

static void add_record_title(struct lw_layout *l, unsigned number, unsigned all, size_t at)
{
    char text[64];
    snprintf(text, sizeof text, "── row %u of %u ──", number, all);
    lw_layout_begin_line(l);
    lw_layout_sign(l, lw_store_text(l->to, text, strlen(text)), strlen(text), at, LW_STYLE_MARK);
}

static unsigned count_rows(const struct lw_block *b, size_t table)
{
    unsigned n = 0;
    for (size_t row = table + 1; row < b[table].end; row = b[row].end)
        n++;
    return n;
}

static void add_records(struct lw_layout *l, size_t table)
{
    const struct lw_block *b = l->m->block;
    size_t head = table + 1;
    unsigned all = count_rows(b, table) - 1, number = 0;
    for (size_t cell = head + 1; all == 0 && cell < b[head].end; cell = b[cell].end)
        lw_layout_flow(l, b[cell].first, b[cell].last);
    for (size_t row = b[head].end; row < b[table].end; row = b[row].end) {
        add_record_title(l, ++number, all, b[row].at);
        size_t name = head + 1;
        for (size_t cell = row + 1; cell < b[row].end && name < b[head].end; cell = b[cell].end) {
            add_field(l, name, cell);
            name = b[name].end;
        }
    }
}

void lw_layout_table(struct lw_layout *l, size_t block)
{
    struct table t = {.block = block, .ncolumns = (int)l->m->block[block].number};
    if (t.ncolumns <= COLUMNS_MAX) {
        measure(l, &t);
        if (fit(&t, l->cols - borders(&t))) {
            add_grid(l, &t);
            return;
        }
    }
    add_records(l, block);
}
