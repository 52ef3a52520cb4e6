/* Gives code in a flow the styles of its language: spans are cut where its parts begin and end.
 * What the parts are is highlight.c's. */
#include "markup/flow_highlight_internal.h"

#include <stdlib.h>

struct highlighting {
    const struct lw_flow_span *old;
    size_t done;         /* so many of the old ones are in the flow */
    size_t *moved;       /* where each of them is now */
    struct lw_flow flow; /* the new one, with the text of the old one */
};

/* The part [from, to) of the flow's text that lies in `old` gets a span of its own. */
static void add_part(
    struct lw_flow *f, const struct lw_flow_span *old, size_t from, size_t to, uint8_t style)
{
    struct lw_flow_span part = *old;
    part.pos = from;
    part.n = to - from;
    part.style = style;
    if (old->exact) {
        part.at = old->at + (from - old->pos);
        part.len = part.n;
    }
    if (part.n > 0)
        lw_flow_add_span(f, part);
}

/* Of one old span: the parts inside the tokens and between them. */
static size_t split(struct lw_flow *f, const struct lw_flow_span *old, size_t base,
    const struct lw_tokens *tokens, size_t token)
{
    size_t at = old->pos, end = old->pos + old->n;
    while (token < tokens->n && base + tokens->v[token].at < end) {
        const struct lw_token *t = &tokens->v[token];
        size_t from = base + t->at, to = from + t->len;
        from = from > at ? from : at;
        add_part(f, old, at, from, old->style);
        at = to < end ? to : end;
        add_part(f, old, from, at, (uint8_t)t->style);
        if (to > end)
            return token; /* goes on in the next span */
        token++;
    }
    add_part(f, old, at, end, old->style);
    return token;
}

static void copy_until(struct highlighting *h, size_t end)
{
    for (; h->done < end; h->done++) {
        h->moved[h->done] = h->flow.nspans;
        lw_flow_add_span(&h->flow, h->old[h->done]);
    }
}

static void highlight_block(
    struct highlighting *h, const struct lw_block *b, const struct lw_language *l)
{
    struct lw_tokens tokens = {0};
    copy_until(h, b->first);
    size_t base = h->old[b->first].pos, token = 0;
    size_t end = h->old[b->last - 1].pos + h->old[b->last - 1].n;
    lw_highlight(&tokens, l, h->flow.text.data + base, end - base);
    for (; h->done < b->last; h->done++) {
        h->moved[h->done] = h->flow.nspans;
        token = split(&h->flow, &h->old[h->done], base, &tokens, token);
    }
    lw_tokens_fini(&tokens);
}

static const struct lw_language *language_of(const struct lw_block *b)
{
    if (b->first == b->last)
        return NULL;
    return b->kind == LW_BLOCK_HTML ? lw_language_find("html", 4) : b->language;
}

static void highlight_all(struct lw_markdown *m, struct lw_arena *memory)
{
    size_t n = m->flow.nspans, *moved = lw_grow(NULL, n + 1, sizeof *moved);
    struct highlighting h = {.old = m->flow.span, .moved = moved, .flow = {.text = m->flow.text}};
    for (size_t i = 0; i < m->nblocks; i++)
        if (language_of(&m->block[i]))
            highlight_block(&h, &m->block[i], language_of(&m->block[i]));
    copy_until(&h, n);
    moved[n] = h.flow.nspans;
    for (size_t i = 0; i < m->nblocks; i++) {
        m->block[i].first = moved[m->block[i].first];
        m->block[i].last = moved[m->block[i].last];
    }
    m->flow.span = lw_arena_copy(memory, h.flow.span, h.flow.nspans * sizeof *h.flow.span);
    m->flow.nspans = h.flow.nspans;
    free(h.flow.span);
    free(moved);
}

void lw_markdown_highlight(struct lw_markdown *m, struct lw_arena *memory)
{
    for (size_t i = 0; i < m->nblocks; i++)
        if (language_of(&m->block[i])) {
            highlight_all(m, memory);
            return;
        }
}
