/* A flow as lines: formulas on lines of their own stand between those of text, which are
 * prose_lines.c's. What stands to the left is margins.c's. */
#include "markup/blocks_internal.h"

#include <string.h>

/* ---- formulas on lines of their own */

static size_t find_delimiters(const char *s, size_t n, struct lw_formula *f)
{
    size_t found = lw_math_find(s, n, 0, f) && f->at == 0 && f->len == n;
    f->display = true;
    return found;
}

static void add_rows(struct lw_layout *l, const struct lw_math_rows *rows, size_t at)
{
    int indent = l->cols - rows->cols >= 8 ? 4 : 0;
    for (size_t r = 0; r < rows->nrows; r++) {
        lw_layout_begin_line(l);
        lw_layout_sign(l, "    ", (size_t)indent, at, LW_STYLE_MARK);
        for (size_t i = rows->first[r]; i < rows->first[r + 1]; i++) {
            struct lw_run run = rows->run[i];
            run.s = lw_store_text(l->to, run.s, run.n);
            run.at += at;
            lw_store_add(l->to, run);
        }
    }
}

/* `why` may be gone when the lines are read. */
static void add_remark(struct lw_layout *l, const char *why, size_t at)
{
    struct lw_buf words = {0};
    lw_buf_fmt(&words, "(%s)", why);
    lw_layout_remark(l, words.data, at, 0);
    lw_buf_fini(&words);
}

static void add_formula(struct lw_layout *l, const struct lw_flow_span *p, size_t *span)
{
    struct lw_math_rows rows = {0};
    struct lw_formula f;
    const char *source = l->s + p->at;
    if (find_delimiters(source, p->len, &f) && lw_math_layout(&rows, source, &f, l->cols)) {
        add_rows(l, &rows, p->at);
    } else {
        lw_layout_wrapped(l, p->pos, p->pos + p->n, span);
        add_remark(l, rows.why ? rows.why : "shown as it stands", p->at);
    }
    lw_math_rows_fini(&rows);
}

/* Blanks and one line end around a formula are the place where it stands. */
static size_t skip_edge(const char *s, size_t from, size_t to)
{
    size_t at = from;
    while (at < to && s[at] == ' ')
        at++;
    return at < to && s[at] == '\n' ? at + 1 : at;
}

static size_t trim_edge(const char *s, size_t from, size_t to)
{
    size_t at = to;
    while (at > from && s[at - 1] == ' ')
        at--;
    return at > from && s[at - 1] == '\n' ? at - 1 : at == from ? from : to;
}

void lw_layout_flow(struct lw_layout *l, size_t first, size_t last)
{
    const struct lw_flow *f = &l->m->flow;
    if (first == last)
        return;
    size_t span = first, from = f->span[first].pos;
    size_t end = f->span[last - 1].pos + f->span[last - 1].n;
    for (size_t i = first; i < last; i++) {
        const struct lw_flow_span *p = &f->span[i];
        if (!p->display)
            continue;
        size_t to = trim_edge(f->text.data, from, p->pos);
        if (to > from)
            lw_layout_wrapped(l, from, to, &span);
        add_formula(l, p, &span);
        from = skip_edge(f->text.data, p->pos + p->n, end);
    }
    if (from < end)
        lw_layout_wrapped(l, from, end, &span);
}
