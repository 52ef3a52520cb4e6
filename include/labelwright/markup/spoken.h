/* A text in words, to be read aloud line by line: "heading 2: Methods", "list, 3 items", "row 1:
 * Name: x". Pure. */
#ifndef LABELWRIGHT_MARKUP_SPOKEN_H
#define LABELWRIGHT_MARKUP_SPOKEN_H

#include "labelwright/base/buf.h"

/* Appends the Markdown `s` as lines, each with its line end; nothing for n 0. Every word of the
 * text is said, but for names of languages, entities and commands of formulas, which are said by
 * what they mean. Emphasis is not told. What cannot be read shows as it stands, behind a line that
 * says why. Foreign, as the text was. Time and memory are linear in n. */
void lw_spoken(const char *s, size_t n, struct lw_buf *to);

#endif
