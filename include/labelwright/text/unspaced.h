/* Words of the scripts that put no space between them: Thai, Lao, Khmer and Burmese. They are found
 * by the dictionaries of ICU, which is loaded when the first such letter is met; it may be absent.
 */
#ifndef LABELWRIGHT_TEXT_UNSPACED_H
#define LABELWRIGHT_TEXT_UNSPACED_H

#include <stdbool.h>
#include <stddef.h>

/* Where the first run of letters and marks of these scripts in the n bytes of `s` is, at or behind
 * `from`; `*len` gets its bytes. n when there is none. Digits and punctuation are no part of it. */
size_t lw_unspaced_find(const char *s, size_t n, size_t from, size_t *len);

/* Sets begins[i] to 1 where a word begins within such a run of n bytes, but not for i = 0, and
 * leaves the other n - 1 bytes as they are. False without dictionaries: nothing is set then.
 * Linear. */
bool lw_unspaced_words(const char *s, size_t n, char *begins);

/* What finds the words, such as "ICU 72.1"; NULL for nothing. Loads it. */
const char *lw_unspaced_dictionary(void);

/* Debian's package that is needed where nothing is found, and whether labelwright must be built
 * again with it. */
const char *lw_unspaced_package(bool *rebuild);

#endif
