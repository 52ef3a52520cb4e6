/* A run of a screen line: what is shown, how it is meant, and which bytes of the source it stands
 * for. Markdown, mathematics and code all become rows of these. */
#ifndef LABELWRIGHT_MARKUP_RUN_H
#define LABELWRIGHT_MARKUP_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a text is meant, not how it looks: themes decide that. */
#define LW_STYLES(X)                                                                               \
    X(TEXT)                                                                                        \
    X(HEADING)                                                                                     \
    X(CODE)   /* in a sentence, or code without a language */                                      \
    X(LINK)   /* what a link says */                                                               \
    X(MARK)   /* signs of structure: bullets, gutters, borders, the # of a heading */              \
    X(REMARK) /* our own words in the text: why something is shown as source */                    \
    X(FORMULA)                                                                                     \
    X(KEYWORD)                                                                                     \
    X(STRING)                                                                                      \
    X(COMMENT)                                                                                     \
    X(NUMBER)                                                                                      \
    X(TYPE)     /* names of types, tags, tables */                                                 \
    X(NAME)     /* what is called or defined: functions, keys, attributes */                       \
    X(INSERTED) /* a line of a diff in a text */                                                   \
    X(DELETED)

enum lw_text_style {
#define X(name) LW_STYLE_##name,
    LW_STYLES(X)
#undef X
        LW_STYLE_COUNT
};

/* Emphasis, on top of any style. */
enum { LW_EMPH_STRONG = 1, LW_EMPH_SOFT = 2, LW_EMPH_STRUCK = 4 };

struct lw_run {
    const char *s; /* what is shown: n bytes of UTF-8, one line, still to be cleaned when drawn */
    size_t n;
    size_t at, len; /* the bytes of the source that it stands for; len 0: a sign of ours at `at` */
    uint8_t style;  /* enum lw_text_style */
    uint8_t emph;
    bool exact; /* s shows the source bytes as they are (n == len): byte i is source byte at + i */
};

#endif
