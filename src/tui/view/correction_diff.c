/* The word diff of a correction while it is typed. Only what was ever changed is compared, only
 * what is near the cursor is made into lines, and what takes longer than a key may is left for when
 * no key is waiting. */
#include "tui/view/correction_diff_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    AT_ONCE = 32 * 1024, /* bytes of both texts that are compared with every key */
    SLACK = 256,         /* that are compared beside them, so that words are whole */
    SHOWN = 4096         /* that are shown before and behind a change */
};

/* ---- what changed */

/* How much is the same at both ends, when nothing is known. */
static void find_ends(struct lw_correction *c, struct lw_span a, struct lw_span b)
{
    size_t least = a.n < b.n ? a.n : b.n;
    c->head = c->tail = 0;
    while (c->head < least && a.s[c->head] == b.s[c->head])
        c->head++;
    while (c->tail < least - c->head && a.s[a.n - c->tail - 1] == b.s[b.n - c->tail - 1])
        c->tail++;
}

/* `n` is the length of the text now. */
static void narrow_ends(struct lw_correction *c, struct lw_edit_hull h, size_t n)
{
    size_t behind = n - h.at - h.in;
    c->head = h.at < c->head ? h.at : c->head;
    c->tail = behind < c->tail ? behind : c->tail;
}

/* SLACK bytes back from where the texts begin to differ, at a place that parts words. */
static size_t compare_from(const struct lw_correction *c, struct lw_span a)
{
    size_t at = c->head > SLACK / 4 ? c->head - SLACK / 4 : 0;
    size_t least = at > SLACK ? at - SLACK : 0;
    for (size_t i = at; i > least; i--)
        if (a.s[i - 1] == ' ' || a.s[i - 1] == '\n')
            return i;
    return lw_grapheme_at(a.s, a.n, least);
}

/* The same from the end: bytes that are not compared. */
static size_t compare_to(const struct lw_correction *c, struct lw_span a)
{
    size_t behind = c->tail > SLACK / 4 ? c->tail - SLACK / 4 : 0;
    size_t least = behind > SLACK ? behind - SLACK : 0;
    for (size_t i = behind; i > least; i--)
        if (a.s[a.n - i] == '\n' || a.s[a.n - i] == ' ')
            return i;
    return a.n - lw_grapheme_at(a.s, a.n, a.n - least);
}

/* Both texts stay one grapheme longer than they differ, whatever follows. */
static bool parts_both(struct lw_span a, struct lw_span b, size_t at_a, size_t at_b)
{
    return lw_grapheme_at(a.s, a.n, at_a) == at_a && lw_grapheme_at(b.s, b.n, at_b) == at_b;
}

/* ---- the diff */

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

static void compare(struct lw_correction *c, struct lw_span a, struct lw_span b)
{
    size_t from = compare_from(c, a), behind = compare_to(c, a);
    if (!parts_both(a, b, from, from))
        from = 0;
    if (!parts_both(a, b, a.n - behind, b.n - behind))
        behind = 0;
    struct lw_diff d = {0};
    lw_diff_words(&d, a.s + from, a.n - from - behind, b.s + from, b.n - from - behind);
    c->diff.n = 0;
    add_run(&c->diff, (struct lw_diff_run){.kind = LW_DIFF_SAME, .n = from});
    for (size_t i = 0; i < d.n; i++) {
        struct lw_diff_run r = d.v[i];
        r.a += from;
        r.b += from;
        add_run(&c->diff, r);
    }
    add_run(&c->diff, (struct lw_diff_run){
                          .kind = LW_DIFF_SAME, .a = a.n - behind, .b = b.n - behind, .n = behind});
    c->diff.words_in = d.words_in;
    c->diff.words_out = d.words_out;
    c->diff.coarse = d.coarse;
    lw_diff_fini(&d);
}

/* ---- the part that is shown */

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

/* What stands within SHOWN bytes of the run. */
static void take_part(struct lw_correction *c, struct lw_span a, struct lw_span b)
{
    size_t middle = begin_of(&c->diff, c->shown_at), at = 0;
    size_t from = middle > SHOWN ? middle - SHOWN : 0, to = middle + SHOWN;
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
}

static bool is_whole(const struct lw_correction *c)
{
    return begin_of(&c->diff, c->diff.n) <= 2 * SHOWN;
}

void lw_correction_diff_update(struct lw_app *app, bool work)
{
    struct lw_correction *c = &app->correction;
    struct lw_span a = lw_correction_original(app), b = lw_entry_text(app);
    struct lw_edit_hull h;
    int cols = lw_correction_rows(app).diff_cols;
    bool changed = lw_edit_take_change(app->input, &h), first = c->doc_cols == 0;
    if (first)
        find_ends(c, a, b);
    else if (changed)
        narrow_ends(c, h, b.n);
    c->late = c->late || (changed && a.n + b.n - 2 * (c->head + c->tail) > AT_ONCE);
    if (c->late && !work && !first)
        return;
    changed = changed || first || c->late;
    c->late = false;
    if (changed)
        compare(c, a, b);
    size_t at = is_whole(c) ? 0 : change_at(&c->diff, lw_edit_cursor(app->input));
    if (!changed && cols == c->doc_cols && at == c->shown_at)
        return;
    c->shown_at = at;
    c->doc_cols = cols;
    show(app, a, b);
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
    size_t top = line > (size_t)rows / 3 ? line - (size_t)rows / 3 : 0;
    return top < last ? top : last;
}
