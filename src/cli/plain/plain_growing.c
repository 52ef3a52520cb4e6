/* Plain mode: a text printed while it grows. A screen reader reads what is new, so it gets whole
 * lines, and of a long line whole sentences or words: never half of one, and nothing twice. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <string.h>

enum { LONG_LINE = 160 /* bytes that wait for the end of their sentence */ };

/* ---- how much of it */

/* What follows must be there, and join nothing before it: no mark. */
static bool stands_alone(struct lw_span text, size_t at)
{
    unsigned char c = at < text.n ? (unsigned char)text.s[at] : 0xCC;
    return c < 0x80 || (c >= 0xE3 && c <= 0xE9);
}

static bool ends_sentence(struct lw_span text, size_t at)
{
    static const char *const stops[] = {". ", "! ", "? ", ": ", "; ", "\u3002", "\uFF01", "\uFF1F"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t n = strlen(stops[i]);
        if (at >= n && memcmp(text.s + at - n, stops[i], n) == 0)
            return true;
    }
    return false;
}

static bool may_end(const struct lw_plain_growing *g, struct lw_span text, size_t at)
{
    bool waits = text.n - g->cut > LONG_LINE && text.s[at - 1] == ' ';
    return stands_alone(text, at) && (waits || ends_sentence(text, at));
}

static size_t cut_of(const struct lw_plain_growing *g, struct lw_span text)
{
    for (size_t i = text.n; i > g->cut; i--)
        if (text.s[i - 1] == '\n')
            return i;
    for (size_t i = text.n; i > g->cut; i--)
        if (may_end(g, text, i))
            return i;
    return g->cut;
}

/* ---- printing */

/* Lines from outside are indented, those of ours are not. */
static void print_lines(struct lw_plain_growing *g, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!g->open && s[i] != '\n')
            fputs("  ", stdout);
        putchar(s[i]);
        g->open = s[i] != '\n';
    }
}

/* The line is sanitised from its beginning on: tabs depend on what stands before them. */
static void print_to(struct lw_plain_growing *g, struct lw_span text, size_t to)
{
    struct lw_buf b = {0};
    lw_clean(text.s + g->line, to - g->line, true, &b);
    if (b.len > g->clean)
        print_lines(g, b.data + g->clean, b.len - g->clean);
    const char *lf = memrchr(text.s + g->line, '\n', to - g->line);
    if (lf) {
        g->line = (size_t)(lf + 1 - text.s);
        lw_buf_clear(&b);
        lw_clean(text.s + g->line, to - g->line, true, &b);
    }
    g->clean = b.len;
    g->cut = to;
    lw_buf_fini(&b);
}

void lw_plain_grow(struct lw_plain_growing *g, struct lw_span text, bool ends)
{
    size_t to = ends ? text.n : cut_of(g, text);
    if (to > g->cut)
        print_to(g, text, to);
    if (ends && g->open)
        putchar('\n');
    g->open = g->open && !ends;
}
