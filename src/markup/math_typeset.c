/* The tree of a formula to a box of characters: what goes above, below and beside what, and where
 * blanks are. Where a formula that is too wide breaks is math_layout.c's. */
#include "markup/math_typeset_internal.h"

#include "labelwright/markup/run.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct lw_math_box box;
typedef struct lw_math_style style;
typedef struct lw_math_typeset typeset;

static const struct lw_math_node *get(const typeset *t, uint32_t i)
{
    return &t->tree->v[i];
}

static struct lw_math_mark mark_of(const struct lw_math_node *n)
{
    return (struct lw_math_mark){n->at, n->len, n->style, n->emph};
}

/* A sign of ours at the end or the start of a node. */
static struct lw_math_mark ours(size_t at)
{
    return (struct lw_math_mark){.at = at, .style = LW_STYLE_FORMULA};
}

static box text(typeset *t, const char *s, struct lw_math_mark mark)
{
    return lw_math_box_text(t->sheet, s, strlen(s), mark);
}

static void beside(typeset *t, box *a, box b)
{
    lw_math_box_beside(t->sheet, a, b, 0);
}

/* Around what is there already: pieces need no order. */
static void bracket(typeset *t, box *b, const char *open, const char *close, size_t at, size_t end)
{
    box left = lw_math_box_bracket(t->sheet, open, strlen(open), b->up, b->down, ours(at));
    lw_math_box_move(t->sheet, b, left.cols, 0);
    lw_math_box_join(b, left);
    beside(t, b, lw_math_box_bracket(t->sheet, close, strlen(close), b->up, b->down, ours(end)));
    b->word = b->slash = b->blank_first = b->blank_last = false;
}

static void bracket_node(typeset *t, box *b, uint32_t i)
{
    bracket(t, b, "(", ")", get(t, i)->at, get(t, i)->at + get(t, i)->len);
}

/* ---- rows */

bool lw_math_flow(
    typeset *t, struct lw_math_flow *flow, uint32_t i, uint32_t next, style st, int *gap)
{
    const struct lw_math_node *n = get(t, i);
    if (n->kind == LW_MATH_SPACE) {
        int cols = st.tight && n->amount < 2 ? 0 : n->amount;
        flow->pending = cols > 1               ? flow->pending + cols
                        : cols > flow->pending ? cols
                                               : flow->pending;
        return false;
    }
    enum lw_math_class cls = lw_math_point_class(t->tree, flow, i, next);
    bool unary = cls == LW_MATH_BIN && lw_math_is_unary(flow->last);
    box b = lw_math_typeset(t, i, st);
    if (b.first == b.end && n->kind != LW_MATH_SCRIPT) { /* {}: nothing, but it has two sides */
        flow->last = LW_MATH_ORD;
        flow->box = b;
        *gap = 0;
        return true;
    }
    if (lw_math_needs_brackets(t->tree, flow, &b, next))
        bracket_node(t, &b, i);
    cls = unary ? LW_MATH_ORD : cls;
    *gap = lw_math_gap(t->tree, flow, i, cls, &b, st.tight);
    enum lw_math_class right = lw_math_class_at(t->tree, i, false);
    flow->last = cls == lw_math_class_at(t->tree, i, true) ? right : cls;
    flow->pending = 0;
    flow->sign = unary;
    flow->box = b;
    flow->node = i;
    return true;
}

/* The bar of \middle becomes as tall as what it stands in. */
static void stretch(typeset *t, box *b, size_t piece)
{
    struct lw_math_piece p = t->sheet->v[piece];
    struct lw_math_mark mark = {p.at, p.len, p.style, p.emph};
    char sign[4];
    size_t n = p.ntext < sizeof sign ? p.ntext : 0;
    memcpy(sign, t->sheet->text.data + p.text, n);
    for (int y = -b->up; y <= b->down; y++) {
        box bar = lw_math_box_bracket(t->sheet, sign, n, 1, 1, mark);
        bool tall = bar.end - bar.first == 3;
        t->sheet->n = bar.first + (tall && y != p.y);
        if (!tall)
            return;
        t->sheet->v[piece].text = t->sheet->v[bar.first].text;
        t->sheet->v[piece].ntext = t->sheet->v[bar.first].ntext;
        if (y == p.y)
            continue;
        t->sheet->v[bar.first].y = 0; /* one sign of the tall bracket */
        bar = (box){.first = bar.first, .end = bar.first + 1, .cols = bar.cols};
        lw_math_box_move(t->sheet, &bar, p.x, y);
        lw_math_box_join(b, bar);
    }
}

static box row(typeset *t, uint32_t first, style st)
{
    struct lw_math_flow flow = {.last = LW_MATH_NONE};
    box b = lw_math_box_none(t->sheet);
    bool any = false;
    size_t middle = SIZE_MAX;
    st.braces = false;
    for (uint32_t i = first; i; i = get(t, i)->next) {
        int gap;
        if (!lw_math_flow(t, &flow, i, get(t, i)->next, st, &gap))
            continue;
        lw_math_box_beside(t->sheet, &b, flow.box, gap);
        b.blank_first = any ? b.blank_first : flow.box.blank_first;
        b.slash = !any && flow.box.slash && !get(t, i)->next;
        any = true;
        if (get(t, i)->kind == LW_MATH_ATOM && get(t, i)->flag)
            middle = flow.box.first;
    }
    if (middle < t->sheet->n && !lw_math_is_flat(&b))
        stretch(t, &b, middle);
    return b;
}

static box words(typeset *t, uint32_t first, style st)
{
    box b = lw_math_box_none(t->sheet);
    for (uint32_t i = first; i; i = get(t, i)->next) {
        const struct lw_math_node *n = get(t, i);
        if (n->kind == LW_MATH_SPACE) {
            b.cols += n->amount;
            continue;
        }
        box next = lw_math_typeset(t, i, st);
        bool blank = i == first ? next.blank_first : b.blank_first;
        beside(t, &b, next);
        b.blank_first = blank;
    }
    return b;
}

/* ---- fractions and roots */

static box frac_row(typeset *t, const struct lw_math_node *n, style st)
{
    style inner = {.tight = st.tight};
    uint32_t a = lw_math_unwrap(t->tree, n->a), b = lw_math_unwrap(t->tree, n->b);
    const char *vulgar = lw_math_is_digit(get(t, a)) && lw_math_is_digit(get(t, b)) && !n->flag
                             ? lw_math_vulgar(*lw_math_text(get(t, a)), *lw_math_text(get(t, b)))
                             : NULL;
    if (vulgar)
        return text(t, vulgar, mark_of(n));
    box num = lw_math_typeset(t, n->a, inner);
    if (!n->flag && (num.slash || !lw_math_is_simple(t->tree, n->a, false)))
        bracket_node(t, &num, n->a);
    beside(t, &num, text(t, n->flag ? *n->text ? " choose " : " over " : "/", mark_of(n)));
    box den = lw_math_typeset(t, n->b, inner);
    if (!n->flag && (den.slash || !lw_math_is_simple(t->tree, n->b, true)))
        bracket_node(t, &den, n->b);
    beside(t, &num, den);
    if (n->flag)
        bracket(t, &num, "(", ")", n->at, n->at + n->len);
    num.slash = !n->flag;
    return num;
}

static box frac(typeset *t, const struct lw_math_node *n, style st)
{
    bool small = n->amount || (st.nest > 0 && !n->flag && lw_math_is_simple(t->tree, n->a, false) &&
                                  lw_math_is_simple(t->tree, n->b, true));
    if (!st.rows || small)
        return frac_row(t, n, st);
    style inner = {.rows = true, .nest = st.nest + 1};
    box num = lw_math_typeset(t, n->a, inner);
    box den = lw_math_typeset(t, n->b, inner);
    int cols = (num.cols > den.cols ? num.cols : den.cols) + (st.nest > 0 ? 2 : 0);
    /* The order of the pieces is free, that of boxes is not: num, den, bar are one after another.
     */
    box b = n->flag ? lw_math_box_none(t->sheet)
                    : lw_math_box_line(t->sheet, "─", cols > 0 ? cols : 1, mark_of(n));
    cols = n->flag ? cols : b.cols;
    lw_math_box_move(t->sheet, &num, (cols - num.cols) / 2, -(num.down + 1));
    lw_math_box_move(t->sheet, &den, (cols - den.cols) / 2, den.up + 1);
    box all = {.first = num.first, .end = t->sheet->n, .cols = cols};
    all.up = num.up;
    all.down = den.down;
    if (*n->text)
        bracket(t, &all, "(", ")", n->at, n->at + n->len);
    return all;
}

/* The sign of a root, with what it is the root of as an index. */
static box root_sign(typeset *t, const struct lw_math_node *n)
{
    struct lw_math_mark mark = mark_of(n);
    mark.len = (size_t)n->amount;
    const struct lw_math_node *index = get(t, lw_math_unwrap(t->tree, n->b));
    char which = n->b && lw_math_is_digit(index) ? *lw_math_text(index) : '\0';
    if (which == '3' || which == '4') {
        mark.len = index->at + 1 - n->at;
        return text(t, which == '3' ? "∛" : "∜", mark);
    }
    box b = lw_math_box_none(t->sheet);
    if (n->b) {
        b = lw_math_typeset(t, n->b, (style){.tight = true});
        if (!lw_math_box_small(t->sheet, &b, true))
            bracket_node(t, &b, n->b);
    }
    beside(t, &b, text(t, "√", mark));
    return b;
}

static box root_tall(typeset *t, const struct lw_math_node *n, box sign, box body)
{
    struct lw_math_mark mark = mark_of(n);
    mark.len = (size_t)n->amount;
    lw_math_box_move(t->sheet, &sign, 0, body.down);
    lw_math_box_move(t->sheet, &body, sign.cols, 0);
    box all = {.first = sign.first, .cols = body.cols, .up = body.up, .down = body.down};
    for (int y = -body.up - 1; y < body.down; y++) {
        box stem = text(t, y < -body.up ? "┌" : "│", mark);
        lw_math_box_move(t->sheet, &stem, sign.cols - 1, y);
        lw_math_box_join(&all, stem);
    }
    box bar = lw_math_box_line(t->sheet, "─", body.cols - sign.cols, mark);
    lw_math_box_move(t->sheet, &bar, sign.cols, -body.up - 1);
    lw_math_box_join(&all, bar);
    all.end = t->sheet->n;
    return all;
}

/* One row with a line over it: the underscores of the row above touch it. */
static box root_long(typeset *t, const struct lw_math_node *n, box sign, box body)
{
    struct lw_math_mark mark = mark_of(n);
    mark.len = (size_t)n->amount;
    int x = sign.cols;
    beside(t, &sign, body);
    box bar = lw_math_box_line(t->sheet, "_", body.cols, mark);
    lw_math_box_move(t->sheet, &bar, x, -1);
    lw_math_box_join(&sign, bar);
    sign.up = 1;
    return sign;
}

static box root(typeset *t, const struct lw_math_node *n, style st)
{
    box sign = root_sign(t, n);
    box body = lw_math_typeset(t, n->a, st);
    uint32_t inner = lw_math_unwrap(t->tree, n->a);
    bool fence = get(t, inner)->kind == LW_MATH_FENCE;
    if (!lw_math_is_flat(&body))
        return root_tall(t, n, sign, body);
    bool simple = !body.slash && (fence || lw_math_is_simple(t->tree, n->a, true));
    if (!simple && st.rows)
        return root_long(t, n, sign, body);
    if (!simple)
        bracket_node(t, &body, n->a);
    beside(t, &sign, body);
    sign.word = true;
    return sign;
}

/* ---- scripts */

static bool is_word(const typeset *t, const box *b)
{
    size_t chars = 0;
    bool letters = true;
    for (size_t i = b->first; i < b->end; i++) {
        const struct lw_math_piece *p = &t->sheet->v[i];
        const char *s = t->sheet->text.data + p->text;
        for (size_t k = 0; k < p->ntext; k++) {
            unsigned char c = (unsigned char)s[k];
            chars += (c & 0xC0) != 0x80;
            letters = letters &&
                      ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
        }
    }
    return b->cols <= 1 || chars == 1 || letters;
}

/* In one row: small characters, or ^ and _ with brackets where they are needed. */
static void script_beside(typeset *t, box *b, uint32_t i, bool up)
{
    box s = lw_math_typeset(t, i, (style){.tight = true});
    if (lw_math_box_small(t->sheet, &s, up)) {
        beside(t, b, s);
        return;
    }
    bool word = is_word(t, &s);
    if (!word)
        bracket_node(t, &s, i);
    box sign = text(t, up ? "^" : "_", ours(get(t, i)->at));
    lw_math_box_move(t->sheet, &s, sign.cols, 0);
    lw_math_box_join(&s, sign);
    s.word = word;
    s.end = t->sheet->n;
    lw_math_box_move(t->sheet, &s, b->cols, 0);
    lw_math_box_join(b, s);
    b->end = t->sheet->n;
    b->word = word;
}

/* Index and exponent one above the other, at x: beside what is tall, or in rows of their own. */
static void scripts_stacked(typeset *t, box *b, uint32_t sub, uint32_t sup, int x)
{
    bool tall = !lw_math_is_flat(b);
    int up = b->up, down = b->down;
    const uint32_t scripts[] = {sub, sup};
    for (int k = 0; k < 2; k++) {
        if (!scripts[k])
            continue;
        box s = lw_math_typeset(t, scripts[k], (style){.tight = true});
        bool inside = tall && lw_math_box_small(t->sheet, &s, k == 1);
        lw_math_box_move(t->sheet, &s, x, k == 1 ? -up - !inside : down + !inside);
        lw_math_box_join(b, s);
    }
}

/* An index in letters that Unicode has no small ones for: a_y reads better than a row of its own.
 */
static bool is_named(typeset *t, uint32_t sub)
{
    size_t pieces = t->sheet->n;
    box b = lw_math_typeset(t, sub, (style){.tight = true});
    bool named = is_word(t, &b) && !lw_math_box_small(t->sheet, &b, false);
    t->sheet->n = pieces;
    return named;
}

enum { BOTH_MAX = 4 }; /* columns of an index and an exponent in one row */

/* Small characters beside the base where Unicode has them, else rows of their own. */
static void scripts_around(typeset *t, box *b, uint32_t sub, uint32_t sup)
{
    if (!lw_math_is_flat(b)) {
        scripts_stacked(t, b, sub, sup, b->cols);
        return;
    }
    style tight = {.tight = true};
    if (sub && is_named(t, sub)) {
        script_beside(t, b, sub, false);
        sub = 0;
    }
    bool word = b->word;
    size_t pieces = t->sheet->n;
    box low = sub ? lw_math_typeset(t, sub, tight) : lw_math_box_none(t->sheet);
    box high = sup ? lw_math_typeset(t, sup, tight) : lw_math_box_none(t->sheet);
    bool small_low = !sub || lw_math_box_small(t->sheet, &low, false);
    bool small_high = !sup || lw_math_box_small(t->sheet, &high, true);
    if ((!small_low && !small_high) || (sub && sup && low.cols + high.cols > BOTH_MAX)) {
        t->sheet->n = pieces;
        scripts_stacked(t, b, sub, sup, b->cols);
        return;
    }
    lw_math_box_move(t->sheet, &low, b->cols, small_low ? 0 : 1);
    lw_math_box_move(t->sheet, &high, small_low ? low.cols > b->cols ? low.cols : b->cols : b->cols,
        small_high ? 0 : -1);
    lw_math_box_join(b, low);
    lw_math_box_join(b, high);
    b->word = word && !sup;
}

static bool has_limits(const typeset *t, uint32_t base, style st)
{
    const struct lw_math_node *n = get(t, lw_math_unwrap(t->tree, base));
    return n->limits && !n->noflag && st.rows && (st.nest == 0 || n->kind == LW_MATH_BRACE);
}

static box script(typeset *t, const struct lw_math_node *n, style st)
{
    box b = lw_math_typeset(t, n->a, st);
    const struct lw_math_node *base = get(t, lw_math_unwrap(t->tree, n->a));
    style tight = {.rows = true, .tight = true, .nest = 1};
    if (has_limits(t, n->a, st)) {
        if (n->c)
            lw_math_box_over(t->sheet, &b, lw_math_typeset(t, n->c, tight));
        if (n->b)
            lw_math_box_under(t->sheet, &b, lw_math_typeset(t, n->b, tight));
        b.end = t->sheet->n;
        return b;
    }
    if (b.slash || base->kind == LW_MATH_FRAC || base->kind == LW_MATH_ROOT ||
        (base->kind == LW_MATH_BRACE && !lw_math_is_simple(t->tree, base->a, false)))
        bracket_node(t, &b, n->a);
    b.word = false;
    if (st.rows)
        scripts_around(t, &b, n->b, n->c);
    else {
        if (n->b)
            script_beside(t, &b, n->b, false);
        if (n->c)
            script_beside(t, &b, n->c, true);
    }
    b.end = t->sheet->n;
    return b;
}

/* ---- around and along others */

static box accent(typeset *t, const struct lw_math_node *n, style st)
{
    st.rows = false;
    box b = lw_math_typeset(t, n->a, st);
    bool single = b.end - b.first == 1;
    if (!lw_math_box_accent(t->sheet, &b, n->text))
        t->why = "has an accent over what takes none";
    if (single) { /* x̂ stands for all of \hat{x} */
        t->sheet->v[b.first].at = n->at;
        t->sheet->v[b.first].len = n->len;
    }
    b.slash = false;
    return b;
}

static box fence(typeset *t, const struct lw_math_node *n, style st)
{
    const struct lw_math_node *left = get(t, n->a), *right = get(t, n->c);
    st.braces = lw_math_is_char(left, '{') || lw_math_is_char(right, '}');
    box body =
        n->b ? lw_math_typeset(t, lw_math_unwrap(t->tree, n->b), st) : lw_math_box_none(t->sheet);
    if (n->a) {
        box sign = lw_math_box_bracket(
            t->sheet, lw_math_text(left), left->ntext, body.up, body.down, mark_of(left));
        lw_math_box_move(t->sheet, &body, sign.cols, 0);
        lw_math_box_join(&body, sign);
    }
    if (n->c)
        beside(t, &body,
            lw_math_box_bracket(
                t->sheet, lw_math_text(right), right->ntext, body.up, body.down, mark_of(right)));
    body.word = body.slash = body.blank_first = body.blank_last = false;
    return body;
}

static box framed(typeset *t, const struct lw_math_node *n, style st)
{
    struct lw_math_mark mark = mark_of(n);
    mark.style = LW_STYLE_MARK;
    box b = lw_math_typeset(t, n->a, st);
    int pad = st.rows ? 2 : 1;
    int up = b.up, down = b.down, cols = b.cols;
    lw_math_box_move(t->sheet, &b, pad, 0);
    for (int y = -up; y <= down; y++) {
        for (int side = 0; side < 2; side++) {
            box sign = text(t, st.rows ? "│" : side ? "]" : "[", mark);
            lw_math_box_move(t->sheet, &sign, side ? cols + 2 * pad - 1 : 0, y);
            lw_math_box_join(&b, sign);
        }
    }
    for (int side = 0; side < 2 && st.rows; side++) {
        box edge = text(t, side ? "└" : "┌", mark);
        beside(t, &edge, lw_math_box_line(t->sheet, "─", cols + 2, mark));
        beside(t, &edge, text(t, side ? "┘" : "┐", mark));
        lw_math_box_move(t->sheet, &edge, 0, side ? down + 1 : -up - 1);
        lw_math_box_join(&b, edge);
    }
    b.word = b.slash = b.blank_first = b.blank_last = false;
    return b;
}

/* The n-th character of a text, all of three bytes. */
static box part(typeset *t, const char *signs, int k, int times, struct lw_math_mark mark)
{
    char sign[4] = {0};
    memcpy(sign, signs + 3 * k, 3);
    return lw_math_box_line(t->sheet, sign, times, mark);
}

static box brace(typeset *t, const struct lw_math_node *n, style st)
{
    box b = lw_math_typeset(t, n->a, st);
    if (!st.rows)
        return b;
    struct lw_math_mark mark = mark_of(n);
    int inner = b.cols - 3;
    box line = part(t, n->text, inner < 0 ? 2 : 0, 1, mark);
    if (inner >= 0) {
        beside(t, &line, part(t, n->text, 1, inner / 2, mark));
        beside(t, &line, part(t, n->text, 2, 1, mark));
        beside(t, &line, part(t, n->text, 1, inner - inner / 2, mark));
        beside(t, &line, part(t, n->text, 3, 1, mark));
    }
    if (n->amount < 0)
        lw_math_box_over(t->sheet, &b, line);
    else
        lw_math_box_under(t->sheet, &b, line);
    return b;
}

static box stack(typeset *t, const struct lw_math_node *n, style st)
{
    box b = lw_math_typeset(t, n->a, st);
    style tight = {.tight = true};
    if (n->b && st.rows)
        lw_math_box_over(t->sheet, &b, lw_math_typeset(t, n->b, tight));
    else if (n->b)
        script_beside(t, &b, n->b, true);
    if (n->c && st.rows)
        lw_math_box_under(t->sheet, &b, lw_math_typeset(t, n->c, tight));
    else if (n->c)
        script_beside(t, &b, n->c, false);
    return b;
}

static box arrow(typeset *t, const struct lw_math_node *n, style st)
{
    style tight = {.tight = true};
    struct lw_math_mark mark = mark_of(n);
    if (!st.rows) {
        box b = part(t, n->text, 0, 1, mark);
        beside(t, &b, lw_math_typeset(t, n->b, tight));
        beside(t, &b, part(t, n->text, 2, 1, mark));
        if (n->c)
            script_beside(t, &b, n->c, false);
        return b;
    }
    box over = n->b ? lw_math_typeset(t, n->b, tight) : lw_math_box_none(t->sheet);
    box under = n->c ? lw_math_typeset(t, n->c, tight) : lw_math_box_none(t->sheet);
    int cols = over.cols > under.cols ? over.cols : under.cols;
    box b = part(t, n->text, 0, 1, mark);
    beside(t, &b, part(t, n->text, 1, cols > 0 ? cols : 1, mark));
    beside(t, &b, part(t, n->text, 2, 1, mark));
    lw_math_box_move(t->sheet, &over, (b.cols - over.cols) / 2, -1);
    lw_math_box_move(t->sheet, &under, (b.cols - under.cols) / 2, 1);
    b.first = over.first;
    b.up = n->b && over.end > over.first;
    b.down = n->c && under.end > under.first;
    return b;
}

/* ---- grids */

static size_t count(const typeset *t, uint32_t first)
{
    size_t n = 0;
    for (uint32_t i = first; i; i = get(t, i)->next)
        n++;
    return n;
}

static box grid_rows(typeset *t, const struct lw_math_node *n, style st)
{
    struct lw_math_cells cells = {.rows = count(t, n->a), .gap = n->env->gap};
    for (uint32_t line = n->a; line; line = get(t, line)->next) {
        size_t columns = count(t, get(t, line)->a);
        cells.columns = columns > cells.columns ? columns : cells.columns;
    }
    bool *rule = lw_alloc(cells.rows + 1);
    cells.v = lw_alloc((cells.rows * cells.columns + 1) * sizeof *cells.v);
    cells.spec = n->text ? n->text : n->env->columns;
    cells.nspec = n->text ? n->ntext : strlen(n->env->columns);
    cells.braces = st.braces || *n->env->left == '{' || *n->env->right == '}';
    st.braces = false;
    cells.pairs = strcmp(n->env->columns, "rl") == 0;
    if (cells.pairs) {
        cells.spec = cells.columns > 1 ? n->env->columns : "l";
        cells.nspec = strlen(cells.spec);
    }
    cells.rule = rule;
    size_t r = 0;
    for (uint32_t line = n->a; line; line = get(t, line)->next, r++) {
        rule[r] = get(t, line)->flag;
        uint32_t cell = get(t, line)->a;
        for (size_t k = 0; k < cells.columns; k++) {
            cells.v[r * cells.columns + k] =
                cell ? lw_math_typeset(t, cell, st) : lw_math_box_none(t->sheet);
            cell = cell ? get(t, cell)->next : 0;
        }
    }
    box b = lw_math_grid(t->sheet, &cells, ours(n->at));
    free(cells.v);
    free(rule);
    return b;
}

static box grid_row(typeset *t, const struct lw_math_node *n, style st)
{
    int gap = *n->env->left == '{' || *n->env->right == '}' ? 2 : 1;
    box b = lw_math_box_none(t->sheet);
    for (uint32_t line = n->a; line; line = get(t, line)->next) {
        if (line != n->a)
            beside(t, &b, text(t, "; ", ours(get(t, line)->at)));
        bool any = false;
        for (uint32_t cell = get(t, line)->a; cell; cell = get(t, cell)->next) {
            box c = lw_math_typeset(t, cell, st);
            lw_math_box_beside(t->sheet, &b, c, any && c.cols > 0 ? gap : 0);
            any = any || c.cols > 0;
        }
    }
    return b;
}

static box grid(typeset *t, const struct lw_math_node *n, style st)
{
    box b = st.rows ? grid_rows(t, n, st) : grid_row(t, n, st);
    const char *left = n->env->left, *right = n->env->right;
    if (*left) {
        box sign =
            lw_math_box_bracket(t->sheet, left, strlen(left), b.up, b.down, mark_of(get(t, n->b)));
        lw_math_box_move(t->sheet, &b, sign.cols + (!*right && st.rows), 0);
        lw_math_box_join(&b, sign);
    }
    if (*right)
        lw_math_box_beside(t->sheet, &b,
            lw_math_box_bracket(
                t->sheet, right, strlen(right), b.up, b.down, mark_of(get(t, n->c))),
            !*left && st.rows);
    return b;
}

/* ---- any node */

static box atom(typeset *t, const struct lw_math_node *n)
{
    const char *s = lw_math_text(n);
    box b = lw_math_box_text(t->sheet, s, n->ntext, mark_of(n));
    b.blank_first = n->ntext > 0 && n->literal && s[0] == ' ';
    b.blank_last = n->ntext > 0 && n->literal && s[n->ntext - 1] == ' ';
    return b;
}

struct lw_math_box lw_math_typeset(typeset *t, uint32_t i, style st)
{
    const struct lw_math_node *n = get(t, i);
    switch (n->kind) {
    case LW_MATH_ROW:
        return n->literal ? words(t, n->a, st) : row(t, n->a, st);
    case LW_MATH_ATOM:
        return atom(t, n);
    case LW_MATH_FRAC:
        return frac(t, n, st);
    case LW_MATH_SCRIPT:
        return script(t, n, st);
    case LW_MATH_ROOT:
        return root(t, n, st);
    case LW_MATH_ACCENT:
        return accent(t, n, st);
    case LW_MATH_FENCE:
        return fence(t, n, st);
    case LW_MATH_GRID:
        return grid(t, n, st);
    case LW_MATH_BOX:
        return framed(t, n, st);
    case LW_MATH_BRACE:
        return brace(t, n, st);
    case LW_MATH_STACK:
        return stack(t, n, st);
    case LW_MATH_ARROW:
        return arrow(t, n, st);
    default:
        break;
    }
    return lw_math_box_none(t->sheet);
}
