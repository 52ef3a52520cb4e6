/* Where the cursor of a text goes: over words, paragraphs and screen lines, and what Backspace
 * takes. It changes nothing; edit.c does. */
#include "text/cursor_motion_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"

#include <unictype.h>
#include <unigbrk.h>

/* ---- words */

enum char_kind { BLANK, WORD, OTHER };

static enum char_kind kind_at(const char *s, size_t n, size_t at)
{
    char32_t cp;
    lw_utf8_decode(s + at, n - at, &cp);
    if (cp == LW_UTF8_BAD)
        return OTHER;
    if (uc_is_property_white_space(cp))
        return BLANK;
    bool word = cp == '_' || uc_is_general_category_withtable(
                                 cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
    return word ? WORD : OTHER;
}

static size_t skip_left(const char *s, size_t n, size_t at, enum char_kind kind)
{
    while (at > 0) {
        size_t prev = lw_grapheme_prev(s, n, at);
        if (kind_at(s, n, prev) != kind)
            break;
        at = prev;
    }
    return at;
}

static size_t skip_right(const char *s, size_t n, size_t at, enum char_kind kind)
{
    while (at < n && kind_at(s, n, at) == kind)
        at = lw_grapheme_next(s, n, at);
    return at;
}

size_t lw_word_before(const char *s, size_t n, size_t at)
{
    at = skip_left(s, n, at, BLANK);
    return at > 0 ? skip_left(s, n, at, kind_at(s, n, lw_grapheme_prev(s, n, at))) : 0;
}

size_t lw_word_after(const char *s, size_t n, size_t at)
{
    at = skip_right(s, n, at, BLANK);
    return at < n ? skip_right(s, n, at, kind_at(s, n, at)) : n;
}

/* ---- Backspace */

static bool is_emoji_part(char32_t cp)
{
    enum { EMOJI_STYLE = 0xFE0F, KEYCAP = 0x20E3 };
    return cp == EMOJI_STYLE || cp == KEYCAP || uc_is_property_extended_pictographic(cp) ||
           uc_graphemeclusterbreak_property(cp) == GBP_RI;
}

/* One sign to whoever sees it, whatever it is made of. */
static bool is_one_sign(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        char32_t cp;
        at += lw_utf8_decode(s + at, n - at, &cp);
        if (cp == U'\n' || (cp != LW_UTF8_BAD && is_emoji_part(cp)))
            return true;
    }
    return false;
}

size_t lw_backspace_start(const char *s, size_t n, size_t at)
{
    size_t start = lw_grapheme_prev(s, n, at), last = start;
    if (is_one_sign(s + start, at - start))
        return start;
    for (size_t next = start; next < at;) {
        char32_t cp;
        last = next;
        next += lw_utf8_decode(s + next, n - next, &cp);
    }
    return last;
}

/* ---- lines of the text */

size_t lw_source_line_start(const char *s, size_t at)
{
    while (at > 0 && !lw_ends_line(s, at))
        at--;
    return at;
}

size_t lw_source_line_end(const char *s, size_t n, size_t at)
{
    return at + lw_line_len(s + at, n - at);
}

static bool is_blank_line(const char *s, size_t n, size_t at)
{
    size_t end = lw_source_line_end(s, n, at);
    while (at < end && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at == end;
}

size_t lw_paragraph_before(const char *s, size_t n, size_t at)
{
    while (at > 0) {
        size_t start = lw_source_line_start(s, at);
        if (start == at)
            start = lw_source_line_start(s, at - 1);
        at = start;
        if (!is_blank_line(s, n, at))
            break;
    }
    return lw_grapheme_at(s, n, at);
}

size_t lw_paragraph_after(const char *s, size_t n, size_t at)
{
    while (at < n) {
        at = lw_source_line_end(s, n, at);
        at += at < n ? lw_line_end(s + at, n - at) : 0;
        if (at < n && !is_blank_line(s, n, at))
            break;
    }
    return at < n && lw_grapheme_at(s, n, at) < at ? lw_grapheme_next(s, n, at) : at;
}

/* ---- lines of the screen */

size_t lw_screen_line_start(const struct lw_reflow *f, const char *s, size_t n, size_t at)
{
    return lw_grapheme_at(s, n, lw_reflow_line(f, lw_reflow_line_of(f, at)).start);
}

/* True when what is behind line `i` already belongs to the next one: a break within a word. */
static bool shares_end(const struct lw_reflow *f, size_t i)
{
    return i + 1 < lw_reflow_count(f) && lw_reflow_line(f, i).end == lw_reflow_line(f, i + 1).start;
}

size_t lw_screen_line_end(const struct lw_reflow *f, const char *s, size_t n, size_t at)
{
    size_t i = lw_reflow_line_of(f, at);
    struct lw_line l = lw_reflow_line(f, i);
    if (!l.soft)
        return lw_source_line_end(s, n, at > l.end ? at : l.end);
    size_t end = shares_end(f, i) ? lw_grapheme_prev(s, n, l.end) : lw_grapheme_at(s, n, l.end);
    return end > at ? end : at;
}

int lw_screen_col(const struct lw_reflow *f, const char *s, size_t at)
{
    struct lw_line l = lw_reflow_line(f, lw_reflow_line_of(f, at));
    size_t end = at < l.end ? at : l.end;
    return lw_cols(s + l.start, end - l.start, -1);
}

/* The place nearest to column `col` of line `i`, not beyond it. */
static size_t place(const struct lw_reflow *f, const char *s, size_t n, size_t i, int col)
{
    struct lw_line l = lw_reflow_line(f, i);
    size_t at = l.start + lw_fit(s + l.start, l.end - l.start, col);
    if (at == l.end && shares_end(f, i))
        return lw_grapheme_prev(s, n, at);
    return lw_grapheme_at(s, n, at);
}

/* A grapheme wider than the line has several lines and one place: go on until the place changes. */
size_t lw_screen_line_up(const struct lw_reflow *f, const char *s, size_t n, size_t at, int col)
{
    for (size_t i = lw_reflow_line_of(f, at); i > 0; i--) {
        size_t to = place(f, s, n, i - 1, col);
        if (to < at)
            return to;
    }
    return at;
}

size_t lw_screen_line_down(const struct lw_reflow *f, const char *s, size_t n, size_t at, int col)
{
    for (size_t i = lw_reflow_line_of(f, at) + 1; i < lw_reflow_count(f); i++) {
        size_t to = place(f, s, n, i, col);
        if (to > at)
            return to;
    }
    return at;
}
