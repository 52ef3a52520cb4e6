/* Whether a chunk that was read as Markdown would show every word of it. Markdown drops some in
 * silence: cells beyond those of a table's head, definitions, the names of references. */
#include "markup/markdown_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A letter or digit, or what belongs to a character that is no ASCII. */
static bool is_word(char c)
{
    unsigned char letter = (unsigned char)c | 0x20;
    return (c >= '0' && c <= '9') || (letter >= 'a' && letter <= 'z') || c & 0x80;
}

/* Shown parts of the source, each kind in its order. */
enum { SPANS, BLOCKS, FORMULAS, KINDS };

struct shown {
    const struct lw_markdown *m;
    const struct lw_formula *formula;
    size_t n[KINDS];
};

struct place {
    size_t at, len;
};

static struct place shown_at(const struct shown *w, int kind, size_t i)
{
    if (kind == SPANS)
        return (struct place){w->m->flow.span[i].at, w->m->flow.span[i].len};
    if (kind == BLOCKS)
        return (struct place){w->m->block[i].at, w->m->block[i].len};
    return (struct place){w->formula[i].at, w->formula[i].len};
}

/* The name in a "<br>", which is shown as a line end. */
static bool is_line_break(const char *s, size_t at, size_t n)
{
    return at > 0 && s[at - 1] == '<' && n - at >= 2 && strncasecmp(s + at, "br", 2) == 0;
}

/* [from, end) of the n bytes of `s`, which is shown nowhere. */
static bool has_word(const char *s, size_t from, size_t end, size_t n)
{
    for (size_t i = from; i < end; i++) {
        if (!is_word(s[i]))
            continue;
        if (!is_line_break(s, i, n))
            return true;
        i++;
    }
    return false;
}

/* The next part of any kind that stands for something; false when there is none. */
static bool take_next(const struct shown *w, size_t next[KINDS], struct place *to)
{
    int first = KINDS;
    for (int kind = 0; kind < KINDS; kind++) {
        struct place p = {0};
        while (next[kind] < w->n[kind] && (p = shown_at(w, kind, next[kind])).len == 0)
            next[kind]++;
        if (next[kind] < w->n[kind] && (first == KINDS || p.at < to->at)) {
            *to = p;
            first = kind;
        }
    }
    if (first < KINDS)
        next[first]++;
    return first < KINDS;
}

/* Looks between the parts only, true is sure when they are in order, as they mostly are. */
static bool surely_whole(const struct shown *w, const char *s, size_t at, size_t n)
{
    size_t next[KINDS] = {0}, seen = at, end = at + n;
    for (struct place p; take_next(w, next, &p);) {
        if (p.at >= end)
            continue;
        if (p.at > seen && has_word(s + at, seen - at, p.at - at, n))
            return false;
        size_t behind = p.at < at ? seen : p.at + (p.len < end - p.at ? p.len : end - p.at);
        seen = behind > seen ? behind : seen;
    }
    return !has_word(s + at, seen - at, n, n);
}

/* Marks every byte. */
static bool is_whole(const struct shown *w, const char *s, size_t at, size_t n)
{
    char *seen = lw_alloc(n + 1);
    bool whole = true;
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < w->n[kind]; i++) {
            struct place p = shown_at(w, kind, i);
            if (p.at >= at && p.at < at + n)
                memset(seen + (p.at - at), 1, p.len < at + n - p.at ? p.len : at + n - p.at);
        }
    for (size_t i = 0; i < n && whole; i++) {
        if (seen[i] || !is_word(s[at + i]))
            continue;
        whole = is_line_break(s + at, i, n);
        i += whole;
    }
    free(seen);
    return whole;
}

bool lw_markdown_loses_words(const struct lw_markdown *m, const char *s, size_t at, size_t n,
    const struct lw_formula *formula, size_t nformulas)
{
    struct shown w = {m, formula, {m->flow.nspans, m->nblocks, nformulas}};
    return !surely_whole(&w, s, at, n) && !is_whole(&w, s, at, n);
}
