/* Foreign text as terminal cells can hold it: the sanitiser. Unsafe or unseen characters become a
 * placeholder or nothing; the rules are in the header. How lines break is wrap.c's. */
#define _GNU_SOURCE
#include "labelwright/text/glyph.h"

#include "labelwright/text/utf8.h"
#include "text/ages_internal.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <string.h>
#include <unictype.h>
#include <wchar.h>

/* ---- one unit */

enum {
    TAB = 8,
    MARKS = LW_CELL_CPS - 1,
    BOM = 0xFEFF,
    MANY = 999999999, /* what "<+...>" can say within LW_GLYPH_CPS */
};

enum kind {
    CELL,   /* shown as it is, a base for marks */
    MARK,   /* joins the base before */
    HIDDEN, /* not shown */
    FLAG,   /* a regional indicator: shown as a letter */
    SIGN,   /* shown as a placeholder */
};

/* Where wcwidth() alone would mislead. */
static const struct range {
    char32_t first, last;
    enum kind kind;
} ranges[] = {
    {0x0080, 0x009F, SIGN},     /* C1 */
    {0x00AD, 0x00AD, HIDDEN},   /* soft hyphen */
    {0x034F, 0x034F, SIGN},     /* combining grapheme joiner */
    {0x061C, 0x061C, SIGN},     /* Arabic letter mark (bidi) */
    {0x115F, 0x1160, SIGN},     /* Hangul fillers */
    {0x17B4, 0x17B5, SIGN},     /* Khmer inherent vowels, never to be seen */
    {0x180B, 0x180D, HIDDEN},   /* Mongolian variation selectors */
    {0x180E, 0x180E, SIGN},     /* Mongolian vowel separator */
    {0x180F, 0x180F, HIDDEN},   /* Mongolian variation selector */
    {0x200B, 0x200B, SIGN},     /* zero width space */
    {0x200C, 0x200D, HIDDEN},   /* ZWNJ, ZWJ */
    {0x200E, 0x200F, SIGN},     /* bidi marks */
    {0x2028, 0x202E, SIGN},     /* line and paragraph separator, bidi embeddings and overrides */
    {0x2060, 0x206F, SIGN},     /* word joiner, invisible operators, bidi isolates, deprecated */
    {0x3164, 0x3164, SIGN},     /* Hangul filler */
    {0xFE00, 0xFE0F, HIDDEN},   /* variation selectors */
    {0xFEFF, 0xFEFF, SIGN},     /* zero width no-break space; at the start see skip_hidden() */
    {0xFFA0, 0xFFA0, SIGN},     /* halfwidth Hangul filler */
    {0xFFF0, 0xFFFB, SIGN},     /* reserved invisibles, interlinear annotation */
    {0x13430, 0x1343F, SIGN},   /* Egyptian hieroglyph format controls */
    {0x1BCA0, 0x1BCA3, SIGN},   /* shorthand format controls */
    {0x1D173, 0x1D17A, SIGN},   /* musical format controls */
    {0x1F1E6, 0x1F1FF, FLAG},   /* regional indicators */
    {0x1F3FB, 0x1F3FF, HIDDEN}, /* skin tones */
    {0xE0001, 0xE0001, HIDDEN}, /* language tag */
    {0xE0020, 0xE007F, HIDDEN}, /* tag characters */
    {0xE0100, 0xE01EF, HIDDEN}, /* variation selectors */
};

static const struct range *range_of(char32_t cp)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (cp > ranges[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    bool in = low < sizeof ranges / sizeof *ranges && cp >= ranges[low].first;
    return in ? &ranges[low] : NULL;
}

static bool is_ascii(char32_t cp)
{
    return cp >= ' ' && cp < 0x7F;
}

static int newest; /* version of Unicode; 0 for no limit */

static enum kind find_kind(char32_t cp, int *cols)
{
    *cols = 1;
    if (is_ascii(cp))
        return CELL;
    if (cp < ' ' || cp == 0x7F || cp == LW_UTF8_BAD)
        return SIGN;
    const struct range *r = range_of(cp);
    if (r)
        return r->kind;
    if (newest > 0 && lw_unicode_age(cp) > newest)
        return SIGN;
    *cols = wcwidth((wchar_t)cp);
    if (*cols > 0)
        return CELL;
    /* A format control that a later Unicode adds is not to pass as a mark. */
    bool mark = *cols == 0 && !uc_is_general_category(cp, UC_FORMAT);
    return mark ? MARK : SIGN;
}

/* Each character's kind is found once: 0 is not known yet, else 1 + kind * 4 + columns. */
static unsigned char known[0x20000];
static bool any_known;

static void forget_kinds(void)
{
    if (any_known)
        memset(known, 0, sizeof known);
    any_known = false;
}

static enum kind kind_of(char32_t cp, int *cols)
{
    if (cp >= sizeof known)
        return find_kind(cp, cols);
    if (known[cp] == 0) {
        any_known = true;
        enum kind kind = find_kind(cp, cols);
        known[cp] = (unsigned char)(1 + 4 * (int)kind + (*cols > 0 ? *cols : 0));
    }
    *cols = (known[cp] - 1) % 4;
    return (enum kind)((known[cp] - 1) / 4);
}

static void put(struct lw_glyph *g, char c)
{
    g->cp[g->n++] = (unsigned char)c;
}

/* Three forms of sign: ^X, <FF>, <U+202E>; `digits` is the least number of them. */
static void put_sign(struct lw_glyph *g, const char *open, char32_t value, int digits)
{
    int shift = 4 * (digits - 1);
    while (shift < 20 && value >> (shift + 4))
        shift += 4;
    for (; *open; open++)
        put(g, *open);
    for (; shift >= 0; shift -= 4)
        put(g, "0123456789ABCDEF"[value >> shift & 15]);
    put(g, '>');
    g->cols = g->n;
    g->placeholder = true;
}

static void put_caret(struct lw_glyph *g, char32_t cp)
{
    put(g, '^');
    put(g, (char)(cp ^ 0x40));
    g->cols = g->n;
    g->placeholder = true;
}

static void put_count(struct lw_glyph *g, int count)
{
    char digits[12];
    int n = 0;
    for (; count > 0; count /= 10)
        digits[n++] = (char)('0' + count % 10);
    put(g, '<');
    put(g, '+');
    while (n > 0)
        put(g, digits[--n]);
    put(g, '>');
    g->cols = g->n;
    g->placeholder = true;
}

/* Bytes of what is not shown at the start of s. */
static size_t skip_hidden(const char *s, size_t n, bool start)
{
    size_t at = 0;
    while (at < n) {
        char32_t cp;
        int cols;
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        bool bom = start && at == 0 && cp == BOM;
        if (!bom && kind_of(cp, &cols) != HIDDEN)
            break;
        at += len;
    }
    return at;
}

/* Takes up to `most` marks at `s` with whatever hidden stands before, between and behind them.
 * They go to `cp` unless it is NULL; returns the bytes. */
static size_t read_marks(const char *s, size_t n, int most, char32_t *cp, int *count)
{
    size_t at = skip_hidden(s, n, false);
    for (*count = 0; at < n && *count < most; (*count)++) {
        char32_t mark;
        int cols;
        size_t len = lw_utf8_decode(s + at, n - at, &mark);
        if (kind_of(mark, &cols) != MARK)
            break;
        if (cp)
            cp[*count] = mark;
        at += len;
        at += skip_hidden(s + at, n - at, false);
    }
    return at;
}

static void fill_cell(const char *s, size_t n, char32_t base, int cols, struct lw_glyph *g)
{
    int marks;
    g->cp[0] = base;
    g->len += read_marks(s + g->len, n - g->len, MARKS, g->cp + 1, &marks);
    g->n = 1 + marks;
    g->cols = cols;
}

/* Marks that do not fit a cell: a single one is named, more are counted. */
static void fill_loose_marks(const char *s, size_t n, char32_t first, struct lw_glyph *g)
{
    int more;
    g->len += read_marks(s + g->len, n - g->len, MANY - 1, NULL, &more);
    if (more > 0)
        put_count(g, more + 1);
    else
        put_sign(g, "<U+", first, 4);
}

static void fill_sign(const char *s, size_t n, int col, char32_t cp, struct lw_glyph *g)
{
    if (cp == '\r' && g->len < n && s[g->len] == '\n') {
        g->len++;
        cp = '\n';
    }
    if (cp == '\t')
        g->cols = TAB - col % TAB;
    else if (cp == LW_UTF8_BAD)
        put_sign(g, "<", (unsigned char)s[g->len - 1], 2);
    else if (cp < 0x80)
        put_caret(g, cp);
    else
        put_sign(g, "<U+", cp, 4);
}

/* ASCII that nothing can join: the short way for most of all text. */
static bool is_plain(const char *s, size_t n)
{
    return is_ascii((unsigned char)s[0]) && (n == 1 || (unsigned char)s[1] < 0x80);
}

void lw_glyph_next(const char *s, size_t n, int col, bool start, struct lw_glyph *g)
{
    *g = (struct lw_glyph){0};
    if (is_plain(s, n)) {
        g->len = 1;
        g->cols = g->n = 1;
        g->cp[0] = (unsigned char)s[0];
        return;
    }
    size_t hidden = skip_hidden(s, n, start);
    g->len = hidden;
    if (hidden == n)
        return;
    char32_t cp;
    int cols;
    size_t len = lw_utf8_decode(s + hidden, n - hidden, &cp);
    enum kind kind = kind_of(cp, &cols);
    if (hidden > 0 && kind != MARK)
        return;
    g->len += len;
    switch (kind) {
    case CELL:
        fill_cell(s, n, cp, cols, g);
        break;
    case FLAG:
        fill_cell(s, n, cp - 0x1F1E6 + 'A', 1, g);
        break;
    case MARK:
        fill_loose_marks(s, n, cp, g);
        break;
    default:
        fill_sign(s, n, col, cp, g);
        break;
    }
}

/* ---- whole strings */

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
        size_t left = n - at, room = max < 0 ? left : (size_t)(max - col) + 1;
        size_t plain = lw_plain_len(s + at, left < room ? left : room);
        if (plain > 0 && plain < left && s[at + plain] < 0)
            plain--; /* a mark may join it */
        if (plain > 0) {
            at += plain;
            col = plain > INT_MAX ? INT_MAX : add_cols(col, (int)plain);
            continue;
        }
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

void lw_glyph_set_newest(int version)
{
    if (version != newest)
        forget_kinds();
    newest = version;
}

bool lw_locale_init(void)
{
    forget_kinds(); /* they are those of wcwidth(), which depends on it */
    return is_utf8("") || is_utf8("C.UTF-8");
}
