/* What is in a rendering: paragraphs, headings, links. */
#include "markup/rendering_internal.h"

#include "markup/source_lines_internal.h"

#include <string.h>

/* ---- paragraphs */

static void add_range(struct lw_text_range **v, size_t *n, size_t from, size_t end)
{
    if ((*n & (*n - 1)) == 0) /* a power of two is full */
        *v = lw_grow(*v, *n ? 2 * *n : 1, sizeof **v);
    (*v)[(*n)++] = (struct lw_text_range){from, end};
}

/* Lines between blank ones. */
static void add_line_groups(
    const struct lw_rendering *r, size_t at, size_t end, struct lw_text_range **v, size_t *n)
{
    size_t from = at;
    while (at < end) {
        const char *lf = memchr(r->s + at, '\n', end - at);
        size_t next = lf ? (size_t)(lf - r->s) + 1 : end;
        bool blank = lw_is_blank(r->s + at, next - at);
        if (blank && from < at)
            add_range(v, n, from, at);
        at = next;
        from = blank ? at : from;
    }
    if (from < end)
        add_range(v, n, from, end);
}

static void add_block_ranges(const struct lw_rendering_part *p, struct lw_text_range **v, size_t *n)
{
    const struct lw_markdown *m = &p->read;
    size_t end = p->chunk.at + p->chunk.len;
    for (size_t i = 0; i < m->nblocks; i = m->block[i].end) {
        size_t next = m->block[i].end < m->nblocks ? m->block[m->block[i].end].at : end;
        size_t from = i == 0 ? p->chunk.at : m->block[i].at;
        if (from < next)
            add_range(v, n, from, next);
    }
}

size_t lw_rendering_paragraphs(struct lw_rendering *r, struct lw_text_range **v)
{
    size_t n = 0;
    lw_rendering_reach_byte(r, r->n);
    for (size_t i = 0; i < r->nparts; i++)
        if (r->markdown)
            add_block_ranges(r->part[i], v, &n);
        else
            add_line_groups(r, r->part[i]->chunk.at, lw_part_end(r->part[i]), v, &n);
    return n;
}

/* ---- outline and links */

static bool is_heading(const struct lw_block *b)
{
    return b->kind == LW_BLOCK_HEADING && b->first < b->last;
}

static struct lw_outline_entry heading(const struct lw_markdown *m, const struct lw_block *b)
{
    const struct lw_flow_span *first = &m->flow.span[b->first], *last = &m->flow.span[b->last - 1];
    return (struct lw_outline_entry){b->number, first->at, last->at + last->len - first->at};
}

size_t lw_rendering_outline(struct lw_rendering *r, struct lw_outline_entry *to, size_t room)
{
    size_t n = 0;
    lw_rendering_reach_byte(r, r->n);
    for (size_t i = 0; i < r->nparts; i++) {
        const struct lw_markdown *m = &r->part[i]->read;
        for (size_t b = 0; b < m->nblocks; b++) {
            if (!is_heading(&m->block[b]))
                continue;
            if (n < room)
                to[n] = heading(m, &m->block[b]);
            n++;
        }
    }
    return n;
}

size_t lw_rendering_links(struct lw_rendering *r)
{
    lw_rendering_reach_byte(r, r->n);
    const struct lw_rendering_part *p = lw_rendering_last(r);
    return p ? p->read.first_link + p->read.nlinks : 0;
}

struct lw_rendered_link lw_rendering_link(const struct lw_rendering *r, size_t i)
{
    size_t part = 0;
    while (r->part[part]->read.first_link + r->part[part]->read.nlinks <= i)
        part++;
    const struct lw_markdown *m = &r->part[part]->read;
    const struct lw_link *l = &m->link[i - m->first_link];
    return (struct lw_rendered_link){l->target, l->title, l->at, l->len, l->picture};
}
