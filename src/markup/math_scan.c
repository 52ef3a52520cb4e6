/* The bytes of a formula for its parser, and the nodes it makes of them. */
#include "markup/math_scan_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/markup/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- nodes */

uint32_t lw_math_fail(struct lw_math_parser *p, const char *fmt, ...)
{
    if (!p->failed) {
        va_list args;
        va_start(args, fmt);
        vsnprintf(p->t->why, sizeof p->t->why, fmt, args);
        va_end(args);
    }
    p->failed = true;
    p->at = p->end;
    return 0;
}

uint32_t lw_math_add(struct lw_math_parser *p, enum lw_math_kind kind, size_t at)
{
    struct lw_math_tree *t = p->t;
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->v = lw_grow(t->v, t->cap, sizeof *t->v);
    }
    t->v[t->n] = (struct lw_math_node){.kind = (uint8_t)kind,
        .cls = LW_MATH_ORD,
        .style = LW_STYLE_FORMULA,
        .emph = p->emph,
        .at = at,
        .len = p->at > at ? p->at - at : 0};
    return (uint32_t)t->n++;
}

uint32_t lw_math_add_atom(
    struct lw_math_parser *p, const char *text, size_t n, enum lw_math_class cls, size_t at)
{
    uint32_t i = lw_math_add(p, LW_MATH_ATOM, at);
    node(p, i)->text = text;
    node(p, i)->ntext = n;
    node(p, i)->cls = (uint8_t)cls;
    return i;
}

/* A sign of ours: stands for no byte. */
uint32_t lw_math_add_sign(struct lw_math_parser *p, const char *text, enum lw_math_class cls)
{
    return lw_math_add_atom(p, text, strlen(text), cls, p->at);
}

uint32_t lw_math_add_space(struct lw_math_parser *p, int cols, size_t at)
{
    uint32_t i = lw_math_add(p, LW_MATH_SPACE, at);
    node(p, i)->amount = cols;
    return i;
}

uint32_t lw_math_add_row(struct lw_math_parser *p, uint32_t first, size_t at)
{
    uint32_t i = lw_math_add(p, LW_MATH_ROW, at);
    node(p, i)->a = first;
    return i;
}

uint32_t lw_math_span(struct lw_math_parser *p, uint32_t i, size_t at)
{
    if (i) {
        node(p, i)->at = at;
        node(p, i)->len = p->at - at;
    }
    return i;
}

/* ---- bytes */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Steps over the signs of a quote at the start of a line. */
static void skip_quotes(struct lw_math_parser *p)
{
    size_t at = p->at;
    for (int left = p->quotes; left > 0; left--) {
        while (at < p->end && p->s[at] == ' ')
            at++;
        if (at >= p->end || p->s[at] != '>')
            return;
        p->at = ++at;
    }
}

bool lw_math_skip_blanks(struct lw_math_parser *p)
{
    size_t from = p->at;
    while (p->at < p->end && is_blank(p->s[p->at])) {
        if (p->s[p->at++] == '\n')
            skip_quotes(p);
    }
    return p->at > from;
}

bool lw_math_take(struct lw_math_parser *p, char c)
{
    if (!is_at(p, c))
        return false;
    p->at++;
    return true;
}

/* The name of the command at p->at, a backslash: letters, or one other byte. */
size_t lw_math_name_len(const struct lw_math_parser *p)
{
    size_t n = 0, left = p->end - p->at - 1;
    while (n < left && is_letter(p->s[p->at + 1 + n]))
        n++;
    return n == 0 && left > 0 ? 1 : n;
}

bool lw_math_is_command(const struct lw_math_parser *p, const char *name)
{
    return is_at(p, '\\') && lw_math_name_len(p) == strlen(name) &&
           memcmp(p->s + p->at + 1, name, strlen(name)) == 0;
}

bool lw_math_take_command(struct lw_math_parser *p, const char *name)
{
    if (!lw_math_is_command(p, name))
        return false;
    p->at += 1 + strlen(name);
    return true;
}

/* What is between braces, as it is. */
bool lw_math_take_raw(struct lw_math_parser *p, size_t *at, size_t *n)
{
    lw_math_skip_blanks(p);
    if (!lw_math_take(p, '{'))
        return false;
    *at = p->at;
    for (int depth = 1; p->at < p->end; p->at++) {
        char c = p->s[p->at];
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (depth == 0) {
            *n = p->at++ - *at;
            return true;
        }
    }
    lw_math_fail(p, "has a { that is not closed");
    return false;
}

void lw_math_tree_fini(struct lw_math_tree *t)
{
    free(t->v);
    memset(t, 0, sizeof *t);
}
