/* A text with every character in it: what the screen would not show is written out. Also the way
 * from there to the text and back. */
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "tui/view/document_internal.h"

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

/* What glyphs would leave out or expand is written out. Returns the bytes of the character. */
static size_t spell_next(const char *s, size_t n, struct lw_buf *to)
{
    char32_t cp;
    size_t len = lw_utf8_decode(s, n, &cp);
    if (cp == '\n')
        lw_buf_str(to, "¶\n");
    else if (cp == '\t')
        lw_buf_str(to, "→   ");
    else if (ends_line(cp) || is_hidden(s, len))
        lw_buf_fmt(to, "<U+%04X>%s", (unsigned)cp, ends_line(cp) ? "\n" : "");
    else
        lw_buf_add(to, s, len);
    return len;
}

void lw_spell_out(const char *s, size_t n, struct lw_buf *to)
{
    for (size_t at = 0; at < n;)
        at += spell_next(s + at, n - at, to);
    lw_buf_add(to, "", 0);
}

/* Goes on until one of both, the text and what is spelled out, is at its limit. */
static size_t walk(const char *s, size_t n, size_t most, size_t *spelled)
{
    struct lw_buf b = {0};
    size_t at = 0;
    *spelled = 0;
    while (at < n) {
        lw_buf_clear(&b);
        size_t len = spell_next(s + at, n - at, &b);
        if (*spelled + b.len > most)
            break;
        *spelled += b.len;
        at += len;
    }
    lw_buf_fini(&b);
    return at;
}

size_t lw_spelled_source(const char *s, size_t n, size_t at)
{
    size_t spelled;
    return walk(s, n, at, &spelled);
}

size_t lw_spelled_at(const char *s, size_t n, size_t at)
{
    size_t spelled;
    walk(s, at < n ? at : n, SIZE_MAX, &spelled);
    return spelled;
}
