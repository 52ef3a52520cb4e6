/* Makes the copy of a chunk that md4c reads. Formulas become letters of the same number; brackets
 * that open definitions and footnotes, which it would take out of the text, become letters; the
 * rule of a table gets the three dashes a column that it asks for, and the stars of 2*3 become
 * letters. What it reads in it is markdown.c's. */
#define _GNU_SOURCE
#include "markup/md4c_copy_internal.h"

#include "markup/markdown_internal.h"
#include "markup/source_lines_internal.h"

#include <ctype.h>
#include <md4c.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEFINITIONS_MAX = 16 * 1024, DASHES = 3 };

/* Where a label "[…]:" opens in a line, behind the signs of quotes and lists; SIZE_MAX for none. */
static size_t label_in(const char *s, size_t n, bool *footnote)
{
    size_t i = 0;
    while (i < n && strchr(" >-*+", s[i]))
        i++;
    const char *close = i < n && s[i] == '[' ? memchr(s + i, ']', n - i) : NULL;
    size_t end = close ? (size_t)(close - s) : 0;
    *footnote = close && i + 1 < n && s[i + 1] == '^';
    return close && end + 1 < n && s[end + 1] == ':' && end > i + 1 ? i : SIZE_MAX;
}

/* md4c takes definitions out of the text: hidden from it they stay. */
static void hide_labels(char *copy, size_t n)
{
    if (!memchr(copy, '[', n))
        return;
    for (size_t at = 0; at < n;) {
        size_t line = lw_source_line_len(copy + at, n - at);
        bool footnote;
        size_t label = label_in(copy + at, line, &footnote);
        if (label != SIZE_MAX)
            copy[at + label] = 'm';
        at += line;
    }
    for (char *note = copy; (note = memchr(note, '[', n - (size_t)(note - copy))); note++)
        if (note + 1 < copy + n && note[1] == '^')
            *note = 'm';
}

/* ---- formulas */

static void hide_formulas(struct lw_md4c_copy *c, const char *s, char *text)
{
    struct lw_formula f;
    size_t from = 0;
    if (!memchr(s, '$', c->len) && !memchr(s, '\\', c->len))
        return;
    while (from < c->len && lw_math_find(s, c->len, from, &f)) {
        memset(text + f.at, 'm', f.len);
        from = f.at + f.len;
        f.at += c->at;
        f.body += c->at;
        if ((c->nformulas & (c->nformulas - 1)) == 0) /* a power of two is full */
            c->formula =
                lw_grow(c->formula, c->nformulas ? 2 * c->nformulas : 1, sizeof *c->formula);
        c->formula[c->nformulas++] = f;
    }
}

/* ---- products */

/* 2*3, 2*x, x*2, (a+b)*c, x**2: a star that Markdown would take for emphasis, and leave out. */
static bool is_product(const char *s, size_t n, size_t at, size_t stars)
{
    if (at == 0 || at + stars >= n || stars > 2)
        return false;
    int left = (unsigned char)s[at - 1], right = (unsigned char)s[at + stars];
    if (left >= 0x80 || right >= 0x80 || !isalnum(right))
        return false;
    if (stars == 2)
        return isdigit(right) && (isalnum(left) || left == ')');
    return left == ')' || isdigit(left) || (isalnum(left) && isdigit(right));
}

/* The bytes of a word before what may be the target of a link, which is shown as md4c reads it. */
static size_t before_target(const char *s, size_t n)
{
    static const char *const signs[] = {"](", "://", "www.", "@"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = memmem(s, n, signs[i], strlen(signs[i]));
        n = at ? (size_t)(at - s) : n;
    }
    return n;
}

static void hide_products_in(char *word, size_t n)
{
    for (size_t at = 0, stars; at < n; at += stars + 1) {
        const char *star = memchr(word + at, '*', n - at);
        if (!star)
            return;
        at = (size_t)(star - word);
        for (stars = 1; at + stars < n && word[at + stars] == '*';)
            stars++;
        if (is_product(word, n, at, stars))
            memset(word + at, 'm', stars);
    }
}

static void hide_products(char *copy, size_t n)
{
    for (char *star = copy; (star = memchr(star, '*', n - (size_t)(star - copy)));) {
        char *from = star, *to = star;
        while (from > copy && !lw_is_blank(from - 1, 1))
            from--;
        while (to < copy + n && !lw_is_blank(to, 1))
            to++;
        hide_products_in(from, before_target(from, (size_t)(to - from)));
        star = to;
    }
}

/* ---- names of Python that look like emphasis */

static const char *const names[] = {"add", "all", "call", "class", "contains", "del", "dict", "doc",
    "enter", "eq", "exit", "file", "getattr", "getitem", "hash", "init", "iter", "len", "lt",
    "main", "mul", "name", "new", "next", "repr", "setattr", "setitem", "slots", "str"};

static bool is_name(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (n == strlen(names[i]) && memcmp(s, names[i], n) == 0)
            return true;
    return false;
}

static void hide_names(char *copy, size_t n)
{
    char *end = copy + n, *open = copy, *close;
    for (; (open = memchr(open, '_', (size_t)(end - open))); open = close) {
        close = open + 1;
        if (close == end || *close != '_')
            continue;
        for (close = open + 2; close < end && islower((unsigned char)*close);)
            close++;
        if (end - close >= 2 && memcmp(close, "__", 2) == 0 &&
            is_name(open + 2, (size_t)(close - open - 2))) {
            memset(open, 'm', 2);
            memset(close, 'm', 2);
        }
    }
}

/* ---- tables */

/* "|-|:-:|" below a line with a bar. */
static bool is_short_rule(const char *s, size_t n, const char *before, size_t nbefore)
{
    size_t dashes = 0;
    bool bar = false, is_short = false;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && !strchr("|-: \t\r\n", s[i]))
            return false;
        bar = bar || (i < n && s[i] == '|');
        if (i < n && s[i] == '-') {
            dashes++;
            continue;
        }
        is_short = is_short || (dashes > 0 && dashes < DASHES);
        dashes = 0;
    }
    return bar && is_short && memchr(before, '|', nbefore);
}

static void add_shift(struct lw_md4c_copy *c, size_t more)
{
    size_t by = c->nshifts > 0 ? c->shift[c->nshifts - 1].by : 0;
    c->shift = lw_grow(c->shift, c->nshifts + 1, sizeof *c->shift);
    c->shift[c->nshifts++] = (struct lw_md4c_shift){c->text.len, by + more};
}

static void add_rule(struct lw_md4c_copy *c, const char *s, size_t n)
{
    size_t dashes = 0;
    for (size_t i = 0; i < n; i++) {
        bool last = s[i] == '-' && (i + 1 == n || s[i + 1] != '-');
        dashes = s[i] == '-' ? dashes + 1 : 0;
        lw_buf_char(&c->text, s[i]);
        size_t more = last && dashes < DASHES ? DASHES - dashes : 0;
        lw_buf_add(&c->text, "---", more);
        if (more > 0)
            add_shift(c, more);
    }
}

/* Copies again line by line, for the rules of tables grow. */
static void lengthen_rules(struct lw_md4c_copy *c)
{
    char *whole = lw_buf_detach(&c->text), *text = whole + c->from;
    size_t before = 0;
    lw_buf_add(&c->text, whole, c->from);
    for (size_t at = 0; at < c->len;) {
        size_t line = lw_source_line_len(text + at, c->len - at);
        if (is_short_rule(text + at, line, text + at - before, before))
            add_rule(c, text + at, line);
        else
            lw_buf_add(&c->text, text + at, line);
        at += line;
        before = line;
    }
    free(whole);
}

static bool has_short_rule(const char *text, size_t n)
{
    if (!memchr(text, '|', n))
        return false;
    for (size_t at = 0, before = 0; at < n;) {
        size_t line = lw_source_line_len(text + at, n - at);
        if (is_short_rule(text + at, line, text + at - before, before))
            return true;
        at += line;
        before = line;
    }
    return false;
}

/* ---- the whole */

void lw_md4c_copy_make(
    struct lw_md4c_copy *c, const char *s, size_t at, size_t n, const struct lw_buf *definitions)
{
    c->at = at;
    c->len = n;
    c->from = definitions ? definitions->len : 0;
    c->nformulas = c->nshifts = 0;
    lw_buf_clear(&c->text);
    lw_buf_room(&c->text, c->from + n);
    if (c->from > 0)
        lw_buf_add(&c->text, definitions->data, definitions->len);
    lw_buf_add(&c->text, s + at, n);
    char *text = c->text.data + c->from;
    hide_formulas(c, s + at, text);
    hide_labels(text, n);
    hide_products(text, n);
    hide_names(text, n);
    if (has_short_rule(text, n))
        lengthen_rules(c);
}

/* How far the text is ahead of the source at this byte of it. */
static size_t ahead(const struct lw_md4c_copy *c, size_t at)
{
    size_t by = 0;
    for (size_t i = 0; i < c->nshifts && c->shift[i].from <= at; i++)
        by = c->shift[i].by;
    return by;
}

size_t lw_md4c_place(const struct lw_md4c_copy *c, const char *text)
{
    uintptr_t base = (uintptr_t)c->text.data, at = (uintptr_t)text;
    if (!text || at < base + c->from || at >= base + c->text.len)
        return SIZE_MAX;
    size_t place = at - base - c->from - ahead(c, at - base);
    return c->at + (place < c->len ? place : c->len);
}

size_t lw_md4c_len(const struct lw_md4c_copy *c, const char *text, size_t n)
{
    size_t at = lw_md4c_place(c, text) - c->at, end = (size_t)(text - c->text.data) + n;
    end -= c->from + ahead(c, end);
    end = end < c->len ? end : c->len;
    return end > at ? end - at : 0;
}

void lw_md4c_copy_fini(struct lw_md4c_copy *c)
{
    lw_buf_fini(&c->text);
    free(c->formula);
    free(c->shift);
    *c = (struct lw_md4c_copy){0};
}

/* ---- definitions of the whole text */

static int note_block(MD_BLOCKTYPE type, void *detail, void *shown)
{
    (void)detail;
    *(bool *)shown = *(bool *)shown || type != MD_BLOCK_DOC;
    return 0;
}

static int pass_span(MD_SPANTYPE type, void *detail, void *shown)
{
    (void)type;
    (void)detail;
    (void)shown;
    return 0;
}

static int pass_text(MD_TEXTTYPE type, const char *text, MD_SIZE n, void *shown)
{
    (void)type;
    (void)text;
    (void)n;
    (void)shown;
    return 0;
}

/* "[Narrator]: who speaks" is none, but a text that would be shown in every chunk. */
static bool is_definition(const char *s, size_t n)
{
    static const MD_PARSER parser = {.enter_block = note_block,
        .leave_block = note_block,
        .enter_span = pass_span,
        .leave_span = pass_span,
        .text = pass_text};
    bool shown = false;
    return md_parse(s, (MD_SIZE)n, &parser, &shown) == 0 && !shown;
}

void lw_markdown_definitions(const char *s, size_t n, struct lw_buf *to)
{
    for (size_t at = 0; at < n;) {
        const char *close = memchr(s + at, ']', n - at); /* of the next label */
        if (!close)
            return;
        const char *lf = memrchr(s + at, '\n', (size_t)(close - (s + at)));
        at = lf ? (size_t)(lf - s) + 1 : at;
        size_t line = lw_source_line_len(s + at, n - at);
        bool footnote;
        size_t label = label_in(s + at, line, &footnote);
        if (label <= 3 && !footnote && to->len + line + 2 < DEFINITIONS_MAX &&
            is_definition(s + at + label, line - label)) {
            lw_buf_add(to, s + at + label, line - label);
            lw_buf_str(to, "\n\n");
        }
        at += line;
    }
}
