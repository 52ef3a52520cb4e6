/* Cuts the spans of a flow where its lines end, and at tabs. Where a line ends is prose_lines.c's.
 */
#include "markup/blocks_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"

#include <string.h>

size_t lw_layout_whole(const struct lw_buf *t, size_t to, size_t end)
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
    bool source = p->exact || p->display; /* a formula that could not be laid out */
    struct lw_run run = {f->text.data + from, to - from, p->at, p->len, p->style, p->emph, source};
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

static void add_runs(struct lw_layout *l, size_t from, size_t to, size_t *span, uint8_t emph)
{
    const struct lw_flow *f = &l->m->flow;
    while (from < to) {
        while (f->span[*span].pos + f->span[*span].n <= from)
            ++*span;
        const struct lw_flow_span *p = &f->span[*span];
        size_t end = p->pos + p->n < to ? p->pos + p->n : to, whole = end;
        struct lw_run run = cut(f, p, from, end);
        if (end < to)
            whole = lw_layout_whole(&f->text, end, to);
        for (; end < whole; end = p->pos + p->n < whole ? p->pos + p->n : whole) {
            p = &f->span[++*span];
            join_marks(&run, p, (p->pos + p->n < whole ? p->pos + p->n : whole) - end);
        }
        run.emph |= emph;
        lw_store_add(l->to, run);
        from = whole;
    }
}

/* The tab at `at` of a line that begins at `start`: how wide it is depends on all that is before
 * it, which other runs hold. */
static void add_tab(struct lw_layout *l, size_t start, size_t at, size_t *span, uint8_t emph)
{
    static const char blanks[] = "        ";
    const struct lw_flow *f = &l->m->flow;
    const char *line = f->text.data + start;
    while (f->span[*span].pos + f->span[*span].n <= at)
        ++*span;
    struct lw_run run = cut(f, &f->span[*span], at, at + 1);
    run.s = blanks;
    run.n = (size_t)(lw_cols(line, at + 1 - start, -1) - lw_cols(line, at - start, -1));
    run.exact = false;
    run.emph |= emph;
    lw_store_add(l->to, run);
}

/* Of a line that is only counted: as many as tell its place. */
static void note_place(struct lw_layout *l, size_t from, size_t to, size_t *span)
{
    const struct lw_flow *f = &l->m->flow;
    while (from < to && !lw_store_has_place(l->to)) {
        while (f->span[*span].pos + f->span[*span].n <= from)
            ++*span;
        const struct lw_flow_span *p = &f->span[*span];
        lw_store_note(l->to, p->at + (p->exact || p->display ? from - p->pos : 0), p->len);
        from = p->pos + p->n;
    }
}

void lw_layout_runs(struct lw_layout *l, size_t from, size_t to, size_t *span, uint8_t emph)
{
    const char *s = l->m->flow.text.data, *tab;
    if (l->to->counting) {
        note_place(l, from, to, span);
        return;
    }
    for (size_t at = from; at < to; at = (size_t)(tab - s) + 1) {
        tab = memchr(s + at, '\t', to - at);
        add_runs(l, at, tab ? (size_t)(tab - s) : to, span, emph);
        if (!tab)
            return;
        add_tab(l, from, (size_t)(tab - s), span, emph);
    }
}
