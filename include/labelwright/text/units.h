/* Words and sentences of a text, for a cursor that goes from one to the next. */
#ifndef LABELWRIGHT_TEXT_UNITS_H
#define LABELWRIGHT_TEXT_UNITS_H

#include <stdbool.h>
#include <stddef.h>

/* Calls `each` with the bytes [at, end) of every word that has a letter or a digit, in order. A
 * script without spaces goes letter by letter, or by words where its dictionary is there. Linear.
 */
void lw_each_word(
    const char *s, size_t n, void (*each)(void *ctx, size_t at, size_t end), void *ctx);

/* Whether a sentence begins at byte `at`, going by what stands before it: nothing, a blank line, or
 * a stop and a blank. A line break alone begins none; a stop behind one capital letter or a number
 * ends none. Looks at a few bytes. */
bool lw_begins_sentence(const char *s, size_t n, size_t at);

#endif
