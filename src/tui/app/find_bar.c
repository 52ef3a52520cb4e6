/* Searches the texts of the panes, ignoring case. */
#include "tui/app/app_parts_internal.h"

#include "labelwright/text/find.h"

#include <stdlib.h>

enum { HITS_MAX = 10000 };

static void add_hit(struct lw_app *d, struct lw_hit hit)
{
    if ((d->nhits & (d->nhits - 1)) == 0) /* a power of two is full */
        d->hit = lw_grow(d->hit, d->nhits ? 2 * d->nhits : 1, sizeof *d->hit);
    d->hit[d->nhits++] = hit;
}

static void find_in(
    struct lw_app *d, struct lw_needle *needle, int pane, int place, struct lw_span text)
{
    size_t at = 0, len;
    while (d->nhits < HITS_MAX && (at = lw_find(needle, text.s, text.n, at, &len)) < text.n) {
        add_hit(d, (struct lw_hit){pane, place, {text.s + at, len}});
        at += len;
    }
}

static void find_in_pane(struct lw_app *d, struct lw_needle *needle, int pane, int place)
{
    const struct lw_doc *doc = &d->pane[pane].doc;
    for (size_t t = 0; t < doc->ntexts; t++)
        find_in(d, needle, pane, place, doc->text[t]);
}

/* The responses by letter, also those that are not shown. */
static void find_in_responses(struct lw_app *d, struct lw_needle *needle)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    for (int place = 0; d->npanes > 1 && place < (int)s->task->nresponses; place++) {
        int pane = lw_app_pair(d) ? 1 + place : place == d->single ? 1 : -1;
        if (pane > 0)
            find_in_pane(d, needle, pane, 1 + place);
        else if (!lw_app_hidden(d))
            find_in(d, needle, -1, 1 + place, s->task->response[s->order[place]].text);
    }
}

void lw_app_find_refresh(struct lw_app *d)
{
    struct lw_needle needle;
    d->nhits = 0;
    lw_needle_init(&needle, d->find.data, d->find.len);
    if (d->npanes > 0 && d->find.len > 0) {
        find_in_pane(d, &needle, 0, 0);
        find_in_responses(d, &needle);
    }
    lw_needle_fini(&needle);
    if (d->hit_at >= d->nhits)
        d->hit_at = 0;
}

/* Shows the response of a match; then finds the same match in its pane. */
static void bring_into_view(struct lw_app *d)
{
    struct lw_hit hit = d->hit[d->hit_at];
    lw_app_show_place(d, hit.place - 1);
    lw_app_layout(d);
    for (size_t i = 0; i < d->nhits; i++)
        if (d->hit[i].at.s == hit.at.s)
            d->hit_at = i;
}

static void show_hit(struct lw_app *d)
{
    if (d->hit[d->hit_at].pane < 0)
        bring_into_view(d);
    const struct lw_hit *h = &d->hit[d->hit_at];
    struct lw_pane *p = &d->pane[h->pane < 0 ? 1 : h->pane];
    size_t line = lw_doc_line_of(&p->doc, h->at.s), rows = (size_t)(p->rows > 0 ? p->rows : 1);
    lw_app_go_to_pane(d, h->pane < 0 ? 1 : h->pane);
    if (line < p->top || line >= p->top + rows)
        p->top = line > rows / 3 ? line - rows / 3 : 0;
    if (p->top > lw_pane_last(p))
        p->top = lw_pane_last(p);
    lw_sitting_notify(d->s, LW_TONE_INFO, "\"%.60s\": %zu of %zu%s.", d->find.data, d->hit_at + 1,
        d->nhits, d->nhits == HITS_MAX ? "+" : "");
}

static int place_of_pane(const struct lw_app *d)
{
    return lw_app_pair(d) || d->active == 0 ? d->active : 1 + d->single;
}

/* The first match at or after the top of the active pane. */
static size_t nearest_hit(const struct lw_app *d)
{
    const struct lw_pane *p = &d->pane[d->active];
    int place = place_of_pane(d);
    for (size_t i = 0; i < d->nhits; i++)
        if (d->hit[i].place > place || (d->hit[i].place == place && d->hit[i].pane >= 0 &&
                                           lw_doc_line_of(&p->doc, d->hit[i].at.s) >= p->top))
            return i;
    return 0;
}

void lw_app_find(struct lw_app *d, const char *typed, size_t n)
{
    lw_buf_clear(&d->find);
    lw_buf_add(&d->find, typed, n);
    lw_app_find_refresh(d);
    d->hit_at = nearest_hit(d);
    if (d->nhits > 0)
        show_hit(d);
    else if (n > 0)
        lw_sitting_notify(
            d->s, LW_TONE_WARNING, "\"%.60s\": not found in this task.", d->find.data);
}

void lw_app_find_again(struct lw_app *d, int by)
{
    if (d->find.len == 0) {
        lw_sitting_notify(d->s, LW_TONE_INFO, "No search yet. Press / to search.");
    } else if (d->nhits == 0) {
        lw_sitting_notify(
            d->s, LW_TONE_WARNING, "\"%.60s\": not found in this task.", d->find.data);
    } else {
        d->hit_at = (d->hit_at + d->nhits + (size_t)by) % d->nhits;
        show_hit(d);
    }
}
