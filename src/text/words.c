/* Where words begin and end. libunistring knows for every script and takes 35 ns a byte; for the
 * letters and signs that most texts are made of, the same few rules are here, twenty times as fast.
 * What a word means, and how it is compared, is diff.c's. */
#include "text/words_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <uniwbrk.h>

/* ---- characters that need no library */

/* Their part in UAX #29. None of them joins the grapheme before it, CR LF aside. */
enum part {
    OTHER,      /* a word of its own */
    LETTER,     /* goes with letters, digits and joiners */
    DIGIT,      /* the same */
    JOINER,     /* the low line: the same, but nothing stays beside it */
    MID,        /* stays between two letters and between two digits */
    MID_LETTER, /* between two letters */
    MID_DIGIT,  /* between two digits */
    SPACE,      /* goes with spaces */
    LINE_END,   /* CR and LF */
    FAR         /* everything else: the library decides */
};

#define L LETTER
#define D DIGIT
static const unsigned char ascii[128] = {
    ['\n'] = LINE_END,
    ['\r'] = LINE_END,
    [' '] = SPACE,
    ['\''] = MID,
    ['.'] = MID,
    [','] = MID_DIGIT,
    [';'] = MID_DIGIT,
    [':'] = MID_LETTER,
    ['_'] = JOINER,
    ['0'] = D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    ['A'] = L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    ['a'] = L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
};
#undef L
#undef D

/* Beyond ASCII: ranges that have one part throughout. */
static const struct range {
    unsigned char lead, low, high;       /* the first byte, and what the second one may be */
    unsigned char third_low, third_high; /* 0 where there is none */
    unsigned char part;
} ranges[] = {
    {0xE2, 0x80, 0x80, 0x98, 0x99, MID},   /* single quotes */
    {0xE2, 0x80, 0x80, 0x93, 0x94, OTHER}, /* dashes */
    {0xE2, 0x80, 0x80, 0x9C, 0x9D, OTHER}, /* double quotes */
    {0xE2, 0x80, 0x80, 0xA2, 0xA2, OTHER}, /* bullet */
    {0xE2, 0x80, 0x80, 0xA6, 0xA6, OTHER}, /* ellipsis */
    {0xC3, 0x80, 0x96, 0, 0, LETTER},      /* Latin */
    {0xC3, 0x98, 0xB6, 0, 0, LETTER},
    {0xC3, 0xB8, 0xBF, 0, 0, LETTER},
    {0xC4, 0x80, 0xBF, 0, 0, LETTER},
    {0xC5, 0x80, 0xBF, 0, 0, LETTER},
    {0xC6, 0x80, 0xBF, 0, 0, LETTER},
    {0xE1, 0xB8, 0xBB, 0x80, 0xBF, LETTER},
    {0xD0, 0x80, 0xBF, 0, 0, LETTER}, /* Cyrillic */
    {0xD1, 0x80, 0xBF, 0, 0, LETTER},
    {0xCE, 0x91, 0xA1, 0, 0, LETTER}, /* Greek */
    {0xCE, 0xA3, 0xBF, 0, 0, LETTER},
    {0xCF, 0x80, 0xB5, 0, 0, LETTER},
    {0xE3, 0x81, 0x81, 0x80, 0xBF, OTHER}, /* Hiragana */
    {0xE3, 0x82, 0x82, 0x80, 0x98, OTHER},
    {0xE3, 0x80, 0x80, 0x81, 0x82, OTHER}, /* comma and stop of Chinese and Japanese */
    {0xE4, 0x80, 0xBF, 0x80, 0xBF, OTHER}, /* Han */
    {0xE5, 0x80, 0xBF, 0x80, 0xBF, OTHER},
    {0xE6, 0x80, 0xBF, 0x80, 0xBF, OTHER},
    {0xE7, 0x80, 0xBF, 0x80, 0xBF, OTHER},
    {0xE8, 0x80, 0xBF, 0x80, 0xBF, OTHER},
    {0xE9, 0x80, 0xBF, 0x80, 0xBF, OTHER},
};

static enum part part_beyond_ascii(const unsigned char *s, size_t n, size_t *len)
{
    for (size_t i = 0; n > 1 && i < sizeof ranges / sizeof *ranges; i++) {
        const struct range *r = &ranges[i];
        if (r->lead != s[0] || s[1] < r->low || s[1] > r->high)
            continue;
        *len = r->third_low ? 3 : 2;
        if (!r->third_low || (n > 2 && s[2] >= r->third_low && s[2] <= r->third_high))
            return (enum part)r->part;
    }
    *len = 1;
    return FAR;
}

/* Of the character at `s`, n > 0 bytes left; it takes *len of them. */
static inline enum part part_of(const char *s, size_t n, size_t *len)
{
    unsigned char c = (unsigned char)*s;
    *len = 1;
    return c < 0x80 ? (enum part)ascii[c] : part_beyond_ascii((const unsigned char *)s, n, len);
}

static inline bool in_word(unsigned p)
{
    return p - LETTER <= JOINER - LETTER;
}

/* The same of ASCII as a byte each, as most of the time goes here: digits; letters and the joiner.
 */
#define TEN 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
#define LETTERS TEN, TEN, 1, 1, 1, 1, 1, 1
static const bool ascii_in_word[256] = {
    ['0'] = TEN,
    ['A'] = LETTERS,
    ['_'] = 1,
    ['a'] = LETTERS,
};
#undef LETTERS
#undef TEN

/* How many bytes from `at` on are ASCII letters, digits and joiners. */
static inline size_t ascii_word(const char *s, size_t at, size_t end)
{
    size_t n = at;
    while (n < end && ascii_in_word[(unsigned char)s[n]])
        n++;
    return n - at;
}

static bool may_join(enum part before, enum part mid)
{
    return mid == MID
               ? before == LETTER || before == DIGIT
               : (mid == MID_LETTER && before == LETTER) || (mid == MID_DIGIT && before == DIGIT);
}

/* Where the word of letters and digits ends whose first character ends at `at`; 0: the library
 * knows. */
static size_t word_end(const char *s, size_t at, size_t end, enum part last)
{
    while (at < end) {
        size_t len, more, plain = ascii_word(s, at, end);
        if (plain > 0) {
            at += plain;
            last = (enum part)ascii[(unsigned char)s[at - 1]];
            continue;
        }
        enum part next = part_of(s + at, end - at, &len);
        if (in_word(next)) {
            at += len;
            last = next;
            continue;
        }
        if (next == FAR)
            return 0;
        if (!may_join(last, next) || at + len == end)
            return at;
        enum part after = part_of(s + at + len, end - at - len, &more);
        if (after == FAR)
            return 0;
        if (after != last)
            return at;
        at += len + more;
    }
    return at;
}

/* Where the piece at `at` ends, a word or blanks; 0: the library knows. */
static size_t piece_end(const char *s, size_t at, size_t end, enum part *part)
{
    size_t len;
    *part = part_of(s + at, end - at, &len);
    size_t next = at + len;
    if (*part == FAR)
        return 0;
    if (*part == LINE_END)
        return next + (s[at] == '\r' && next < end && s[next] == '\n');
    if (in_word(*part))
        return word_end(s, next, end, *part);
    while (*part == SPACE && next < end && s[next] == ' ')
        next++;
    return next == end || part_of(s + next, end - next, &len) != FAR ? next : 0;
}

bool lw_sure_break(const char *s, size_t n, size_t at)
{
    size_t len;
    if (at == 0 || at >= n || s[at - 1] == '\n')
        return true;
    if (s[at - 1] == '\r' || !lw_is_blank(s[at - 1]))
        return s[at] == ' ' && s[at - 1] > ' ';
    return s[at] != ' ' && part_of(s + at, n - at, &len) != FAR;
}

/* ---- everything else */

static inline void push(struct lw_word_list *to, size_t at, size_t end)
{
    if (to->n == to->cap) {
        to->cap = to->cap ? 2 * to->cap : 64;
        to->v = lw_grow(to->v, to->cap, sizeof *to->v);
    }
    to->v[to->n++] = (struct lw_word_span){at, end};
}

static void add(struct lw_word_list *to, const char *s, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && lw_is_blank(s[i]))
        i++;
    if (i < end)
        push(to, at, end);
}

/* Room for the library's answers. */
struct breaks {
    char *word, *grapheme;
    size_t cap;
};

/* A word ends only where a grapheme does. */
static void add_valid(
    struct lw_word_list *to, const char *s, size_t from, size_t end, struct breaks *breaks)
{
    size_t n = end - from;
    if (n > breaks->cap) {
        breaks->cap = 2 * n;
        breaks->word = lw_grow(breaks->word, breaks->cap, 1);
        breaks->grapheme = lw_grow(breaks->grapheme, breaks->cap, 1);
    }
    u8_wordbreaks((const uint8_t *)s + from, n, breaks->word);
    u8_grapheme_breaks((const uint8_t *)s + from, n, breaks->grapheme);
    size_t start = 0;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && !(breaks->word[i] && breaks->grapheme[i]))
            continue;
        add(to, s, from + start, from + i);
        start = i;
    }
}

/* Bytes that are no text part what is. */
static void add_any(
    struct lw_word_list *to, const char *s, size_t from, size_t end, struct breaks *breaks)
{
    while (from < end) {
        size_t bad;
        if (lw_utf8_valid(s + from, end - from, &bad))
            bad = end - from;
        if (bad > 0)
            add_valid(to, s, from, from + bad, breaks);
        from += bad;
        if (from < end)
            add(to, s, from, from + 1);
        from += from < end;
    }
}

static size_t next_sure_break(const char *s, size_t at, size_t end)
{
    do
        at++;
    while (!lw_sure_break(s, end, at));
    return at;
}

/* The ASCII word before `at` ends there, as the next two bytes show. */
static inline bool ends_plainly(const char *s, size_t at, size_t end)
{
    unsigned char c = (unsigned char)s[at];
    if (c < 0x80 && (ascii[c] < MID || ascii[c] > MID_DIGIT))
        return true;
    unsigned char next = at + 1 < end ? (unsigned char)s[at + 1] : 0xFF;
    return c < 0x80 && next < 0x80 && !in_word(ascii[next]);
}

/* Most of English: a word of ASCII, a blank before it or none. Adds such a word at *from and goes
 * to its end; false when it is not so simple. */
static inline bool add_plain(struct lw_word_list *to, const char *s, size_t *from, size_t end)
{
    size_t at = *from + (s[*from] == ' '), n = ascii_word(s, at, end);
    if (n == 0 || at + n == end || !ends_plainly(s, at + n, end))
        return false;
    push(to, at, at + n);
    *from = at + n;
    return true;
}

void lw_words_add(struct lw_word_list *to, const char *s, size_t from, size_t end)
{
    struct breaks breaks = {0};
    while (from < end) {
        enum part part;
        if (add_plain(to, s, &from, end))
            continue;
        size_t next = piece_end(s, from, end, &part);
        if (next == 0) {
            next = next_sure_break(s, from, end);
            add_any(to, s, from, next, &breaks);
        } else if (part != SPACE && part != LINE_END && s[from] != '\t') {
            push(to, from, next);
        }
        from = next;
    }
    free(breaks.word);
    free(breaks.grapheme);
}

size_t lw_words_cost(const char *s, size_t n)
{
    enum { LIBRARY = 7 }; /* more for each byte beyond ASCII: half of them are two bytes */
    const uint64_t ones = 0x0101010101010101U;
    size_t beyond = 0, i = 0;
    for (uint64_t w; i + sizeof w <= n; i += sizeof w) {
        memcpy(&w, s + i, sizeof w);
        beyond += (w >> 7 & ones) * ones >> 56; /* the top bits of eight bytes, added up */
    }
    for (; i < n; i++)
        beyond += (unsigned char)s[i] >> 7;
    return n + LIBRARY * beyond;
}
