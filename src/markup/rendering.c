/* A text as lines, made chunk by chunk as they are asked for. What a chunk is, what is in it and
 * how that looks is the business of chunks.c, markdown.c and block_lines.c. */
#include "markup/rendering_internal.h"

#include "markup/flow_highlight_internal.h"
#include "markup/flow_marks_internal.h"

#include <stdlib.h>
#include <string.h>

struct lw_rendering *lw_rendering_new(
    const char *s, size_t n, bool markdown, struct lw_reading_opts how)
{
    struct lw_rendering *r = lw_alloc(sizeof *r);
    *r = (struct lw_rendering){.s = s ? s : "", .n = n, .markdown = markdown};
    r->reader = lw_markdown_reader_new(r->s);
    r->lines.counting = true;
    r->lines.texts = &r->passing;
    r->shown.texts = &r->memory;
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
    lw_markdown_reader_free(r->reader);
    free(r->part);
    lw_arena_fini(&r->memory);
    lw_arena_fini(&r->passing);
    lw_store_fini(&r->lines);
    lw_store_fini(&r->shown);
    lw_wrap_fini(&r->layout.wrap);
    free(r->layout.fold);
    lw_buf_fini(&r->definitions);
    free(r);
}

bool lw_rendering_is_complete(const struct lw_rendering *r)
{
    return lw_part_end(lw_rendering_last(r)) == r->n;
}

/* ---- reading */

static void need_definitions(struct lw_rendering *r, const struct lw_text_chunk *c)
{
    if (r->defined || c->kind != LW_CHUNK_MARKDOWN || !memchr(r->s + c->at, '[', c->len))
        return;
    lw_markdown_definitions(r->s, r->n, &r->definitions);
    r->defined = true;
}

static struct lw_rendering_part *add_part(struct lw_rendering *r)
{
    struct lw_rendering_part *p = lw_arena_alloc(&r->memory, sizeof *p);
    *p = (struct lw_rendering_part){0};
    if (r->nparts == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 4;
        r->part = lw_grow(r->part, r->cap, sizeof *r->part);
    }
    return r->part[r->nparts++] = p;
}

/* The chunk behind the part before. Of chunks that are read together and cannot be shown, each is
 * read by itself: not all of them must be shown as they stand. */
static const struct lw_markdown *read_chunk(
    struct lw_rendering *r, struct lw_text_chunk *to, const struct lw_rendering_part *before)
{
    size_t at = lw_part_end(before);
    size_t links = before ? before->read.first_link + before->read.nlinks : 0;
    const struct lw_text_chunk *last = before ? &before->chunk : NULL;
    bool group = r->markdown && at >= r->apart;
    *to = group         ? lw_chunk_group(r->s, r->n, at, last)
          : r->markdown ? lw_chunk_next(r->s, r->n, at, last)
                        : lw_chunk_lines(r->s, r->n, at);
    need_definitions(r, to);
    const struct lw_markdown *m = lw_markdown_read(r->reader, to, &r->definitions, links);
    if (!group || to->kind != LW_CHUNK_MARKDOWN || !m->why)
        return m;
    r->apart = at + to->len;
    *to = lw_chunk_next(r->s, r->n, at, last);
    return lw_markdown_read(r->reader, to, &r->definitions, links);
}

static void highlight(struct lw_rendering *r, struct lw_rendering_part *p)
{
    if (!p->highlighted)
        lw_markdown_highlight(&p->read, &r->memory);
    p->highlighted = true;
}

static void read_part(
    struct lw_rendering *r, struct lw_rendering_part *p, const struct lw_rendering_part *before)
{
    p->from = before ? before->from + before->len : 0;
    p->read = lw_markdown_keep(read_chunk(r, &p->chunk, before), &r->memory);
    p->apart = r->apart;
    p->len = p->read.flow.text.len;
    if (!r->markdown) {
        p->read.why = NULL;
        r->layout.gap = false;
    }
    if (r->nmarks > 0) {
        highlight(r, p); /* what the marks say goes over it */
        size_t done = lw_flow_mark(&p->read, r->mark, r->nmarks, p->from, &r->memory);
        r->mark += done;
        r->nmarks -= done;
    }
}

/* ---- laying out */

/* Counts the lines of a part, or makes those that were counted. */
static void lay_out(struct lw_rendering *r, struct lw_rendering_part *p, struct lw_line_store *to)
{
    r->layout.to = to;
    r->layout.m = &p->read;
    lw_layout_blocks(&r->layout);
    if (p->first_line == 0 && to->n == 0 && lw_part_end(p) == r->n)
        lw_store_begin_line(to); /* nothing but blanks */
}

static void count_lines(struct lw_rendering *r, struct lw_rendering_part *p)
{
    p->gap = r->layout.gap;
    p->code_lines = r->layout.code_lines;
    p->nfolds = r->layout.nfolds;
    p->first_line = r->lines.n;
    p->before = *lw_store_last(&r->lines);
    lay_out(r, p, &r->lines);
    p->nlines = r->lines.n - p->first_line;
    lw_arena_clear(&r->passing);
}

void lw_rendering_more(struct lw_rendering *r)
{
    const struct lw_rendering_part *before = lw_rendering_last(r);
    struct lw_rendering_part *p = add_part(r);
    read_part(r, p, before);
    count_lines(r, p);
}

size_t lw_rendering_reach(struct lw_rendering *r, size_t lines)
{
    while (r->lines.n < lines && !lw_rendering_is_complete(r))
        lw_rendering_more(r);
    return r->lines.n;
}

void lw_rendering_reach_byte(struct lw_rendering *r, size_t at)
{
    while (lw_part_end(lw_rendering_last(r)) <= at && !lw_rendering_is_complete(r))
        lw_rendering_more(r);
}

/* ---- showing */

/* The layout goes on where it was afterwards. */
static void show(struct lw_rendering *r, struct lw_rendering_part *p)
{
    bool gap = r->layout.gap;
    size_t code_lines = r->layout.code_lines;
    highlight(r, p);
    r->layout.gap = p->gap;
    r->layout.code_lines = p->code_lines;
    lw_store_begin(&r->shown, p->before);
    lay_out(r, p, &r->shown);
    while (r->shown.n < p->nlines)
        lw_store_begin_line(&r->shown); /* characters have other widths since they were counted */
    p->line = lw_arena_copy(&r->memory, r->shown.line, r->shown.n * sizeof *p->line);
    p->run = lw_arena_copy(&r->memory, r->shown.run, r->shown.nruns * sizeof *p->run);
    r->layout.gap = gap;
    r->layout.code_lines = code_lines;
}

static struct lw_rendering_part *part_of(const struct lw_rendering *r, size_t line)
{
    size_t low = 0, high = r->nparts;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (r->part[middle]->first_line <= line)
            low = middle;
        else
            high = middle;
    }
    return r->part[low];
}

struct lw_rendered_line lw_rendering_line(struct lw_rendering *r, size_t line)
{
    if (r->nparts == 0)
        return (struct lw_rendered_line){0};
    struct lw_rendering_part *p = part_of(r, line);
    if (!p->line)
        show(r, p);
    const struct lw_stored_line *l = &p->line[line - p->first_line];
    return (struct lw_rendered_line){
        l->nruns > 0 ? p->run + l->first : NULL, l->nruns, l->at, l->rtl};
}
