/* What the scanners share: adding tokens, looking up words, and scanning code. */
#ifndef LABELWRIGHT_MARKUP_SCAN_INTERNAL_H
#define LABELWRIGHT_MARKUP_SCAN_INTERNAL_H

#include "markup/language_internal.h"

#include <string.h>

/* ---- tokens */

/* Adds the bytes [at, end), if any; joins them to the last token when they go on with its style. */
void lw_token_add(struct lw_tokens *to, size_t at, size_t end, enum lw_text_style style);

/* ---- bytes */

/* A letter, a digit, "_", or a byte of something beyond ASCII. */
bool lw_is_word_byte(char c);

static inline bool lw_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool lw_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* True when the n bytes at `s` begin with the text. */
static inline bool lw_begins(const char *s, size_t n, const char *text)
{
    size_t len = strlen(text);
    return n >= len && memcmp(s, text, len) == 0;
}

/* The offset of the line end at or behind `at`; n for none. */
static inline size_t lw_eol(const char *s, size_t n, size_t at)
{
    const char *end = at < n ? memchr(s + at, '\n', n - at) : NULL;
    return end ? (size_t)(end - s) : n;
}

/* The first byte at or behind `at` that is no blank. */
static inline size_t lw_past_blanks(const char *s, size_t n, size_t at)
{
    while (at < n && lw_is_blank(s[at]))
        at++;
    return at;
}

/* ---- words of a language */

enum { LW_WORD_SLOTS = 1024, LW_WORD_MAX = 32 };

/* What a byte may begin in a language, or belong to. */
enum { LW_BEGINS_COMMENT = 1, LW_BEGINS_STRING = 2, LW_IN_WORD = 4 };

struct lw_words {
    const struct lw_language *of;
    uint8_t byte[256];
    struct lw_word {
        const char *s;
        uint8_t n, style;
    } slot[LW_WORD_SLOTS];
};

/* Made when a language is first asked for, then kept. */
const struct lw_words *lw_words_of(const struct lw_language *l);

/* LW_STYLE_KEYWORD, LW_STYLE_TYPE, or LW_STYLE_TEXT for any other word. */
enum lw_text_style lw_words_find(const struct lw_words *w, const char *s, size_t n);

/* ---- code */

enum { LW_CODE_DEPTH = 12, LW_CLOSE_MAX = 24 };

/* A string that is open: now, or around the code inside it. */
struct lw_open_string {
    const struct lw_string_rule *rule;
    char close[LW_CLOSE_MAX];
    size_t nclose;
    const char *inner; /* NULL: no code inside */
    char escape;
    bool lines;
    unsigned depth; /* brackets open in the code inside */
};

struct lw_code_scan {
    struct lw_tokens *to;
    const struct lw_language *l;
    const struct lw_words *words;
    const char *s;
    size_t at, n;
    bool fresh;        /* only blanks so far in this line */
    bool operand;      /* an operand comes next: "/" begins a regular expression */
    bool command;      /* the name of a command comes next */
    size_t no_regex;   /* none ends before this byte */
    unsigned no_close; /* a bit a rule: no close follows */
    unsigned braces;   /* open ones */
    size_t tag, ntag;  /* of the heredoc that begins in the next line; ntag 0 for none */
    struct lw_open_string stack[LW_CODE_DEPTH]; /* around the code inside strings */
    size_t depth;
};

/* The bytes [from, end) of `s` as code of words->of. */
void lw_scan_code(
    struct lw_tokens *to, const struct lw_words *words, const char *s, size_t from, size_t end);

/* Each takes what is at c->at if it is one, and returns true then. */
bool lw_take_string(struct lw_code_scan *c);
bool lw_take_prefixed_string(struct lw_code_scan *c, size_t word_end);
bool lw_take_inner_end(struct lw_code_scan *c); /* the end of code inside a string: depth > 0 */
bool lw_take_regex(struct lw_code_scan *c);
bool lw_take_perl_quote(struct lw_code_scan *c, size_t word_end);
bool lw_take_heredoc_mark(struct lw_code_scan *c);
void lw_take_heredoc(struct lw_code_scan *c);    /* its lines; at the start of the first one */
void lw_end_inner_lines(struct lw_code_scan *c); /* at a line end: strings of one line are over */

/* ---- other kinds */

void lw_scan_tags(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n);
void lw_scan_php(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n);
void lw_scan_console(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n);
void lw_scan_diff(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n);
void lw_scan_markdown(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n);

#endif
