/* The texts that md4c gives, as they stand in the source; formulas among them, entities, line ends.
 */
#define _GNU_SOURCE
#include "markup/entities_internal.h"
#include "markup/reader_internal.h"

#include <string.h>

/* The line end at or after the cursor. */
static void add_line_end(struct lw_markdown_reader *r)
{
    const char *lf = memchr(r->s + r->cursor, '\n', r->end - r->cursor);
    if (lf)
        r->cursor = (size_t)(lf - r->s);
    lw_flow_sign(&r->m.flow, "\n", 1, r->cursor, lf ? 1 : 0, LW_STYLE_TEXT, 0);
    r->cursor += lf ? 1 : 0;
}

/* Text that is not in the source at this place: blanks before code in a list, line ends. */
static void add_made(struct lw_markdown_reader *r, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\n')
            add_line_end(r);
        else if (text[i] == '\t')
            lw_flow_sign(&r->m.flow, "    ", 4, r->cursor, 0, lw_reader_style(r), 0);
        else
            lw_flow_sign(&r->m.flow, text + i, 1, r->cursor, 0, lw_reader_style(r), 0);
}

/* Where a tab goes to is known in code only; in prose it is as wide as there. */
static void add_source(struct lw_markdown_reader *r, size_t at, size_t n)
{
    size_t end = at + n;
    while (at < end) {
        const char *tab = r->tabs ? memchr(r->s + at, '\t', end - at) : NULL;
        size_t part = tab ? (size_t)(tab - (r->s + at)) : end - at;
        if (part > 0)
            lw_flow_source(&r->m.flow, r->s, at, part, lw_reader_style(r), lw_reader_emphasis(r));
        at += part;
        if (tab)
            lw_flow_sign(&r->m.flow, "    ", 4, at++, 1, lw_reader_style(r), lw_reader_emphasis(r));
    }
    r->cursor = end;
}

/* A formula that lines of code or HTML hold is no formula. */
static bool takes_formulas(struct lw_markdown_reader *r)
{
    enum lw_block_kind kind = lw_reader_block(r)->kind;
    return r->code == 0 && kind != LW_BLOCK_CODE && kind != LW_BLOCK_HTML;
}

static void add_with_formulas(struct lw_markdown_reader *r, size_t at, size_t n)
{
    size_t end = at + n;
    while (r->next_formula < r->copy.nformulas && r->copy.formula[r->next_formula].at < at)
        r->next_formula++;
    while (at < end && r->next_formula < r->copy.nformulas && takes_formulas(r) &&
           r->copy.formula[r->next_formula].at < end) {
        const struct lw_formula *f = &r->copy.formula[r->next_formula++];
        r->copy.formula[r->nformulas++] = *f;
        bool display =
            f->display && lw_reader_block(r)->kind == LW_BLOCK_PARAGRAPH && r->links == 0;
        add_source(r, at, f->at - at);
        lw_flow_formula(&r->m.flow, r->s, f, display, lw_reader_emphasis(r));
        at = r->cursor = f->at + f->len;
    }
    if (at < end)
        add_source(r, at, end - at);
}

/* Blanks that a line of a plain paragraph begins with: verse, and drawings made of letters. */
static void add_indent(struct lw_markdown_reader *r, size_t at)
{
    size_t from = at;
    if (!r->fresh_line || r->depth != 1)
        return;
    while (from > r->cursor && r->s[from - 1] == ' ')
        from--;
    add_source(r, from, at - from);
}

static void add_entity(struct lw_markdown_reader *r, size_t at, const char *text, size_t n)
{
    char utf8[4];
    size_t len = lw_entity_decode(text, n, utf8);
    if (len > 0)
        lw_flow_sign(&r->m.flow, utf8, len, at, n, lw_reader_style(r), lw_reader_emphasis(r));
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
static void add_html(struct lw_markdown_reader *r, size_t at, size_t n)
{
    if (lw_reader_block(r)->kind == LW_BLOCK_HTML)
        lw_flow_code(&r->m.flow, r->s, at, n);
    else if (is_line_break(r->s + at, n))
        lw_flow_sign(&r->m.flow, "\n", 1, at, n, LW_STYLE_TEXT, 0);
    else
        lw_flow_source(&r->m.flow, r->s, at, n, LW_STYLE_TYPE, lw_reader_emphasis(r));
    r->cursor = at + n;
}

static void add_code(struct lw_markdown_reader *r, size_t at, size_t n)
{
    if (lw_reader_block(r)->kind == LW_BLOCK_CODE) {
        lw_flow_code(&r->m.flow, r->s, at, n);
        r->cursor = at + n;
        return;
    }
    if (r->code == 1) {
        r->cursor = at;
        lw_reader_backticks(r, true);
        r->code = 2;
    }
    add_source(r, at, n);
}

void lw_reader_text(struct lw_markdown_reader *r, MD_TEXTTYPE type, const char *text, size_t n)
{
    size_t at = lw_md4c_place(&r->copy, text);
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        add_line_end(r);
        r->fresh_line = true;
        return;
    }
    if (at == SIZE_MAX) {
        add_made(r, text, n);
        return;
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
}
