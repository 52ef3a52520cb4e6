/* The word diff of a correction while it is typed: kept up to date edit by edit, and made into
 * lines only near the cursor, so that a key costs little in a long text. */
#include "tui/view/correction_diff_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 4096 /* bytes that are shown before and behind a change */ };

/* The change around the cursor: the last that begins at or before it, else the first. */
static size_t change_at(const struct lw_diff *d, size_t cursor)
{
    size_t found = d->n;
    for (size_t i = 0; i < d->n && (found == d->n || d->v[i].b <= cursor); i++)
        if (d->v[i].kind != LW_DIFF_SAME)
            found = i;
    return found < d->n ? found : 0;
}

/* The bytes [from, to) of the run, between graphemes. */
static struct lw_diff_run part_of(
    struct lw_diff_run r, size_t from, size_t to, struct lw_span a, struct lw_span b)
{
    const char *s = r.kind == LW_DIFF_IN ? b.s + r.b : a.s + r.a;
    from = lw_grapheme_at(s, r.n, from < r.n ? from : r.n);
    to = lw_grapheme_at(s, r.n, to < r.n ? to : r.n);
    r.a += r.kind == LW_DIFF_IN ? 0 : from;
    r.b += r.kind == LW_DIFF_OUT ? 0 : from;
    r.n = to - from;
    return r;
}

static size_t begin_of(const struct lw_diff *d, size_t run)
{
    size_t at = 0;
    for (size_t i = 0; i < run; i++)
        at += d->v[i].n;
    return at;
}

static void add_run(struct lw_diff *d, struct lw_diff_run r)
{
    struct lw_diff_run *last = d->n ? &d->v[d->n - 1] : NULL;
    if (r.n == 0)
        return;
    if (last && last->kind == LW_DIFF_SAME && r.kind == LW_DIFF_SAME) {
        last->n += r.n;
        return;
    }
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 16;
        d->v = lw_grow(d->v, d->cap, sizeof *d->v);
    }
    d->v[d->n++] = r;
}

static bool is_short(const struct lw_correction *c)
{
    return begin_of(&c->diff, c->diff.n) <= 2 * SHOWN;
}

/* What stands within SHOWN bytes of the run; all of a short diff. */
static void take_part(struct lw_correction *c, struct lw_span a, struct lw_span b)
{
    size_t middle = begin_of(&c->diff, c->shown_at), at = 0;
    size_t from = middle > SHOWN ? middle - SHOWN : 0;
    size_t to = is_short(c) ? SIZE_MAX : middle + SHOWN;
    c->shown.n = 0;
    for (size_t i = 0; i < c->diff.n && at < to; at += c->diff.v[i++].n) {
        struct lw_diff_run r = c->diff.v[i];
        if (at + r.n > from)
            add_run(&c->shown, part_of(r, from > at ? from - at : 0, to - at, a, b));
    }
}

static void show(struct lw_app *app, struct lw_span a, struct lw_span b)
{
    struct lw_correction *c = &app->correction;
    take_part(c, a, b);
    lw_doc_clear(&c->doc);
    lw_doc_diff(&c->doc, &c->shown, a, b, true, true, c->doc_cols);
    lw_doc_reach(&c->doc, SIZE_MAX);
}

/* True when it changed. */
static bool compare(struct lw_app *app, struct lw_span a, struct lw_span b)
{
    struct lw_correction *c = &app->correction;
    struct lw_edit_hull h;
    bool changed = lw_edit_take_change(app->input, &h), first = c->doc_cols == 0;
    if (first)
        lw_diff_words(&c->diff, a.s, a.n, b.s, b.n);
    else if (changed)
        lw_diff_update(&c->diff, a.s, a.n, b.s, b.n, h.at, h.out, h.in);
    return first || changed;
}

bool lw_correction_diff_update(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    struct lw_span a = lw_correction_original(app), b = lw_entry_text(app);
    int cols = lw_correction_rows(app).diff_cols;
    bool changed = compare(app, a, b);
    size_t at = is_short(c) ? 0 : change_at(&c->diff, lw_edit_cursor(app->input));
    if (changed || cols != c->doc_cols || at != c->shown_at) {
        c->shown_at = at;
        c->doc_cols = cols;
        show(app, a, b);
    }
    return changed;
}

/* The row on which the text shows what the run stands for, so that both sides stand level; a third
 * of the rows down where that is not on the screen. */
static size_t row_of(const struct lw_app *app, const struct lw_diff_run *r, int rows)
{
    struct lw_correction_rows size = lw_correction_rows(app);
    size_t line = lw_reflow_line_of(lw_edit_lines(app->input, size.cols), r->b);
    size_t top = app->correction.top;
    bool level = size.side && !size.rendered && line >= top && line < top + (size_t)rows;
    return level ? line - top : (size_t)rows / 3;
}

size_t lw_correction_diff_top(const struct lw_app *app, int rows)
{
    const struct lw_correction *c = &app->correction;
    size_t last = c->doc.n > (size_t)rows ? c->doc.n - (size_t)rows : 0, mark = 0;
    if (c->doc.nmarks == 0)
        return 0;
    size_t run = change_at(&c->shown, lw_edit_cursor(app->input));
    for (size_t i = 0; i < run; i++)
        mark += c->shown.v[i].kind != LW_DIFF_SAME;
    size_t line = lw_doc_line_of(&c->doc, c->doc.mark[mark].at.s);
    size_t row = row_of(app, &c->shown.v[run], rows), top = line > row ? line - row : 0;
    if (c->top == 0 && line < (size_t)rows / 2)
        top = 0;
    return top < last ? top : last;
}
