/* Grapheme clusters. The properties are libunistring's, the rules of UAX #29 are here: its own
 * u8_grapheme_next() forgets what precedes, and u8_grapheme_breaks() wants the whole text at once.
 */
#include "labelwright/utf8.h"

#include <unictype.h>
#include <unigbrk.h>

/* How far to look for a sure boundary, and where a cluster is cut for good: a call costs no more
 * however hostile the text is. An even number of flags' letters (4 bytes each) keeps pairs whole.
 */
enum { WINDOW = 1024 };

struct scan {
    int prev;      /* property of the code point before */
    bool odd_flag; /* an odd number of regional indicators lies before */
    bool pict;     /* a pictograph and any extenders lie before */
    bool joined;   /* the same and a ZWJ */
};

static int property(char32_t cp)
{
    if (cp == LW_UTF8_BAD)
        return GBP_CONTROL;
    if (cp >= ' ' && cp < 0x7F)
        return GBP_OTHER;
    return uc_graphemeclusterbreak_property(cp);
}

static bool is_pict(char32_t cp)
{
    return cp > 0x7F && cp != LW_UTF8_BAD && uc_is_property_extended_pictographic(cp);
}

static bool is_control(int p)
{
    return p == GBP_CONTROL || p == GBP_CR || p == GBP_LF;
}

static bool hangul_joins(int a, int b)
{
    switch (a) {
    case GBP_L:
        return b == GBP_L || b == GBP_V || b == GBP_LV || b == GBP_LVT;
    case GBP_LV:
    case GBP_V:
        return b == GBP_V || b == GBP_T;
    case GBP_LVT:
    case GBP_T:
        return b == GBP_T;
    default:
        return false;
    }
}

/* GB3 to GB9b: what two neighbours decide alone. */
static bool pair_breaks(int a, int b)
{
    if (a == GBP_CR && b == GBP_LF)
        return false;
    if (is_control(a) || is_control(b))
        return true;
    if (b == GBP_EXTEND || b == GBP_ZWJ || b == GBP_SPACINGMARK || a == GBP_PREPEND)
        return false;
    return !hangul_joins(a, b);
}

static void scan_start(struct scan *s)
{
    *s = (struct scan){.prev = GBP_CONTROL};
}

/* Takes the next code point; true when a boundary lies before it. */
static bool scan_take(struct scan *s, char32_t cp)
{
    int p = property(cp);
    bool pict = is_pict(cp);
    bool breaks = pair_breaks(s->prev, p);
    if (s->joined && pict)
        breaks = false; /* GB11 */
    if (s->odd_flag && p == GBP_RI)
        breaks = false; /* GB12, GB13 */
    s->odd_flag = p == GBP_RI && !s->odd_flag;
    s->joined = p == GBP_ZWJ && s->pict;
    s->pict = pict || (p == GBP_EXTEND && s->pict);
    s->prev = p;
    return breaks;
}

/* The start of the code point that holds byte `at`; a bad byte stands alone. */
static size_t cp_start(const char *s, size_t n, size_t at)
{
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        char32_t cp;
        if (lw_utf8_decode(s + at - back, n - (at - back), &cp) > back)
            return at - back;
    }
    return at;
}

/* True when a boundary lies between a and b whatever else is there. */
static bool sure_break(char32_t a, char32_t b)
{
    int pa = property(a), pb = property(b);
    if ((pa == GBP_RI && pb == GBP_RI) || (pa == GBP_ZWJ && is_pict(b)))
        return false;
    return pair_breaks(pa, pb);
}

/* A boundary at or before `from` (the start of a code point), looked for at most WINDOW before
 * `at`. */
static size_t anchor(const char *s, size_t n, size_t from, size_t at)
{
    size_t p = from;
    while (p > 0 && at - p < WINDOW) {
        char32_t before, after;
        size_t q = cp_start(s, n, p - 1);
        lw_utf8_decode(s + q, n - q, &before);
        lw_utf8_decode(s + p, n - p, &after);
        if (sure_break(before, after))
            break;
        p = q;
    }
    return p;
}

/* The last boundary at or before `limit` < n, counted from the boundary `from`. */
static size_t last_boundary(const char *s, size_t n, size_t from, size_t limit)
{
    struct scan scan;
    scan_start(&scan);
    size_t last = from;
    for (size_t at = from; at <= limit;) {
        char32_t cp;
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        if (scan_take(&scan, cp))
            last = at;
        at += len;
    }
    return last;
}

size_t lw_grapheme_at(const char *s, size_t n, size_t at)
{
    if (at >= n)
        return n;
    size_t cp = cp_start(s, n, at);
    return last_boundary(s, n, anchor(s, n, cp, cp), cp);
}

size_t lw_grapheme_prev(const char *s, size_t n, size_t at)
{
    if (at > n)
        at = n;
    if (at == 0)
        return 0;
    size_t cp = cp_start(s, n, at - 1);
    return last_boundary(s, n, anchor(s, n, cp, at), cp);
}

size_t lw_grapheme_next(const char *s, size_t n, size_t at)
{
    if (at >= n)
        return n;
    struct scan scan;
    scan_start(&scan);
    size_t cut = at + WINDOW;
    size_t cp = cp_start(s, n, at);
    for (size_t p = anchor(s, n, cp, cp); p < n;) {
        char32_t c;
        size_t len = lw_utf8_decode(s + p, n - p, &c);
        bool breaks = scan_take(&scan, c);
        if (p > at && (breaks || p >= cut))
            return p;
        p += len;
    }
    return n;
}
