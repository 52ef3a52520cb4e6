/* How a block of code looks as lines, and what stands in the place of a block that is folded. */
#include "labelwright/text/glyph.h"
#include "markup/blocks_internal.h"

#include <stdio.h>
#include <string.h>

size_t lw_layout_leaf_end(const struct lw_layout *l, const struct lw_block *leaf)
{
    const struct lw_flow *f = &l->m->flow;
    size_t end = f->span[leaf->last - 1].pos + f->span[leaf->last - 1].n;
    return end > f->span[leaf->first].pos && f->text.data[end - 1] == '\n' ? end - 1 : end;
}

/* ---- folded */

/* The bytes of the source that a block and those in it stand for. */
struct place {
    size_t at, end;
};

static void take(struct place *p, size_t at, size_t len)
{
    p->at = at < p->at ? at : p->at;
    p->end = at + len > p->end ? at + len : p->end;
}

static struct place place_of(const struct lw_markdown *m, size_t i)
{
    struct place p = {m->block[i].at, m->block[i].at};
    for (size_t k = i; k < m->block[i].end; k++) {
        const struct lw_block *b = &m->block[k];
        take(&p, b->at, b->len);
        if (b->first == b->last)
            continue;
        const struct lw_flow_span *last = &m->flow.span[b->last - 1];
        take(&p, m->flow.span[b->first].at, 0);
        take(&p, last->at, last->len);
    }
    return p;
}

static void note_fold(struct lw_layout *l, struct place p)
{
    if ((l->nfolds & (l->nfolds - 1)) == 0) /* a power of two is full */
        l->fold = lw_grow(l->fold, l->nfolds ? 2 * l->nfolds : 1, sizeof *l->fold);
    l->fold[l->nfolds++] = (struct lw_text_range){p.at, p.end};
}

void lw_layout_folded(struct lw_layout *l, size_t i, size_t line, size_t lines)
{
    const struct lw_block *b = &l->m->block[i];
    struct place p = place_of(l->m, i);
    char words[80];
    const char *language = b->language ? lw_language_name(b->language) : NULL;
    snprintf(words, sizeof words, "(%s%s%s, %zu lines folded)",
        b->kind == LW_BLOCK_CODE ? "code" : "quote", language ? ", " : "", language ? language : "",
        lines);
    if (l->to->counting) /* the first time */
        note_fold(l, p);
    lw_store_cut(l->to, line);
    lw_layout_remark(l, words, p.at, p.end - p.at);
}

/* ---- shown */

/* The words behind the fence, where they say more than nothing. */
static void add_title(struct lw_layout *l, const struct lw_block *b)
{
    for (size_t at = 0, n; !b->goes_on && at < b->len; at += n) {
        const char *s = l->s + b->at + at;
        n = lw_fit(s, b->len - at, l->cols);
        n = n > 0 ? n : b->len - at;
        lw_layout_begin_line(l);
        s = lw_store_text(l->to, s, n); /* the text may be elsewhere when it is read */
        lw_store_add(l->to, (struct lw_run){s, n, b->at + at, n, LW_STYLE_REMARK, 0, true});
    }
}

static size_t count_lines(const struct lw_layout *l, const struct lw_block *b)
{
    const struct lw_flow *f = &l->m->flow;
    size_t n = 1;
    const char *at = f->text.data + f->span[b->first].pos, *end;
    for (end = f->text.data + lw_layout_leaf_end(l, b); at < end; at++, n++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            break;
    }
    return n;
}

static const char *numbered(struct lw_layout *l, size_t number, int width)
{
    char sign[48];
    int n = snprintf(sign, sizeof sign, "%*zu │ ", width, number);
    return lw_store_text(l->to, sign, (size_t)n);
}

static bool push_numbers(struct lw_layout *l, const struct lw_block *b, int width)
{
    char rest[48];
    int n = snprintf(rest, sizeof rest, "%*s ┆ ", width, "");
    return lw_layout_push(l, "", lw_store_text(l->to, rest, (size_t)n), width + 3, b->at, 0);
}

/* Returns how wide the numbers are; 0 where there are none. False in `*pushed`: no margin fits. */
static int push_margin(struct lw_layout *l, const struct lw_block *b, bool *pushed)
{
    int width = l->how.numbers ? snprintf(NULL, 0, "%zu", l->code_lines + count_lines(l, b)) : 0;
    *pushed = width > 0 && push_numbers(l, b, width);
    if (*pushed)
        return width;
    *pushed = lw_layout_push(l, "│ ", "┆ ", 2, b->at, 0);
    return 0;
}

static void add_lines(struct lw_layout *l, const struct lw_block *b, int width)
{
    const struct lw_flow *f = &l->m->flow;
    size_t from = f->span[b->first].pos, span = b->first;
    struct lw_margin *m = &l->margin[l->nmargins - 1];
    lw_wrap_text(&l->wrap, f->text.data + from, lw_layout_leaf_end(l, b) - from, l->cols);
    for (size_t i = 0; i < l->wrap.n; i++) {
        const struct lw_line *w = &l->wrap.v[i];
        m->used = i > 0 && l->wrap.v[i - 1].soft;
        l->code_lines += !m->used;
        if (width > 0 && !m->used)
            m->first = numbered(l, l->code_lines, width);
        lw_layout_begin_line(l);
        lw_layout_runs(l, from + w->start, from + w->end, &span, 0);
    }
}

static void add_body(struct lw_layout *l, const struct lw_block *b)
{
    bool pushed;
    int width = push_margin(l, b, &pushed);
    if (!pushed) {
        lw_layout_flow(l, b->first, b->last);
        return;
    }
    add_lines(l, b, width);
    lw_layout_pop(l);
}

void lw_layout_code(struct lw_layout *l, size_t block)
{
    const struct lw_block *b = &l->m->block[block];
    size_t lines = l->how.fold && b->first < b->last ? count_lines(l, b) : 0;
    if (!b->goes_on)
        l->code_lines = 0;
    if (lines > LW_FOLD_LEAST) {
        lw_layout_folded(l, block, l->to->n, lines);
    } else {
        add_title(l, b);
        if (b->first < b->last)
            add_body(l, b);
    }
    if (b->unclosed && !l->how.grows)
        lw_layout_remark(l, "(the code block is not closed)", b->at, 0);
}
