/* Words and sentences as places to go to. How words are cut is words.c's, and unspaced.c's. */
#include "labelwright/text/units.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/unspaced.h"
#include "labelwright/text/utf8.h"
#include "text/words_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

/* ---- words */

struct cutting {
    const char *s;
    void (*each)(void *ctx, size_t at, size_t end);
    void *ctx;
};

static bool has_letter(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        char32_t cp;
        at += lw_utf8_decode(s + at, n - at, &cp);
        if (cp != LW_UTF8_BAD &&
            uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
            return true;
    }
    return false;
}

static void cut_spaced(const struct cutting *c, size_t from, size_t end)
{
    struct lw_word_list words = {0};
    lw_words_add(&words, c->s, from, end);
    for (size_t i = 0; i < words.n; i++)
        if (has_letter(c->s + words.v[i].at, words.v[i].end - words.v[i].at))
            c->each(c->ctx, words.v[i].at, words.v[i].end);
    free(words.v);
}

static void cut_unspaced(const struct cutting *c, size_t from, size_t len)
{
    char *begins = lw_alloc(len);
    if (!lw_unspaced_words(c->s + from, len, begins)) {
        cut_spaced(c, from, from + len);
    } else {
        for (size_t at = 0, end; at < len; at = end) {
            for (end = at + 1; end < len && !begins[end];)
                end++;
            c->each(c->ctx, from + at, from + end);
        }
    }
    free(begins);
}

void lw_each_word(
    const char *s, size_t n, void (*each)(void *ctx, size_t at, size_t end), void *ctx)
{
    const struct cutting c = {s, each, ctx};
    for (size_t from = 0; from < n;) {
        size_t len = 0, at = lw_unspaced_find(s, n, from, &len);
        if (at > from)
            cut_spaced(&c, from, at);
        if (at < n)
            cut_unspaced(&c, at, len);
        from = at < n ? at + len : n;
    }
}

/* ---- sentences */

static char32_t before(const char *s, size_t at, size_t *start)
{
    char32_t cp;
    *start = at - 1;
    while (*start > 0 && at - *start < 4 && ((unsigned char)s[*start] & 0xC0) == 0x80)
        --*start;
    lw_utf8_decode(s + *start, at - *start, &cp);
    return cp;
}

static bool is_one_of(const char32_t *all, char32_t cp)
{
    while (*all && *all != cp)
        all++;
    return *all != 0;
}

/* Quotes, brackets and marks of emphasis that stand behind a stop. */
static bool closes(char32_t cp)
{
    return is_one_of(U"\"')]}*_`~»”’」』）", cp);
}

/* "J. Smith" and "1. First" go on. */
static bool is_short(const char *s, size_t stop)
{
    size_t at = stop, digits = 0;
    while (at > 0 && s[at - 1] >= '0' && s[at - 1] <= '9') {
        at--;
        digits++;
    }
    bool capital = digits == 0 && at > 0 && s[at - 1] >= 'A' && s[at - 1] <= 'Z';
    bool alone = at - capital == 0 || lw_is_blank(s[at - capital - 1]);
    return alone && (capital || (digits > 0 && digits < 3));
}

/* Whether the last sign before `end` ends a sentence; `blank`: something blank follows. */
static bool ends_with_stop(const char *s, size_t end, bool blank)
{
    char32_t cp = 0;
    size_t start = end;
    while (end > 0 && (cp = before(s, end, &start), closes(cp)))
        end = start;
    if (end == 0)
        return true;
    if (is_one_of(U"。！？｡", cp))
        return true;
    return blank && is_one_of(U".!?…؟।", cp) && !(cp == U'.' && is_short(s, start));
}

bool lw_begins_sentence(const char *s, size_t n, size_t at)
{
    size_t end = at, lines = 0;
    while (end > 0 && lw_is_blank(s[end - 1]))
        lines += s[--end] == '\n';
    bool small = at < n && s[at] >= 'a' && s[at] <= 'z'; /* "e.g. this" */
    return end == 0 || lines > 1 || (!small && ends_with_stop(s, end, end < at));
}
