/* The piece of a needle that bytes are searched for. */
#ifndef LABELWRIGHT_TASKS_SEARCH_PIECE_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_PIECE_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/span.h"
#include "tasks/search_pattern_internal.h"

#include <stdbool.h>
#include <uchar.h>

/* LW_PIECE_FORMS: few letters have more. */
enum { LW_PIECE_BYTES = 64, LW_PIECE_CHARS = LW_PIECE_BYTES, LW_PIECE_FORMS = 3 };

struct lw_needle_piece {
    struct lw_span needle, run; /* the run is the piece, in the needle */
    /* Of each character of the piece: itself, and others that read as it and take as many bytes, as
     * in another case. */
    char32_t form[LW_PIECE_CHARS][LW_PIECE_FORMS];
    size_t nforms[LW_PIECE_CHARS], nchars;
    struct lw_pattern raw, escaped;
    struct lw_quad rarest_raw, rarest_escaped;
    struct lw_buf bare; /* the needle without marks */
    char *marks;        /* what characters of the piece are made of, decomposed; NULL for nothing */
    bool wide;          /* the piece is not all ASCII */
    bool number;        /* it may be a part of a number */
    bool begins[256], ends[256]; /* bytes that begin or end a character of the piece */
    bool ascii[128];             /* its ASCII characters, in either case */
};

/* The piece of a folded needle, which is borrowed. `p` is all zeros; false when there is none. */
bool lw_needle_piece_init(struct lw_needle_piece *p, struct lw_span needle);
void lw_needle_piece_fini(struct lw_needle_piece *p);

/* Whether the character is one of those in `form`. */
bool lw_needle_piece_has_form(const struct lw_needle_piece *p, char32_t cp);

#endif
