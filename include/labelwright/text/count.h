/* How long a text is, as people count it. Pure, linear. */
#ifndef LABELWRIGHT_TEXT_COUNT_H
#define LABELWRIGHT_TEXT_COUNT_H

#include <stddef.h>

/* A word is what stands between blanks and has a letter or a digit in it: "well-known" and "3.5"
 * are one, "–" is none. Each Han or kana character is one; Thai, Lao, Khmer and Burmese are parted
 * by their dictionaries, without which a run of their letters is one. Characters are what is seen
 * as one, blanks and line ends among them. */
struct lw_length {
    size_t words, characters;
};
struct lw_length lw_length_of(const char *s, size_t n);

#endif
