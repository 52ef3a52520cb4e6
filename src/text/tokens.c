#include "text/tokens_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <uniwbrk.h>

static void add_token(struct tokens *t, size_t at, size_t n)
{
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->v = lw_grow(t->v, t->cap, sizeof *t->v);
    }
    t->v[t->n++] = (struct token){at, n, 0};
}

/* A word ends only where a grapheme does. */
static void cut_words(const char *s, size_t from, size_t n, struct tokens *to)
{
    char *word = lw_alloc(n + 1), *grapheme = lw_alloc(n + 1);
    u8_wordbreaks((const uint8_t *)s + from, n, word);
    u8_grapheme_breaks((const uint8_t *)s + from, n, grapheme);
    size_t start = 0;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && !(word[i] && grapheme[i]))
            continue;
        add_token(to, from + start, i - start);
        start = i;
    }
    free(word);
    free(grapheme);
}

/* Bytes that are no text are words of their own. */
void lw_cut_words(struct lw_token t, size_t from, size_t end, struct tokens *to)
{
    to->n = 0;
    while (from < end) {
        size_t bad;
        if (lw_utf8_valid(t.s + from, end - from, &bad))
            bad = end - from;
        if (bad > 0)
            cut_words(t.s, from, bad, to);
        from += bad;
        if (from < end)
            add_token(to, from++, 1);
    }
}

void lw_cut_lines(struct lw_token t, size_t from, size_t end, struct tokens *to)
{
    to->n = 0;
    while (from < end) {
        const char *lf = memchr(t.s + from, '\n', end - from);
        size_t n = lf ? (size_t)(lf - (t.s + from)) + 1 : end - from;
        add_token(to, from, n);
        from += n;
    }
}

static uint32_t hash(const char *s, size_t n)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    return h ^ h >> 15;
}

/* Chains of equal hashes stay short unless somebody tries; then the comparisons run out. */
struct names {
    struct name {
        const char *s;
        size_t n;
        uint32_t next; /* 1 + index; 0 for none */
    } * v;
    uint32_t *bucket;
    size_t n, mask;
};

static uint32_t name_of(struct names *names, const char *s, size_t n, long *left)
{
    uint32_t *first = &names->bucket[hash(s, n) & names->mask];
    for (uint32_t i = *first; i && *left > 0; i = names->v[i - 1].next, --*left)
        if (names->v[i - 1].n == n && memcmp(names->v[i - 1].s, s, n) == 0)
            return i;
    names->v[names->n++] = (struct name){s, n, *first};
    return *first = (uint32_t)names->n;
}

void lw_tokens_number(
    struct lw_token a, struct tokens *of_a, struct lw_token b, struct tokens *of_b, long *left)
{
    struct names names = {.mask = 63};
    while (names.mask < of_a->n + of_b->n)
        names.mask = 2 * names.mask + 1;
    names.v = lw_grow(NULL, of_a->n + of_b->n + 1, sizeof *names.v);
    names.bucket = lw_alloc((names.mask + 1) * sizeof *names.bucket);
    for (size_t i = 0; i < of_a->n; i++)
        of_a->v[i].id = name_of(&names, a.s + of_a->v[i].at, of_a->v[i].n, left);
    for (size_t i = 0; i < of_b->n; i++)
        of_b->v[i].id = name_of(&names, b.s + of_b->v[i].at, of_b->v[i].n, left);
    free(names.v);
    free(names.bucket);
}
