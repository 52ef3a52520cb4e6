/* What the scanners know of a language: a row of language_programs.c or of language_others.c. */
#ifndef LABELWRIGHT_MARKUP_LANGUAGE_INTERNAL_H
#define LABELWRIGHT_MARKUP_LANGUAGE_INTERNAL_H

#include "labelwright/markup/highlight.h"

/* A kind of string. With a fence, bytes stand between `open` and `fence_end`, and the same ones
 * again between `close` and `close_end`: the "==" of Lua's [==[ … ]==]. */
struct lw_string_rule {
    const char *open;   /* NULL ends the list */
    const char *close;  /* NULL: as `open` */
    const char *prefix; /* letters that may stand before it */
    const char *inner;  /* what begins code inside: "${"; the bracket of the other side ends it */
    const char *fence;  /* bytes that a fence may have; LW_FENCE_WORD for letters */
    const char *fence_end, *close_end;
    char escape; /* takes the next byte with it; 0 for none */
    uint16_t flags;
    uint8_t style; /* enum lw_text_style; 0 for a string */
};

#define LW_FENCE_WORD "abc"

enum {
    LW_STR_LINES = 1,      /* may hold line ends; without a close it goes to the end of the text */
    LW_STR_SOFT = 2,       /* may hold line ends, but only when a close follows */
    LW_STR_DOUBLED = 4,    /* its close written twice stands for itself */
    LW_STR_CHAR = 8,       /* one character: what is longer is no string */
    LW_STR_VARS = 16,      /* $name in it is a variable */
    LW_STR_F = 32,         /* has code inside only behind a prefix with f */
    LW_STR_CLOSE_ENDS = 64 /* its close ends it in the code inside it, too */
};

enum { LW_LINE_COMMENTS = 3, LW_BLOCK_COMMENTS = 2, LW_STRING_RULES = 9 };

enum {
    LW_LANG_NOCASE = 1,
    LW_LANG_PREPROCESSOR = 1 << 1,      /* "#word" first in a line */
    LW_LANG_AT_NAMES = 1 << 2,          /* @decorators */
    LW_LANG_AT_KEYWORDS = 1 << 3,       /* @media, @interface */
    LW_LANG_DOLLAR = 1 << 4,            /* $variables */
    LW_LANG_HEREDOCS = 1 << 5,          /* <<WORD */
    LW_LANG_REGEX = 1 << 6,             /* regular expressions between slashes */
    LW_LANG_CAPITAL_TYPES = 1 << 7,     /* Words like This are types */
    LW_LANG_NESTED = 1 << 8,            /* block comments nest */
    LW_LANG_JSX = 1 << 9,               /* tags between operators */
    LW_LANG_COMMANDS = 1 << 10,         /* the first word of a command is a name */
    LW_LANG_HASH_AFTER_BLANK = 1 << 11, /* a comment begins behind a blank only */
    LW_LANG_STRING_KEYS = 1 << 12,      /* a string before ":" is a key */
    LW_LANG_WORD_KEYS = 1 << 13,        /* a word before ":" is a key, inside braces */
    LW_LANG_LINE_KEYS = 1 << 14,        /* key: or key = first in a line; [section] */
    LW_LANG_FRESH_KEYWORDS = 1 << 15,   /* keywords only first in a line */
    LW_LANG_INSTRUCTIONS = 1 << 16,     /* the first word of a line is one; "label:" */
    LW_LANG_BACKSLASH = 1 << 17,        /* \commands */
    LW_LANG_BANG = 1 << 18,             /* name!( is called */
    LW_LANG_LISP = 1 << 19,             /* the word behind "(" is called */
    LW_LANG_TRANSPOSE = 1 << 20,        /* ' behind an operand is no quote */
    LW_LANG_PERL_QUOTES = 1 << 21,      /* q{}, qw(), s/// */
    LW_LANG_CSS = 1 << 22,              /* #fff, .class, #id */
    LW_LANG_ATTRIBUTES = 1 << 23,       /* #[ is no comment */
    LW_LANG_BLOCK_AT_START = 1 << 24,   /* block comments begin first in a line only */
    LW_LANG_DIGIT_QUOTES = 1 << 25      /* 1'000'000 */
};

enum lw_scan_kind {
    LW_SCAN_CODE,
    LW_SCAN_TAGS,
    LW_SCAN_PHP,
    LW_SCAN_CONSOLE,
    LW_SCAN_DIFF,
    LW_SCAN_MARKDOWN
};

struct lw_language {
    const char *name;
    const char *aliases; /* as they stand behind a fence, in small letters, with blanks between */
    const char *line[LW_LINE_COMMENTS];
    const char *block[LW_BLOCK_COMMENTS][2];
    struct lw_string_rule string[LW_STRING_RULES];
    const char *keywords, *types; /* with blanks between; in small letters with NOCASE */
    const char *letters;          /* that words have besides A-Z a-z 0-9 _ and what is not ASCII */
    unsigned flags;
    enum lw_scan_kind kind;
};

extern const struct lw_language lw_program_languages[], lw_other_languages[];
extern const size_t lw_nprogram_languages, lw_nother_languages;

/* By one of its aliases, in any case; NULL for none. */
const struct lw_language *lw_language_by_alias(const char *s, size_t n);

#endif
