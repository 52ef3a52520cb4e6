/* How new a version of Unicode the terminal knows: it is asked to print one emoji of each version
 * and to say where its cursor is. Pure: who writes and reads is term.c. */
#ifndef LABELWRIGHT_TUI_NEWEST_INTERNAL_H
#define LABELWRIGHT_TUI_NEWEST_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum { LW_NEWEST_HELD = 12 };

/* Zero-initialise. */
struct lw_newest {
    size_t asked, answered; /* emoji; all are answered in their order */
    size_t too_new;         /* of them: the first that is not two columns wide; `asked` for none */
    size_t held;
    int code[LW_NEWEST_HELD]; /* codes that may become an answer */
};

/* Appends what to write to the terminal: the emoji, each erased by the next, in row 2. The row is
 * empty afterwards. Only emoji that the C library knows are asked about. */
void lw_newest_ask(struct lw_newest *w, struct lw_buf *to);

bool lw_newest_waits(const struct lw_newest *w); /* answers are missing */

/* One code of the terminal's; true when it is kept as it may belong to an answer. When false, what
 * lw_newest_release() gives is the user's; then offer it again: it may begin an answer. */
bool lw_newest_take(struct lw_newest *w, int code);

/* How many codes were kept for nothing and are in w->code; they are forgotten here. */
size_t lw_newest_release(struct lw_newest *w);

/* For lw_glyph_set_newest() once nothing is missing: the newest version that the terminal knows, 0
 * when that is all we know ourselves. */
int lw_newest_version(const struct lw_newest *w);

/* The emoji of the i-th version that is asked about, and that version; NULL behind the newest that
 * the C library knows. */
const char *lw_newest_sample(size_t i, int *version);

#endif
