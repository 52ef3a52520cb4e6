/* JSON that is written plainly, taken from a text piece by piece, for who needs no tree. Every
 * piece is checked as lw_json_is_plain_object() does: false says that the rest is jansson's. */
#ifndef LABELWRIGHT_JSON_JSON_PULL_H
#define LABELWRIGHT_JSON_JSON_PULL_H

#include <stdbool.h>
#include <stddef.h>

/* What is left of the text. */
struct lw_pull {
    const char *p, *end;
};

/* A string, as it stands between its quotes. */
struct lw_pull_text {
    const char *s;
    size_t n;
    bool escapes;
};

/* White space is passed over before each of these. */
bool lw_pull_is(struct lw_pull *s, char c);   /* whether this byte is next; it is not taken */
bool lw_pull_take(struct lw_pull *s, char c); /* takes it */
bool lw_pull_text(struct lw_pull *s, struct lw_pull_text *to);
bool lw_pull_key(struct lw_pull *s, struct lw_pull_text *to); /* without escapes, and its colon */
bool lw_pull_skip(struct lw_pull *s);                         /* any value */
bool lw_pull_ended(struct lw_pull *s);

bool lw_pull_text_is(const struct lw_pull_text *text, const char *s);

/* The text without its escapes and with a NUL behind it: at most n + 1 bytes at `to`. Its length
 * goes to `*n`. False where it holds NUL. */
bool lw_pull_copy(const struct lw_pull_text *text, char *to, size_t *n);

#endif
