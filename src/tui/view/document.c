/* Lines of a pane or a page: text wrapped to a width, our own words, diffs, parts of a message. A
 * line remembers where in its source it begins, so that matches and changes can be found again. */
#include "tui/view/document_internal.h"

#include "labelwright/text/utf8.h"
#include "labelwright/text/wrap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_doc_clear(struct lw_doc *doc)
{
    for (size_t i = 0; i < doc->nown; i++)
        free(doc->own[i]);
    doc->n = doc->nown = doc->ntexts = doc->nmarks = 0;
}

void lw_doc_fini(struct lw_doc *doc)
{
    lw_doc_clear(doc);
    free(doc->v);
    free(doc->own);
    free(doc->text);
    free(doc->mark);
    *doc = (struct lw_doc){0};
}

static const char *own(struct lw_doc *doc, char *text)
{
    doc->own = lw_grow(doc->own, doc->nown + 1, sizeof *doc->own);
    return doc->own[doc->nown++] = text;
}

static void push(struct lw_doc *doc, struct lw_doc_line line)
{
    if (doc->n == doc->cap) {
        doc->cap = doc->cap ? 2 * doc->cap : 64;
        doc->v = lw_grow(doc->v, doc->cap, sizeof *doc->v);
    }
    doc->v[doc->n++] = line;
}

static struct lw_span print(struct lw_doc *doc, const char *fmt, va_list ap)
{
    struct lw_buf b = {0};
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    vsnprintf(lw_buf_room(&b, (size_t)n), (size_t)n + 1, fmt, ap);
    return (struct lw_span){own(doc, b.data), (size_t)n};
}

void lw_doc_line(struct lw_doc *doc, enum lw_role role, bool heading, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct lw_span s = print(doc, fmt, ap);
    va_end(ap);
    push(doc, (struct lw_doc_line){s.s, s.n, role, heading});
}

/* True for a character that glyphs leave out when it stands among others. */
static bool is_hidden(const char *s, size_t len)
{
    struct lw_glyph g;
    lw_glyph_next(s, len, 0, false, &g);
    return g.cols == 0 && g.n == 0;
}

static bool ends_line(char32_t cp)
{
    return cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

/* Raw text: what glyphs would leave out or expand is written out. */
static void spell_out(const char *s, size_t n, struct lw_buf *to)
{
    for (size_t at = 0, len; at < n; at += len) {
        char32_t cp;
        len = lw_utf8_decode(s + at, n - at, &cp);
        if (cp == '\n')
            lw_buf_str(to, "¶\n");
        else if (cp == '\t')
            lw_buf_str(to, "→   ");
        else if (ends_line(cp) || is_hidden(s + at, len))
            lw_buf_fmt(to, "<U+%04X>%s", (unsigned)cp, ends_line(cp) ? "\n" : "");
        else
            lw_buf_add(to, s + at, len);
    }
    lw_buf_add(to, "", 0);
}

static void push_wrapped(struct lw_doc *doc, struct lw_span text, int cols, enum lw_role role)
{
    struct lw_wrap w = {0};
    doc->text = lw_grow(doc->text, doc->ntexts + 1, sizeof *doc->text);
    doc->text[doc->ntexts++] = text;
    lw_wrap_text(&w, text.s, text.n, cols > 0 ? cols : 1);
    for (size_t i = 0; i < w.n; i++)
        push(doc,
            (struct lw_doc_line){text.s + w.v[i].start, w.v[i].end - w.v[i].start, role, false});
    lw_wrap_fini(&w);
}

void lw_doc_words(struct lw_doc *doc, enum lw_role role, int cols, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct lw_span s = print(doc, fmt, ap);
    va_end(ap);
    push_wrapped(doc, s, cols, role);
}

void lw_doc_text(struct lw_doc *doc, struct lw_span text, int cols, enum lw_role role, bool raw)
{
    if (raw) {
        struct lw_buf b = {0};
        spell_out(text.s, text.n, &b);
        text = (struct lw_span){own(doc, b.data), b.len};
    }
    push_wrapped(doc, text, cols, role);
}

/* Where a change begins and ends in the text that is put together. */
struct marked {
    size_t at, end;
    bool came;
};

static struct marked add_change(struct lw_buf *to, const char *s, size_t n, bool came)
{
    struct marked m = {.at = to->len, .came = came};
    lw_buf_str(to, came ? "{+" : "[-");
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n')
            lw_buf_str(to, "¶");
        lw_buf_char(to, s[i]);
    }
    lw_buf_str(to, came ? "+}" : "-]");
    m.end = to->len;
    return m;
}

/* The marks point into the text, which moves while it grows: they are made last. */
static void add_marks(struct lw_doc *doc, const char *text, const struct marked *m, size_t n)
{
    doc->mark = lw_grow(doc->mark, doc->nmarks + n + 1, sizeof *doc->mark);
    for (size_t i = 0; i < n; i++)
        doc->mark[doc->nmarks++] = (struct lw_doc_mark){
            {text + m[i].at, m[i].end - m[i].at}, m[i].came ? LW_ROLE_ADDED : LW_ROLE_REMOVED};
}

void lw_doc_diff(struct lw_doc *doc, const struct lw_diff *diff, struct lw_span a, struct lw_span b,
    bool gone, bool came, int cols)
{
    struct lw_buf text = {0};
    struct marked *m = lw_grow(NULL, diff->n + 1, sizeof *m);
    size_t n = 0;
    for (size_t i = 0; i < diff->n; i++) {
        const struct lw_diff_run *r = &diff->v[i];
        if (r->kind == LW_DIFF_SAME)
            lw_buf_add(&text, a.s + r->a, r->n);
        else if (r->kind == LW_DIFF_OUT && gone)
            m[n++] = add_change(&text, a.s + r->a, r->n, false);
        else if (r->kind == LW_DIFF_IN && came)
            m[n++] = add_change(&text, b.s + r->b, r->n, true);
    }
    struct lw_span all = {NULL, text.len};
    all.s = own(doc, lw_buf_detach(&text));
    push_wrapped(doc, all, cols, LW_ROLE_TEXT);
    add_marks(doc, all.s, m, n);
    free(m);
}

static bool in_text(const struct lw_span *t, const char *at)
{
    return at >= t->s && at < t->s + t->n;
}

size_t lw_doc_line_of(const struct lw_doc *doc, const char *at)
{
    size_t line = 0;
    for (size_t t = 0; t < doc->ntexts; t++) {
        if (!in_text(&doc->text[t], at))
            continue;
        for (line = 0; line < doc->n; line++) {
            const struct lw_doc_line *l = &doc->v[line];
            bool ours = l->s >= doc->text[t].s && l->s <= doc->text[t].s + doc->text[t].n;
            if (ours && at < l->s + l->n)
                return line;
        }
    }
    return line < doc->n ? line : 0;
}

void lw_doc_restyle(struct lw_area a, int row, int col, const struct lw_doc_line *l,
    struct lw_span at, enum lw_role role)
{
    const char *from = at.s > l->s ? at.s : l->s, *end = l->s + l->n;
    const char *to = at.s + at.n < end ? at.s + at.n : end;
    if (from >= to)
        return;
    int before = lw_cols(l->s, (size_t)(from - l->s), -1);
    int cols = lw_cols(l->s, (size_t)(to - l->s), -1) - before;
    lw_draw_restyle(a, row, col + before, cols, role);
}

void lw_doc_draw(const struct lw_doc *doc, size_t top, struct lw_area a, int col)
{
    for (int row = 0; row < a.rows && top + (size_t)row < doc->n; row++) {
        const struct lw_doc_line *l = &doc->v[top + (size_t)row];
        lw_draw_text(a, row, col, l->role, l->s, l->n);
        for (size_t i = 0; i < doc->nmarks && !l->heading; i++)
            lw_doc_restyle(a, row, col, l, doc->mark[i].at, doc->mark[i].role);
    }
}

/* ---- messages with parts other than text */

static const struct {
    const char *word;
    enum lw_role role;
    bool folds; /* one line when the prompt is folded */
} kinds[LW_PART_KINDS] = {
    [LW_PART_CALL] = {"Call", LW_ROLE_ROLE_MODEL, false},
    [LW_PART_RESULT] = {"Result", LW_ROLE_TITLE, true},
    [LW_PART_REASONING] = {"Reasoning", LW_ROLE_DIM, true},
    [LW_PART_REFUSAL] = {"Refusal", LW_ROLE_WARNING, false},
    [LW_PART_PICTURE] = {"Picture, not shown here", LW_ROLE_TITLE, false},
    [LW_PART_TOOL] = {"Tool", LW_ROLE_TITLE, true},
    [LW_PART_OTHER] = {"Part", LW_ROLE_TITLE, true},
};

static void add_part(struct lw_doc *doc, struct lw_part p, int cols, bool fold, bool raw)
{
    const char *word = kinds[p.kind].word, *colon = p.name.s ? ": " : "";
    if (p.kind == LW_PART_TEXT) {
        lw_doc_text(doc, p.text, cols, LW_ROLE_TEXT, raw);
        return;
    }
    bool folded = fold && kinds[p.kind].folds && p.text.n > 0;
    lw_doc_words(doc, kinds[p.kind].role, cols, "%s%s%.*s%s", word, colon, (int)p.name.n,
        p.name.s ? p.name.s : "", folded ? " (folded; x: show)" : "");
    enum lw_role role = p.kind == LW_PART_REASONING ? LW_ROLE_DIM : LW_ROLE_TEXT;
    if (p.text.n > 0 && !folded)
        lw_doc_text(doc, p.text, cols, role, raw);
}

/* Text right after another part would look like the end of that part. */
static bool needs_gap(const struct lw_parts *parts, size_t i)
{
    return i > 0 && lw_parts_at(parts, i).kind == LW_PART_TEXT &&
           lw_parts_at(parts, i - 1).kind != LW_PART_TEXT;
}

void lw_doc_parts(struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold, bool raw)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        if (needs_gap(parts, i))
            lw_doc_line(doc, LW_ROLE_TEXT, false, "%s", "");
        add_part(doc, lw_parts_at(parts, i), cols, fold, raw);
    }
}

void lw_doc_message(struct lw_doc *doc, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, bool raw)
{
    if (lw_parts_count(parts) > 0)
        lw_doc_parts(doc, parts, cols, fold, raw);
    else
        lw_doc_text(doc, text, cols, LW_ROLE_TEXT, raw);
}

void lw_doc_other_parts(
    struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold, bool raw)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        if (lw_parts_at(parts, i).kind != LW_PART_TEXT)
            add_part(doc, lw_parts_at(parts, i), cols, fold, raw);
}
