/* Tables of signs: what a LaTeX command shows, how it stands beside others, and which characters
 * are small, raised, or of another alphabet. */
#ifndef LABELWRIGHT_MARKUP_MATH_SYMBOLS_INTERNAL_H
#define LABELWRIGHT_MARKUP_MATH_SYMBOLS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

/* How a sign stands beside others; the blanks between them follow from it. */
enum lw_math_class {
    LW_MATH_NONE, /* before the first */
    LW_MATH_ORD,
    LW_MATH_OP,   /* a sum, an integral */
    LW_MATH_FUNC, /* sin, lim */
    LW_MATH_BIN,
    LW_MATH_REL,
    LW_MATH_OPEN,
    LW_MATH_CLOSE,
    LW_MATH_PUNCT,
    LW_MATH_INNER, /* a fraction, a matrix */
    LW_MATH_CLASSES
};

struct lw_math_symbol {
    const char *name; /* without the backslash */
    const char *text; /* UTF-8 */
    unsigned char cls;
    bool limits; /* what is above and below it stands so */
};

/* NULL when the command is no sign. */
const struct lw_math_symbol *lw_math_symbol(const char *name, size_t n);

/* Of a character that stands in the source itself; LW_MATH_ORD when nothing else is known. A sum
 * has *limits. */
enum lw_math_class lw_math_class_of(const char *s, size_t n, bool *limits);

/* The rows of the table, in order of their names: for a test. */
const struct lw_math_symbol *lw_math_symbols(size_t *n);

/* The raised or lowered form of a character, 0 for none. */
char32_t lw_math_raised(char32_t cp);
char32_t lw_math_lowered(char32_t cp);

enum lw_math_alphabet {
    LW_MATH_PLAIN,
    LW_MATH_BLACKBOARD,
    LW_MATH_CALLIGRAPHIC,
    LW_MATH_FRAKTUR,
};

/* A letter or digit of an alphabet; the same character where the alphabet has none. */
char32_t lw_math_letter(enum lw_math_alphabet alphabet, char32_t cp);

/* "½" for 1 and 2; NULL where Unicode has none. */
const char *lw_math_vulgar(char num, char den);

#endif
