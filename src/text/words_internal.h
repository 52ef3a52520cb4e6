/* A text cut into words: those of UAX #29 that are not blank, at graphemes. Private to the room. */
#ifndef LABELWRIGHT_TEXT_WORDS_INTERNAL_H
#define LABELWRIGHT_TEXT_WORDS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

struct lw_word_span {
    size_t at, end; /* byte offsets in the text */
};

/* Zero-initialise; free(v). */
struct lw_word_list {
    struct lw_word_span *v;
    size_t n, cap;
};

/* Adds the words of the bytes [from, end) of `s`; what lies between them is blank (spaces, tabs, CR
 * and LF). A script that writes without spaces goes letter by letter; a byte that is no text is a
 * word. The same as cutting everything when `from` and `end` are sure breaks. Linear: see
 * lw_words_cost(). */
void lw_words_add(struct lw_word_list *to, const char *s, size_t from, size_t end);

/* What it costs to cut n bytes, in bytes of English. */
size_t lw_words_cost(const char *s, size_t n);

/* True when the few bytes beside `at` show that a word and a grapheme end there, whatever else the
 * n bytes hold. False says nothing. */
bool lw_sure_break(const char *s, size_t n, size_t at);

static inline bool lw_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
