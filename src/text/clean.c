/* Whole strings through the sanitiser: cleaned, measured, fitted to columns. What becomes of a
 * single character is glyph.c's, how lines break wrap.c's. */
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <string.h>

static int add_cols(int a, int b)
{
    return a > INT_MAX - b ? INT_MAX : a + b;
}

static void add_glyph(const struct lw_glyph *g, struct lw_buf *to)
{
    char utf8[4];
    for (int i = 0; i < g->n; i++)
        lw_buf_add(to, utf8, lw_utf8_encode(g->cp[i], utf8));
    for (int i = 0; g->n == 0 && i < g->cols; i++)
        lw_buf_char(to, ' ');
}

void lw_clean(const char *s, size_t n, bool lines, struct lw_buf *to)
{
    bool start = true;
    int col = 0;
    for (size_t at = 0; at < n;) {
        size_t end = lines ? lw_line_end(s + at, n - at) : 0;
        if (end > 0) {
            lw_buf_char(to, '\n');
            at += end;
            start = true;
            col = 0;
            continue;
        }
        struct lw_glyph g;
        lw_glyph_next(s + at, n - at, col, start, &g);
        add_glyph(&g, to);
        at += g.len;
        col = add_cols(col, g.cols);
        start = false;
    }
    lw_buf_add(to, "", 0); /* data is a string even when nothing was added */
}

void lw_clean_line(const char *s, char *to, size_t room)
{
    struct lw_buf b = {0};
    lw_clean(s, strlen(s), false, &b);
    size_t n = b.len;
    if (n >= room)
        for (n = room - 1; n > 0 && ((unsigned char)b.data[n] & 0xC0) == 0x80;)
            n--;
    memcpy(to, b.data, n);
    to[n] = '\0';
    lw_buf_fini(&b);
}

int lw_cols(const char *s, size_t n, int max)
{
    int col = 0;
    for (size_t at = 0; at < n && (max < 0 || col <= max);) {
        struct lw_glyph g;
        lw_glyph_next(s + at, n - at, col, at == 0, &g);
        at += g.len;
        col = add_cols(col, g.cols);
    }
    return col;
}

size_t lw_fit(const char *s, size_t n, int cols)
{
    size_t at = 0;
    for (int col = 0; at < n;) {
        struct lw_glyph g;
        lw_glyph_next(s + at, n - at, col, at == 0, &g);
        if (g.cols > cols - col)
            break;
        at += g.len;
        col += g.cols;
    }
    return at;
}

static bool is_utf8(const char *locale)
{
    return setlocale(LC_CTYPE, locale) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool lw_locale_init(void)
{
    return is_utf8("") || is_utf8("C.UTF-8");
}
