/* How a word may be written, and how it is looked up. Pure. */
#ifndef LABELWRIGHT_SPELL_WORD_FORMS_INTERNAL_H
#define LABELWRIGHT_SPELL_WORD_FORMS_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>

/* Sets `to` to the one form in which a word is looked up: composed (NFC), with ' for every
 * apostrophe, - for every hyphen, l· for ŀ, and without what is not seen (soft hyphens, joiners).
 */
void lw_word_key(const char *s, size_t n, struct lw_buf *to);

void lw_word_lower(const char *s, size_t n, struct lw_buf *to);

/* Sets `to` to the word with the other apostrophe: ’ for each '. False when it has none. */
bool lw_word_curly(const char *s, size_t n, struct lw_buf *to);

/* Sets `to` to the word, in small letters, with its Vietnamese tone on the other vowel of oa, oe or
 * uy at its end (hòa, hoà). False when it has none. */
bool lw_word_other_tone(const char *s, size_t n, struct lw_buf *to);

/* Names of models and of who makes them that are written like words: Llama, Mistral. */
bool lw_word_is_model(const char *s, size_t n);

/* Parts of words that no dictionary has alone, when a hyphen follows: the pre of pre-trained. */
bool lw_word_is_prefix(const char *s, size_t n);

#endif
