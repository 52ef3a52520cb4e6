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

/* The next block from `i` on that stands for something behind byte `from`; as many as there are for
 * none.
 */
static size_t next_block(const struct shown *w, size_t i, size_t from)
{
    while (i < w->n[BLOCKS] &&
           (w->m->block[i].len == 0 || w->m->block[i].at + w->m->block[i].len <= from))
        i++;
    return i;
}

/* True when the words of the gap, which no span shows, are the numbers of items. `*block` goes
 * along. */
static bool is_of_blocks(
    const struct shown *w, const char *s, struct place gap, size_t end_of_text, size_t *block)
{
    size_t from = gap.at, end = gap.at + gap.len;
    while (from < end) {
        *block = next_block(w, *block, from);
        struct place b =
            *block < w->n[BLOCKS] ? shown_at(w, BLOCKS, *block) : (struct place){end, 0};
        if (has_word(s, from, b.at < end ? b.at : end, end_of_text))
            return false;
        from = b.at < end ? b.at + b.len : end;
    }
    return true;
}

/* Looks between the spans only: true is sure when they are in order, as they mostly are. */
static bool surely_whole(const struct shown *w, const char *s, size_t at, size_t n)
{
    size_t seen = at, end = at + n, block = 0;
    for (size_t i = 0; i < w->n[SPANS]; i++) {
        const struct lw_flow_span *p = &w->m->flow.span[i];
        if (p->at < seen || p->at >= end)
            continue; /* what is shown twice, or out of order, is not believed */
        if (!is_of_blocks(w, s, (struct place){seen, p->at - seen}, end, &block))
            return false;
        seen = p->at + (p->len < end - p->at ? p->len : end - p->at);
    }
    return w->n[FORMULAS] == 0 && is_of_blocks(w, s, (struct place){seen, end - seen}, end, &block);
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
