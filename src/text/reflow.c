/* Keeps the screen lines of a text while it changes. The text is held as pieces of whole source
 * lines, each wrapped by wrap.c; a change wraps the pieces it touches and their neighbours. A
 * source line longer than a piece is cut where a screen line begins. */
#include "labelwright/text/reflow.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    PIECE = 4096, /* bytes: costs half a million instructions to wrap */
    REACH = 4     /* bytes beside a change that may read differently with it: CR LF, U+2028 */
};

/* ---- one piece */

static size_t most_of(const struct lw_reflow *f)
{
    return f->most > 0 ? f->most : PIECE;
}

/* Up to the last line end within `most` bytes; 0 when the source line is longer. */
static size_t whole_lines(const char *s, size_t n, size_t most)
{
    size_t len = n <= most ? n : most;
    while (n > most && len > 0 && !lw_ends_line(s, len))
        len--;
    return len;
}

/* As many screen lines of a long source line as fit: the last may be cut short and is left. */
static size_t screen_lines(const struct lw_reflow *f, struct lw_wrap *w, const char *s, size_t n)
{
    size_t len = lw_grapheme_at(s, n, most_of(f));
    len = len > 0 ? len : lw_grapheme_next(s, n, most_of(f));
    lw_wrap_text(w, s, len, f->cols);
    if (w->n < 2)
        return len;
    w->n--;
    return w->v[w->n].start;
}

/* The next piece of the n bytes at `s`; `last`: they are the end of the text. */
static struct lw_reflow_piece next_piece(
    const struct lw_reflow *f, const char *s, size_t n, bool last)
{
    struct lw_reflow_piece p = {.n = whole_lines(s, n, most_of(f))};
    if (p.n == 0 && n > 0)
        p.n = screen_lines(f, &p.wrap, s, n);
    else
        lw_wrap_text(&p.wrap, s, p.n, f->cols);
    if (last && p.n == n)
        return p;
    if (lw_ends_line(s, p.n))
        p.wrap.n--; /* the empty line behind it is the next piece's first */
    else
        p.wrap.v[p.wrap.n - 1].soft = true;
    return p;
}

static void add_piece(struct lw_reflow *f, struct lw_reflow_piece p)
{
    if (f->n == f->cap) {
        f->cap = f->cap ? 2 * f->cap : 16;
        f->v = lw_grow(f->v, f->cap, sizeof *f->v);
    }
    f->v[f->n++] = p;
}

/* Adds the pieces of the bytes [from, end) of a text of n. */
static void add_pieces(struct lw_reflow *f, const char *s, size_t n, size_t from, size_t end)
{
    while (from < end || (n == 0 && f->n == 0)) {
        struct lw_reflow_piece p = next_piece(f, s + from, end - from, end == n);
        add_piece(f, p);
        from += p.n;
    }
}

/* ---- all of them */

static void drop_pieces(struct lw_reflow *f)
{
    for (size_t i = 0; i < f->n; i++)
        lw_wrap_fini(&f->v[i].wrap);
    f->n = 0;
}

void lw_reflow_text(struct lw_reflow *f, const char *s, size_t n, int cols)
{
    drop_pieces(f);
    f->cols = cols;
    add_pieces(f, n > 0 ? s : "", n, 0, n);
}

/* The piece that holds byte `at`, and where it begins. */
static size_t piece_at(const struct lw_reflow *f, size_t at, size_t *start)
{
    size_t i = 0;
    for (*start = 0; i + 1 < f->n && at >= *start + f->v[i].n; i++)
        *start += f->v[i].n;
    return i;
}

/* Puts new pieces in the place of [first, last]. */
static void splice(struct lw_reflow *f, size_t first, size_t last, const struct lw_reflow *in)
{
    size_t behind = f->n - last - 1, n = first + in->n + behind;
    for (size_t i = first; i <= last; i++)
        lw_wrap_fini(&f->v[i].wrap);
    if (n > f->cap) {
        f->cap = 2 * n;
        f->v = lw_grow(f->v, f->cap, sizeof *f->v);
    }
    memmove(f->v + first + in->n, f->v + last + 1, behind * sizeof *f->v);
    memcpy(f->v + first, in->v, in->n * sizeof *f->v);
    f->n = n;
}

void lw_reflow_change(
    struct lw_reflow *f, const char *s, size_t n, size_t at, size_t out, size_t in)
{
    size_t start, end;
    size_t first = piece_at(f, at > REACH ? at - REACH : 0, &start);
    size_t last = piece_at(f, at + out + REACH, &end);
    end += f->v[last].n - out + in;
    if (last + 1 < f->n && !lw_ends_line(s, end))
        end += f->v[++last].n;
    struct lw_reflow made = {.cols = f->cols, .most = f->most};
    add_pieces(&made, s, n, start, end);
    splice(f, first, last, &made);
    free(made.v);
}

/* ---- asking */

size_t lw_reflow_count(const struct lw_reflow *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        n += f->v[i].wrap.n;
    return n;
}

struct lw_line lw_reflow_line(const struct lw_reflow *f, size_t i)
{
    size_t start = 0, at = 0;
    for (; at + 1 < f->n && i >= f->v[at].wrap.n; at++) {
        i -= f->v[at].wrap.n;
        start += f->v[at].n;
    }
    struct lw_line l = f->v[at].wrap.v[i];
    return (struct lw_line){start + l.start, start + l.end, l.soft};
}

size_t lw_reflow_line_of(const struct lw_reflow *f, size_t at)
{
    size_t start, piece = piece_at(f, at, &start), line = 0;
    for (size_t i = 0; i < piece; i++)
        line += f->v[i].wrap.n;
    return line + lw_wrap_line_of(&f->v[piece].wrap, at - start);
}

void lw_reflow_fini(struct lw_reflow *f)
{
    drop_pieces(f);
    free(f->v);
    *f = (struct lw_reflow){0};
}
