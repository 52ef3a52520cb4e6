/* Reads Markdown by md4c: its calls become blocks and a flow. Formulas, and brackets that md4c
 * would take for definitions, are hidden from it in a copy of the same length, so that every offset
 * stays true; texts are taken from the source itself. How blocks look is block_lines.c's. */
#include "markup/reader_internal.h"
#include "markup/source_lines_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- calls of md4c */

static bool is_wrapper(MD_BLOCKTYPE type)
{
    return type == MD_BLOCK_DOC || type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY;
}

/* A block begins where its first line does, not where the one before ended. */
static void pass_blank_lines(struct lw_markdown_reader *r)
{
    while (r->cursor < r->end) {
        size_t line = lw_source_line_len(r->s + r->cursor, r->end - r->cursor);
        if (!lw_is_blank(r->s + r->cursor, line))
            return;
        r->cursor += line;
    }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct lw_markdown_reader *r = user;
    lw_reader_close_implicit(r);
    if (is_wrapper(type))
        return 0;
    if (r->depth == 0)
        pass_blank_lines(r);
    struct lw_block b = lw_reader_block_of(r, type, detail);
    if (lw_reader_open(r, b))
        return 1;
    r->leaf = lw_reader_is_leaf(b.kind);
    r->m.flow.code_col = 0;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct lw_markdown_reader *r = user;
    (void)detail;
    lw_reader_close_implicit(r);
    if (!is_wrapper(type))
        lw_reader_close(r);
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    if (lw_reader_need_leaf(user))
        return 1;
    lw_reader_enter_span(user, type, detail);
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    (void)detail;
    lw_reader_leave_span(user, type);
    return 0;
}

static int add_text(MD_TEXTTYPE type, const char *text, MD_SIZE n, void *user)
{
    if (lw_reader_need_leaf(user))
        return 1;
    lw_reader_text(user, type, text, n);
    return 0;
}

/* ---- kinds of chunks */

static void clear(struct lw_markdown *m)
{
    for (; m->nlinks > 0; m->nlinks--) {
        free(m->link[m->nlinks - 1].target);
        free(m->link[m->nlinks - 1].title);
    }
    m->nblocks = 0;
    lw_flow_clear(&m->flow);
}

static void read_lines(struct lw_markdown_reader *r, const struct lw_text_chunk *c)
{
    struct lw_block b = {.kind = LW_BLOCK_SOURCE, .goes_on = c->goes_on};
    clear(&r->m);
    r->depth = r->links = r->strong = r->soft = r->struck = r->code = 0;
    lw_reader_open(r, b);
    lw_flow_source(&r->m.flow, r->s, c->at, c->len, LW_STYLE_TEXT, 0);
    lw_reader_close(r);
}

static void read_code(struct lw_markdown_reader *r, const struct lw_text_chunk *c)
{
    struct lw_block b = {.kind = LW_BLOCK_CODE,
        .goes_on = c->goes_on,
        .unclosed = c->unclosed,
        .at = c->info,
        .len = c->ninfo};
    b.language = c->ninfo > 0 ? lw_language_find(r->s + c->info, c->ninfo)
                              : lw_language_guess(r->s + c->body, c->nbody);
    lw_reader_open(r, b);
    r->cursor = c->body;
    lw_flow_code(&r->m.flow, r->s, c->body, c->nbody);
    r->cursor = c->at + c->len;
    lw_reader_close(r);
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
    struct lw_markdown_reader *r, const struct lw_text_chunk *c, const struct lw_buf *defs)
{
    lw_md4c_copy_make(&r->copy, r->s, c->at, c->len, defs);
    lw_buf_room(&r->m.flow.text, c->len);
    /* It does not always tell that it was stopped. */
    bool read =
        md_parse(r->copy.text.data, (MD_SIZE)r->copy.text.len, &parser, r) == 0 && !r->m.why;
    if (read &&
        lw_markdown_loses_words(&r->m, r->s, c->at, c->len, r->copy.formula, r->nformulas)) {
        r->m.why = "some words would be missing, shown as it stands";
        read = false;
    }
    if (!read)
        read_lines(r, c);
}

/* ---- any chunk */

struct lw_markdown_reader *lw_markdown_reader_new(const char *s)
{
    struct lw_markdown_reader *r = lw_alloc(sizeof *r);
    r->s = s;
    return r;
}

static void begin(struct lw_markdown_reader *r, const struct lw_text_chunk *c, size_t first_link)
{
    clear(&r->m);
    r->m.first_link = first_link;
    r->m.why = NULL;
    *r = (struct lw_markdown_reader){.m = r->m,
        .copy = r->copy,
        .s = r->s,
        .at = c->at,
        .end = c->at + c->len,
        .tabs = memchr(r->s + c->at, '\t', c->len),
        .cursor = c->at};
}

const struct lw_markdown *lw_markdown_read(struct lw_markdown_reader *r,
    const struct lw_text_chunk *c, const struct lw_buf *definitions, size_t first_link)
{
    begin(r, c, first_link);
    if (c->kind == LW_CHUNK_CODE)
        read_code(r, c);
    else if (c->kind == LW_CHUNK_SOURCE) {
        r->m.why = c->goes_on ? NULL : "too long to be laid out, shown as it stands";
        read_lines(r, c);
    } else
        read_markdown(r, c, definitions);
    return &r->m;
}

void lw_markdown_reader_free(struct lw_markdown_reader *r)
{
    if (!r)
        return;
    clear(&r->m);
    lw_flow_fini(&r->m.flow);
    lw_md4c_copy_fini(&r->copy);
    free(r->m.block);
    free(r->m.link);
    free(r);
}

/* ---- kept */

static struct lw_link *keep_links(const struct lw_markdown *m, struct lw_arena *to)
{
    struct lw_link *links = lw_arena_copy(to, m->link, m->nlinks * sizeof *links);
    for (size_t i = 0; i < m->nlinks; i++) {
        links[i].target = lw_arena_copy(to, links[i].target, strlen(links[i].target));
        links[i].title = lw_arena_copy(to, links[i].title, strlen(links[i].title));
    }
    return links;
}

struct lw_markdown lw_markdown_keep(const struct lw_markdown *m, struct lw_arena *to)
{
    struct lw_markdown kept = *m;
    kept.flow = lw_flow_keep(&m->flow, to);
    kept.block = lw_arena_copy(to, m->block, m->nblocks * sizeof *m->block);
    kept.link = m->nlinks > 0 ? keep_links(m, to) : NULL;
    kept.block_cap = 0;
    return kept;
}
