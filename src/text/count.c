/* Counts words and characters of a text, for limits that a client sets and for those who write.
 * Which words differ between two texts is words.c's and diff.c's: there a comma is a word, too. */
#include "labelwright/text/count.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/unspaced.h"
#include "labelwright/text/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>

/* ---- characters */

/* Nothing joins such a code point to one beside it that is such a one, too, or ends a line. */
static bool is_ordinary(char32_t cp)
{
    return cp != LW_UTF8_BAD && uc_graphemeclusterbreak_property(cp) == GBP_OTHER;
}

/* The end of the character at `at`. Most stand alone, which is seen at a fraction of the price of
 * looking for one. */
static size_t character_end(const char *s, size_t n, size_t at)
{
    char32_t cp, next;
    size_t end = at + lw_utf8_decode(s + at, n - at, &cp);
    if (!is_ordinary(cp))
        return lw_grapheme_next(s, n, at);
    if (end >= n)
        return n;
    lw_utf8_decode(s + end, n - end, &next);
    return next < ' ' || is_ordinary(next) ? end : lw_grapheme_next(s, n, at);
}

static size_t count_characters(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t at = 0; at < n; count++) {
        bool plain = (unsigned char)s[at] < 0x80 && s[at] != '\r' &&
                     (at + 1 == n || (unsigned char)s[at + 1] < 0x80);
        at = plain ? at + 1 : character_end(s, n, at);
    }
    return count;
}

/* ---- words */

enum kind { BLANK, LETTER, ALONE /* a word of its own */, SIGN };

static bool stands_alone(char32_t cp)
{
    static const struct {
        char32_t first, last;
    } alone[] = {
        {0x3005, 0x3007},   /* repeated Han, zero */
        {0x3041, 0x3096},   /* Hiragana */
        {0x30A1, 0x30FA},   /* Katakana */
        {0x3400, 0x4DBF},   /* Han */
        {0x4E00, 0x9FFF},   /* Han */
        {0xF900, 0xFAFF},   /* Han */
        {0x20000, 0x3FFFF}, /* Han */
    };
    for (size_t i = 0; i < sizeof alone / sizeof *alone && cp >= alone[i].first; i++)
        if (cp <= alone[i].last)
            return true;
    return false;
}

static enum kind kind_of(char32_t cp)
{
    if (cp < 0x80) {
        bool letter = (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
        return letter ? LETTER : cp <= ' ' || cp == 0x7F ? BLANK : SIGN;
    }
    if (stands_alone(cp))
        return ALONE;
    if (uc_is_property_white_space(cp) || cp == 0x200B)
        return BLANK;
    bool flag = cp >= 0x1F1E6 && cp <= 0x1F1FF; /* two make one; letters to Unicode */
    return uc_is_alnum(cp) && !flag ? LETTER : SIGN;
}

/* What stands in a piece without letters of scripts that put no blank between words. */
static size_t count_spaced(const char *s, size_t n)
{
    size_t words = 0;
    bool in_word = false;
    for (size_t at = 0; at < n;) {
        char32_t cp;
        at += lw_utf8_decode(s + at, n - at, &cp);
        enum kind kind = kind_of(cp);
        words += kind == ALONE || (kind == LETTER && !in_word);
        in_word = kind == LETTER || (kind == SIGN && in_word);
    }
    return words;
}

static size_t count_unspaced(const char *s, size_t n)
{
    size_t words = 1;
    char *begins = lw_alloc(n);
    if (lw_unspaced_words(s, n, begins))
        for (size_t i = 1; i < n; i++)
            words += begins[i] == 1;
    free(begins);
    return words;
}

static size_t count_words(const char *s, size_t n)
{
    size_t words = 0, len;
    for (size_t at = 0; at < n;) {
        size_t next = lw_unspaced_find(s, n, at, &len);
        words += count_spaced(s + at, next - at);
        if (next < n)
            words += count_unspaced(s + next, len);
        at = next + len;
    }
    return words;
}

struct lw_length lw_length_of(const char *s, size_t n)
{
    return (struct lw_length){count_words(s, n), count_characters(s, n)};
}
