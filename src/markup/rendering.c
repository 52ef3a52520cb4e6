/* A text as lines, made chunk by chunk as they are asked for. What a chunk is, what is in it and
 * how that looks is the business of chunks.c, markdown.c and block_lines.c. */
#include "labelwright/markup/rendering.h"

#include "markup/blocks_internal.h"
#include "markup/flow_marks_internal.h"
#include "markup/source_lines_internal.h"

#include <stdlib.h>
#include <string.h>

struct part {
    struct lw_text_chunk chunk;
    struct lw_markdown read;
    size_t from; /* where its flow is in the text of all of them, without marks */
    size_t len;
};

struct lw_rendering {
    const char *s;
    size_t n;
    bool markdown;
    struct part **part; /* each in memory of its own: runs point into it */
    size_t nparts, cap;
    struct lw_line_store lines;
    struct lw_layout layout;
    struct lw_buf definitions;       /* of the whole text … */
    bool defined;                    /* … read when the first chunk needs them */
    const struct lw_text_mark *mark; /* those that are to be shown in parts to come */
    size_t nmarks;
};

struct lw_rendering *lw_rendering_new(
    const char *s, size_t n, bool markdown, struct lw_reading_opts how)
{
    struct lw_rendering *r = lw_alloc(sizeof *r);
    *r = (struct lw_rendering){.s = s ? s : "", .n = n, .markdown = markdown};
    r->layout = (struct lw_layout){.to = &r->lines,
        .s = r->s,
        .cols = how.cols > 0 ? how.cols : 1,
        .how = how,
        .plain_prose = !markdown && !lw_is_data(r->s, n)};
    if (n == 0)
        lw_store_begin_line(&r->lines);
    return r;
}

void lw_rendering_free(struct lw_rendering *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->nparts; i++) {
        lw_markdown_fini(&r->part[i]->read);
        free(r->part[i]);
    }
    free(r->part);
    lw_store_fini(&r->lines);
    lw_wrap_fini(&r->layout.wrap);
    free(r->layout.fold);
    lw_buf_fini(&r->definitions);
    free(r);
}

/* ---- laying out */

static size_t end_of(const struct part *p)
{
    return p ? p->chunk.at + p->chunk.len : 0;
}

static struct part *last_part(const struct lw_rendering *r)
{
    return r->nparts > 0 ? r->part[r->nparts - 1] : NULL;
}

bool lw_rendering_is_complete(const struct lw_rendering *r)
{
    return end_of(last_part(r)) == r->n;
}

static void need_definitions(struct lw_rendering *r, const struct lw_text_chunk *c)
{
    if (r->defined || c->kind != LW_CHUNK_MARKDOWN || !memchr(r->s + c->at, '[', c->len))
        return;
    lw_markdown_definitions(r->s, r->n, &r->definitions);
    r->defined = true;
}

static void lay_out_next(struct lw_rendering *r)
{
    struct part *before = last_part(r), *p = lw_alloc(sizeof *p);
    size_t at = end_of(before);
    size_t links = before ? before->read.first_link + before->read.nlinks : 0;
    p->chunk = r->markdown ? lw_chunk_next(r->s, r->n, at, before ? &before->chunk : NULL)
                           : lw_chunk_lines(r->s, r->n, at);
    if (r->nparts == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 4;
        r->part = lw_grow(r->part, r->cap, sizeof(struct part *));
    }
    r->part[r->nparts++] = p;
    need_definitions(r, &p->chunk);
    lw_markdown_read(&p->read, r->s, &p->chunk, &r->definitions, links);
    if (!r->markdown) {
        p->read.why = NULL;
        r->layout.gap = false;
    }
    p->from = before ? before->from + before->len : 0;
    p->len = p->read.flow.text.len;
    if (r->nmarks > 0) {
        size_t done = lw_flow_mark(&p->read, r->mark, r->nmarks, p->from);
        r->mark += done;
        r->nmarks -= done;
    }
    r->layout.m = &p->read;
    lw_layout_blocks(&r->layout);
    if (r->lines.n == 0 && lw_rendering_is_complete(r))
        lw_store_begin_line(&r->lines); /* nothing but blanks */
}

size_t lw_rendering_reach(struct lw_rendering *r, size_t lines)
{
    while (r->lines.n < lines && !lw_rendering_is_complete(r))
        lay_out_next(r);
    return r->lines.n;
}

struct lw_rendered_line lw_rendering_line(const struct lw_rendering *r, size_t line)
{
    const struct lw_stored_line *l = &r->lines.line[line];
    return (struct lw_rendered_line){
        l->nruns > 0 ? r->lines.run + l->first : NULL, l->nruns, l->at, l->rtl};
}

void lw_rendering_reach_byte(struct lw_rendering *r, size_t at)
{
    while (end_of(last_part(r)) <= at && !lw_rendering_is_complete(r))
        lay_out_next(r);
}

/* The line shows a byte behind `at` or `at` itself. */
static bool reaches(const struct lw_rendering *r, size_t line, size_t at)
{
    const struct lw_stored_line *l = &r->lines.line[line];
    for (size_t i = l->first; i < l->first + l->nruns; i++)
        if (r->lines.run[i].len > 0 && r->lines.run[i].at + r->lines.run[i].len > at)
            return true;
    return false;
}

size_t lw_rendering_line_of(const struct lw_rendering *r, size_t at)
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

static bool find_in_part(
    const struct part *p, struct lw_needle *needle, size_t from, size_t *at, size_t *len)
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
            lay_out_next(r);
        if (end_of(r->part[i]) > from && find_in_part(r->part[i], needle, from, at, len))
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
}

static size_t source_of(const struct lw_rendering *r, size_t at, bool end)
{
    size_t part = 0;
    while (part + 1 < r->nparts && r->part[part + 1]->from < at + !end)
        part++;
    const struct part *p = r->part[part];
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

static void add_block_ranges(const struct part *p, struct lw_text_range **v, size_t *n)
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
            add_line_groups(r, r->part[i]->chunk.at, end_of(r->part[i]), v, &n);
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
    const struct part *p = last_part(r);
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
