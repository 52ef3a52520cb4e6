/* Scripts that run from right to left: which direction a paragraph has, and, for terminals that
 * leave this to the program, the order and the forms in which its characters stand on a line (UAX
 * #9, by fribidi). */
#ifndef LABELWRIGHT_TEXT_BIDI_H
#define LABELWRIGHT_TEXT_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

enum lw_direction {
    LW_DIRECTION_NONE, /* nothing in it says */
    LW_DIRECTION_LTR,
    LW_DIRECTION_RTL
};

/* The direction of the paragraph of n bytes: that of its first letter that has one, outside of what
 * is isolated (rules P2 and P3). It ends at the first line end. Any bytes. */
enum lw_direction lw_direction_of(const char *s, size_t n);

/* True when the character may make a line differ from how it is stored: none below U+0590. */
bool lw_bidi_matters(char32_t cp);

enum { LW_BIDI_MAX = 1024 /* characters of a line */ };

/* One line of n <= LW_BIDI_MAX characters without marks, in the order of the text. order[i] gets
 * the index of the one that stands i-th from the left; cp[] is changed to what is drawn, still in
 * the order of the text: mirrored brackets, and Arabic letters in the form that joins their
 * neighbours (none are merged, so that each keeps its cell). The base direction is the line's own,
 * LTR when it has none. A longer line stays as it is. */
void lw_bidi_line(char32_t *cp, size_t n, uint16_t *order);

#endif
