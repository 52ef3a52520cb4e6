/* What stands to the left of a text, and how a line begins. What the margins are for is
 * block_lines.c's. */
#include "markup/blocks_internal.h"

#include <string.h>

bool lw_layout_push(
    struct lw_layout *l, const char *first, const char *rest, int cols, size_t at, size_t len)
{
    if (l->nmargins == LW_MARGINS || l->cols - cols < LW_LEAST_COLS)
        return false;
    l->margin[l->nmargins++] = (struct lw_margin){first, rest, cols, at, len, false};
    l->cols -= cols;
    return true;
}

void lw_layout_pop(struct lw_layout *l)
{
    l->cols += l->margin[--l->nmargins].cols;
}

/* Without blanks at its end. */
void lw_layout_blank(struct lw_layout *l)
{
    int n = l->nmargins;
    while (n > 0 && (!l->margin[n - 1].used || l->margin[n - 1].rest[0] == ' '))
        n--;
    lw_store_begin_line(l->to);
    for (int i = 0; i < n; i++) {
        const char *s = l->margin[i].rest;
        lw_layout_sign(l, s, strlen(s), l->margin[i].at, LW_STYLE_MARK);
    }
}

bool lw_layout_is_spaced(const struct lw_layout *l)
{
    return l->how.spacing > 1;
}

/* Two where one stands between lines already. */
void lw_layout_gap(struct lw_layout *l)
{
    if (l->gap)
        lw_layout_blank(l);
    if (l->gap && lw_layout_is_spaced(l))
        lw_layout_blank(l);
    l->gap = false;
}

void lw_layout_begin_line(struct lw_layout *l)
{
    lw_store_begin_line(l->to);
    for (int i = 0; i < l->nmargins; i++) {
        struct lw_margin *m = &l->margin[i];
        const char *s = m->used ? m->rest : m->first;
        if (l->to->counting && *s)
            lw_store_note(l->to, m->at, m->used ? 0 : m->len);
        else
            lw_store_add(l->to, (struct lw_run){.s = s,
                                    .n = strlen(s),
                                    .at = m->at,
                                    .len = m->used ? 0 : m->len,
                                    .style = LW_STYLE_MARK});
        m->used = true;
    }
}

void lw_layout_sign(struct lw_layout *l, const char *s, size_t n, size_t at, enum lw_text_style as)
{
    lw_store_add(l->to, (struct lw_run){.s = s, .n = n, .at = at, .style = (uint8_t)as});
}

void lw_layout_remark(struct lw_layout *l, const char *words, size_t at, size_t len)
{
    const char *s = lw_store_text(l->to, words, strlen(words));
    lw_wrap_text(&l->wrap, s, strlen(s), l->cols);
    for (size_t i = 0; i < l->wrap.n; i++) {
        struct lw_line w = l->wrap.v[i];
        lw_layout_begin_line(l);
        lw_store_add(l->to,
            (struct lw_run){s + w.start, w.end - w.start, at, len, LW_STYLE_REMARK, 0, false});
    }
}
