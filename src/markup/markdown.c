/* Reads Markdown by md4c: its calls become blocks and a flow. Formulas, and brackets that md4c
 * would take for definitions, are hidden from it in a copy of the same length, so that every offset
 * stays true; texts are taken from the source itself. How blocks look is block_lines.c's. */
#define _GNU_SOURCE
#include "markup/markdown_internal.h"

#include "labelwright/text/utf8.h"
#include "markup/entities_internal.h"
#include "markup/link_target_internal.h"
#include "markup/md4c_copy_internal.h"
#include "markup/source_lines_internal.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 24, BLOCKS_MAX = 20000 };

struct reader {
    struct lw_markdown *m;
    const char *s;            /* the whole source */
    struct lw_md4c_copy copy; /* of the chunk */
    size_t at, end;           /* the chunk in the source */
    size_t cursor;            /* behind the last source byte that was shown or passed over */
    size_t open[DEPTH];
    int depth;
    bool leaf;       /* the innermost open block takes text … */
    bool implicit;   /* … and was opened by the text itself */
    bool fresh_line; /* a soft break came last */
    int strong, soft, struck, code, links;
    size_t link; /* index of the open link */
    size_t next_formula;
};

/* ---- blocks */

static struct lw_block *innermost(struct reader *r)
{
    return r->depth > 0 ? &r->m->block[r->open[r->depth - 1]] : NULL;
}

static int open_block(struct reader *r, struct lw_block b)
{
    struct lw_markdown *m = r->m;
    if (r->depth == DEPTH || m->nblocks == BLOCKS_MAX) {
        m->why = r->depth == DEPTH ? "nested too deeply, shown as it stands"
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

static bool is_leaf(enum lw_block_kind kind)
{
    return kind <= LW_BLOCK_HTML || kind == LW_BLOCK_CELL;
}

static void close_spans(struct reader *r);

static void close_block(struct reader *r)
{
    if (r->leaf)
        close_spans(r);
    struct lw_block *b = innermost(r);
    b->end = r->m->nblocks;
    b->last = r->m->flow.nspans;
    if (is_leaf(b->kind))
        lw_buf_char(&r->m->flow.text, '\n'); /* no word goes on in the next block */
    r->depth--;
    r->leaf = r->implicit = r->fresh_line = false;
}

static void close_implicit(struct reader *r)
{
    if (r->implicit)
        close_block(r);
}

/* Text directly in an item of a tight list. */
static int need_leaf(struct reader *r)
{
    if (r->leaf)
        return 0;
    if (open_block(r, (struct lw_block){.kind = LW_BLOCK_PARAGRAPH}))
        return 1;
    r->leaf = r->implicit = true;
    return 0;
}

/* Attributes of md4c: texts with entities in them. Owned by the caller. */
static char *attribute(const MD_ATTRIBUTE *a)
{
    struct lw_buf b = {0};
    for (size_t i = 0; a->text && a->substr_offsets && a->substr_offsets[i] < a->size; i++) {
        const char *s = a->text + a->substr_offsets[i];
        size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];
        char utf8[4];
        size_t decoded = a->substr_types[i] == MD_TEXT_ENTITY ? lw_entity_decode(s, n, utf8) : 0;
        lw_buf_add(&b, decoded ? utf8 : s, decoded ? decoded : n);
    }
    return lw_buf_detach(&b);
}

/* The words behind the fence, which is the next thing behind what was shown. */
static void find_title(const struct reader *r, struct lw_block *b)
{
    size_t at = r->cursor, end;
    while (at < r->end && r->s[at] && strchr(" \t\r\n>", r->s[at]))
        at++;
    at += lw_fence_len(r->s + at, r->end - at);
    at += lw_count_blanks(r->s + at, r->end - at);
    for (end = at; end < r->end && r->s[end] != '\r' && r->s[end] != '\n';)
        end++;
    while (end > at && lw_is_blank(r->s + end - 1, 1))
        end--;
    b->at = at;
    b->len = end - at;
}

static struct lw_block code_block(const struct reader *r, const MD_BLOCK_CODE_DETAIL *d)
{
    struct lw_block b = {.kind = LW_BLOCK_CODE, .at = lw_md4c_place(&r->copy, d->info.text)};
    char *info = attribute(&d->info); /* decoded */
    b.language = lw_language_find(info, strlen(info));
    if (b.at != SIZE_MAX)
        b.len = lw_md4c_len(&r->copy, d->info.text, d->info.size);
    else if (*info)
        find_title(r, &b); /* one with entities, of which md4c made a text */
    free(info);
    return b;
}

/* The length of a number or bullet at `at`; 0 for none. */
static size_t marker_len(const struct reader *r, size_t at)
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
static struct lw_block item_block(struct reader *r, const MD_BLOCK_LI_DETAIL *d)
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

static struct lw_block block_of(struct reader *r, MD_BLOCKTYPE type, void *detail)
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

static bool is_wrapper(MD_BLOCKTYPE type)
{
    return type == MD_BLOCK_DOC || type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct reader *r = user;
    close_implicit(r);
    if (is_wrapper(type))
        return 0;
    struct lw_block b = block_of(r, type, detail);
    if (open_block(r, b))
        return 1;
    r->leaf = is_leaf(b.kind);
    r->m->flow.code_col = 0;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct reader *r = user;
    (void)detail;
    close_implicit(r);
    if (!is_wrapper(type))
        close_block(r);
    return 0;
}

/* ---- what stands inside a line */

static uint8_t emphasis(const struct reader *r)
{
    return (uint8_t)((r->strong > 0 ? LW_EMPH_STRONG : 0) | (r->soft > 0 ? LW_EMPH_SOFT : 0) |
                     (r->struck > 0 ? LW_EMPH_STRUCK : 0));
}

static enum lw_text_style style(struct reader *r)
{
    const struct lw_block *b = innermost(r);
    if (r->code > 0)
        return LW_STYLE_CODE;
    if (r->links > 0)
        return LW_STYLE_LINK;
    return b && b->kind == LW_BLOCK_HEADING ? LW_STYLE_HEADING : LW_STYLE_TEXT;
}

static void add_sign(struct reader *r, const char *text, size_t len, enum lw_text_style as)
{
    lw_flow_sign(&r->m->flow, text, strlen(text), r->cursor, len, as, emphasis(r));
    r->cursor += len;
}

/* The backticks at the cursor, with the blank that parts them from code. */
static void add_backticks(struct reader *r, bool opening)
{
    size_t at = r->cursor, len = 0;
    if (opening)
        while (at > r->at && r->s[at - 1] != '`' && at + 2 > r->cursor)
            at--;
    while (opening && at > r->at && r->s[at - 1] == '`')
        at--, len++;
    while (!opening && at < r->end && r->s[at] == ' ')
        at++;
    while (!opening && at + len < r->end && r->s[at + len] == '`')
        len++;
    lw_flow_sign(&r->m->flow, "`", 1, at, len, LW_STYLE_MARK, emphasis(r));
    if (!opening)
        r->cursor = at + len;
}

static void open_link(
    struct reader *r, const MD_ATTRIBUTE *target, const MD_ATTRIBUTE *title, bool picture)
{
    struct lw_markdown *m = r->m;
    if (r->links++ > 0)
        return; /* a picture in a link */
    m->link = lw_grow(m->link, m->nlinks + 1, sizeof *m->link);
    r->link = m->nlinks++;
    m->link[r->link] = (struct lw_link){.target = attribute(target),
        .title = attribute(title),
        .at = r->cursor,
        .first = m->flow.nspans,
        .picture = picture};
    if (picture)
        add_sign(r, "[picture: ", 0, LW_STYLE_MARK);
}

/* An address by itself: md4c adds what kind it is. */
static bool says_target(const struct lw_flow *f, size_t from, const char *target)
{
    static const char *const kinds[] = {"", "http://", "mailto:"};
    size_t n = f->text.len - from;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t kind = strlen(kinds[i]);
        if (n > 0 && strlen(target) == kind + n && memcmp(target, kinds[i], kind) == 0 &&
            memcmp(target + kind, f->text.data + from, n) == 0)
            return true;
    }
    return false;
}

/* Bytes behind what a link says: "](target "title")", "][label]", "]"; 0 for an address alone. */
static size_t link_tail_len(const struct reader *r)
{
    const char *s = r->s + r->cursor;
    size_t n = r->end - r->cursor, at = 0;
    while (at < n && at < 8 && strchr("*_~`", s[at])) /* emphasis ends before the link does */
        at++;
    if (at >= n || s[at] != ']')
        return 0;
    if (at + 1 >= n || (s[at + 1] != '(' && s[at + 1] != '['))
        return at + 1;
    char open = s[at + 1], close = open == '(' ? ')' : ']';
    int depth = 0;
    for (size_t i = at + 1; i < n && (s[i] != '\n' || s[i - 1] != '\n'); i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == open)
            depth++;
        else if (s[i] == close && --depth == 0)
            return i + 1;
    }
    return at + 1;
}

static void close_link(struct reader *r)
{
    struct lw_markdown *m = r->m;
    if (--r->links > 0)
        return;
    struct lw_link *l = &m->link[r->link];
    struct lw_buf sign = {0};
    size_t first = l->first;
    while (first < m->flow.nspans && m->flow.span[first].len == 0)
        first++; /* signs of ours */
    bool says = first < m->flow.nspans;
    size_t from = says ? m->flow.span[first].pos : m->flow.text.len;
    l->at = says ? m->flow.span[first].at : l->at;
    const char *said = m->flow.text.data + from;
    size_t nsaid = m->flow.text.len - from;
    l->len = r->cursor > l->at ? r->cursor - l->at : 0;
    l->last = m->flow.nspans;
    if (l->picture)
        lw_buf_str(&sign, "]");
    if (!says_target(&m->flow, from, l->target)) {
        lw_buf_fmt(&sign, "‹%zu", m->first_link + r->link + 1);
        lw_link_target_warn(said, nsaid, l->target, &sign);
        lw_buf_str(&sign, "›");
    }
    if (sign.len > 0)
        add_sign(r, sign.data, link_tail_len(r), LW_STYLE_MARK);
    l->end = m->flow.nspans;
    lw_buf_fini(&sign);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct reader *r = user;
    if (need_leaf(r))
        return 1;
    switch (type) {
    case MD_SPAN_STRONG:
        r->strong++;
        break;
    case MD_SPAN_EM:
        r->soft++;
        break;
    case MD_SPAN_DEL:
        add_sign(r, "~~", 0, LW_STYLE_MARK); /* few terminals can strike words out */
        r->struck++;
        break;
    case MD_SPAN_CODE:
        r->code = 1; /* the backtick comes with the first text, which tells where it is */
        break;
    case MD_SPAN_A:
        open_link(
            r, &((MD_SPAN_A_DETAIL *)detail)->href, &((MD_SPAN_A_DETAIL *)detail)->title, false);
        break;
    case MD_SPAN_IMG:
        open_link(
            r, &((MD_SPAN_IMG_DETAIL *)detail)->src, &((MD_SPAN_IMG_DETAIL *)detail)->title, true);
        break;
    default:
        break;
    }
    return 0;
}

static void close_struck(struct reader *r)
{
    r->struck--;
    add_sign(r, "~~", 0, LW_STYLE_MARK);
}

/* The end of one that its block ended already is passed over. */
static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct reader *r = user;
    (void)detail;
    if (type == MD_SPAN_STRONG)
        r->strong -= r->strong > 0;
    else if (type == MD_SPAN_EM)
        r->soft -= r->soft > 0;
    else if (type == MD_SPAN_DEL && r->struck > 0)
        close_struck(r);
    else if (type == MD_SPAN_CODE && r->code > 0) {
        r->code = 0;
        add_backticks(r, false);
    } else if ((type == MD_SPAN_A || type == MD_SPAN_IMG) && r->links > 0)
        close_link(r);
    return 0;
}

/* A span ends with its block. md4c lets a few go on: those of a www address that has the bar
 * between two cells in it. */
static void close_spans(struct reader *r)
{
    while (r->links > 0)
        close_link(r);
    while (r->struck > 0)
        close_struck(r);
    r->strong = r->soft = r->code = 0;
}

/* ---- text */

/* The line end at or after the cursor. */
static void add_line_end(struct reader *r)
{
    const char *lf = memchr(r->s + r->cursor, '\n', r->end - r->cursor);
    if (lf)
        r->cursor = (size_t)(lf - r->s);
    lw_flow_sign(&r->m->flow, "\n", 1, r->cursor, lf ? 1 : 0, LW_STYLE_TEXT, 0);
    r->cursor += lf ? 1 : 0;
}

/* Text that is not in the source at this place: blanks before code in a list, line ends. */
static void add_made(struct reader *r, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\n')
            add_line_end(r);
        else if (text[i] == '\t')
            lw_flow_sign(&r->m->flow, "    ", 4, r->cursor, 0, style(r), 0);
        else
            lw_flow_sign(&r->m->flow, text + i, 1, r->cursor, 0, style(r), 0);
}

/* Where a tab goes to is known in code only; in prose it is as wide as there. */
static void add_source(struct reader *r, size_t at, size_t n)
{
    size_t end = at + n;
    while (at < end) {
        const char *tab = memchr(r->s + at, '\t', end - at);
        size_t part = tab ? (size_t)(tab - (r->s + at)) : end - at;
        if (part > 0)
            lw_flow_source(&r->m->flow, r->s, at, part, style(r), emphasis(r));
        at += part;
        if (tab)
            lw_flow_sign(&r->m->flow, "    ", 4, at++, 1, style(r), emphasis(r));
    }
    r->cursor = end;
}

/* A formula that lines of code or HTML hold is no formula. */
static bool takes_formulas(struct reader *r)
{
    enum lw_block_kind kind = innermost(r)->kind;
    return r->code == 0 && kind != LW_BLOCK_CODE && kind != LW_BLOCK_HTML;
}

static void add_with_formulas(struct reader *r, size_t at, size_t n)
{
    size_t end = at + n;
    while (r->next_formula < r->copy.nformulas && r->copy.formula[r->next_formula].at < at)
        r->next_formula++;
    while (at < end && r->next_formula < r->copy.nformulas && takes_formulas(r) &&
           r->copy.formula[r->next_formula].at < end) {
        const struct lw_formula *f = &r->copy.formula[r->next_formula++];
        bool display = f->display && innermost(r)->kind == LW_BLOCK_PARAGRAPH && r->links == 0;
        add_source(r, at, f->at - at);
        lw_flow_formula(&r->m->flow, r->s, f, display, emphasis(r));
        at = r->cursor = f->at + f->len;
    }
    if (at < end)
        add_source(r, at, end - at);
}

/* Blanks that a line of a plain paragraph begins with: verse, and drawings made of letters. */
static void add_indent(struct reader *r, size_t at)
{
    size_t from = at;
    if (!r->fresh_line || r->depth != 1)
        return;
    while (from > r->cursor && r->s[from - 1] == ' ')
        from--;
    add_source(r, from, at - from);
}

static void add_entity(struct reader *r, size_t at, const char *text, size_t n)
{
    char utf8[4];
    size_t len = lw_entity_decode(text, n, utf8);
    if (len > 0)
        lw_flow_sign(&r->m->flow, utf8, len, at, n, style(r), emphasis(r));
    else
        add_source(r, at, n);
    r->cursor = at + n;
}

static bool is_line_break(const char *s, size_t n)
{
    return n >= 4 && n <= 6 && strncasecmp(s, "<br", 3) == 0 && s[n - 1] == '>' &&
           (n == 4 || s[n - 2] == '/');
}

/* HTML inside a line is shown as it stands, but for a line break. */
static void add_html(struct reader *r, size_t at, size_t n)
{
    if (innermost(r)->kind == LW_BLOCK_HTML)
        lw_flow_code(&r->m->flow, r->s, at, n);
    else if (is_line_break(r->s + at, n))
        lw_flow_sign(&r->m->flow, "\n", 1, at, n, LW_STYLE_TEXT, 0);
    else
        lw_flow_source(&r->m->flow, r->s, at, n, LW_STYLE_TYPE, emphasis(r));
    r->cursor = at + n;
}

static void add_code(struct reader *r, size_t at, size_t n)
{
    if (innermost(r)->kind == LW_BLOCK_CODE) {
        lw_flow_code(&r->m->flow, r->s, at, n);
        r->cursor = at + n;
        return;
    }
    if (r->code == 1) {
        r->cursor = at;
        add_backticks(r, true);
        r->code = 2;
    }
    add_source(r, at, n);
}

static int add_text(MD_TEXTTYPE type, const char *text, MD_SIZE n, void *user)
{
    struct reader *r = user;
    if (need_leaf(r))
        return 1;
    size_t at = lw_md4c_place(&r->copy, text);
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        add_line_end(r);
        r->fresh_line = true;
        return 0;
    }
    if (at == SIZE_MAX) {
        add_made(r, text, n);
        return 0;
    }
    size_t len = lw_md4c_len(&r->copy, text, n);
    if (type != MD_TEXT_CODE && type != MD_TEXT_HTML)
        add_indent(r, at);
    r->fresh_line = false;
    if (type == MD_TEXT_ENTITY)
        add_entity(r, at, text, len);
    else if (type == MD_TEXT_HTML)
        add_html(r, at, len);
    else if (type == MD_TEXT_CODE)
        add_code(r, at, len);
    else
        add_with_formulas(r, at, len);
    return 0;
}

/* ---- kinds of chunks */

static void free_link(struct lw_link *l)
{
    free(l->target);
    free(l->title);
}

static void read_lines(struct reader *r, const struct lw_text_chunk *c)
{
    struct lw_block b = {.kind = LW_BLOCK_SOURCE, .goes_on = c->goes_on};
    struct lw_markdown *m = r->m;
    for (size_t i = 0; i < m->nlinks; i++)
        free_link(&m->link[i]);
    m->nblocks = m->nlinks = 0;
    lw_flow_clear(&m->flow);
    r->depth = r->links = r->strong = r->soft = r->struck = r->code = 0;
    open_block(r, b);
    lw_flow_source(&r->m->flow, r->s, c->at, c->len, LW_STYLE_TEXT, 0);
    close_block(r);
}

static void read_code(struct reader *r, const struct lw_text_chunk *c)
{
    struct lw_block b = {.kind = LW_BLOCK_CODE,
        .goes_on = c->goes_on,
        .unclosed = c->unclosed,
        .at = c->info,
        .len = c->ninfo};
    b.language = c->ninfo > 0 ? lw_language_find(r->s + c->info, c->ninfo)
                              : lw_language_guess(r->s + c->body, c->nbody);
    open_block(r, b);
    r->cursor = c->body;
    lw_flow_code(&r->m->flow, r->s, c->body, c->nbody);
    r->cursor = c->at + c->len;
    close_block(r);
}

static const MD_PARSER parser = {
    .flags =
        MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS,
    .enter_block = enter_block,
    .leave_block = leave_block,
    .enter_span = enter_span,
    .leave_span = leave_span,
    .text = add_text,
};

static void read_markdown(
    struct reader *r, const struct lw_text_chunk *c, const struct lw_buf *defs)
{
    lw_md4c_copy_make(&r->copy, r->s, c->at, c->len, defs);
    lw_buf_room(&r->m->flow.text, c->len);
    /* It does not always tell that it was stopped. */
    bool read =
        md_parse(r->copy.text.data, (MD_SIZE)r->copy.text.len, &parser, r) == 0 && !r->m->why;
    if (read &&
        lw_markdown_loses_words(r->m, r->s, c->at, c->len, r->copy.formula, r->copy.nformulas)) {
        r->m->why = "some words would be missing, shown as it stands";
        read = false;
    }
    if (!read)
        read_lines(r, c);
    lw_md4c_copy_fini(&r->copy);
}

/* There may be a chunk for each word of a text. */
static void give_back_room(struct lw_markdown *m)
{
    struct lw_flow *f = &m->flow;
    if (m->nblocks > 0 && m->nblocks < m->block_cap)
        m->block = lw_grow(m->block, m->block_cap = m->nblocks, sizeof *m->block);
    if (f->nspans > 0 && f->nspans < f->cap)
        f->span = lw_grow(f->span, f->cap = f->nspans, sizeof *f->span);
}

void lw_markdown_read(struct lw_markdown *m, const char *s, const struct lw_text_chunk *c,
    const struct lw_buf *definitions, size_t first_link)
{
    struct reader r = {.m = m, .s = s, .at = c->at, .end = c->at + c->len, .cursor = c->at};
    m->first_link = first_link;
    if (c->kind == LW_CHUNK_CODE)
        read_code(&r, c);
    else if (c->kind == LW_CHUNK_SOURCE) {
        m->why = c->goes_on ? NULL : "too long to be laid out, shown as it stands";
        read_lines(&r, c);
    } else
        read_markdown(&r, c, definitions);
    give_back_room(m);
}

void lw_markdown_fini(struct lw_markdown *m)
{
    for (size_t i = 0; i < m->nlinks; i++)
        free_link(&m->link[i]);
    lw_flow_fini(&m->flow);
    free(m->block);
    free(m->link);
    *m = (struct lw_markdown){0};
}
