/* From bytes of a text to what a rendering shows and back: lines, matches, changes, folds. How
 * lines are made is rendering.c's. */
#include "markup/rendering_internal.h"

/* ---- lines */

/* The line shows a byte behind `at` or `at` itself. */
static bool reaches(struct lw_rendering *r, size_t line, size_t at)
{
    struct lw_rendered_line l = lw_rendering_line(r, line);
    for (size_t i = 0; i < l.nruns; i++)
        if (l.run[i].len > 0 && l.run[i].at + l.run[i].len > at)
            return true;
    return false;
}

size_t lw_rendering_line_of(struct lw_rendering *r, size_t at)
{
    size_t low = 0, high = r->lines.n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (r->lines.line[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    size_t behind = low + 1 < r->lines.n ? low + 1 : low;
    while (low > 0 && r->lines.line[low - 1].at == r->lines.line[low].at)
        low--; /* blank lines have the place of the line before */
    for (size_t line = low; line < behind; line++)
        if (reaches(r, line, at))
            return line;
    return behind;
}

/* ---- folds */

bool lw_rendering_has_folds(const struct lw_rendering *r)
{
    return r->layout.nfolds > 0;
}

bool lw_rendering_is_folded(const struct lw_rendering *r, size_t at)
{
    for (size_t i = 0; i < r->layout.nfolds; i++)
        if (at >= r->layout.fold[i].from && at < r->layout.fold[i].end)
            return true;
    return false;
}

/* ---- finding */

/* Where byte `pos` of the flow is in the source: before it, or behind the byte before it. */
static size_t place_of(const struct lw_flow *f, size_t pos, bool end)
{
    size_t low = 0, high = f->nspans;
    pos -= end;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (f->span[middle].pos <= pos)
            low = middle;
        else
            high = middle;
    }
    const struct lw_flow_span *p = &f->span[low];
    if (p->exact && pos - p->pos < p->n)
        return p->at + (pos - p->pos) + end;
    return p->at + (end ? p->len : 0);
}

/* The place in the flow from which on everything is at or behind byte `from` of the source. */
static size_t flow_pos(const struct lw_flow *f, size_t from)
{
    for (size_t i = 0; i < f->nspans; i++) {
        const struct lw_flow_span *p = &f->span[i];
        if (p->at >= from)
            return p->pos;
        if (p->at + p->len > from)
            return p->exact ? p->pos + (from - p->at) : p->pos + p->n;
    }
    return f->text.len;
}

static bool find_in_part(const struct lw_rendering_part *p, struct lw_needle *needle, size_t from,
    size_t *at, size_t *len)
{
    const struct lw_flow *f = &p->read.flow;
    if (f->nspans == 0)
        return false;
    size_t pos = flow_pos(f, from);
    while ((pos = lw_find(needle, f->text.data, f->text.len, pos, len)) < f->text.len) {
        size_t end = place_of(f, pos + *len, true);
        *at = place_of(f, pos, false);
        pos += *len;
        *len = end > *at ? end - *at : 1;
        if (*at >= from && *at + *len <= p->chunk.at + p->chunk.len)
            return true;
    }
    return false;
}

bool lw_rendering_find(
    struct lw_rendering *r, struct lw_needle *needle, size_t from, size_t *at, size_t *len)
{
    for (size_t i = 0;; i++) {
        if (i == r->nparts && lw_rendering_is_complete(r))
            return false;
        if (i == r->nparts)
            lw_rendering_more(r);
        if (lw_part_end(r->part[i]) > from && find_in_part(r->part[i], needle, from, at, len))
            return true;
    }
}

/* ---- changes */

void lw_rendering_text(struct lw_rendering *r, struct lw_buf *to)
{
    lw_rendering_reach_byte(r, r->n);
    for (size_t i = 0; i < r->nparts; i++)
        lw_buf_add(to, r->part[i]->read.flow.text.data, r->part[i]->read.flow.text.len);
}

void lw_rendering_mark(struct lw_rendering *r, const struct lw_text_mark *mark, size_t n)
{
    r->mark = mark;
    r->nmarks = n;
    r->marked = true;
}

static size_t source_of(const struct lw_rendering *r, size_t at, bool end)
{
    size_t part = 0;
    while (part + 1 < r->nparts && r->part[part + 1]->from < at + !end)
        part++;
    const struct lw_rendering_part *p = r->part[part];
    if (p->read.flow.nspans == 0)
        return p->chunk.at;
    return place_of(&p->read.flow, at - p->from, end && at > p->from);
}

void lw_rendering_source_of(
    const struct lw_rendering *r, size_t at, size_t n, size_t *source, size_t *len)
{
    *source = *len = 0;
    if (r->nparts == 0)
        return;
    size_t end = source_of(r, at + n, true);
    *source = source_of(r, at, false);
    *len = end > *source ? end - *source : 0;
}
