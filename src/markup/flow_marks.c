/* Marks changes in a flow: signs around them, [-…-] or {+…+}, and a style for what is between.
 * Where the changes are is the caller's business. */
#include "markup/flow_marks_internal.h"

#include <stdlib.h>
#include <string.h>

struct marking {
    const struct lw_flow *old;
    struct lw_flow flow; /* the new one */
    const struct lw_text_mark *mark, *end;
    size_t base; /* the place of the old flow in the text that the marks are in */
    bool open;   /* inside the first of the marks */
};

static size_t begin_of(const struct marking *m)
{
    return m->mark->at > m->base ? m->mark->at - m->base : 0;
}

static size_t end_of(const struct marking *m)
{
    return m->mark->at + m->mark->n - m->base;
}

static void add_sign(struct marking *m, bool opening, size_t at)
{
    static const char *const signs[2][2] = {{"-]", "[-"}, {"+}", "{+"}};
    const char *sign = signs[m->mark->inserted][opening];
    lw_flow_sign(
        &m->flow, sign, 2, at, 0, m->mark->inserted ? LW_STYLE_INSERTED : LW_STYLE_DELETED, 0);
    m->open = opening;
    m->mark += !opening;
}

/* The bytes [from, to) of an old span. */
static void add_part(struct marking *m, const struct lw_flow_span *p, size_t from, size_t to)
{
    size_t skip = p->exact ? from - p->pos : 0, n = to - from;
    uint8_t style = !m->open || p->display ? p->style
                    : m->mark->inserted    ? LW_STYLE_INSERTED
                                           : LW_STYLE_DELETED;
    lw_flow_sign(&m->flow, m->old->text.data + from, n, p->at + skip, p->exact ? n : p->len,
        (enum lw_text_style)style, p->emph);
    m->flow.span[m->flow.nspans - 1].exact = p->exact;
    m->flow.span[m->flow.nspans - 1].display = p->display;
}

static void mark_span(struct marking *m, const struct lw_flow_span *p)
{
    size_t at = p->pos, end = p->pos + p->n;
    while (at < end) {
        bool marks = m->mark < m->end, within = marks && begin_of(m) <= at;
        size_t to = !marks ? end : within ? end_of(m) : begin_of(m);
        to = to < end && !p->display ? to : end;
        if (within && !m->open && m->mark->at >= m->base)
            add_sign(m, true, p->at);
        m->open = m->open || within;
        add_part(m, p, at, to);
        at = to;
        if (m->open && end_of(m) <= at)
            add_sign(m, false, p->at + p->len);
    }
}

/* Line ends between blocks belong to no span. */
static void copy_gap(struct marking *m, size_t from, size_t to)
{
    lw_buf_add(&m->flow.text, m->old->text.data + from, to - from);
}

/* A change that ends before the next block is closed in this one; one that is only a line end
 * between blocks is not shown. */
static void pass_gap(struct marking *m, size_t next, size_t at)
{
    if (m->open && m->mark < m->end && end_of(m) <= next)
        add_sign(m, false, at);
    while (m->mark < m->end && m->mark->at + m->mark->n <= m->base + next)
        m->mark++;
}

size_t lw_flow_mark(struct lw_markdown *md, const struct lw_text_mark *marks, size_t n, size_t base,
    struct lw_arena *memory)
{
    const struct lw_flow *old = &md->flow;
    struct marking m = {.old = old, .mark = marks, .end = marks + n, .base = base};
    size_t *moved = lw_grow(NULL, old->nspans + 1, sizeof *moved), len = old->text.len, gap = 0;
    for (size_t i = 0; i < old->nspans; i++) {
        const struct lw_flow_span *p = &old->span[i];
        pass_gap(&m, p->pos, p->at);
        copy_gap(&m, gap, p->pos);
        moved[i] = m.flow.nspans;
        mark_span(&m, p);
        gap = p->pos + p->n;
        pass_gap(&m, i + 1 < old->nspans ? old->span[i + 1].pos : len, p->at + p->len);
    }
    copy_gap(&m, gap, len);
    moved[old->nspans] = m.flow.nspans;
    for (size_t i = 0; i < md->nblocks; i++) {
        md->block[i].first = moved[md->block[i].first];
        md->block[i].last = moved[md->block[i].last];
    }
    free(moved);
    md->flow = lw_flow_keep(&m.flow, memory);
    lw_flow_fini(&m.flow);
    return (size_t)(m.mark - marks);
}
