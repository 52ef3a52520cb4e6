/* The one sanitiser: foreign bytes to what a terminal cell may hold.
 *
 * All text that this program did not write goes through here before it is shown: tasks, ids, file
 * names, server messages, on the screen and on stdout/stderr alike. Display only: stored bytes are
 * never changed. Columns are wcwidth() of the C library (the one ncurses uses), so LC_CTYPE must be
 * set to a UTF-8 locale first; see lw_locale_init().
 *
 * Shown in a changed form:
 *   C0 and DEL          ^X                       C1, bidi controls, other invisibles   <U+202E>
 *   invalid byte        <FF>                     unassigned, unprintable or too new   <U+1FAE8>
 *   regional indicators letters (VN)             tab                                  spaces
 *   marks beyond four, or without a base (at the start, behind a tab or a sign):
 *                       a single one <U+0301>, a row of them <+12>, however long
 * Not shown at all: ZWJ, ZWNJ, variation selectors, soft hyphen, skin tones, tag characters, and
 * U+FEFF at the start. Marks behind these belong to the base before them. CR before LF is part of
 * the line end; a CR alone is ^M. LF, U+2028, U+2029 and U+0085 end a line (wrap.h); in a single
 * line they show as their placeholder. */
#ifndef LABELWRIGHT_TEXT_GLYPH_H
#define LABELWRIGHT_TEXT_GLYPH_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

enum { LW_GLYPH_CPS = 12, LW_CELL_CPS = 5 /* a base and four marks: what a curses cell holds */ };

/* One unit of the source as shown. */
struct lw_glyph {
    size_t len;                /* bytes of source it stands for, >= 1 */
    int cols;                  /* columns it takes, 0 for what is not shown */
    int n;                     /* code points in cp; 0 for spaces (a tab) and what is not shown */
    char32_t cp[LW_GLYPH_CPS]; /* one cell: base and marks; a placeholder: n ASCII cells */
    bool placeholder;          /* cp is n one-column ASCII characters, styled as a sign of ours */
};

/* The unit at `s` (n > 0 bytes left) when it would stand in column `col` (only tabs care).
 * `start` is true for the first unit of a line as drawn (only U+FEFF cares). Linear; never reads
 * beyond n. Go from unit to unit by len: marks at `s` are taken for marks without a base. */
void lw_glyph_next(const char *s, size_t n, int col, bool start, struct lw_glyph *g);

/* Appends `s` as safe UTF-8. `lines`: LF stays LF (and line ends as above become LF); otherwise
 * all of it becomes one line. */
void lw_clean(const char *s, size_t n, bool lines, struct lw_buf *to);

/* The same as one line in `room` bytes with its NUL, cut between characters. `s` may be `to`. */
void lw_clean_line(const char *s, char *to, size_t room);

/* Columns of the n bytes shown in one line; `max` < 0 for no limit, else stops counting beyond it.
 */
int lw_cols(const char *s, size_t n, int max);

/* How many bytes of `s` fit into `cols` columns, whole glyphs only. */
size_t lw_fit(const char *s, size_t n, int cols);

/* From now on characters that came with a later version of Unicode (9 to 17; 0: no limit, as at the
 * start) are placeholders: a terminal of that age drops or misplaces them. What was wrapped or
 * measured before is no longer right. */
void lw_glyph_set_newest(int version);

/* Sets LC_CTYPE from the environment, else C.UTF-8; false when neither is UTF-8. */
bool lw_locale_init(void);

#endif
