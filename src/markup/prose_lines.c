/* Breaks text into lines. In prose they are as far apart and as wide as the reader asked for, and
 * the first of a paragraph from right to left is known. Code and tables are not broken here. */
#include "labelwright/text/bidi.h"
#include "labelwright/text/glyph.h"
#include "markup/blocks_internal.h"

#include <string.h>

enum { WIDEST = 3 /* columns that a blank grows by: more would tear the line */ };

static bool is_indented(const char *s, size_t n)
{
    return n > 0 && (*s == ' ' || *s == '\t');
}

/* ---- justified */

/* A blank that may grow: between two words, not in code or a formula, and without a mark on it. */
static bool may_grow(const struct lw_flow *f, const struct lw_flow_span *p, size_t at, size_t end)
{
    return p->exact && p->style != LW_STYLE_CODE && at + 1 < end && f->text.data[at + 1] != ' ' &&
           lw_layout_whole(&f->text, at + 1, end) == at + 1;
}

/* The first such blank from `from` on; `end` for none. */
static size_t next_gap(const struct lw_flow *f, size_t *span, size_t from, size_t end)
{
    const char *s = f->text.data, *blank;
    for (; from < end && (blank = memchr(s + from, ' ', end - from)); from++) {
        from = (size_t)(blank - s);
        while (f->span[*span].pos + f->span[*span].n <= from)
            ++*span;
        if (may_grow(f, &f->span[*span], from, end))
            return from;
    }
    return end;
}

static size_t count_gaps(const struct lw_flow *f, size_t span, size_t from, size_t end)
{
    size_t n = 0;
    while ((from = next_gap(f, &span, from, end)) < end) {
        from++;
        n++;
    }
    return n;
}

/* The sign looks like the blank that it follows. */
static void add_blanks(struct lw_layout *l, size_t n)
{
    static const char blanks[WIDEST + 1] = "   ";
    struct lw_run last = l->to->run[l->to->nruns - 1];
    lw_store_add(
        l->to, (struct lw_run){blanks, n, last.at + last.len, 0, last.style, last.emph, false});
}

/* How many columns a line of [from, to) lacks that is to be widened; 0 for one that is not. */
static size_t lacks(const struct lw_layout *l, size_t from, size_t to)
{
    const char *s = l->m->flow.text.data + from;
    size_t n = to - from;
    int cols = lw_cols(s, n, -1);
    bool full = cols < l->cols && 3 * cols >= 2 * l->cols;
    return full && !is_indented(s, n) && !memchr(s, '\t', n) ? (size_t)(l->cols - cols) : 0;
}

static void add_justified(struct lw_layout *l, size_t from, size_t to, size_t *span)
{
    const struct lw_flow *f = &l->m->flow;
    size_t more = lacks(l, from, to), gaps = more ? count_gaps(f, *span, from, to) : 0;
    if (more > WIDEST * gaps)
        gaps = 0;
    for (size_t k = 0, at = *span; k < gaps; k++) {
        size_t end = next_gap(f, &at, from, to) + 1;
        lw_layout_runs(l, from, end, span, 0);
        add_blanks(l, more * (k + 1) / gaps - more * k / gaps);
        from = end;
    }
    lw_layout_runs(l, from, to, span, 0);
}

/* ---- from right to left */

/* Where a line of the text begins: whether a paragraph does that is read from right to left. Lines
 * without a blank one between them are one. */
static bool begins_rtl(const struct lw_layout *l, size_t from, size_t to, bool after)
{
    const char *s = l->m->flow.text.data + from;
    return !after && lw_direction_of(s, to - from) == LW_DIRECTION_RTL;
}

/* ---- lines */

/* Indented lines are verse or code and stay together. */
static void space(struct lw_layout *l, const char *s, size_t n)
{
    bool blank_before = lw_store_last(l->to)->nruns == 0;
    if (lw_layout_is_spaced(l) && !blank_before && !is_indented(s, n))
        lw_layout_blank(l);
}

static void add_prose(struct lw_layout *l, size_t from, size_t *span)
{
    const char *s = l->m->flow.text.data + from;
    bool rtl = false;
    for (size_t i = 0; i < l->wrap.n; i++) {
        struct lw_line w = l->wrap.v[i];
        bool fresh = i == 0 || !l->wrap.v[i - 1].soft, begins = false;
        if (i > 0 || l->m->block->kind == LW_BLOCK_SOURCE)
            space(l, s + w.start, w.end - w.start);
        if (fresh && !l->to->counting)
            begins = begins_rtl(l, from + w.start, from + w.end, rtl);
        rtl = begins || (rtl && w.end > w.start);
        lw_layout_begin_line(l);
        l->to->line[l->to->n - 1].rtl = begins;
        if (l->how.justify && w.soft && !l->to->counting)
            add_justified(l, from + w.start, from + w.end, span);
        else
            lw_layout_runs(l, from + w.start, from + w.end, span, 0);
    }
}

void lw_layout_wrapped(struct lw_layout *l, size_t from, size_t to, size_t *span)
{
    lw_wrap_text(&l->wrap, l->m->flow.text.data + from, to - from, l->cols);
    if (l->prose) {
        add_prose(l, from, span);
        return;
    }
    for (size_t i = 0; i < l->wrap.n; i++) {
        lw_layout_begin_line(l);
        lw_layout_runs(l, from + l->wrap.v[i].start, from + l->wrap.v[i].end, span, 0);
    }
}
