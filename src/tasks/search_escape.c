/* Escapes are told by what follows their backslash: u and the first three digits. */
#include "tasks/search_escape_internal.h"

#include "tasks/search_rows_internal.h"

#include <stdio.h>

/* ---- how they begin */

static void add_digit(struct lw_byte_set *set, unsigned digit)
{
    lw_byte_set_add(set, (unsigned char)"0123456789abcdef"[digit]);
    lw_byte_set_add(set, (unsigned char)"0123456789ABCDEF"[digit]);
}

static void add_digits(struct lw_byte_set *set, unsigned first)
{
    for (unsigned digit = first; digit < 16; digit++)
        add_digit(set, digit);
}

/* Of 256 code points those whose third digit is in `thirds`, a bit for each. */
static struct lw_quad page_of(char32_t page, unsigned thirds)
{
    struct lw_quad quad = {0};
    lw_byte_set_add(&quad.at[0], 'u');
    add_digit(&quad.at[1], page >> 4);
    add_digit(&quad.at[2], page & 15);
    for (unsigned digit = 0; digit < 16; digit++)
        if (thirds >> digit & 1)
            add_digit(&quad.at[3], digit);
    return quad;
}

static bool is_disguise(const struct lw_disguises *d, char32_t cp)
{
    return cp < 0x80 ? cp < ' ' || d->piece->ascii[cp] : lw_disguise_of(d, cp) != LW_CLEAN;
}

/* A control character becomes an escape with a letter where a text is JSON made of an object. */
void lw_escapes_add(const struct lw_disguises *d, struct lw_quads *q, unsigned row)
{
    enum { PAGES = 0x100, SURROGATES = 0xD8, BEHIND_THEM = 0xE0 };
    struct lw_quad quad[PAGES];
    size_t n = 0;
    for (char32_t page = 0; page < PAGES; page++) {
        unsigned thirds = 0;
        for (char32_t cp = page << 8; cp < (page + 1) << 8; cp++)
            thirds |= (unsigned)is_disguise(d, cp) << (cp >> 4 & 15);
        if (page >= SURROGATES && page < BEHIND_THEM)
            thirds = 0xFFFF;
        if (thirds)
            quad[n++] = page_of(page, thirds);
    }
    lw_rows_add(q, row, row + LW_ESCAPE_ROWS, quad, n);
}

static void add_high(struct lw_byte_set *set)
{
    for (unsigned c = 0x80; c < 0x100; c++)
        lw_byte_set_add(set, (unsigned char)c);
}

struct lw_quad lw_escape_before_other(void)
{
    struct lw_quad quad = {0};
    add_digits(&quad.at[0], 0);
    add_digits(&quad.at[1], 0);
    add_high(&quad.at[2]);
    lw_byte_set_add_all(&quad.at[3]);
    return quad;
}

struct lw_quad lw_escape_behind_other(void)
{
    struct lw_quad quad = {0};
    add_high(&quad.at[0]);
    lw_byte_set_add(&quad.at[1], '\\');
    lw_byte_set_add(&quad.at[2], 'u');
    add_digits(&quad.at[3], 0);
    return quad;
}

/* ---- where they stand */

/* The four digits behind "\u" at `at`; UINT32_MAX when it is none. */
static char32_t unit_at(struct lw_span b, size_t at)
{
    char32_t unit = 0;
    if (b.n - at < 6 || b.s[at] != '\\' || b.s[at + 1] != 'u')
        return UINT32_MAX;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = b.s[i], letter = (char)(c | 0x20);
        bool digit = c >= '0' && c <= '9';
        if (!digit && (letter < 'a' || letter > 'f'))
            return UINT32_MAX;
        unit = unit << 4 | (char32_t)(digit ? c - '0' : letter - 'a' + 10);
    }
    return unit;
}

/* The code point of the \u escape at `at`, and its length; 0: half a pair; SIZE_MAX: none. */
static size_t decode_escape(struct lw_span b, size_t at, char32_t *cp)
{
    *cp = unit_at(b, at);
    if (*cp == UINT32_MAX)
        return SIZE_MAX;
    if (*cp < 0xD800 || *cp > 0xDFFF)
        return 6;
    char32_t low = *cp < 0xDC00 ? unit_at(b, at + 6) : 0;
    *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
    return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

/* Beside a byte that is not ASCII: the piece may stand there half in escapes. */
static bool is_mixed(struct lw_span b, size_t at, size_t len)
{
    return (at > 0 && (unsigned char)b.s[at - 1] >= 0x80) ||
           (at + len < b.n && (unsigned char)b.s[at + len] >= 0x80);
}

/* A backslash behind another one is what that one escapes. */
static bool is_escape(struct lw_span b, size_t at)
{
    size_t before = at;
    while (before > 0 && b.s[before - 1] == '\\')
        before--;
    return at + 1 < b.n && b.s[at + 1] == 'u' && (at - before) % 2 == 0;
}

/* The second half of a pair is told with the first. */
static bool is_second_half(struct lw_span b, size_t at)
{
    char32_t cp, unit = unit_at(b, at);
    return unit >= 0xDC00 && unit <= 0xDFFF && at >= 6 && unit_at(b, at - 6) != UINT32_MAX &&
           is_escape(b, at - 6) && decode_escape(b, at - 6, &cp) == 12;
}

bool lw_escape_is_disguise(const struct lw_disguises *d, struct lw_span bytes, size_t at)
{
    char32_t cp;
    if (!is_escape(bytes, at) || is_second_half(bytes, at))
        return false;
    size_t len = decode_escape(bytes, at, &cp);
    if (len == SIZE_MAX)
        return false;
    return len == 0 || is_disguise(d, cp) ||
           (is_mixed(bytes, at, len) && lw_needle_piece_has_form(d->piece, cp));
}
