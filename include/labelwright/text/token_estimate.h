/* About how many tokens a model would cut a text into. An estimate: each model has its own way, and
 * none of them is here. Pure, linear. */
#ifndef LABELWRIGHT_TEXT_TOKEN_ESTIMATE_H
#define LABELWRIGHT_TEXT_TOKEN_ESTIMATE_H

#include <stddef.h>

/* ASCII counts a quarter of a token for each character, other letters of alphabets a half, Han,
 * kana, Hangul, signs and emoji a whole one; rounded up. */
size_t lw_token_estimate(const char *s, size_t n);

#endif
