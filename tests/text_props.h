/* What must hold for any bytes whatever: shared by the unit tests and the fuzzers. */
#ifndef TESTS_TEXT_PROPS_H
#define TESTS_TEXT_PROPS_H

#include "labelwright/glyph.h"
#include "labelwright/utf8.h"
#include "labelwright/wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define HOLD(what)                                                                                 \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #what);              \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline bool is_harmless(char32_t cp)
{
    static const char32_t bad[][2] = {{0, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x34F, 0x34F},
        {0x61C, 0x61C}, {0x115F, 0x1160}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E},
        {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
        {0xFFF9, 0xFFFB}, {0x1F1E6, 0x1F1FF}, {0x1F3FB, 0x1F3FF}, {0xE0000, 0xE0FFF}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (cp >= bad[i][0] && cp <= bad[i][1])
            return false;
    return wcwidth((wchar_t)cp) >= 0;
}

/* One glyph alone: a sane length, and code points that add up to its columns. */
static inline void hold_glyph(const struct lw_glyph *g, size_t left)
{
    HOLD(g->len >= 1 && g->len <= left);
    HOLD(g->cols >= 0 && g->n >= 0 && g->n <= LW_GLYPH_CPS);
    HOLD(g->placeholder || g->n <= LW_CELL_CPS);
    HOLD(g->n > 0 || g->cols <= 8);
    for (int i = 0; i < g->n; i++) {
        HOLD(is_harmless(g->cp[i]));
        int width = wcwidth((wchar_t)g->cp[i]);
        HOLD(g->placeholder ? width == 1 : i == 0 ? width == g->cols : width == 0);
    }
    HOLD(!g->placeholder || g->cols == g->n);
}

static inline void hold_cleaned(const struct lw_buf *b, bool lines)
{
    HOLD(lw_utf8_valid(b->data, b->len, NULL));
    for (size_t at = 0; at < b->len;) {
        char32_t cp;
        at += lw_utf8_decode(b->data + at, b->len - at, &cp);
        HOLD((lines && cp == '\n') || is_harmless(cp));
    }
    struct lw_buf again = {0};
    lw_clean(b->data, b->len, lines, &again);
    HOLD(again.len == b->len && memcmp(again.data, b->data, b->len) == 0);
    lw_buf_fini(&again);
}

static inline void hold_glyphs(const char *s, size_t n)
{
    int col = 0;
    size_t at = 0;
    while (at < n) {
        struct lw_glyph g;
        lw_glyph_next(s + at, n - at, col, at == 0, &g);
        hold_glyph(&g, n - at);
        at += g.len;
        col += g.cols;
    }
    HOLD(at == n);
    HOLD(lw_cols(s, n, -1) == col);
    for (int cols = 0; cols < 12; cols++) {
        size_t fits = lw_fit(s, n, cols);
        HOLD(fits <= n && lw_cols(s, fits, -1) <= cols);
        HOLD(fits == n || lw_cols(s, n, cols) > cols);
    }
    struct lw_buf b = {0};
    lw_clean(s, n, false, &b);
    hold_cleaned(&b, false);
    HOLD(lw_cols(b.data, b.len, -1) == col);
    lw_buf_clear(&b);
    lw_clean(s, n, true, &b);
    hold_cleaned(&b, true);
    lw_buf_fini(&b);
}

/* What belongs to no line may be blanks, line ends and what is not shown. */
static inline void hold_gap(const char *s, size_t from, size_t to, bool soft)
{
    while (from < to) {
        struct lw_glyph g;
        lw_glyph_next(s + from, to - from, 0, false, &g);
        bool blank = g.n == 0 || (g.n == 1 && g.cp[0] == ' ');
        bool line_end = g.placeholder && !soft;
        HOLD(blank || line_end);
        from += g.len;
    }
}

static inline void hold_line_fits(const char *s, const struct lw_line *l, int cols)
{
    int col = 0, seen = 0;
    for (size_t at = l->start; at < l->end;) {
        struct lw_glyph g;
        lw_glyph_next(s + at, l->end - at, col, at == l->start, &g);
        HOLD(!g.placeholder || g.cp[0] != '^' || g.cp[1] != 'J');
        at += g.len;
        col += g.cols;
        seen += g.cols > 0;
    }
    HOLD(col <= cols || seen == 1);
}

/* A break stands before a grapheme; if not, no unit since `start` begins one either. */
static inline void hold_soft_break(const char *s, size_t n, size_t start, size_t next)
{
    if (lw_grapheme_at(s, n, next) == next)
        return;
    for (size_t at = start; at < next;) {
        struct lw_glyph g;
        HOLD(at == start || lw_grapheme_at(s, n, at) < at);
        lw_glyph_next(s + at, n - at, 0, at == start, &g);
        at += g.len;
    }
}

static inline void hold_wrap(const char *s, size_t n, int cols)
{
    struct lw_wrap w = {0};
    lw_wrap_text(&w, s, n, cols);
    HOLD(w.n > 0 && w.v[0].start == 0);
    for (size_t i = 0; i < w.n; i++) {
        const struct lw_line *l = &w.v[i];
        size_t next = i + 1 < w.n ? w.v[i + 1].start : n;
        HOLD(l->start <= l->end && l->end <= next && next <= n);
        HOLD(i + 1 == w.n ? !l->soft : l->start < next);
        if (l->soft)
            hold_soft_break(s, n, l->start, next);
        hold_gap(s, l->end, next, l->soft);
        hold_line_fits(s, l, cols);
        HOLD(lw_wrap_line_of(&w, l->start) == i);
        HOLD(next == l->start || lw_wrap_line_of(&w, next - 1) == i);
    }
    HOLD(lw_wrap_line_of(&w, n + 1) == w.n - 1);
    lw_wrap_fini(&w);
}

#endif
