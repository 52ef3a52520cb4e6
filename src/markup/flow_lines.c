/* Breaks a flow into lines and cuts its spans there. Formulas on lines of their own stand between
 * the lines. What stands to the left is margins.c's. */
#include "markup/blocks_internal.h"

#include "labelwright/text/utf8.h"

#include <string.h>

/* The end of a run at `to`: marks on its last character belong to it, whatever span they are in. */
static size_t whole_character(const struct lw_buf *t, size_t to, size_t end)
{
    if (to >= end || (unsigned char)t->data[to] < 0x80)
        return to;
    size_t next = lw_grapheme_at(t->data, end, to) == to ? to : lw_grapheme_next(t->data, end, to);
    return next < end ? next : end;
}

/* The bytes [from, to) of a span, as a run. */
static struct lw_run cut(
    const struct lw_flow *f, const struct lw_flow_span *p, size_t from, size_t to)
{
    struct lw_run run = {
        f->text.data + from, to - from, p->at, p->len, p->style, p->emph, p->exact};
    if (run.exact) {
        run.at = p->at + (from - p->pos);
        run.len = run.n;
    }
    return run;
}

/* The run takes the first n bytes of the next span as well: marks on its last character. */
static void join_marks(struct lw_run *run, const struct lw_flow_span *next, size_t n)
{
    size_t end = next->at + (next->exact ? n : next->len);
    bool touches = run->exact && next->exact && run->at + run->len == next->at;
    run->n += n;
    run->exact = touches;
    if (end > run->at)
        run->len = end - run->at;
}

void lw_layout_runs(struct lw_layout *l, size_t from, size_t to, size_t *span, uint8_t emph)
{
    const struct lw_flow *f = &l->m->flow;
    while (from < to) {
        while (f->span[*span].pos + f->span[*span].n <= from)
            ++*span;
        const struct lw_flow_span *p = &f->span[*span];
        size_t end = p->pos + p->n < to ? p->pos + p->n : to, whole = end;
        struct lw_run run = cut(f, p, from, end);
        if (end < to)
            whole = whole_character(&f->text, end, to);
        for (; end < whole; end = p->pos + p->n < whole ? p->pos + p->n : whole) {
            p = &f->span[++*span];
            join_marks(&run, p, (p->pos + p->n < whole ? p->pos + p->n : whole) - end);
        }
        run.emph |= emph;
        lw_store_add(l->to, run);
        from = whole;
    }
}

static void add_wrapped(struct lw_layout *l, size_t from, size_t to, size_t *span)
{
    lw_wrap_text(&l->wrap, l->m->flow.text.data + from, to - from, l->cols);
    for (size_t i = 0; i < l->wrap.n; i++) {
        lw_layout_begin_line(l);
        lw_layout_runs(l, from + l->wrap.v[i].start, from + l->wrap.v[i].end, span, 0);
    }
}

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
    struct lw_buf text = {0};
    struct lw_wrap wrap = {0};
    lw_buf_fmt(&text, "(%s)", why);
    lw_wrap_text(&wrap, text.data, text.len, l->cols);
    for (size_t i = 0; i < wrap.n; i++) {
        size_t from = wrap.v[i].start, n = wrap.v[i].end - from;
        lw_layout_begin_line(l);
        lw_layout_sign(l, lw_store_text(l->to, text.data + from, n), n, at, LW_STYLE_REMARK);
    }
    lw_wrap_fini(&wrap);
    lw_buf_fini(&text);
}

static void add_formula(struct lw_layout *l, const struct lw_flow_span *p, size_t *span)
{
    struct lw_math_rows rows = {0};
    struct lw_formula f;
    const char *source = l->s + p->at;
    if (find_delimiters(source, p->len, &f) && lw_math_layout(&rows, source, &f, l->cols)) {
        add_rows(l, &rows, p->at);
    } else {
        add_wrapped(l, p->pos, p->pos + p->n, span);
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
            add_wrapped(l, from, to, &span);
        add_formula(l, p, &span);
        from = skip_edge(f->text.data, p->pos + p->n, end);
    }
    if (from < end)
        add_wrapped(l, from, end, &span);
}
