/* What the files of the parser share: where it stands in the source, and how it makes nodes. */
#ifndef LABELWRIGHT_MARKUP_MATH_SCAN_INTERNAL_H
#define LABELWRIGHT_MARKUP_MATH_SCAN_INTERNAL_H

#include "markup/math_tree_internal.h"

struct lw_math_parser {
    struct lw_math_tree *t;
    const char *s;
    size_t at, end;
    size_t word_end; /* of the command read last: a blank behind it only ends its name */
    int depth, quotes;
    enum lw_math_alphabet alphabet;
    uint8_t emph;
    bool failed;
    uint32_t (*command)(struct lw_math_parser *p); /* at a backslash; 0 for what shows nothing */
};

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_at(const struct lw_math_parser *p, char c)
{
    return p->at < p->end && p->s[p->at] == c;
}

static inline struct lw_math_node *node(struct lw_math_parser *p, uint32_t i)
{
    return &p->t->v[i];
}

/* ---- nodes: math_scan.c */

/* Keeps the first reason, and ends the reading. Gives 0. */
uint32_t lw_math_fail(struct lw_math_parser *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A node for the bytes from `at` to where the parser stands. */
uint32_t lw_math_add(struct lw_math_parser *p, enum lw_math_kind kind, size_t at);
uint32_t lw_math_add_atom(
    struct lw_math_parser *p, const char *text, size_t n, enum lw_math_class cls, size_t at);
uint32_t lw_math_add_sign(
    struct lw_math_parser *p, const char *text, enum lw_math_class cls); /* of no byte */
uint32_t lw_math_add_space(struct lw_math_parser *p, int cols, size_t at);
uint32_t lw_math_add_row(struct lw_math_parser *p, uint32_t first, size_t at);

/* The node gets the bytes from `at` to where the parser stands; gives it back. */
uint32_t lw_math_span(struct lw_math_parser *p, uint32_t i, size_t at);

/* ---- bytes: math_scan.c */

bool lw_math_skip_blanks(struct lw_math_parser *p); /* true when there was one */
bool lw_math_take(struct lw_math_parser *p, char c);
size_t lw_math_name_len(
    const struct lw_math_parser *p); /* of the command here: letters, or one byte */
bool lw_math_is_command(const struct lw_math_parser *p, const char *name);
bool lw_math_take_command(struct lw_math_parser *p, const char *name);
bool lw_math_take_raw(
    struct lw_math_parser *p, size_t *at, size_t *n); /* what is in braces, as it is */

/* ---- what holds other nodes: math_body.c */

/* Each ends before what it does not take; the caller looks what that is. */
uint32_t lw_math_parse_body(struct lw_math_parser *p); /* a row, or a grid of more than one cell */
uint32_t lw_math_parse_lines(struct lw_math_parser *p, const struct lw_math_env *env, size_t at);
uint32_t lw_math_parse_argument(struct lw_math_parser *p);
uint32_t lw_math_parse_optional(struct lw_math_parser *p); /* [ … ], 0 for none */
uint32_t lw_math_parse_nucleus(struct lw_math_parser *p);

#endif
