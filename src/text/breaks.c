/* UAX #14 by u8_possible_linebreaks(), asked as little as possible: that takes 14 ns a byte, and
 * most of a text is letters, between which no line ends. No rule looks beyond a letter (class AL)
 * in either direction, so the text is cut there: what stands between two letters is asked about by
 * itself, and the answer for short pieces such as ", " is kept. Knows no columns. */
#include "text/breaks_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unilbrk.h>

/* ---- letters */

/* Letters of class AL that have no marks among them; the other scripts are the library's. */
static const struct {
    char32_t first, last;
} letters[] = {
    {'A', 'Z'},       /* ASCII */
    {'a', 'z'},       /* ASCII */
    {0x00C0, 0x00D6}, /* Latin-1 without its signs */
    {0x00D8, 0x00F6}, /* Latin-1 */
    {0x00F8, 0x024F}, /* Latin */
    {0x0391, 0x03A1}, /* Greek */
    {0x03A3, 0x03CE}, /* Greek */
    {0x0400, 0x0481}, /* Cyrillic */
    {0x048A, 0x052F}, /* Cyrillic */
    {0x0620, 0x064A}, /* Arabic */
    {0x1E00, 0x1EFF}, /* Latin for Vietnamese and others */
};

static bool is_ascii_letter(char c)
{
    unsigned char lower = (unsigned char)c | 0x20;
    return lower >= 'a' && lower <= 'z';
}

/* Bytes of the character at `s`, which `*letter` tells apart. */
static size_t character_len(const char *s, size_t n, bool *letter)
{
    char32_t cp;
    if ((unsigned char)s[0] < 0x80) {
        *letter = is_ascii_letter(s[0]);
        return 1;
    }
    size_t len = lw_utf8_decode(s, n, &cp);
    *letter = cp == LW_UTF8_BAD;
    for (size_t i = 0; i < sizeof letters / sizeof *letters && cp >= letters[i].first; i++)
        *letter = *letter || cp <= letters[i].last;
    return len;
}

/* ---- what stands between letters */

enum {
    NEAR = 256,     /* bytes of a piece that need no memory */
    KEPT_BYTES = 8, /* pieces that long are kept: "—", "), (" */
    KEPT = 1024     /* a power of two */
};

struct piece {
    const char *s;
    size_t n;
    bool after, before; /* a letter stands there; if not, the text begins or ends */
};

/* UAX #14 has no break between a full stop, comma or colon and a letter (LB29: "e.g.", "a,b"), but
 * libunistring 1.0 has. Letters that are no words, as those of Chinese, are not meant. */
static bool joins_letter(const char *text, size_t n, size_t at)
{
    char32_t cp;
    char pair[1 + 4] = "a", answer[sizeof pair];
    if (!memchr(".,:;", text[at - 1], 4))
        return false;
    size_t len = lw_utf8_decode(text + at, n - at, &cp);
    if (cp < 0x80)
        return is_ascii_letter(text[at]) || strchr("#&*<=>@^_`~", text[at]);
    if (!uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L))
        return false;
    memcpy(pair + 1, text + at, len);
    u8_possible_linebreaks((const uint8_t *)pair, 1 + len, "UTF-8", answer);
    return answer[1] != UC_BREAK_POSSIBLE;
}

/* May the line break before each byte of the piece, and before the letter behind it? */
static void ask_library(const struct piece *p, char *may_break)
{
    char near[2 * NEAR];
    size_t total = p->after + p->n + p->before;
    char *text = total <= NEAR ? near : lw_alloc(2 * total), *answer = text + total;
    if (p->after)
        text[0] = 'a';
    memcpy(text + p->after, p->s, p->n);
    if (p->before)
        text[total - 1] = 'a';
    u8_possible_linebreaks((const uint8_t *)text, total, "UTF-8", answer);
    for (size_t i = p->after; i < total; i++)
        may_break[i - p->after] =
            answer[i] == UC_BREAK_POSSIBLE && (i == 0 || !joins_letter(text, total, i));
    if (text != near)
        free(text);
}

/* Answers between two letters, each in the place of its hash; a later one takes the place. */
static struct kept {
    uint64_t key; /* the bytes, filled up with NUL: a text with NUL in it is not kept. 0: free */
    char may_break[KEPT_BYTES + 1];
} kept[KEPT];

static const struct kept *find_kept(const struct piece *p, uint64_t key)
{
    struct kept *k = &kept[(key * 0x9E3779B97F4A7C15U) >> 54];
    if (k->key != key) {
        k->key = key;
        ask_library(p, k->may_break);
    }
    return k;
}

static void find_in_piece(const struct piece *p, char *may_break)
{
    uint64_t key = 0;
    bool short_one = p->n <= KEPT_BYTES && p->after && p->before;
    for (size_t i = 0; short_one && i < p->n; i++) {
        key = key << 8 | (unsigned char)p->s[i];
        short_one = p->s[i] != '\0';
    }
    if (short_one)
        memcpy(may_break, find_kept(p, key)->may_break, p->n + 1);
    else
        ask_library(p, may_break);
}

/* The piece at `at`, up to a letter or the end of the text. */
static struct piece piece_at(const char *s, size_t n, size_t at)
{
    struct piece p = {.s = s + at, .after = at > 0};
    for (size_t len; at + p.n < n; p.n += len) {
        len = character_len(p.s + p.n, n - at - p.n, &p.before);
        if (p.before)
            break;
    }
    return p;
}

/* Nearly all pieces are one space. The answer for it is kept apart: 0 is not known yet, else
 * 1 + may_break. */
static char space[2];

static void find_in_space(char *may_break)
{
    static const struct piece one = {" ", 1, true, true};
    if (!space[0]) {
        ask_library(&one, space);
        space[0]++;
        space[1]++;
    }
    may_break[0] = (char)(space[0] - 1);
    may_break[1] = (char)(space[1] - 1);
}

void lw_find_breaks(const char *s, size_t n, char *may_break)
{
    for (size_t at = 0; at < n;) {
        while (at < n && is_ascii_letter(s[at]))
            at++;
        if (at > 0 && at + 1 < n && s[at] == ' ' && is_ascii_letter(s[at + 1])) {
            find_in_space(may_break + at);
            at += 2;
            continue;
        }
        struct piece p = piece_at(s, n, at);
        if (p.n > 0)
            find_in_piece(&p, may_break + at);
        at += p.n;
        if (at < n)
            at += character_len(s + at, n - at, &p.before);
    }
}

/* ---- from the end */

enum { SIGNS_MAX = 64 };

/* The bytes around `at` that are no letters. */
static struct piece piece_around(const char *s, size_t n, size_t at)
{
    size_t from = at, end = at;
    while (from > 0 && at - from <= SIGNS_MAX && !is_ascii_letter(s[from - 1]))
        from--;
    while (end < n && end - from <= SIGNS_MAX && !is_ascii_letter(s[end]))
        end++;
    return (struct piece){s + from, end - from, from > 0, end < n};
}

size_t lw_last_break(const char *s, size_t n, size_t from, size_t at)
{
    char may_break[SIGNS_MAX + 1];
    while (at > from) {
        struct piece p = piece_around(s, n, at);
        size_t begin = (size_t)(p.s - s);
        if (p.n > SIGNS_MAX)
            return SIZE_MAX;
        if (p.n == 1 && *p.s == ' ' && p.after && p.before)
            find_in_space(may_break);
        else if (p.n > 0)
            find_in_piece(&p, may_break);
        for (size_t i = at; p.n > 0 && i >= begin && i > from; i--)
            if (may_break[i - begin])
                return i;
        at = begin;
        while (at > from && is_ascii_letter(s[at - 1]))
            at--;
    }
    return from;
}
