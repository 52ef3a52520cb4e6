/* Blocks of Markdown as md4c opens and closes them: what they are, and where in the source. How
 * they look is block_lines.c's. */
#include "markup/reader_internal.h"
#include "markup/source_lines_internal.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MAX = 20000 };

/* ---- open ones */

int lw_reader_open(struct lw_markdown_reader *r, struct lw_block b)
{
    struct lw_markdown *m = &r->m;
    if (r->depth == LW_READER_DEPTH || m->nblocks == BLOCKS_MAX) {
        m->why = r->depth == LW_READER_DEPTH ? "nested too deeply, shown as it stands"
                                             : "too many cells, shown as it stands";
        return 1;
    }
    if (m->nblocks == m->block_cap) {
        m->block_cap = m->block_cap ? 2 * m->block_cap : 4;
        m->block = lw_grow(m->block, m->block_cap, sizeof *m->block);
    }
    b.first = b.last = m->flow.nspans;
    b.at = b.len > 0 ? b.at : r->cursor;
    r->open[r->depth++] = m->nblocks;
    m->block[m->nblocks++] = b;
    return 0;
}

bool lw_reader_is_leaf(enum lw_block_kind kind)
{
    return kind <= LW_BLOCK_HTML || kind == LW_BLOCK_CELL;
}

void lw_reader_close(struct lw_markdown_reader *r)
{
    if (r->leaf)
        lw_reader_close_spans(r);
    struct lw_block *b = lw_reader_block(r);
    b->end = r->m.nblocks;
    b->last = r->m.flow.nspans;
    if (lw_reader_is_leaf(b->kind))
        lw_buf_char(&r->m.flow.text, '\n'); /* no word goes on in the next block */
    r->depth--;
    r->leaf = r->implicit = r->fresh_line = false;
}

void lw_reader_close_implicit(struct lw_markdown_reader *r)
{
    if (r->implicit)
        lw_reader_close(r);
}

int lw_reader_need_leaf(struct lw_markdown_reader *r)
{
    if (r->leaf)
        return 0;
    if (lw_reader_open(r, (struct lw_block){.kind = LW_BLOCK_PARAGRAPH}))
        return 1;
    r->leaf = r->implicit = true;
    return 0;
}

/* ---- what they are */

/* What of [at, end) is on one line, without blanks behind it: md4c does not know the line ends in a
 * formula. */
static size_t title_len(const struct lw_markdown_reader *r, size_t at, size_t end)
{
    size_t n = 0;
    while (at + n < end && r->s[at + n] != '\r' && r->s[at + n] != '\n')
        n++;
    while (n > 0 && lw_is_blank(r->s + at + n - 1, 1))
        n--;
    return n;
}

/* The words behind the fence, which is the next thing behind what was shown. */
static void find_title(const struct lw_markdown_reader *r, struct lw_block *b)
{
    size_t at = r->cursor;
    while (at < r->end && r->s[at] && strchr(" \t\r\n>", r->s[at]))
        at++;
    at += lw_fence_len(r->s + at, r->end - at);
    at += lw_count_blanks(r->s + at, r->end - at);
    b->at = at;
    b->len = title_len(r, at, r->end);
}

static struct lw_block code_block(const struct lw_markdown_reader *r, const MD_BLOCK_CODE_DETAIL *d)
{
    struct lw_block b = {.kind = LW_BLOCK_CODE, .at = lw_md4c_place(&r->copy, d->info.text)};
    char *info = lw_reader_attribute(&d->info); /* decoded */
    b.language = lw_language_find(info, strlen(info));
    if (b.at != SIZE_MAX)
        b.len = title_len(r, b.at, b.at + lw_md4c_len(&r->copy, d->info.text, d->info.size));
    else if (*info)
        find_title(r, &b); /* one with entities, of which md4c made a text */
    free(info);
    return b;
}

/* The length of a number or bullet at `at`; 0 for none. */
static size_t marker_len(const struct lw_markdown_reader *r, size_t at)
{
    size_t i = at;
    while (i < r->end && r->s[i] >= '0' && r->s[i] <= '9')
        i++;
    const char *ends = i > at ? ".)" : "-*+";
    bool mark = i < r->end && r->s[i] && strchr(ends, r->s[i]);
    bool blank = i + 1 >= r->end || (r->s[i + 1] && strchr(" \t\r\n", r->s[i + 1]));
    return mark && blank ? i + 1 - at : 0;
}

/* Its number or bullet is the next one behind what was shown; fences of code may be between. */
static struct lw_block item_block(struct lw_markdown_reader *r, const MD_BLOCK_LI_DETAIL *d)
{
    struct lw_block b = {.kind = LW_BLOCK_ITEM, .task = (char)(d->is_task ? d->task_mark : 0)};
    for (b.at = r->cursor; b.at < r->end; b.at++) {
        while (b.at < r->end && r->s[b.at] && strchr(" \t\r\n>", r->s[b.at]))
            b.at++;
        b.len = marker_len(r, b.at);
        const char *lf = memchr(r->s + b.at, '\n', r->end - b.at);
        if (b.len > 0 || !lf)
            break;
        b.at = (size_t)(lf - r->s);
    }
    if (d->is_task)
        b.len = lw_md4c_place(&r->copy, r->copy.text.data + d->task_mark_offset) + 2 - b.at;
    r->cursor = b.at + b.len;
    return b;
}

struct lw_block lw_reader_block_of(struct lw_markdown_reader *r, MD_BLOCKTYPE type, void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        return (struct lw_block){.kind = LW_BLOCK_QUOTE};
    case MD_BLOCK_UL:
        return (struct lw_block){
            .kind = LW_BLOCK_LIST, .tight = ((MD_BLOCK_UL_DETAIL *)detail)->is_tight};
    case MD_BLOCK_OL: {
        MD_BLOCK_OL_DETAIL *d = detail;
        return (struct lw_block){.kind = LW_BLOCK_LIST,
            .tight = d->is_tight,
            .number = d->start,
            .delimiter = d->mark_delimiter};
    }
    case MD_BLOCK_LI:
        return item_block(r, detail);
    case MD_BLOCK_HR:
        return (struct lw_block){.kind = LW_BLOCK_RULE};
    case MD_BLOCK_H:
        return (struct lw_block){
            .kind = LW_BLOCK_HEADING, .number = ((MD_BLOCK_H_DETAIL *)detail)->level};
    case MD_BLOCK_CODE:
        return code_block(r, detail);
    case MD_BLOCK_HTML:
        return (struct lw_block){.kind = LW_BLOCK_HTML};
    case MD_BLOCK_TABLE:
        return (struct lw_block){
            .kind = LW_BLOCK_TABLE, .number = ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count};
    case MD_BLOCK_TR:
        return (struct lw_block){.kind = LW_BLOCK_ROW};
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: {
        MD_ALIGN align = ((MD_BLOCK_TD_DETAIL *)detail)->align;
        return (struct lw_block){.kind = LW_BLOCK_CELL,
            .align = align == MD_ALIGN_CENTER  ? LW_CELL_CENTRE
                     : align == MD_ALIGN_RIGHT ? LW_CELL_RIGHT
                                               : LW_CELL_LEFT};
    }
    default:
        return (struct lw_block){.kind = LW_BLOCK_PARAGRAPH};
    }
}
