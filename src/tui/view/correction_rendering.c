/* The text of a correction as the panes show it, beside the text itself: what is around the cursor.
 * A long text is laid out in part, so that a key costs little. */
#define _GNU_SOURCE
#include "tui/view/correction_rendering_internal.h"

#include "labelwright/text/utf8.h"

#include <string.h>

enum { FENCED = 32768 /* bytes: how far back a block of code may begin */ };

/* The last place of `what` before `end`, behind `from`; `end` for none. */
static size_t last_of(struct lw_span t, size_t from, size_t end, const char *what)
{
    size_t n = strlen(what), found = end;
    for (const char *at = t.s + from; (at = memmem(at, (size_t)(t.s + end - at), what, n)) != NULL;
         at += n)
        found = (size_t)(at - t.s);
    return found;
}

/* Where the block of code around `at` begins; `at` when there is none. */
static size_t fence_before(struct lw_span t, size_t at)
{
    size_t from = at > FENCED ? at - FENCED : 0, open = at;
    for (size_t next; (next = from + lw_line_len(t.s + from, at - from)) < at; from = next + 1)
        if (at - next > 3 && memcmp(t.s + next, "\n```", 4) == 0)
            open = open == at ? next + 1 : at;
    return open;
}

struct lw_span lw_correction_part(struct lw_span t, size_t cursor, size_t far)
{
    size_t from = cursor > far ? cursor - far : 0;
    size_t end = t.n - cursor > far ? cursor + far : t.n;
    size_t last = t.n - end > far ? end + far : t.n;
    if (from > 0) {
        size_t blank = last_of(t, from > far ? from - far : 0, from, "\n\n");
        from = fence_before(t, blank < from ? blank + 2 : lw_grapheme_at(t.s, t.n, from));
    }
    const char *blank = memmem(t.s + end, last - end, "\n\n", 2);
    end = blank ? (size_t)(blank - t.s) : lw_grapheme_at(t.s, t.n, end);
    return (struct lw_span){t.s + from, end - from};
}

void lw_correction_rendering_update(struct lw_app *app, bool changed)
{
    struct lw_correction *c = &app->correction;
    struct lw_span t = lw_entry_text(app);
    size_t cursor = lw_edit_cursor(app->input);
    struct lw_correction_rows r = lw_correction_rows(app);
    int cols = r.side_cols;
    if (r.rendered == 0) {
        c->rendered_of = (struct lw_span){0};
        return;
    }
    /* One and a half bytes a column: Chinese has three in two. */
    struct lw_span part = lw_correction_part(t, cursor, (size_t)r.rendered * (size_t)cols * 3 / 2);
    bool same = part.s == c->rendered_of.s && part.n == c->rendered_of.n;
    if (changed || !same || cols != c->rendered_cols) {
        lw_doc_clear(&c->rendered);
        c->rendered.how = app->how;
        c->rendered.how.fold = false; /* what is being written is seen */
        lw_doc_text(&c->rendered, part, cols, LW_ROLE_TEXT, LW_READ_RENDERED);
    }
    c->rendered_of = part;
    c->rendered_cols = cols;
    lw_doc_reach_place(&c->rendered, t.s + cursor);
    lw_doc_reach(&c->rendered, lw_doc_line_of(&c->rendered, t.s + cursor) + (size_t)app->rows);
}

void lw_view_correction_rendering(const struct lw_app *app, struct lw_area a)
{
    const struct lw_correction *c = &app->correction;
    size_t cursor = lw_edit_cursor(app->input);
    const char *at = lw_entry_text(app).s + cursor;
    const struct lw_reflow *lines = lw_edit_lines(app->input, lw_correction_rows(app).cols);
    size_t row = lw_reflow_line_of(lines, cursor) - c->top;
    size_t line = lw_doc_line_of(&c->rendered, at);
    lw_doc_draw(&c->rendered, line > row ? line - row : 0, a, 1);
}
