/* Which characters may be a disguise is told once for each needle, from the table of all that fold;
 * what is not seen matters only where it stands in the middle of the piece. */
#include "tasks/search_disguise_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/fold_rows.h"
#include "labelwright/text/utf8.h"
#include "tasks/search_rows_internal.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

/* ---- which they are */

static bool holds_any(struct lw_span all, const char *s, size_t n)
{
    for (size_t at = 0, took; at < n; at += took) {
        char32_t cp;
        took = lw_utf8_decode(s + at, n - at, &cp);
        for (size_t i = 0; i + took <= all.n; i++)
            if (memcmp(all.s + i, s + at, took) == 0)
                return true;
    }
    return false;
}

/* Whether it may read as a part of it: all of it stands there, or it ends with how it begins. */
static bool reads_in(struct lw_span all, const char *s, size_t n)
{
    for (size_t i = 0; i < all.n; i++) {
        size_t k = all.n - i < n ? all.n - i : n;
        if (memcmp(all.s + i, s, k) == 0)
            return true;
    }
    return false;
}

/* A mark that follows may come to stand within it: before an iota that was below its letter. */
static bool reads_in_needle(const struct lw_needle_piece *p, const char *s, size_t n)
{
    struct lw_span bare = {p->bare.data, p->bare.len};
    return reads_in(p->needle, s, n) || (bare.n < p->needle.n && reads_in(bare, s, n));
}

/* Joins the letter before it: what both become may be a character of the piece. */
static bool may_join(const struct lw_needle_piece *p, const char *s, size_t n)
{
    size_t len;
    if (!p->marks)
        return false;
    uint8_t *parts = u8_normalize(UNINORM_NFKD, (const uint8_t *)s, n, NULL, &len);
    struct lw_span marks = {p->marks, strlen(p->marks)};
    bool may = !parts || holds_any(marks, (const char *)parts, len);
    free(parts);
    return may;
}

static enum lw_disguise find_disguise(
    const struct lw_needle_piece *p, const struct lw_fold_row *row)
{
    enum { DOT_ABOVE = 0x307 }; /* is not seen over an i */
    char s[4];
    size_t n = lw_utf8_encode(row->cp, s);
    bool same = row->n == n && memcmp(row->s, s, n) == 0;
    if ((row->joins && may_join(p, s, n)) ||
        (!same && row->n > 0 && !lw_needle_piece_has_form(p, row->cp) &&
            reads_in_needle(p, row->s, row->n) && holds_any(p->run, row->s, row->n)))
        return LW_DISGUISE;
    return row->n == 0 || row->cp == DOT_ABOVE ? LW_UNSEEN : LW_CLEAN;
}

enum lw_disguise lw_disguise_of(const struct lw_disguises *d, char32_t cp)
{
    if (cp < LW_DISGUISES_KNOWN)
        return (enum lw_disguise)(d->known[cp / 4] >> 2 * (cp % 4) & 3);
    return cp == LW_UTF8_BAD ? LW_CLEAN
                             : LW_DISGUISE; /* few are written, and most of them are not seen */
}

void lw_disguises_init(struct lw_disguises *d, const struct lw_needle_piece *piece)
{
    size_t n;
    const struct lw_fold_row *row = lw_fold_rows(&n);
    d->piece = piece;
    for (size_t i = 0; i < n; i++) {
        char32_t cp = row[i].cp;
        d->known[cp / 4] |= (unsigned char)(find_disguise(piece, &row[i]) << 2 * (cp % 4));
    }
}

/* ---- how they begin */

/* A quad is of characters with the same bytes but for the last. */
struct quads {
    struct lw_quad *v;
    size_t n, room;
    char32_t last;
};

static void add_character(struct quads *to, char32_t cp)
{
    enum { LAST_BITS = 6 };
    char s[4];
    size_t n = lw_utf8_encode(cp, s);
    if (to->n == 0 || to->last >> LAST_BITS != cp >> LAST_BITS) {
        if (to->n == to->room)
            to->v = lw_grow(to->v, to->room = 2 * to->room + 64, sizeof *to->v);
        to->v[to->n++] = (struct lw_quad){0};
    }
    to->last = cp;
    for (size_t k = 0; k < LW_QUAD; k++)
        if (k < n)
            lw_byte_set_add(&to->v[to->n - 1].at[k], (unsigned char)s[k]);
        else
            lw_byte_set_add_all(&to->v[to->n - 1].at[k]);
}

void lw_disguises_add(const struct lw_disguises *d, struct lw_quads *q, unsigned row)
{
    struct quads all = {0};
    for (char32_t cp = 0x80; cp < LW_DISGUISES_KNOWN; cp++) {
        if (d->known[cp / 4] == 0)
            cp |= 3;
        else if (lw_disguise_of(d, cp) != LW_CLEAN)
            add_character(&all, cp);
    }
    for (size_t i = 0; i < LW_DISGUISE_BLOCKS; i++)
        for (char32_t cp = lw_disguise_blocks[i][0]; cp <= lw_disguise_blocks[i][1]; cp++)
            add_character(&all, cp);
    lw_rows_add(q, row, row + LW_DISGUISE_ROWS, all.v, all.n);
    free(all.v);
}

/* ---- where they stand */

/* What is not seen matters only between two characters of the piece. */
static bool is_between(
    const struct lw_needle_piece *p, struct lw_span b, bool escapes, size_t from, size_t behind)
{
    const unsigned char *s = (const unsigned char *)b.s;
    if (from == 0 || behind >= b.n)
        return false;
    bool escape = p->wide && escapes && s[behind] == '\\';
    return p->ends[s[from - 1]] && (p->begins[s[behind]] || escape);
}

bool lw_disguise_is_at(
    const struct lw_disguises *d, struct lw_span bytes, bool escapes, size_t at, size_t *unseen)
{
    enum lw_disguise is = LW_UNSEEN;
    for (*unseen = 0; at + *unseen < bytes.n;) {
        char32_t cp;
        size_t from = at + *unseen, took = lw_utf8_decode(bytes.s + from, bytes.n - from, &cp);
        is = lw_disguise_of(d, cp);
        if (is != LW_UNSEEN)
            break;
        *unseen += took;
    }
    return is == LW_DISGUISE ||
           (*unseen > 0 && is_between(d->piece, bytes, escapes, at, at + *unseen));
}
