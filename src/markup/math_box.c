/* Boxes of characters and how they are put together. Knows nothing of formulas but the shapes of
 * brackets. */
#include "markup/math_box_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "markup/math_symbols_internal.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

/* ---- pieces */

static int cols_of(const char *s, size_t n)
{
    return n == 1 && *s >= ' ' && *s < 0x7F ? 1 : lw_cols(s, n, -1);
}

static struct lw_math_piece *add(struct lw_math_sheet *s, struct lw_math_mark mark)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->v = lw_grow(s->v, s->cap, sizeof *s->v);
    }
    s->v[s->n] = (struct lw_math_piece){.text = s->text.len,
        .at = mark.at,
        .len = mark.len,
        .style = mark.style,
        .emph = mark.emph};
    return &s->v[s->n++];
}

struct lw_math_box lw_math_box_none(struct lw_math_sheet *s)
{
    return (struct lw_math_box){.first = s->n, .end = s->n};
}

struct lw_math_box lw_math_box_text(
    struct lw_math_sheet *s, const char *text, size_t n, struct lw_math_mark mark)
{
    struct lw_math_box b = lw_math_box_none(s);
    if (n == 0)
        return b;
    struct lw_math_piece *piece = add(s, mark);
    lw_buf_add(&s->text, text, n);
    piece->ntext = n;
    b.cols = piece->cols = cols_of(text, n);
    b.end = s->n;
    return b;
}

struct lw_math_box lw_math_box_line(
    struct lw_math_sheet *s, const char *sign, int n, struct lw_math_mark mark)
{
    struct lw_math_box b = lw_math_box_none(s);
    if (n <= 0)
        return b;
    struct lw_math_piece *piece = add(s, mark);
    for (int i = 0; i < n; i++)
        lw_buf_str(&s->text, sign);
    piece->ntext = s->text.len - piece->text;
    b.cols = piece->cols = n;
    b.end = s->n;
    return b;
}

/* ---- together */

static int larger(int a, int b)
{
    return a > b ? a : b;
}

void lw_math_box_move(struct lw_math_sheet *s, struct lw_math_box *b, int x, int y)
{
    for (size_t i = b->first; i < b->end && (x || y); i++) {
        s->v[i].x += x;
        s->v[i].y += y;
    }
    b->cols += x;
    b->up -= y;
    b->down += y;
}

void lw_math_box_join(struct lw_math_box *a, struct lw_math_box b)
{
    a->end = b.end;
    a->cols = larger(a->cols, b.cols);
    a->up = larger(a->up, b.up);
    a->down = larger(a->down, b.down);
}

void lw_math_box_beside(
    struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box b, int gap)
{
    lw_math_box_move(s, &b, a->cols + gap, 0);
    lw_math_box_join(a, b);
    a->word = b.word;
    a->slash = false;
    a->blank_last = b.blank_last;
}

static void centre(struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box *b)
{
    int cols = larger(a->cols, b->cols);
    lw_math_box_move(s, a, (cols - a->cols) / 2, 0);
    lw_math_box_move(s, b, (cols - b->cols) / 2, 0);
    a->cols = cols;
}

void lw_math_box_over(struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box b)
{
    centre(s, a, &b);
    lw_math_box_move(s, &b, 0, -(a->up + b.down + 1));
    lw_math_box_join(a, b);
}

void lw_math_box_under(struct lw_math_sheet *s, struct lw_math_box *a, struct lw_math_box b)
{
    centre(s, a, &b);
    lw_math_box_move(s, &b, 0, a->down + b.up + 1);
    lw_math_box_join(a, b);
}

/* ---- brackets */

/* Of three rows and more: its top, the middle row, its bottom, and all others. Of two: `two`. */
static const struct shape {
    const char *sign;
    const char *top, *middle, *bottom, *other;
    const char *two[2];
} shapes[] = {
    {"(", "⎛", "⎜", "⎝", "⎜", {"⎛", "⎝"}},
    {")", "⎞", "⎟", "⎠", "⎟", {"⎞", "⎠"}},
    {"[", "⎡", "⎢", "⎣", "⎢", {"⎡", "⎣"}},
    {"]", "⎤", "⎥", "⎦", "⎥", {"⎤", "⎦"}},
    {"{", "⎧", "⎨", "⎩", "⎪", {"⎰", "⎱"}},
    {"}", "⎫", "⎬", "⎭", "⎪", {"⎱", "⎰"}},
    {"⌊", "⎢", "⎢", "⎣", "⎢", {"⎢", "⎣"}},
    {"⌋", "⎥", "⎥", "⎦", "⎥", {"⎥", "⎦"}},
    {"⌈", "⎡", "⎢", "⎢", "⎢", {"⎡", "⎢"}},
    {"⌉", "⎤", "⎥", "⎥", "⎥", {"⎤", "⎥"}},
    {"|", "│", "│", "│", "│", {"│", "│"}},
    {"∣", "│", "│", "│", "│", {"│", "│"}},
    {"‖", "║", "║", "║", "║", {"║", "║"}},
    {"∥", "║", "║", "║", "║", {"║", "║"}},
};

static const struct shape *shape_of(const char *sign, size_t n)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (strlen(shapes[i].sign) == n && memcmp(shapes[i].sign, sign, n) == 0)
            return &shapes[i];
    }
    return NULL;
}

static const char *part(const struct shape *shape, int y, int up, int down)
{
    if (up + down == 1)
        return shape->two[y + up];
    if (y == -up)
        return shape->top;
    if (y == down)
        return shape->bottom;
    return y == (down - up) / 2 ? shape->middle : shape->other;
}

struct lw_math_box lw_math_box_bracket(
    struct lw_math_sheet *s, const char *sign, size_t n, int up, int down, struct lw_math_mark mark)
{
    const struct shape *shape = up + down > 0 ? shape_of(sign, n) : NULL;
    if (!shape)
        return lw_math_box_text(s, sign, n, mark);
    struct lw_math_box b = lw_math_box_none(s);
    for (int y = -up; y <= down; y++) {
        const char *text = part(shape, y, up, down);
        struct lw_math_box row = lw_math_box_text(s, text, strlen(text), mark);
        lw_math_box_move(s, &row, 0, y);
        lw_math_box_join(&b, row);
    }
    return b;
}

/* ---- small characters and accents */

typedef char32_t map(char32_t cp);

static bool map_text(const char *s, size_t n, map *to, struct lw_buf *out)
{
    for (size_t at = 0, took; at < n; at += took) {
        char32_t cp;
        char small[4];
        took = lw_utf8_decode(s + at, n - at, &cp);
        char32_t shown = cp == LW_UTF8_BAD ? 0 : to(cp);
        if (!shown)
            return false;
        lw_buf_add(out, small, lw_utf8_encode(shown, small));
    }
    return true;
}

/* New texts go behind the old ones, which stay unused. */
static void set_text(struct lw_math_sheet *s, struct lw_math_piece *piece,
    const struct lw_buf *text, size_t at, size_t n)
{
    piece->text = s->text.len;
    piece->ntext = n;
    lw_buf_add(&s->text, text->data + at, n);
    piece->cols = cols_of(text->data + at, n);
}

static size_t characters(const char *s, size_t n)
{
    size_t chars = 0;
    for (size_t i = 0; i < n; i++)
        chars += ((unsigned char)s[i] & 0xC0) != 0x80;
    return chars;
}

bool lw_math_box_small(struct lw_math_sheet *s, struct lw_math_box *b, bool raised)
{
    struct lw_buf out = {0};
    map *to = raised ? lw_math_raised : lw_math_lowered;
    int gaps = b->cols;
    bool ok = b->up == 0 && b->down == 0 && b->first < b->end;
    for (size_t i = b->first; i < b->end && ok; i++) {
        ok = map_text(s->text.data + s->v[i].text, s->v[i].ntext, to, &out);
        gaps -= s->v[i].cols;
    }
    ok = ok && gaps == 0;
    size_t at = 0;
    for (size_t i = b->first; i < b->end && ok; i++) {
        size_t chars = characters(s->text.data + s->v[i].text, s->v[i].ntext), n = 0;
        for (char32_t cp; chars > 0; chars--)
            n += lw_utf8_decode(out.data + at + n, out.len - at - n, &cp);
        set_text(s, &s->v[i], &out, at, n); /* each as wide as before: one column */
        at += n;
    }
    b->word = b->word && !ok;
    lw_buf_fini(&out);
    return ok;
}

/* False when it would take other columns, as over what is shown as a placeholder. */
static bool accent_piece(struct lw_math_sheet *s, struct lw_math_piece *piece, const char *mark)
{
    struct lw_buf out = {0};
    const char *old = s->text.data + piece->text;
    int cols = piece->cols;
    for (size_t at = 0, next; at < piece->ntext; at = next) {
        next = lw_grapheme_next(old, piece->ntext, at);
        lw_buf_add(&out, old + at, next - at);
        lw_buf_str(&out, mark);
    }
    size_t n;
    uint8_t *composed = u8_normalize(UNINORM_NFC, (uint8_t *)out.data, out.len, NULL, &n);
    if (composed) {
        lw_buf_clear(&out);
        lw_buf_add(&out, composed, n);
    }
    free(composed);
    set_text(s, piece, &out, 0, out.len);
    lw_buf_fini(&out);
    return piece->cols == cols;
}

bool lw_math_box_accent(struct lw_math_sheet *s, struct lw_math_box *b, const char *mark)
{
    for (size_t i = b->first; i < b->end; i++) {
        if (s->v[i].ntext > 0 && !accent_piece(s, &s->v[i], mark))
            return false;
    }
    return true;
}

void lw_math_sheet_fini(struct lw_math_sheet *s)
{
    free(s->v);
    lw_buf_fini(&s->text);
    memset(s, 0, sizeof *s);
}
