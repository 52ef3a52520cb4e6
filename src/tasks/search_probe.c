/* Where the bytes of a text may say what is looked for: as a piece of the needle is written, in
 * escapes, or in disguise (a character that reads as others, a letter and the mark that joins it,
 * around something that is not seen, in an escape that nobody writes, as a number that is shown in
 * other digits). All are looked for at once, by four bytes in a row; where these fit, each is
 * looked at by its own rules. */
#include "tasks/search_probe_internal.h"

#include "labelwright/base/buf.h"
#include "tasks/search_escape_internal.h"
#include "tasks/search_number_internal.h"

#include <stdlib.h>
#include <string.h>

/* A number is ASCII, what is mixed is not. */
enum row {
    RAW,
    ESCAPED,
    BEFORE_OTHER,
    BEHIND_OTHER,
    ESCAPES,
    DISGUISES = ESCAPES + LW_ESCAPE_ROWS,
    REAL = BEFORE_OTHER
};

_Static_assert((int)DISGUISES == (int)LW_QUAD_HIGH &&
                   (int)DISGUISES + (int)LW_DISGUISE_ROWS == (int)LW_QUAD_ROWS,
    "disguises in UTF-8 are not ASCII");

struct lw_probe {
    struct lw_needle_piece piece;
    struct lw_disguises disguises;
    struct lw_quads quads, raw; /* of all, and of the piece alone */
    struct lw_span bytes;
    bool escapes;
    size_t next; /* where the next one is; SIZE_MAX: not looked for yet */
    size_t from; /* of the last call */
};

/* ---- what is looked for */

static void add_rows(struct lw_probe *p)
{
    struct lw_quad before = lw_escape_before_other(), behind = lw_escape_behind_other(),
                   number = lw_number_quad();
    lw_quads_add(&p->raw, RAW, &p->piece.rarest_raw);
    p->quads = p->raw;
    if (p->piece.wide) {
        lw_quads_add(&p->quads, ESCAPED, &p->piece.rarest_escaped);
        lw_quads_add(&p->quads, BEFORE_OTHER, &before);
        lw_quads_add(&p->quads, BEHIND_OTHER, &behind);
    }
    if (p->piece.number)
        lw_quads_add(&p->quads, REAL, &number);
    lw_disguises_add(&p->disguises, &p->quads, DISGUISES);
    lw_escapes_add(&p->disguises, &p->quads, ESCAPES);
}

struct lw_probe *lw_probe_new(struct lw_span needle)
{
    struct lw_probe *p = lw_alloc(sizeof *p);
    if (!lw_needle_piece_init(&p->piece, needle)) {
        lw_probe_free(p);
        return NULL;
    }
    lw_disguises_init(&p->disguises, &p->piece);
    add_rows(p);
    return p;
}

void lw_probe_free(struct lw_probe *p)
{
    if (p)
        lw_needle_piece_fini(&p->piece);
    free(p);
}

/* ---- whether it is there */

static bool is_mixed(const struct lw_probe *p, size_t at, unsigned rows)
{
    return (rows & 1u << BEHIND_OTHER && lw_escape_is_disguise(&p->disguises, p->bytes, at + 1)) ||
           (rows & 1u << BEFORE_OTHER && at >= 4 &&
               lw_escape_is_disguise(&p->disguises, p->bytes, at - 4));
}

static bool is_pattern(const struct lw_probe *p, size_t at, unsigned rows)
{
    return (rows & 1u << RAW && lw_pattern_is_around(&p->piece.raw, p->bytes, at)) ||
           (p->escapes && p->piece.wide && rows & 1u << ESCAPED &&
               lw_pattern_is_around(&p->piece.escaped, p->bytes, at));
}

static bool is_escape(const struct lw_probe *p, size_t at, unsigned rows)
{
    struct lw_span b = p->bytes;
    if (!p->escapes)
        return false;
    return (p->piece.wide && is_mixed(p, at, rows)) ||
           (p->piece.number && rows & 1u << REAL && lw_number_ends(b.s, at + 1)) ||
           (rows >> ESCAPES && b.s[at] == 'u' && at > 0 &&
               lw_escape_is_disguise(&p->disguises, b, at - 1));
}

static bool is_there(const void *ctx, size_t at, unsigned rows, size_t *behind)
{
    const struct lw_probe *p = ctx;
    size_t unseen = 0;
    bool is = is_pattern(p, at, rows) ||
              (rows >> DISGUISES && (unsigned char)p->bytes.s[at] >= 0xC2 &&
                  lw_disguise_is_at(&p->disguises, p->bytes, p->escapes, at, &unseen)) ||
              is_escape(p, at, rows);
    *behind = unseen ? at + unseen : *behind;
    return is;
}

/* ---- a probe */

void lw_probe_set(struct lw_probe *p, struct lw_span bytes, bool escapes)
{
    p->bytes = bytes;
    p->escapes = escapes;
    p->from = 0;
    p->next = SIZE_MAX;
}

bool lw_probe_between(struct lw_probe *p, size_t from, size_t to)
{
    if (from < p->from)
        lw_probe_set(p, p->bytes, p->escapes);
    p->from = from;
    if (p->next == SIZE_MAX || p->next < from)
        p->next = lw_quads_find(&p->quads, p->bytes, from, is_there, p);
    return p->next < to;
}

struct stands {
    const struct lw_pattern *raw;
    struct lw_span bytes;
};

static bool stands_at(const void *ctx, size_t at, unsigned rows, size_t *behind)
{
    const struct stands *s = ctx;
    (void)rows;
    (void)behind;
    return lw_pattern_is_around(s->raw, s->bytes, at);
}

bool lw_probe_stands(const struct lw_probe *p, struct lw_span bytes)
{
    struct stands s = {&p->piece.raw, bytes};
    return lw_quads_find(&p->raw, bytes, 0, stands_at, &s) < bytes.n;
}
