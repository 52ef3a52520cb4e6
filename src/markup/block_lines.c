/* How the blocks of Markdown look as lines: which margins and signs they have. Tables
 * are table_lines.c's, code is code_lines.c's. */
#include "labelwright/text/glyph.h"
#include "markup/blocks_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void layout_block(struct lw_layout *l, size_t i);

static void layout_children(struct lw_layout *l, size_t i)
{
    for (size_t child = i + 1; child < l->m->block[i].end; child = l->m->block[child].end)
        layout_block(l, child);
}

/* ---- lists and quotes */

static const char blank[] = "                    "; /* as wide as the widest sign */

static int first_unused(const struct lw_layout *l)
{
    int i = 0;
    while (i < l->nmargins && l->margin[i].used)
        i++;
    return i;
}

/* Margins that only the lines had which are now gone are still to come. */
static void fold_quote(struct lw_layout *l, size_t i, size_t line, int unused)
{
    while (unused < l->nmargins)
        l->margin[unused++].used = false;
    lw_layout_folded(l, i, line, l->to->n - line);
}

/* What is in a folded one is not folded once more: so its lines can be counted. */
static void layout_quote(struct lw_layout *l, size_t i)
{
    size_t line = l->to->n;
    int unused = first_unused(l);
    bool fold = l->how.fold;
    l->how.fold = false;
    bool pushed = lw_layout_push(l, "> ", "> ", 2, l->m->block[i].at, 0);
    layout_children(l, i);
    if (pushed)
        lw_layout_pop(l);
    l->how.fold = fold;
    if (fold && l->to->n - line > LW_FOLD_LEAST)
        fold_quote(l, i, line, unused);
}

/* "• ", " 9. ", or what a task has: "[x] ". */
static const char *item_sign(
    struct lw_layout *l, const struct lw_block *list, unsigned number, int width, char task)
{
    char sign[40], *to = sign + width;
    if (!list->delimiter && !task)
        return "• ";
    memset(sign, ' ', (size_t)width);
    for (int i = width; list->delimiter && i > 0 && (number > 0 || i == width); number /= 10)
        sign[--i] = (char)('0' + number % 10);
    if (list->delimiter) {
        *to++ = list->delimiter;
        *to++ = ' ';
    }
    if (task) {
        memcpy(to, (char[]){'[', task, ']', ' '}, 4);
        to += 4;
    }
    return lw_store_text(l->to, sign, (size_t)(to - sign));
}

/* False where a list follows its item's text without a blank line: the answers of many models. */
static bool wants_gap(const struct lw_layout *l, size_t i)
{
    const struct lw_block *b = &l->m->block[i];
    if (b->kind != LW_BLOCK_LIST || i + 1 >= b->end)
        return true;
    const char *from = l->s, *at = from + l->m->block[i + 1].at;
    while (at > from && strchr(" \t>", at[-1]))
        at--;
    if (at == from || at[-1] != '\n')
        return true;
    for (at--; at > from && strchr(" \t\r>", at[-1]);)
        at--;
    return at == from || at[-1] == '\n';
}

static void layout_item(struct lw_layout *l, size_t i, const char *sign, bool tight)
{
    const struct lw_block *b = &l->m->block[i];
    size_t lines = l->to->n;
    int cols = lw_cols(sign, strlen(sign), -1);
    bool pushed = lw_layout_push(l, sign, blank + sizeof blank - 1 - cols, cols, b->at, b->len);
    if (!pushed) { /* too narrow: the sign stands alone */
        lw_layout_begin_line(l);
        lw_store_add(
            l->to, (struct lw_run){sign, strlen(sign), b->at, b->len, LW_STYLE_MARK, 0, false});
    }
    for (size_t child = i + 1; child < b->end; child = l->m->block[child].end) {
        bool gap = l->gap && !tight && wants_gap(l, child);
        if (l->gap && !gap && lw_layout_is_spaced(l))
            lw_layout_blank(l);
        l->gap = gap;
        layout_block(l, child);
    }
    if (pushed && l->to->n == lines)
        lw_layout_begin_line(l); /* an item without text */
    if (pushed)
        lw_layout_pop(l);
}

static unsigned count_items(const struct lw_markdown *m, size_t list)
{
    unsigned n = 0;
    for (size_t i = list + 1; i < m->block[list].end; i = m->block[i].end)
        n++;
    return n;
}

static int digits(unsigned n)
{
    return n < 10 ? 1 : 1 + digits(n / 10);
}

static void layout_list(struct lw_layout *l, size_t list)
{
    const struct lw_block *b = &l->m->block[list];
    unsigned number = b->number, last = number + count_items(l->m, list) - 1;
    int width = b->delimiter ? digits(last) : 0;
    for (size_t i = list + 1; i < b->end; i = l->m->block[i].end) {
        if (!b->tight)
            lw_layout_gap(l);
        else if (l->gap && lw_layout_is_spaced(l))
            lw_layout_blank(l);
        l->gap = false;
        layout_item(l, i, item_sign(l, b, number++, width, l->m->block[i].task), b->tight);
        l->gap = true;
    }
}

/* ---- the other leaves */

static void layout_heading(struct lw_layout *l, const struct lw_block *b)
{
    static const char marks[] = "###### ";
    unsigned level = b->number < 6 ? b->number : 6;
    const char *sign = marks + 6 - level;
    int cols = (int)level + 1;
    bool pushed = lw_layout_push(l, sign, blank + sizeof blank - 1 - cols, cols, b->at, 0);
    lw_layout_flow(l, b->first, b->last);
    if (pushed)
        lw_layout_pop(l);
}

static void layout_rule(struct lw_layout *l, const struct lw_block *b)
{
    static const char rule[] = "────────────────────────";
    const size_t each = sizeof "─" - 1, most = (sizeof rule - 1) / each;
    size_t cols = (size_t)l->cols < most ? (size_t)l->cols : most;
    lw_layout_begin_line(l);
    lw_layout_sign(l, rule, cols * each, b->at, LW_STYLE_MARK);
}

static void layout_lines(struct lw_layout *l, const struct lw_block *b)
{
    const struct lw_flow *f = &l->m->flow;
    size_t from = f->span[b->first].pos, span = b->first;
    if (l->m->why) {
        char *words = lw_format("(%s)", l->m->why);
        lw_layout_remark(l, words, b->at, 0);
        free(words);
    }
    l->prose = l->plain_prose;
    lw_layout_wrapped(l, from, lw_layout_leaf_end(l, b), &span);
    l->prose = false;
}

/* ---- any block */

static void layout_block(struct lw_layout *l, size_t i)
{
    const struct lw_block *b = &l->m->block[i];
    if (!b->goes_on)
        lw_layout_gap(l);
    l->gap = false;
    switch (b->kind) {
    case LW_BLOCK_QUOTE:
        layout_quote(l, i);
        break;
    case LW_BLOCK_LIST:
        layout_list(l, i);
        break;
    case LW_BLOCK_ITEM:
        layout_item(l, i, "• ", true);
        break;
    case LW_BLOCK_TABLE:
        lw_layout_table(l, i);
        break;
    case LW_BLOCK_CODE:
        lw_layout_code(l, i);
        break;
    case LW_BLOCK_HTML:
    case LW_BLOCK_SOURCE:
        if (b->first < b->last)
            layout_lines(l, b);
        break;
    case LW_BLOCK_HEADING:
        layout_heading(l, b);
        break;
    case LW_BLOCK_RULE:
        layout_rule(l, b);
        break;
    case LW_BLOCK_PARAGRAPH:
        l->prose = true;
        lw_layout_flow(l, b->first, b->last);
        l->prose = false;
        break;
    default:
        lw_layout_flow(l, b->first, b->last);
        break;
    }
    l->gap = true;
}

void lw_layout_blocks(struct lw_layout *l)
{
    for (size_t i = 0; i < l->m->nblocks; i = l->m->block[i].end)
        layout_block(l, i);
}
