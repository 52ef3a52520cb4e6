/* Breaks a text into screen lines by UAX #14 (breaks.c), at columns as glyph.c counts them. A
 * break goes to the last opportunity that fits, within a word only where there is none. Linear in
 * the text; drawing is the view's. */
#define _GNU_SOURCE
#include "labelwright/text/wrap.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/unspaced.h"
#include "labelwright/text/utf8.h"
#include "text/breaks_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR = 512 /* bytes of a text that need no memory for their breaks */ };

/* The line being filled. */
struct fill {
    struct lw_wrap *w;
    const char *s;
    const char *may_break; /* before each byte, by breaks.c */
    size_t end;            /* of the source line */
    int cols;

    size_t start, at;
    int col;
    size_t text_end;     /* behind the last unit that is not a blank */
    size_t fit_end;      /* behind the last unit that fits, blank or not */
    size_t opp, opp_end; /* the last opportunity, 0 for none, and where the text before it ends */
    bool indent;         /* only leading blanks of the source line so far */
    bool hanging;        /* blanks beyond the edge: nothing fits any more */
};

static void add_line(struct lw_wrap *w, size_t start, size_t end, bool soft)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 32;
        w->v = lw_grow(w->v, w->cap, sizeof *w->v);
    }
    w->v[w->n++] = (struct lw_line){start, end, soft};
}

static void begin_line(struct fill *f, size_t at, bool indent)
{
    f->start = f->at = f->text_end = f->fit_end = at;
    f->col = 0;
    f->opp = f->opp_end = 0;
    f->indent = indent;
    f->hanging = false;
}

static bool is_blank(const struct lw_glyph *g)
{
    return g->cols > 0 && (g->n == 0 || (g->n == 1 && g->cp[0] == ' '));
}

static void append_glyph(struct fill *f, const struct lw_glyph *g, bool blank)
{
    f->at += g->len;
    f->col += g->cols;
    f->fit_end = f->at;
    f->indent = f->indent && blank;
    if (!blank || f->indent)
        f->text_end = f->at;
}

/* The start of the unit that holds byte `p` of this line. */
static size_t unit_at(const struct fill *f, size_t p)
{
    size_t at = f->start;
    for (int col = 0;;) {
        struct lw_glyph g;
        lw_glyph_next(f->s + at, f->end - at, col, at == f->start, &g);
        if (at + g.len > p)
            return at;
        at += g.len;
        col += g.cols;
    }
}

/* The last place up to `p` that starts both a grapheme and a unit; the start of the line for none.
 */
static size_t whole_grapheme(const struct fill *f, size_t p)
{
    while (p > f->start) {
        size_t grapheme = lw_grapheme_at(f->s, f->end, p);
        if (grapheme == p)
            return p;
        p = grapheme > f->start ? unit_at(f, grapheme) : f->start;
    }
    return p;
}

/* Breaks at the last opportunity (which UAX #14 may offer inside a grapheme), else within the word
 * that is wider than the line, else within the grapheme that is. */
static void break_line(struct fill *f)
{
    size_t next = f->opp ? whole_grapheme(f, f->opp) : f->start;
    if (next == f->start)
        next = whole_grapheme(f, f->at);
    if (next == f->start)
        next = f->at;
    size_t end = next == f->opp ? f->opp_end : next < f->text_end ? next : f->text_end;
    add_line(f->w, f->start, end, true);
    begin_line(f, next, false);
}

static size_t without_blanks(const struct fill *f, size_t end)
{
    while (end > f->start && f->s[end - 1] == ' ')
        end--;
    return end;
}

/* At the start of a line: appends the plain characters that fit, as step() would one by one. */
static void append_plain(struct fill *f)
{
    const char *s = f->s + f->at, *last;
    size_t left = f->end - f->at, cols = (size_t)f->cols;
    size_t n = *s == ' ' ? 0 : lw_plain_len(s, left < cols ? left : cols);
    if (n > 0 && n < left && s[n] < 0)
        n--; /* a mark may join it */
    if (n == 0)
        return;
    last = memrchr(f->may_break + f->at + 1, 1, n - 1);
    if (last) {
        f->opp = (size_t)(last - f->may_break);
        f->opp_end = without_blanks(f, f->opp);
    }
    f->at = f->fit_end = f->at + n;
    f->text_end = without_blanks(f, f->at);
    f->col = (int)n;
    f->indent = false;
}

static void step(struct fill *f)
{
    struct lw_glyph g;
    if (f->at == f->start)
        append_plain(f);
    if (f->at == f->end)
        return;
    lw_glyph_next(f->s + f->at, f->end - f->at, f->col, f->at == f->start, &g);
    bool blank = is_blank(&g);
    if (f->at > f->start && !blank && f->may_break[f->at]) {
        f->opp = f->at;
        f->opp_end = f->text_end;
    }
    if (!f->hanging && (f->col == 0 || g.cols <= f->cols - f->col)) {
        append_glyph(f, &g, blank);
    } else if (blank || g.cols == 0) {
        f->hanging = true;
        f->at += g.len;
    } else {
        break_line(f);
    }
}

static void wrap_source_line(struct fill *f, size_t from, size_t end)
{
    f->end = end;
    begin_line(f, from, true);
    while (f->at < end)
        step(f);
    add_line(f->w, f->start, f->fit_end, false);
}

/* Where UAX #14 allows it, and between the words of scripts that it leaves to dictionaries. */
static void find_breaks(const char *s, size_t n, char *may_break)
{
    size_t len;
    lw_find_breaks(s, n, may_break);
    for (size_t at = 0; (at = lw_unspaced_find(s, n, at, &len)) < n; at += len)
        lw_unspaced_words(s + at, len, may_break + at);
}

/* The bytes [from, end) of `s`, a source line of anything. */
static void wrap_any(struct lw_wrap *w, const char *s, size_t from, size_t end, int cols)
{
    size_t n = end - from;
    if (n <= 4 * (size_t)cols && lw_cols(s + from, n, cols) <= cols) {
        add_line(w, from, end, false);
        return;
    }
    char near[NEAR], *may_break = n <= NEAR ? memset(near, 0, n) : lw_alloc(n);
    find_breaks(s + from, n, may_break);
    struct fill f = {.w = w, .s = s + from, .may_break = may_break, .cols = cols};
    size_t first = w->n;
    wrap_source_line(&f, 0, n);
    for (size_t i = first; i < w->n; i++) {
        w->v[i].start += from;
        w->v[i].end += from;
    }
    if (may_break != near)
        free(may_break);
}

/* ---- lines of printable ASCII, which are most: a byte is a column, and few places are looked at
 */

static size_t skip_spaces(const char *s, size_t at, size_t end)
{
    while (at < end && s[at] == ' ')
        at++;
    return at;
}

static size_t trim_spaces(const char *s, size_t from, size_t end)
{
    while (end > from && s[end - 1] == ' ')
        end--;
    return end;
}

/* False, and nothing done, where there are more signs in a row than are looked at. */
static bool wrap_plain(struct lw_wrap *w, const char *s, size_t from, size_t end, int cols)
{
    size_t before = w->n, at = from, indent;
    if (end - at <= (size_t)cols) {
        add_line(w, at, end, false);
        return true;
    }
    indent = skip_spaces(s, at, end);
    while (end - at > (size_t)cols) {
        size_t edge = at + (size_t)cols, word = skip_spaces(s, edge, end);
        if (word == end) {
            end = edge; /* blanks beyond the edge */
            break;
        }
        size_t next = lw_last_break(s + from, end - from, at - from, word - from);
        if (next == SIZE_MAX) {
            w->n = before;
            return false;
        }
        next = next > at - from ? from + next : word;
        size_t text = next < edge ? next : edge;
        add_line(w, at, trim_spaces(s, indent < text ? indent : text, text), true);
        indent = at = next;
    }
    add_line(w, at, end, false);
    return true;
}

/* ---- all of it */

void lw_wrap_text(struct lw_wrap *w, const char *s, size_t n, int cols)
{
    w->n = 0;
    s = n > 0 ? s : ""; /* NULL + 0 is undefined in C */
    for (size_t at = 0;;) {
        size_t plain = at + lw_plain_len(s + at, n - at);
        bool ends = plain == n || s[plain] == '\n';
        size_t end = ends ? plain : plain + lw_line_len(s + plain, n - plain);
        if (end != plain || !wrap_plain(w, s, at, end, cols))
            wrap_any(w, s, at, end, cols);
        if (end == n)
            break;
        at = end + lw_line_end(s + end, n - end);
    }
}

size_t lw_wrap_line_of(const struct lw_wrap *w, size_t at)
{
    size_t low = 0, high = w->n;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (w->v[mid].start <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

void lw_wrap_fini(struct lw_wrap *w)
{
    free(w->v);
    *w = (struct lw_wrap){0};
}
