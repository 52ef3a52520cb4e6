#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "text/line_end_internal.h"
#include "text/motion_internal.h"

#include <unictype.h>

enum class { BLANK, WORD, OTHER };

static enum class class_at(const char *s, size_t n, size_t at) {
    char32_t cp; lw_utf8_decode(s + at, n - at, &cp); if (cp == LW_UTF8_BAD) return OTHER;
    if (uc_is_property_white_space(cp)) return BLANK;
    bool word = cp == '_' || uc_is_general_category_withtable(
                                 cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
    return word ? WORD : OTHER;
}

static size_t skip_left(const char *s, size_t n, size_t at, enum class class)
{
    while (at > 0) {
        size_t prev = lw_grapheme_prev(s, n, at);
        if (class_at(s, n, prev) != class)
            break;
        at = prev;
    }
    return at;
}

static size_t skip_right(const char *s, size_t n, size_t at, enum class class)
{
    while (at < n && class_at(s, n, at) == class)
        at = lw_grapheme_next(s, n, at);
    return at;
}

size_t lw_word_left(const char *s, size_t n, size_t at)
{
    at = skip_left(s, n, at, BLANK);
    return at > 0 ? skip_left(s, n, at, class_at(s, n, lw_grapheme_prev(s, n, at))) : 0;
}

size_t lw_word_right(const char *s, size_t n, size_t at)
{
    at = skip_right(s, n, at, BLANK);
    return at < n ? skip_right(s, n, at, class_at(s, n, at)) : n;
}

static bool ends_line(const char *s, size_t at)
{
    for (size_t k = 1; k <= 3 && k <= at; k++)
        if (lw_line_end(s + at - k, k) == k)
            return true;
    return false;
}

size_t lw_source_line_start(const char *s, size_t at)
{
    while (at > 0 && !ends_line(s, at))
        at--;
    return at;
}

size_t lw_source_line_end(const char *s, size_t n, size_t at)
{
    return at + lw_line_len(s + at, n - at);
}

size_t lw_screen_line_start(const struct lw_wrap *w, const char *s, size_t n, size_t at)
{
    return lw_grapheme_at(s, n, w->v[lw_wrap_line_of(w, at)].start);
}

/* True when what is behind line `i` already belongs to the next one: a break within a word. */
static bool shares_end(const struct lw_wrap *w, size_t i)
{
    return i + 1 < w->n && w->v[i].end == w->v[i + 1].start;
}

size_t lw_screen_line_end(const struct lw_wrap *w, const char *s, size_t n, size_t at)
{
    size_t i = lw_wrap_line_of(w, at);
    const struct lw_line *l = &w->v[i];
    if (!l->soft)
        return lw_source_line_end(s, n, at > l->end ? at : l->end);
    size_t end = shares_end(w, i) ? lw_grapheme_prev(s, n, l->end) : lw_grapheme_at(s, n, l->end);
    return end > at ? end : at;
}

int lw_screen_col(const struct lw_wrap *w, const char *s, size_t at)
{
    const struct lw_line *l = &w->v[lw_wrap_line_of(w, at)];
    size_t end = at < l->end ? at : l->end;
    return lw_cols(s + l->start, end - l->start, -1);
}

/* The place nearest to column `col` of line `i`, not beyond it. */
static size_t place(const struct lw_wrap *w, const char *s, size_t n, size_t i, int col)
{
    const struct lw_line *l = &w->v[i];
    size_t at = l->start + lw_fit(s + l->start, l->end - l->start, col);
    if (at == l->end && shares_end(w, i))
        return lw_grapheme_prev(s, n, at);
    return lw_grapheme_at(s, n, at);
}

/* A grapheme wider than the line has several lines and one place: go on until the place changes. */
size_t lw_screen_up(const struct lw_wrap *w, const char *s, size_t n, size_t at, int col)
{
    for (size_t i = lw_wrap_line_of(w, at); i > 0; i--) {
        size_t to = place(w, s, n, i - 1, col);
        if (to < at)
            return to;
    }
    return at;
}

size_t lw_screen_down(const struct lw_wrap *w, const char *s, size_t n, size_t at, int col)
{
    for (size_t i = lw_wrap_line_of(w, at) + 1; i < w->n; i++) {
        size_t to = place(w, s, n, i, col);
        if (to > at)
            return to;
    }
    return at;
}
