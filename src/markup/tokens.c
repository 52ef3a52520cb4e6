/* The list of tokens, and tables of a language: its words by their hash, and what a byte may begin
 * in it. Knows no language. */
#include "markup/scan_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

void lw_token_add(struct lw_tokens *to, size_t at, size_t end, enum lw_text_style style)
{
    if (end <= at)
        return;
    struct lw_token *last = to->n > 0 ? &to->v[to->n - 1] : NULL;
    if (last && last->style == style && last->at + last->len == at) {
        last->len += end - at;
        return;
    }
    if (to->n == to->cap) {
        to->cap = to->cap ? to->cap * 2 : 64;
        to->v = lw_grow(to->v, to->cap, sizeof *to->v);
    }
    to->v[to->n++] = (struct lw_token){at, end - at, style};
}

void lw_tokens_fini(struct lw_tokens *t)
{
    free(t->v);
    *t = (struct lw_tokens){0};
}

bool lw_is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || lw_is_digit(c) || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* ---- words */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* FNV-1a; `copy` gets the word as it is compared. */
static size_t hash_word(const char *s, size_t n, bool nocase, char copy[LW_WORD_MAX])
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) {
        copy[i] = nocase ? lower(s[i]) : s[i];
        h = (h ^ (unsigned char)copy[i]) * 16777619u;
    }
    return (h ^ h >> 15) % LW_WORD_SLOTS;
}

static void add_words(struct lw_words *w, const char *list, enum lw_text_style style)
{
    char copy[LW_WORD_MAX];
    while (list && *list) {
        size_t n = strcspn(list, " ");
        size_t at = n < LW_WORD_MAX ? hash_word(list, n, false, copy) : 0;
        while (w->slot[at].s)
            at = (at + 1) % LW_WORD_SLOTS;
        w->slot[at] = (struct lw_word){list, (uint8_t)n, (uint8_t)style};
        list += n + strspn(list + n, " ");
    }
}

static void add_bytes(struct lw_words *w, const struct lw_language *l)
{
    for (int i = 0; i < 256; i++)
        w->byte[i] = lw_is_word_byte((char)i) ? LW_IN_WORD : 0;
    for (const char *c = l->letters; c && *c; c++)
        w->byte[(unsigned char)*c] |= LW_IN_WORD;
    for (int i = 0; i < LW_LINE_COMMENTS && l->line[i]; i++)
        w->byte[(unsigned char)l->line[i][0]] |= LW_BEGINS_COMMENT;
    for (int i = 0; i < LW_BLOCK_COMMENTS && l->block[i][0]; i++)
        w->byte[(unsigned char)l->block[i][0][0]] |= LW_BEGINS_COMMENT;
    for (const struct lw_string_rule *r = l->string; r->open; r++)
        w->byte[(unsigned char)r->open[0]] |= LW_BEGINS_STRING;
}

static struct lw_words *make_words(const struct lw_language *l)
{
    struct lw_words *w = lw_alloc(sizeof *w);
    w->of = l;
    add_bytes(w, l);
    add_words(w, l->keywords, LW_STYLE_KEYWORD);
    add_words(w, l->types, LW_STYLE_TYPE);
    return w;
}

const struct lw_words *lw_words_of(const struct lw_language *l)
{
    static struct lw_words **kept;
    static size_t nkept;
    for (size_t i = 0; i < nkept; i++)
        if (kept[i]->of == l)
            return kept[i];
    kept = lw_grow(kept, nkept + 1, sizeof *kept);
    return kept[nkept++] = make_words(l);
}

enum lw_text_style lw_words_find(const struct lw_words *w, const char *s, size_t n)
{
    char copy[LW_WORD_MAX];
    if (n == 0 || n >= LW_WORD_MAX)
        return LW_STYLE_TEXT;
    size_t at = hash_word(s, n, w->of->flags & LW_LANG_NOCASE, copy);
    for (; w->slot[at].s; at = (at + 1) % LW_WORD_SLOTS)
        if (w->slot[at].n == n && memcmp(w->slot[at].s, copy, n) == 0)
            return (enum lw_text_style)w->slot[at].style;
    return LW_STYLE_TEXT;
}
