/* Lines of a pane or a page: texts laid out to a width, our own words. A text is laid out as
 * far as somebody looks. Each run of a line remembers which bytes of its text it shows, so that
 * matches and changes can be found again. What is in a text is the business of the room markup. */
#include "tui/view/document_internal.h"

#include "labelwright/text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- parts: a line of our own, or a text */

static void free_parts(struct lw_doc_part *part, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        lw_rendering_free(part[i].rendering);
        free(part[i].own);
    }
}

void lw_doc_settle(struct lw_doc *doc)
{
    free_parts(doc->was, doc->nwas);
    free(doc->was);
    doc->was = NULL;
    doc->nwas = doc->was_next = 0;
}

void lw_doc_refill(struct lw_doc *doc)
{
    lw_doc_settle(doc);
    doc->was = doc->part;
    doc->nwas = doc->nparts;
    doc->part = NULL;
    doc->nparts = 0;
    lw_doc_clear(doc);
}

void lw_doc_clear(struct lw_doc *doc)
{
    free_parts(doc->part, doc->nparts);
    doc->n = doc->nparts = doc->done = doc->nmarks = doc->npads = 0;
    doc->item = doc->left = 0;
    doc->complete = true;
    doc->folds_parts = false;
    doc->pictures = NULL;
}

void lw_doc_fini(struct lw_doc *doc)
{
    lw_doc_clear(doc);
    lw_doc_settle(doc);
    free(doc->part);
    free(doc->mark);
    free(doc->pad);
    *doc = (struct lw_doc){0};
}

/* Lays out parts until there are that many lines; lines of a part follow those of the one before.
 */
size_t lw_doc_reach(struct lw_doc *doc, size_t lines)
{
    while (doc->done < doc->nparts && doc->n < lines) {
        struct lw_doc_part *p = &doc->part[doc->done];
        if (p->rendering) {
            p->nlines = lw_rendering_reach(p->rendering, lines - p->first);
            doc->n = p->first + p->nlines;
            if (!lw_rendering_is_complete(p->rendering))
                break;
        }
        doc->n = p->first + p->nlines;
        if (++doc->done < doc->nparts)
            doc->part[doc->done].first = doc->n;
    }
    doc->complete = doc->done == doc->nparts;
    return doc->n;
}

void lw_doc_push(struct lw_doc *doc, struct lw_doc_part part)
{
    if ((doc->nparts & (doc->nparts - 1)) == 0) /* full at every power of two */
        doc->part = lw_grow(doc->part, doc->nparts ? 2 * doc->nparts : 1, sizeof *doc->part);
    part.first = doc->n;
    part.item = doc->item - 1;
    doc->item = 0;
    doc->part[doc->nparts++] = part;
    doc->complete = false;
    lw_doc_reach(doc, LW_DOC_AT_ONCE);
}

static char *print(const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = lw_alloc((size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, ap);
    return text;
}

void lw_doc_line(struct lw_doc *doc, enum lw_role role, bool heading, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *own = print(fmt, ap);
    va_end(ap);
    lw_doc_push(doc,
        (struct lw_doc_part){
            .own = own, .text = {own, strlen(own)}, .role = role, .heading = heading, .nlines = 1});
}

/* What was laid out of the text before; NULL for nothing that can be used. */
static struct lw_rendering *take_laid_out(
    struct lw_doc *doc, struct lw_span text, bool markdown, struct lw_reading_opts how)
{
    for (size_t i = 0; i < doc->nwas; i++) {
        size_t at = (doc->was_next + i) % doc->nwas;
        struct lw_rendering *r = doc->was[at].rendering;
        if (!r || doc->was[at].own || !lw_rendering_grow(r, text.s, text.n, markdown, how))
            continue;
        doc->was[at].rendering = NULL;
        doc->was_next = at + 1;
        return r;
    }
    return NULL;
}

static void push_text(
    struct lw_doc *doc, struct lw_doc_part part, struct lw_span text, struct lw_reading_opts how)
{
    part.text = text;
    part.rendering = part.own ? NULL : take_laid_out(doc, text, part.markdown, how);
    if (!part.rendering)
        part.rendering = lw_rendering_new(text.s, text.n, part.markdown, how);
    lw_doc_push(doc, part);
}

void lw_doc_words(struct lw_doc *doc, enum lw_role role, int cols, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *own = print(fmt, ap);
    va_end(ap);
    push_text(doc, (struct lw_doc_part){.own = own, .role = role},
        (struct lw_span){own, strlen(own)}, (struct lw_reading_opts){.cols = cols});
}

/* ---- texts */

void lw_doc_text(
    struct lw_doc *doc, struct lw_span text, int cols, enum lw_role role, enum lw_doc_form reading)
{
    struct lw_buf b = {0};
    struct lw_reading_opts how = {0};
    struct lw_doc_part part = {.source = text, .role = role};
    if (reading == LW_READ_RENDERED)
        how = doc->how;
    how.cols = cols;
    if (reading == LW_READ_RAW) {
        lw_spell_out(text.s, text.n, &b);
        part.own = b.data;
        text = (struct lw_span){b.data, b.len};
    }
    part.markdown = reading == LW_READ_RENDERED && lw_is_markdown(text.s, text.n);
    push_text(doc, part, text, how);
}

bool lw_doc_has_markdown(const struct lw_doc *doc)
{
    for (size_t i = 0; i < doc->nparts; i++)
        if (doc->part[i].markdown)
            return true;
    return false;
}

/* ---- items */

void lw_doc_begin_item(struct lw_doc *doc, int item)
{
    doc->item = item + 1;
}

/* ---- from lines to texts and back */

static const struct lw_doc_part *part_of(const struct lw_doc *doc, size_t line)
{
    size_t low = 0, high = doc->done < doc->nparts ? doc->done + 1 : doc->nparts;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (doc->part[middle].first <= line)
            low = middle;
        else
            high = middle;
    }
    return &doc->part[low];
}

void lw_doc_pad(struct lw_doc *doc, size_t line, size_t n)
{
    size_t sum = doc->npads > 0 ? doc->pad[doc->npads - 1].sum : 0;
    if ((doc->npads & (doc->npads - 1)) == 0)
        doc->pad = lw_grow(doc->pad, doc->npads ? 2 * doc->npads : 1, sizeof *doc->pad);
    doc->pad[doc->npads++] = (struct lw_doc_pad){line, n, sum + n};
    doc->n += n;
}

/* How many pads stand before the line; `padded` says whether it counts them. */
static size_t pads_before(const struct lw_doc *doc, size_t line, bool padded)
{
    size_t low = 0, high = doc->npads;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct lw_doc_pad *p = &doc->pad[middle];
        if (p->line + (padded ? p->sum - p->n : 0) <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The line without those of the padding; false when it is one of them. */
static bool without_pads(const struct lw_doc *doc, size_t *line)
{
    size_t pads = pads_before(doc, *line, true);
    if (pads == 0)
        return true;
    const struct lw_doc_pad *pad = &doc->pad[pads - 1];
    bool text = *line >= pad->line + pad->sum;
    *line -= text ? pad->sum : 0;
    return text;
}

/* And back. */
static size_t with_pads(const struct lw_doc *doc, size_t line)
{
    size_t pads = pads_before(doc, line, false);
    return line + (pads > 0 ? doc->pad[pads - 1].sum : 0);
}

int lw_doc_item_at(const struct lw_doc *doc, size_t line)
{
    if (doc->nparts == 0 || !without_pads(doc, &line))
        return -1;
    const struct lw_doc_part *p = part_of(doc, line);
    return p->first == line ? p->item : -1;
}

size_t lw_doc_item_line(struct lw_doc *doc, int item)
{
    size_t i = 0;
    while (i < doc->nparts && doc->part[i].item != item)
        i++;
    if (item < 0 || i == doc->nparts)
        return SIZE_MAX;
    while (doc->done < i)
        lw_doc_reach(doc, doc->n + 1);
    return with_pads(doc, doc->part[i].first);
}

struct lw_doc_line lw_doc_line_at(const struct lw_doc *doc, size_t line)
{
    if (!without_pads(doc, &line))
        return (struct lw_doc_line){.own = true, .text = {"", 0}};
    const struct lw_doc_part *p = part_of(doc, line);
    struct lw_doc_line l = {
        .text = p->text, .role = p->role, .heading = p->heading, .own = !p->rendering};
    if (p->cell) {
        l.cell = p->cell + (line - p->first) * (size_t)p->ncells;
        l.ncells = p->ncells;
        l.pixels = p->pixels;
        l.pixels_row = (int)(line - p->first);
    }
    if (p->rendering) {
        struct lw_rendered_line r = lw_rendering_line(p->rendering, line - p->first);
        l.run = r.run;
        l.nruns = r.nruns;
        l.at = r.at;
        l.rtl = r.rtl;
    }
    return l;
}

const char *lw_doc_place(const struct lw_doc *doc, size_t line)
{
    struct lw_doc_line l = lw_doc_line_at(doc, line);
    for (size_t i = 0; i < l.nruns; i++)
        if (l.run[i].len > 0)
            return l.text.s + l.run[i].at;
    return l.nruns > 0 ? l.text.s + l.run[0].at : NULL;
}

static bool in_text(struct lw_span t, const char *at)
{
    return t.s && at >= t.s && at < t.s + t.n;
}

/* The part that `at` is in; nparts for none. */
static size_t part_with(const struct lw_doc *doc, const char *at)
{
    size_t i = 0;
    while (i < doc->nparts && !(doc->part[i].rendering && in_text(doc->part[i].text, at)))
        i++;
    return i;
}

/* Where a line ends in the text of its part. */
static size_t end_of_line(const struct lw_doc_line *l)
{
    size_t end = l->own ? l->text.n : l->at;
    for (size_t i = 0; i < l->nruns; i++)
        end = l->run[i].at + l->run[i].len > end ? l->run[i].at + l->run[i].len : end;
    return end;
}

int lw_doc_percent(const struct lw_doc *doc, size_t line)
{
    struct lw_doc_line l = lw_doc_line_at(doc, line);
    const struct lw_doc_part *here = part_of(doc, line);
    size_t before = end_of_line(&l), all = 0;
    for (size_t i = 0; i < doc->nparts; i++) {
        before += &doc->part[i] < here ? doc->part[i].text.n : 0;
        all += doc->part[i].text.n;
    }
    return all > 0 ? (int)(100.0 * (double)before / (double)all) : 100;
}

void lw_doc_reach_place(struct lw_doc *doc, const char *at)
{
    size_t i = part_with(doc, at);
    while (doc->done < i && i < doc->nparts)
        lw_doc_reach(doc, doc->n + 1);
    if (i < doc->nparts)
        lw_rendering_reach_byte(doc->part[i].rendering, (size_t)(at - doc->part[i].text.s));
    lw_doc_reach(doc, doc->n + 1);
}

size_t lw_doc_line_of(const struct lw_doc *doc, const char *at)
{
    size_t i = part_with(doc, at);
    if (i >= doc->nparts || i > doc->done)
        return 0;
    const struct lw_doc_part *p = &doc->part[i];
    return with_pads(doc, p->first + lw_rendering_line_of(p->rendering, (size_t)(at - p->text.s)));
}

bool lw_doc_has_folds(const struct lw_doc *doc)
{
    for (size_t i = 0; i < doc->nparts; i++)
        if (doc->part[i].rendering && lw_rendering_has_folds(doc->part[i].rendering))
            return true;
    return false;
}

bool lw_doc_is_folded(const struct lw_doc *doc, const char *at)
{
    size_t i = part_with(doc, at);
    return i < doc->nparts &&
           lw_rendering_is_folded(doc->part[i].rendering, (size_t)(at - doc->part[i].text.s));
}

/* ---- the same by the texts of the task */

const char *lw_doc_source(const struct lw_doc *doc, size_t line)
{
    for (; line < doc->n; line++) {
        const char *at = lw_doc_place(doc, line);
        size_t i = at ? part_with(doc, at) : doc->nparts;
        const struct lw_doc_part *p = i < doc->nparts ? &doc->part[i] : NULL;
        if (p && p->source.s && p->own)
            return p->source.s +
                   lw_spelled_source(p->source.s, p->source.n, (size_t)(at - p->text.s));
        if (p && p->source.s)
            return at;
    }
    return NULL;
}

bool lw_doc_find_source(struct lw_doc *doc, const char *at, size_t *line)
{
    for (size_t i = 0; i < doc->nparts; i++) {
        const struct lw_doc_part *p = &doc->part[i];
        if (!p->rendering || !in_text(p->source, at))
            continue;
        size_t offset = (size_t)(at - p->source.s);
        at = p->text.s + (p->own ? lw_spelled_at(p->source.s, p->source.n, offset) : offset);
        lw_doc_reach_place(doc, at);
        *line = lw_doc_line_of(doc, at);
        return true;
    }
    return false;
}

void lw_doc_find(struct lw_doc *doc, struct lw_needle *needle,
    bool (*each)(void *ctx, struct lw_span at), void *ctx)
{
    bool more = true;
    for (size_t i = 0; i < doc->nparts && more; i++) {
        struct lw_doc_part *p = &doc->part[i];
        size_t from = 0, at, len;
        while (p->rendering && more && lw_rendering_find(p->rendering, needle, from, &at, &len)) {
            more = each(ctx, (struct lw_span){p->text.s + at, len});
            from = at + len;
        }
    }
}

/* ---- drawing */

static const uint8_t role_of[LW_STYLE_COUNT] = {
    [LW_STYLE_TEXT] = LW_ROLE_TEXT,
    [LW_STYLE_HEADING] = LW_ROLE_HEADING,
    [LW_STYLE_CODE] = LW_ROLE_CODE,
    [LW_STYLE_LINK] = LW_ROLE_LINK,
    [LW_STYLE_MARK] = LW_ROLE_MARK,
    [LW_STYLE_REMARK] = LW_ROLE_DIM,
    [LW_STYLE_FORMULA] = LW_ROLE_FORMULA,
    [LW_STYLE_KEYWORD] = LW_ROLE_KEYWORD,
    [LW_STYLE_STRING] = LW_ROLE_STRING,
    [LW_STYLE_COMMENT] = LW_ROLE_COMMENT,
    [LW_STYLE_NUMBER] = LW_ROLE_NUMBER,
    [LW_STYLE_TYPE] = LW_ROLE_TYPE,
    [LW_STYLE_NAME] = LW_ROLE_NAME,
    [LW_STYLE_INSERTED] = LW_ROLE_ADDED,
    [LW_STYLE_DELETED] = LW_ROLE_REMOVED,
};

/* The text itself, or blanks of ours within it that widen a line. */
static bool is_text(const struct lw_doc_line *l, size_t i)
{
    const struct lw_run *r = &l->run[i];
    if (r->exact || r->len > 0 || i == 0 || i + 1 == l->nruns)
        return r->exact;
    return r[-1].exact && r[1].exact && r[-1].at + r[-1].len == r[1].at;
}

static void draw_picture(struct lw_area a, int row, int col, const struct lw_doc_line *l)
{
    for (int i = 0; i < l->ncells; i++)
        if (l->pixels)
            lw_draw_pixels(a, row, col + i, l->pixels, l->pixels_row, i);
        else
            lw_draw_painted(a, row, col + i, l->cell[i].cp, l->cell[i].fg, l->cell[i].bg);
}

static int draw_line(struct lw_area a, int row, int col, const struct lw_doc_line *l)
{
    draw_picture(a, row, col, l);
    if (l->own)
        return lw_draw_text(a, row, col, l->role, l->text.s, l->text.n);
    for (size_t i = 0; i < l->nruns; i++) {
        const struct lw_run *r = &l->run[i];
        struct lw_look look = {.role = r->style == LW_STYLE_TEXT ? l->role : role_of[r->style],
            .emph = r->emph,
            .in_text = is_text(l, i)};
        col = lw_draw_run(a, row, col, look, r->s, r->n);
    }
    return col;
}

/* The part of a run that belongs to `at`, by columns. */
static void restyle_run(struct lw_area a, int row, int col, const struct lw_run *r, size_t from,
    size_t to, enum lw_role role)
{
    size_t start = 0, end = r->n;
    if (r->exact) {
        start = from > r->at ? from - r->at : 0;
        end = to - r->at < r->n ? to - r->at : r->n;
    }
    int before = lw_cols(r->s, start, -1);
    lw_draw_restyle(a, row, col + before, lw_cols(r->s, end, -1) - before, role);
}

void lw_doc_restyle(struct lw_area a, int row, int col, const struct lw_doc_line *l,
    struct lw_span at, enum lw_role role)
{
    if (at.n == 0 || !in_text(l->text, at.s))
        return;
    size_t from = (size_t)(at.s - l->text.s), to = from + at.n;
    for (size_t i = 0; i < l->nruns; i++) {
        const struct lw_run *r = &l->run[i];
        if (r->len > 0 && r->at < to && r->at + r->len > from)
            restyle_run(a, row, col, r, from, to, role);
        col += lw_cols(r->s, r->n, -1);
    }
}

void lw_doc_draw(const struct lw_doc *doc, size_t top, struct lw_area a, int col)
{
    for (int row = 0; row < a.rows && top + (size_t)row < doc->n; row++) {
        struct lw_doc_line l = lw_doc_line_at(doc, top + (size_t)row);
        if (l.rtl && col > 0)
            lw_draw_fill(a, row, col - 1, 1, LW_ROLE_DIM, LW_RTL_SIGN);
        draw_line(a, row, col, &l);
        for (size_t i = 0; i < doc->nmarks; i++)
            lw_doc_restyle(a, row, col, &l, doc->mark[i].at, doc->mark[i].role);
    }
}
