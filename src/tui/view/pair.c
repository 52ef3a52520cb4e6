/* Responses side by side or one above the other: which place of one belongs to which of the others,
 * scrolling together, and blank lines that bring two level. Which paragraphs belong together is
 * text/align.c's. */
#include "tui/view/view_internal.h"

#include <stdlib.h>
#include <string.h>

static struct lw_span text_of(const struct lw_app *app, int pane)
{
    return lw_sitting_view(app->s)->task->response[app->pane[pane].response].text;
}

/* ---- which paragraphs belong together */

static struct lw_align_range *ranges(struct lw_app *app, int pane, struct lw_align_text *to)
{
    size_t n;
    struct lw_span text = text_of(app, pane);
    struct lw_text_range *v = lw_doc_paragraphs(&app->pane[pane].doc, text, &n);
    struct lw_align_range *range = lw_grow(NULL, n + 1, sizeof *range);
    for (size_t i = 0; i < n; i++)
        range[i] = (struct lw_align_range){v[i].from, v[i].end};
    free(v);
    *to = (struct lw_align_text){text.s, text.n, range, n};
    return range;
}

/* Blank lines before a paragraph where the one beside it stands lower. */
static void level(
    struct lw_app *app, const struct lw_align_range *a, const struct lw_align_range *b)
{
    struct lw_doc *of_a = &app->pane[1].doc, *of_b = &app->pane[2].doc;
    const char *s = text_of(app, 1).s, *t = text_of(app, 2).s;
    size_t sum_a = 0, sum_b = 0;
    for (size_t i = 0; i < app->pair.align[2].n; i++) {
        const struct lw_align_row *r = &app->pair.align[2].v[i];
        if (r->a == LW_ALIGN_NONE || r->b == LW_ALIGN_NONE)
            continue;
        size_t line_a = lw_doc_line_of(of_a, s + a[r->a].from) - sum_a;
        size_t line_b = lw_doc_line_of(of_b, t + b[r->b].from) - sum_b;
        size_t at_a = line_a + sum_a, at_b = line_b + sum_b;
        if (at_a < at_b)
            lw_doc_pad(of_a, line_a, at_b - at_a);
        else if (at_b < at_a)
            lw_doc_pad(of_b, line_b, at_a - at_b);
        sum_a += at_a < at_b ? at_b - at_a : 0;
        sum_b += at_b < at_a ? at_a - at_b : 0;
    }
}

static bool align(
    struct lw_app *app, const struct lw_align_text *from, const struct lw_align_text *to, int pane)
{
    app->pair.aligned[pane] = from->count > 0 && to->count > 0;
    if (app->pair.aligned[pane])
        lw_align_paragraphs(&app->pair.align[pane], from, to);
    return app->pair.aligned[pane];
}

/* Texts that are compared in one text, or shown character by character, have no paragraphs. */
static bool may_align(const struct lw_app *app)
{
    return !lw_app_is_hidden(app) && app->reading != LW_READ_RAW &&
           app->against == LW_AGAINST_USUAL;
}

static void align_two(struct lw_app *app, bool beside)
{
    struct lw_align_text a, b;
    struct lw_align_range *of_a = ranges(app, 1, &a), *of_b = ranges(app, 2, &b);
    lw_doc_reach(&app->pane[1].doc, SIZE_MAX);
    lw_doc_reach(&app->pane[2].doc, SIZE_MAX);
    app->pair.from = 1;
    app->pair.level = align(app, &a, &b, 2) && beside;
    if (app->pair.level)
        level(app, of_a, of_b);
    free(of_a);
    free(of_b);
}

/* Of more than two, those that scroll along are aligned with the one that is scrolled. */
static void align_all(struct lw_app *app, int from)
{
    struct lw_align_text a, b;
    struct lw_align_range *of_a = ranges(app, from, &a);
    app->pair.from = from;
    for (int i = 1; i < app->npanes; i++) {
        app->pair.aligned[i] = false;
        if (i == from || !may_align(app))
            continue;
        struct lw_align_range *of_b = ranges(app, i, &b);
        align(app, &a, &b, i);
        free(of_b);
    }
    free(of_a);
}

void lw_pair_update(struct lw_app *app, bool beside)
{
    app->pair.level = false;
    app->pair.from = 0;
    for (int i = 0; i < LW_PANES; i++)
        app->pair.aligned[i] = false;
    if (lw_app_has_pair(app) && app->npanes == 3 && may_align(app) && (app->word_diff || app->link))
        align_two(app, beside);
}

void lw_pair_fini(struct lw_app *app)
{
    for (int i = 0; i < LW_PANES; i++)
        lw_align_fini(&app->pair.align[i]);
}

/* ---- from one response to the others */

/* The first place that a line at or behind `line` shows, and how many lines behind. */
static const char *place_from(const struct lw_doc *doc, size_t line, size_t *behind)
{
    const char *at = NULL;
    for (*behind = 0; line + *behind < doc->n; ++*behind)
        if ((at = lw_doc_place(doc, line + *behind)))
            break;
    return at;
}

/* The byte of the other text that belongs beside one of this; SIZE_MAX where that is not known. */
static size_t place_beside(const struct lw_app *app, int pane, int other, size_t offset)
{
    const struct lw_pair *pair = &app->pair;
    if (pair->from == pane && pair->aligned[other])
        return lw_align_place(&pair->align[other], offset);
    if (pair->from == other && pair->aligned[pane])
        return lw_align_place_back(&pair->align[pane], offset);
    return SIZE_MAX;
}

/* Of the other pane, for the top of this one. */
static size_t top_beside(struct lw_app *app, int pane, int other)
{
    struct lw_pane *p = &app->pane[pane], *q = &app->pane[other];
    struct lw_span from = text_of(app, pane), to = text_of(app, other);
    size_t last = lw_pane_last(q), behind;
    const char *at = place_from(&p->doc, p->top, &behind);
    if (app->pair.level)
        return p->top < last ? p->top : last;
    if (p->top == 0)
        return 0;
    if (p->top >= lw_pane_last(p))
        return last;
    if (!at || at < from.s || at >= from.s + from.n)
        return q->top;
    size_t place = place_beside(app, pane, other, (size_t)(at - from.s));
    if (place == SIZE_MAX)
        return q->top;
    size_t line = place < to.n ? lw_doc_line_of(&q->doc, to.s + place) : last;
    line = line > behind ? line - behind : 0;
    return line < last ? line : last;
}

void lw_pair_follow(struct lw_app *app)
{
    int from = app->active;
    if (from == 0 || app->npanes < 3 || app->zoom || !(app->link || app->pair.level))
        return;
    if (!lw_app_has_pair(app) && app->pair.from != from)
        align_all(app, from);
    for (int i = 1; i < app->npanes; i++)
        if (i != from)
            app->pane[i].top = top_beside(app, from, i);
}
