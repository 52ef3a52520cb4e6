#include "tui/view/doc_internal.h"

#include "labelwright/text/utf8.h"
#include "labelwright/text/wrap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_doc_clear(struct lw_doc *d)
{
    for (size_t i = 0; i < d->nown; i++)
        free(d->own[i]);
    d->n = d->nown = d->ntexts = d->nmarks = 0;
}

void lw_doc_fini(struct lw_doc *d)
{
    lw_doc_clear(d);
    free(d->v);
    free(d->own);
    free(d->text);
    free(d->mark);
    *d = (struct lw_doc){0};
}

static const char *own(struct lw_doc *d, char *text)
{
    d->own = lw_grow(d->own, d->nown + 1, sizeof *d->own);
    return d->own[d->nown++] = text;
}

static void push(struct lw_doc *d, struct lw_doc_line line)
{
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 64;
        d->v = lw_grow(d->v, d->cap, sizeof *d->v);
    }
    d->v[d->n++] = line;
}

static struct lw_span print(struct lw_doc *d, const char *fmt, va_list ap)
{
    struct lw_buf b = {0};
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    vsnprintf(lw_buf_room(&b, (size_t)n), (size_t)n + 1, fmt, ap);
    return (struct lw_span){own(d, b.data), (size_t)n};
}

void lw_doc_line(struct lw_doc *d, enum lw_role role, bool heading, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct lw_span s = print(d, fmt, ap);
    va_end(ap);
    push(d, (struct lw_doc_line){s.s, s.n, role, heading});
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

static void push_wrapped(struct lw_doc *d, struct lw_span text, int cols, enum lw_role role)
{
    struct lw_wrap w = {0};
    d->text = lw_grow(d->text, d->ntexts + 1, sizeof *d->text);
    d->text[d->ntexts++] = text;
    lw_wrap_text(&w, text.s, text.n, cols > 0 ? cols : 1);
    for (size_t i = 0; i < w.n; i++)
        push(
            d, (struct lw_doc_line){text.s + w.v[i].start, w.v[i].end - w.v[i].start, role, false});
    lw_wrap_fini(&w);
}

void lw_doc_words(struct lw_doc *d, enum lw_role role, int cols, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct lw_span s = print(d, fmt, ap);
    va_end(ap);
    push_wrapped(d, s, cols, role);
}

void lw_doc_text(struct lw_doc *d, struct lw_span text, int cols, enum lw_role role, bool raw)
{
    if (raw) {
        struct lw_buf b = {0};
        spell_out(text.s, text.n, &b);
        text = (struct lw_span){own(d, b.data), b.len};
    }
    push_wrapped(d, text, cols, role);
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
static void add_marks(struct lw_doc *d, const char *text, const struct marked *m, size_t n)
{
    d->mark = lw_grow(d->mark, d->nmarks + n + 1, sizeof *d->mark);
    for (size_t i = 0; i < n; i++)
        d->mark[d->nmarks++] = (struct lw_doc_mark){
            {text + m[i].at, m[i].end - m[i].at}, m[i].came ? LW_ROLE_ADDED : LW_ROLE_REMOVED};
}

void lw_doc_diff(struct lw_doc *d, const struct lw_diff *diff, struct lw_span a, struct lw_span b,
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
    all.s = own(d, lw_buf_take(&text));
    push_wrapped(d, all, cols, LW_ROLE_TEXT);
    add_marks(d, all.s, m, n);
    free(m);
}

static bool in_text(const struct lw_span *t, const char *at)
{
    return at >= t->s && at < t->s + t->n;
}

size_t lw_doc_line_of(const struct lw_doc *d, const char *at)
{
    size_t line = 0;
    for (size_t t = 0; t < d->ntexts; t++) {
        if (!in_text(&d->text[t], at))
            continue;
        for (line = 0; line < d->n; line++) {
            const struct lw_doc_line *l = &d->v[line];
            bool ours = l->s >= d->text[t].s && l->s <= d->text[t].s + d->text[t].n;
            if (ours && at < l->s + l->n)
                return line;
        }
    }
    return line < d->n ? line : 0;
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

void lw_doc_draw(const struct lw_doc *d, size_t top, struct lw_area a, int col)
{
    for (int row = 0; row < a.rows && top + (size_t)row < d->n; row++) {
        const struct lw_doc_line *l = &d->v[top + (size_t)row];
        lw_draw_text(a, row, col, l->role, l->s, l->n);
        for (size_t i = 0; i < d->nmarks && !l->heading; i++)
            lw_doc_restyle(a, row, col, l, d->mark[i].at, d->mark[i].role);
    }
}
