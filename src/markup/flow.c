/* Puts together the text that is shown and its map to the source. What is put there is decided by
 * markdown.c, where lines end by flow_lines.c. */
#define _GNU_SOURCE
#include "markup/flow_internal.h"

#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>

enum { TAB = 4 };

void lw_flow_add_span(struct lw_flow *f, struct lw_flow_span span)
{
    if (f->nspans == f->cap) {
        f->cap = f->cap ? 2 * f->cap : 8;
        f->span = lw_grow(f->span, f->cap, sizeof *f->span);
    }
    f->span[f->nspans++] = span;
}

/* The last span goes on when nothing but its length differs. */
static bool joins(const struct lw_flow *f, size_t at, enum lw_text_style style, uint8_t emph)
{
    const struct lw_flow_span *l = f->nspans ? &f->span[f->nspans - 1] : NULL;
    return l && l->exact && l->at + l->len == at && l->style == style && l->emph == emph;
}

void lw_flow_source(
    struct lw_flow *f, const char *s, size_t at, size_t n, enum lw_text_style style, uint8_t emph)
{
    size_t pos = f->text.len;
    lw_buf_add(&f->text, s + at, n);
    if (joins(f, at, style, emph)) {
        f->span[f->nspans - 1].n += n;
        f->span[f->nspans - 1].len += n;
        return;
    }
    lw_flow_add_span(f, (struct lw_flow_span){pos, n, at, n, (uint8_t)style, emph, true, false});
}

void lw_flow_sign(struct lw_flow *f, const char *text, size_t n, size_t at, size_t len,
    enum lw_text_style style, uint8_t emph)
{
    if (n == 0)
        return;
    lw_flow_add_span(
        f, (struct lw_flow_span){f->text.len, n, at, len, (uint8_t)style, emph, false, false});
    lw_buf_add(&f->text, text, n);
}

/* ---- formulas */

static void add_row(struct lw_flow *f, const struct lw_math_rows *rows, uint8_t emph)
{
    for (size_t i = 0; i < rows->nruns; i++) {
        const struct lw_run *r = &rows->run[i];
        lw_flow_sign(f, r->s, r->n, r->at, r->len, r->style, emph | r->emph);
    }
}

static void add_refused(struct lw_flow *f, const char *s, const struct lw_formula *formula,
    const char *why, uint8_t emph)
{
    char *remark = lw_format(" (%s)", why);
    size_t end = formula->at + formula->len;
    lw_flow_source(f, s, formula->at, formula->len, LW_STYLE_FORMULA, emph);
    lw_flow_sign(f, remark, strlen(remark), end, 0, LW_STYLE_REMARK, 0);
    free(remark);
}

void lw_flow_formula(
    struct lw_flow *f, const char *s, const struct lw_formula *formula, bool display, uint8_t emph)
{
    struct lw_math_rows rows = {0};
    struct lw_formula in_row = *formula;
    in_row.display = false;
    if (display) {
        lw_flow_sign(
            f, s + formula->at, formula->len, formula->at, formula->len, LW_STYLE_FORMULA, emph);
        f->span[f->nspans - 1].display = true;
    } else if (lw_math_layout(&rows, s, &in_row, 1 << 16) && rows.nrows == 1) {
        add_row(f, &rows, emph);
    } else {
        add_refused(f, s, formula, rows.why ? rows.why : "takes several lines", emph);
    }
    lw_math_rows_fini(&rows);
}

/* ---- code */

static void add_tab(struct lw_flow *f, size_t at)
{
    int cols = TAB - f->code_col % TAB;
    lw_flow_sign(f, "    ", (size_t)cols, at, 1, LW_STYLE_CODE, 0);
    f->code_col += cols;
}

/* Without tabs. */
static void add_code_part(struct lw_flow *f, const char *s, size_t at, size_t n)
{
    const char *lf = memrchr(s + at, '\n', n);
    size_t line = lf ? (size_t)(lf - s) + 1 : at; /* where the last one begins */
    lw_flow_source(f, s, at, n, LW_STYLE_CODE, 0);
    f->code_col = (lf ? 0 : f->code_col) + lw_cols(s + line, at + n - line, -1);
}

void lw_flow_code(struct lw_flow *f, const char *s, size_t at, size_t n)
{
    size_t end = at + n;
    while (at < end) {
        const char *tab = memchr(s + at, '\t', end - at);
        size_t part = tab ? (size_t)(tab - (s + at)) : end - at;
        if (part > 0)
            add_code_part(f, s, at, part);
        at += part;
        if (tab)
            add_tab(f, at++);
    }
}

/* ---- memory */

struct lw_flow lw_flow_keep(const struct lw_flow *f, struct lw_arena *to)
{
    struct lw_flow kept = *f;
    kept.text.data = lw_arena_copy(to, f->text.data, f->text.len);
    kept.span = lw_arena_copy(to, f->span, f->nspans * sizeof *f->span);
    kept.text.cap = kept.cap = 0;
    return kept;
}

void lw_flow_clear(struct lw_flow *f)
{
    lw_buf_clear(&f->text);
    f->nspans = 0;
    f->code_col = 0;
}

void lw_flow_fini(struct lw_flow *f)
{
    lw_buf_fini(&f->text);
    free(f->span);
    *f = (struct lw_flow){0};
}
