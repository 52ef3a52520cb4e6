/* Characters in which a text may hold a piece of a needle in disguise: those that read as others (a
 * ligature, full width), marks that join a letter, and what is not seen. */
#ifndef LABELWRIGHT_TASKS_SEARCH_DISGUISE_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_DISGUISE_INTERNAL_H

#include "tasks/search_piece_internal.h"

/* What a character may be. */
enum lw_disguise { LW_CLEAN, LW_UNSEEN, LW_DISGUISE };

enum { LW_DISGUISES_KNOWN = 0x20000 };

/* Of the code points above, only these read as something else, or are not seen. */
static const char32_t lw_disguise_blocks[][2] = {{0x2F800, 0x2FA1F}, {0xE0000, 0xE0FFF}};
enum { LW_DISGUISE_BLOCKS = sizeof lw_disguise_blocks / sizeof *lw_disguise_blocks };

struct lw_disguises {
    const struct lw_needle_piece *piece;
    unsigned char known[LW_DISGUISES_KNOWN / 4]; /* of each code point below, in two bits */
};

/* Of all characters that read as something else, those that may read as the piece. */
void lw_disguises_init(struct lw_disguises *d, const struct lw_needle_piece *piece);

enum lw_disguise lw_disguise_of(const struct lw_disguises *d, char32_t cp);

/* Adds how they begin in UTF-8 to so many rows from `row` on. */
enum { LW_DISGUISE_ROWS = 8 };
void lw_disguises_add(const struct lw_disguises *d, struct lw_quads *q, unsigned row);

/* Whether the character at `at`, which is not ASCII, may be a part of a disguise, alone or with
 * what follows it. `*unseen` gets the bytes of it and of those behind it that are not seen.
 * `escapes`: a backslash begins an escape of JSON. */
bool lw_disguise_is_at(
    const struct lw_disguises *d, struct lw_span bytes, bool escapes, size_t at, size_t *unseen);

#endif
