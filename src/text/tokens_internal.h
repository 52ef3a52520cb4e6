/* A text split into pieces that are compared as wholes: words, or lines. */
#ifndef LABELWRIGHT_TEXT_TOKENS_INTERNAL_H
#define LABELWRIGHT_TEXT_TOKENS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

struct lw_token {
    const char *s;
    size_t n;
};

/* A piece of one text. */
struct token {
    size_t at, n;
    uint32_t id; /* the same for the same bytes, in both texts */
};

struct tokens {
    struct token *v;
    size_t n, cap;
};

/* Pieces of the bytes [from, end), instead of what `to` has. A word ends only where a grapheme
 * does; bytes that are no UTF-8 are words of their own. The caller frees to->v. */
void lw_cut_words(struct lw_token t, size_t from, size_t end, struct tokens *to);
void lw_cut_lines(struct lw_token t, size_t from, size_t end, struct tokens *to);

/* Gives ids; `*left` comparisons may be spent on that, and then equal pieces may differ in it. */
void lw_tokens_number(
    struct lw_token a, struct tokens *of_a, struct lw_token b, struct tokens *of_b, long *left);

#endif
