/* What must hold for any bytes whatever: shared by the unit tests and the fuzzers. */
#ifndef LABELWRIGHT_TESTS_TEXT_PROPS_H
#define LABELWRIGHT_TESTS_TEXT_PROPS_H

#include "labelwright/text/edit.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "labelwright/text/wrap.h"

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

/* The editor's text and cursor as they were before an operation. */
struct was {
    char *s;
    size_t n, cursor;
};

static inline struct was edit_state(const struct lw_edit *e)
{
    struct was w = {.cursor = lw_edit_cursor(e)};
    const char *s = lw_edit_text(e, &w.n);
    HOLD(s[w.n] == '\0' && w.cursor <= w.n);
    HOLD(lw_grapheme_at(s, w.n, w.cursor) == w.cursor);
    w.s = malloc(w.n + 1);
    memcpy(w.s, s, w.n + 1);
    return w;
}

static inline bool same_text(const struct was *a, const struct was *b)
{
    return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
}

/* True when b is a with some bytes beside the cursor of a removed. */
static inline bool only_removed(const struct was *a, const struct was *b)
{
    if (b->n >= a->n)
        return false;
    size_t gone = a->n - b->n;
    for (size_t at = a->cursor > gone ? a->cursor - gone : 0; at <= a->cursor; at++)
        if (at <= b->n && memcmp(a->s, b->s, at) == 0 &&
            memcmp(a->s + at + gone, b->s + at, b->n - at) == 0)
            return true;
    return false;
}

static inline void hold_op(struct lw_edit *e, enum lw_edit_op op, int cols)
{
    struct was a = edit_state(e);
    bool changed = lw_edit_do(e, op, cols);
    struct was b = edit_state(e);
    bool same = same_text(&a, &b);
    HOLD(changed || (same && a.cursor == b.cursor));
    if (op <= LW_EDIT_END)
        HOLD(same && changed == (a.cursor != b.cursor));
    else if (op <= LW_EDIT_CUT_TO_START)
        HOLD(!changed || only_removed(&a, &b));
    else if (changed && op >= LW_EDIT_UNDO) {
        HOLD(lw_edit_do(e, op == LW_EDIT_UNDO ? LW_EDIT_REDO : LW_EDIT_UNDO, cols));
        struct was c = edit_state(e);
        HOLD(same_text(&a, &c));
        HOLD(lw_edit_do(e, op, cols));
        free(c.s);
    }
    free(a.s);
    free(b.s);
}

static inline void hold_insert(struct lw_edit *e, const char *s, size_t n)
{
    struct was a = edit_state(e);
    bool fine = lw_utf8_valid(s, n, NULL) && !(n > 0 && memchr(s, '\0', n));
    HOLD(lw_edit_insert(e, s, n) == fine);
    struct was b = edit_state(e);
    HOLD(fine || same_text(&a, &b));
    HOLD(b.n >= a.n && b.n <= a.n + n);
    HOLD(memcmp(a.s, b.s, a.cursor) == 0);
    HOLD(memcmp(a.s + a.cursor, b.s + b.n - (a.n - a.cursor), a.n - a.cursor) == 0);
    HOLD(b.cursor >= b.n - (a.n - a.cursor));
    free(a.s);
    free(b.s);
}

static inline void undo_all(struct lw_edit *e)
{
    while (lw_edit_do(e, LW_EDIT_UNDO, 20))
        ;
}

static inline void redo_all(struct lw_edit *e)
{
    while (lw_edit_do(e, LW_EDIT_REDO, 20))
        ;
}

/* Cut and pasted again and again, marks make one character of over a kilobyte: such a one is cut
 * (utf8.h), and where depends on the place that is asked about. */
enum { HOLD_EDIT_MAX = 900 };

/* Bytes as a script: a byte below 64 is an operation, another one says how many bytes to insert. */
static inline void hold_edit(const char *text, size_t n_text, const unsigned char *script, size_t n)
{
    bool one_line = n > 0 && script[0] & 1;
    int cols = n > 0 ? script[0] / 8 : 0;
    struct lw_edit *e = lw_edit_new(text, n_text, one_line);
    struct was first = edit_state(e);
    size_t held = 0; /* what was cut */
    for (size_t i = 1; i < n; i++) {
        size_t len = script[i] % 16;
        if (script[i] < 60) {
            enum lw_edit_op op = (enum lw_edit_op)(script[i] % LW_EDIT_OP_COUNT);
            size_t before, after;
            lw_edit_text(e, &before);
            if (op == LW_EDIT_PASTE_CUT && before + held > HOLD_EDIT_MAX)
                continue;
            hold_op(e, op, cols);
            lw_edit_text(e, &after);
            if (op == LW_EDIT_CUT_TO_END || op == LW_EDIT_CUT_TO_START)
                held = after < before ? before - after : held;
        } else if (script[i] < 64) {
            lw_edit_move_to(e, 5 * i);
        } else if (len < n - i) {
            hold_insert(e, (const char *)script + i + 1, len);
            i += len;
        }
    }
    struct was last = edit_state(e);
    for (size_t at = 0; one_line && at < last.n; at++)
        HOLD(last.s[at] != '\n' && last.s[at] != '\r');
    undo_all(e);
    struct was undone = edit_state(e);
    HOLD(same_text(&first, &undone));
    redo_all(e);
    struct was redone = edit_state(e);
    undo_all(e);
    free(undone.s);
    undone = edit_state(e);
    HOLD(same_text(&first, &undone));
    free(first.s);
    free(last.s);
    free(undone.s);
    free(redone.s);
    lw_edit_free(e);
}

#endif
