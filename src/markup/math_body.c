/* What holds other nodes: rows with their scripts and brackets, lines of cells, groups, arguments;
 * and the characters in them. What a command does is in math_parse.c. */
#include "markup/math_scan_internal.h"

#include "labelwright/markup/run.h"
#include "labelwright/text/utf8.h"

#include <string.h>

/* ---- rows */

enum { OPEN_MAX = LW_MATH_DEPTH };

/* A row being read. Brackets that match become one node with what is between them. */
struct list {
    uint32_t first, tail;
    uint32_t num; /* what is above \over */
    const struct lw_math_command *over;
    size_t over_at;
    uint32_t open[OPEN_MAX];
    int opened;
    bool in_brackets; /* ends at ] */
};

static void close_bracket(struct lw_math_parser *p, struct list *l)
{
    uint32_t open = l->open[--l->opened];
    uint32_t close = l->tail;
    if (node(p, open)->kind != LW_MATH_ATOM || open == close)
        return; /* it has scripts of its own */
    uint32_t left = lw_math_add(p, LW_MATH_ATOM, 0);
    uint32_t row = lw_math_add_row(p, 0, node(p, open)->at + node(p, open)->len);
    struct lw_math_node *o = node(p, open), *r = node(p, row);
    *node(p, left) = *o;
    node(p, left)->next = 0;
    if (o->next != close) {
        r->a = o->next;
        uint32_t last = r->a;
        while (node(p, last)->next != close)
            last = node(p, last)->next;
        node(p, last)->next = 0;
    }
    *o = (struct lw_math_node){.kind = LW_MATH_FENCE,
        .cls = LW_MATH_ORD,
        .flag = true,
        .blank = o->blank,
        .at = o->at,
        .len = node(p, close)->at + node(p, close)->len - o->at,
        .a = left,
        .b = row,
        .c = close};
    l->tail = open;
}

static bool is_bar(const struct lw_math_node *n)
{
    const char *s = lw_math_text(n);
    return (n->ntext == 1 && *s == '|') || (n->ntext == 3 && memcmp(s, "‖", 3) == 0);
}

static bool same_text(const struct lw_math_node *a, const struct lw_math_node *b)
{
    return a->ntext == b->ntext && memcmp(lw_math_text(a), lw_math_text(b), a->ntext) == 0;
}

/* A bar opens where a value may begin and closes the last one that did; else it stands between. */
static enum lw_math_class bar_class(
    struct lw_math_parser *p, const struct list *l, uint32_t before, const struct lw_math_node *bar)
{
    const struct lw_math_node *b = node(p, before);
    uint32_t top = l->opened > 0 ? l->open[l->opened - 1] : 0;
    if (top && top != before && same_text(node(p, top), bar))
        return LW_MATH_CLOSE;
    bool fence = b->kind == LW_MATH_FENCE && b->c && same_text(node(p, b->c), bar);
    bool begins = !before || fence || b->cls == LW_MATH_BIN || b->cls == LW_MATH_REL ||
                  b->cls == LW_MATH_OPEN || b->cls == LW_MATH_PUNCT || b->cls == LW_MATH_OP ||
                  b->cls == LW_MATH_FUNC;
    return begins ? LW_MATH_OPEN : LW_MATH_ORD;
}

static void append(struct lw_math_parser *p, struct list *l, uint32_t i)
{
    uint32_t before = l->tail;
    if (l->tail)
        node(p, l->tail)->next = i;
    else
        l->first = i;
    l->tail = i;
    struct lw_math_node *n = node(p, i);
    if (n->kind != LW_MATH_ATOM)
        return;
    if (n->cls == LW_MATH_ORD && is_bar(n))
        n->cls = (uint8_t)bar_class(p, l, before, n);
    if (n->cls == LW_MATH_OPEN) {
        if (l->opened + p->depth >= LW_MATH_DEPTH)
            lw_math_fail(p, "is nested too deeply");
        else
            l->open[l->opened++] = i;
    } else if (n->cls == LW_MATH_CLOSE && l->opened > 0)
        close_bracket(p, l);
}

/* The node that scripts go to: the last one becomes the base of a SCRIPT. */
static uint32_t script_at_tail(struct lw_math_parser *p, struct list *l)
{
    if (!l->tail || node(p, l->tail)->kind == LW_MATH_SPACE) {
        uint32_t none = lw_math_add_row(p, 0, p->at);
        append(p, l, none);
    }
    if (node(p, l->tail)->kind == LW_MATH_SCRIPT)
        return l->tail;
    uint32_t base = lw_math_add(p, LW_MATH_ROW, 0);
    struct lw_math_node *tail = node(p, l->tail);
    *node(p, base) = *tail;
    node(p, base)->next = 0;
    *tail = (struct lw_math_node){.kind = LW_MATH_SCRIPT,
        .cls = tail->cls,
        .blank = tail->blank,
        .at = tail->at,
        .len = tail->len,
        .a = base,
        .next = tail->next};
    return l->tail;
}

static void parse_primes(struct lw_math_parser *p, struct list *l)
{
    uint32_t script = script_at_tail(p, l);
    uint32_t row = node(p, script)->c, last = 0;
    if (!row) {
        row = lw_math_add_row(p, 0, p->at);
        node(p, script)->c = row;
    } else if (node(p, row)->kind != LW_MATH_ROW) {
        uint32_t outer = lw_math_add_row(p, row, node(p, row)->at);
        node(p, script)->c = row = outer;
    }
    for (last = node(p, row)->a; last && node(p, last)->next;)
        last = node(p, last)->next;
    while (is_at(p, '\'')) {
        p->at++;
        uint32_t prime = lw_math_add_atom(p, "′", strlen("′"), LW_MATH_ORD, p->at - 1);
        if (last)
            node(p, last)->next = prime;
        else
            node(p, row)->a = prime;
        last = prime;
    }
}

/* A second exponent joins primes; two others are an error in TeX as well. */
static void parse_script(struct lw_math_parser *p, struct list *l)
{
    bool up = p->s[p->at++] == '^';
    uint32_t script = script_at_tail(p, l);
    uint32_t old = up ? node(p, script)->c : node(p, script)->b;
    uint32_t arg = lw_math_parse_argument(p);
    if (p->failed)
        return;
    if (!old) {
        *(up ? &node(p, script)->c : &node(p, script)->b) = arg;
        return;
    }
    uint32_t last = node(p, old)->kind == LW_MATH_ROW ? node(p, old)->a : 0;
    while (last && node(p, last)->next)
        last = node(p, last)->next;
    const struct lw_math_node *n = last ? node(p, last) : NULL;
    if (!n || n->kind != LW_MATH_ATOM || n->ntext != strlen("′") ||
        memcmp(lw_math_text(n), "′", n->ntext) != 0)
        lw_math_fail(p, up ? "has two exponents at one place" : "has two indices at one place");
    else
        node(p, last)->next = arg;
}

static void parse_limits(struct lw_math_parser *p, struct list *l, bool limits)
{
    if (!l->tail)
        return;
    struct lw_math_node *n = node(p, l->tail);
    n = n->kind == LW_MATH_SCRIPT ? node(p, n->a) : n;
    n->limits = limits;
    n->noflag = !limits;
}

static void parse_over(
    struct lw_math_parser *p, struct list *l, const struct lw_math_command *command)
{
    if (l->over) {
        lw_math_fail(p, "has two \\%s in one group", command->name);
        return;
    }
    l->num = lw_math_add_row(p, l->first, l->over_at);
    l->over = command;
    l->over_at = p->at;
    p->at += 1 + strlen(command->name);
    p->word_end = p->at;
    l->first = l->tail = 0;
    l->opened = 0;
}

/* What is no node: scripts and what changes the one before; false for all else. */
static bool parse_mark(struct lw_math_parser *p, struct list *l)
{
    if (is_at(p, '^') || is_at(p, '_'))
        parse_script(p, l);
    else if (is_at(p, '\''))
        parse_primes(p, l);
    else if (is_at(p, '\\')) {
        const struct lw_math_command *c = lw_math_command(p->s + p->at + 1, lw_math_name_len(p));
        if (!c || (c->job != LW_MATH_DO_LIMITS && c->job != LW_MATH_DO_OVER))
            return false;
        if (c->job == LW_MATH_DO_OVER)
            parse_over(p, l, c);
        else {
            parse_limits(p, l, c->number);
            p->at += 1 + strlen(c->name);
            p->word_end = p->at;
        }
    } else
        return false;
    return true;
}

static bool ends_row(const struct lw_math_parser *p, const struct list *l)
{
    return p->at >= p->end || is_at(p, '}') || is_at(p, '&') || is_at(p, '$') ||
           lw_math_is_command(p, "\\") || lw_math_is_command(p, "cr") ||
           lw_math_is_command(p, "end") || lw_math_is_command(p, "right") ||
           lw_math_is_command(p, "newline") || (is_at(p, ']') && l->in_brackets && l->opened == 0);
}

static uint32_t finish_over(struct lw_math_parser *p, struct list *l)
{
    uint32_t den = lw_math_add_row(p, l->first, l->over_at);
    uint32_t frac = lw_math_add(p, LW_MATH_FRAC, l->over_at);
    struct lw_math_node *f = node(p, frac);
    f->len = 1 + strlen(l->over->name);
    f->a = l->num;
    f->b = den;
    f->text = l->over->a;
    f->flag = l->over->b != NULL;
    return frac;
}

/* Up to what it does not take: the caller looks what that is. */
static uint32_t parse_row(struct lw_math_parser *p, bool in_brackets)
{
    struct list l = {.in_brackets = in_brackets, .over_at = p->at};
    size_t from = p->at;
    if (++p->depth > LW_MATH_DEPTH)
        return lw_math_fail(p, "is nested too deeply");
    while (!p->failed) {
        size_t before = p->at;
        bool blank = lw_math_skip_blanks(p) && before != p->word_end;
        if (ends_row(p, &l))
            break;
        if (parse_mark(p, &l))
            continue;
        uint32_t i = lw_math_parse_nucleus(p);
        if (!i || p->failed)
            continue;
        node(p, i)->blank = blank;
        append(p, &l, i);
    }
    p->depth--;
    uint32_t first = l.over && !p->failed ? finish_over(p, &l) : l.first;
    return lw_math_add_row(p, first, from);
}

/* ---- lines and cells */

static void skip_line_end(struct lw_math_parser *p)
{
    if (!lw_math_take_command(p, "\\") && !lw_math_take_command(p, "cr"))
        lw_math_take_command(p, "newline");
    lw_math_take(p, '*');
    /* \\[4pt]: only a length; other brackets are what stands there. */
    size_t at = p->at + 1;
    if (!is_at(p, '['))
        return;
    while (at < p->end && (is_digit(p->s[at]) || (p->s[at] && strchr(".- ", p->s[at]))))
        at++;
    if (at + 2 < p->end && is_letter(p->s[at]) && is_letter(p->s[at + 1]) && p->s[at + 2] == ']')
        p->at = at + 3;
}

static uint32_t parse_line(struct lw_math_parser *p)
{
    size_t from = p->at;
    bool rule = false;
    lw_math_skip_blanks(p);
    while (lw_math_take_command(p, "hline")) {
        rule = true;
        lw_math_skip_blanks(p);
    }
    uint32_t first = parse_row(p, false), last = first;
    while (!p->failed && lw_math_take(p, '&')) {
        uint32_t cell = parse_row(p, false);
        node(p, last)->next = cell;
        last = cell;
    }
    uint32_t line = lw_math_add(p, LW_MATH_LINE, from);
    node(p, line)->a = first;
    node(p, line)->flag = rule;
    return line;
}

static bool is_empty_line(struct lw_math_parser *p, uint32_t line)
{
    const struct lw_math_node *l = node(p, line);
    return !l->flag && node(p, l->a)->a == 0 && node(p, l->a)->next == 0;
}

uint32_t lw_math_parse_lines(struct lw_math_parser *p, const struct lw_math_env *env, size_t at)
{
    uint32_t first = parse_line(p), last = first;
    while (!p->failed && (lw_math_is_command(p, "\\") || lw_math_is_command(p, "cr") ||
                             lw_math_is_command(p, "newline"))) {
        skip_line_end(p);
        uint32_t line = parse_line(p);
        if (p->failed || (is_empty_line(p, line) && !lw_math_is_command(p, "\\")))
            break;
        node(p, last)->next = line;
        last = line;
    }
    uint32_t grid = lw_math_add(p, LW_MATH_GRID, at);
    node(p, grid)->a = p->failed ? 0 : first;
    node(p, grid)->env = env;
    return grid;
}

/* A row, or a grid when there is more than one cell. */
uint32_t lw_math_parse_body(struct lw_math_parser *p)
{
    uint32_t grid = lw_math_parse_lines(p, lw_math_env("aligned", 7), p->at);
    if (p->failed)
        return 0;
    uint32_t line = node(p, grid)->a, cell = node(p, line)->a;
    bool single = !node(p, line)->next && !node(p, cell)->next && !node(p, line)->flag;
    if (!single)
        return grid;
    node(p, line)->a = 0; /* the cell becomes a part of something else */
    return cell;
}

/* ---- characters */

/* To the end of the line; behind a number % is a percent sign that was not escaped. */
static uint32_t parse_comment(struct lw_math_parser *p)
{
    size_t from = p->at++;
    if (from == 0 || !is_digit(p->s[from - 1])) {
        while (p->at < p->end && p->s[p->at] != '\n' && p->s[p->at] != '\r')
            p->at++;
    }
    uint32_t i = lw_math_add_atom(p, p->s + from, p->at - from, LW_MATH_ORD, from);
    if (p->at > from + 1) {
        node(p, i)->cls = LW_MATH_INNER;
        node(p, i)->style = LW_STYLE_COMMENT;
        node(p, i)->literal = true;
    }
    return i;
}

static uint32_t parse_character(struct lw_math_parser *p)
{
    size_t from = p->at, left = p->end - p->at;
    bool ascii = (unsigned char)p->s[from] < 0x80;
    bool alone = ascii && (left == 1 || (unsigned char)p->s[from + 1] < 0x80);
    size_t look = left < 64 ? left : 64; /* a character is not longer; marks beyond are their own */
    p->at += alone ? 1 : lw_grapheme_next(p->s + from, look, 0);
    bool limits;
    enum lw_math_class cls = lw_math_class_of(p->s + from, p->at - from, &limits);
    uint32_t i = lw_math_add_atom(p, p->s + from, p->at - from, cls, from);
    struct lw_math_node *n = node(p, i);
    n->limits = limits;
    if (p->s[from] == '-' && alone) {
        n->text = "−";
        n->ntext = strlen("−");
    } else if (alone && p->alphabet != LW_MATH_PLAIN) {
        n->text = NULL;
        n->ntext = lw_utf8_encode(lw_math_letter(p->alphabet, (unsigned char)p->s[from]), n->own);
    }
    return i;
}

static uint32_t parse_group(struct lw_math_parser *p);

uint32_t lw_math_parse_nucleus(struct lw_math_parser *p)
{
    uint32_t i;
    if (++p->depth > LW_MATH_DEPTH)
        return lw_math_fail(p, "is nested too deeply");
    switch (p->s[p->at]) {
    case '{':
        i = parse_group(p);
        break;
    case '\\':
        i = p->command(p);
        break;
    case '%':
        i = parse_comment(p);
        break;
    case '~':
        p->at++;
        i = lw_math_add_space(p, 1, p->at - 1);
        break;
    default:
        i = parse_character(p);
    }
    p->depth--;
    return i;
}

/* ---- arguments */

static uint32_t parse_group(struct lw_math_parser *p)
{
    size_t from = p->at++;
    enum lw_math_alphabet alphabet = p->alphabet;
    uint8_t emph = p->emph;
    uint32_t body = lw_math_parse_body(p);
    p->alphabet = alphabet;
    p->emph = emph;
    if (!p->failed && !lw_math_take(p, '}'))
        return lw_math_fail(p, "has a { that is not closed");
    return lw_math_span(p, body, from);
}

uint32_t lw_math_parse_argument(struct lw_math_parser *p)
{
    static const struct list none = {0};
    lw_math_skip_blanks(p);
    if (p->failed || ends_row(p, &none))
        return lw_math_fail(p, "ends where something has to follow");
    if (is_at(p, '^') || is_at(p, '_'))
        return lw_math_fail(p, "has an exponent or index of nothing");
    uint32_t i = lw_math_parse_nucleus(p);
    return i || p->failed ? i : lw_math_add_row(p, 0, p->at);
}

/* [ … ], 0 for none. */
uint32_t lw_math_parse_optional(struct lw_math_parser *p)
{
    lw_math_skip_blanks(p);
    if (!lw_math_take(p, '['))
        return 0;
    uint32_t row = parse_row(p, true);
    return lw_math_take(p, ']') || p->failed ? row : lw_math_fail(p, "has a [ that is not closed");
}
