/* The correction editor: the text, and below it the diff from the response. The lines and the diff
 * are made anew when the text or the size changes, not for every frame. */
#include "tui/view/view_internal.h"

#include <stdio.h>
#include <string.h>

/* ---- lines and diff */

void lw_correction_follow_cursor(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    int shown = lw_correction_rows(app).text;
    size_t rows = shown > 0 ? (size_t)shown : 1;
    size_t line = lw_wrap_line_of(&c->wrap, lw_edit_cursor(app->input));
    size_t last = c->wrap.n > rows ? c->wrap.n - rows : 0;
    if (line < c->top)
        c->top = line;
    if (line >= c->top + rows)
        c->top = line - rows + 1;
    if (c->top > last)
        c->top = last;
}

void lw_correction_update(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    if (!app->input || app->input_for != LW_DIALOG_EDIT)
        return;
    struct lw_span a = lw_correction_original(app), b = lw_entry_text(app);
    int cols = lw_correction_rows(app).cols;
    lw_wrap_text(&c->wrap, b.s, b.n, cols);
    lw_diff_words(&c->diff, a.s, a.n, b.s, b.n);
    lw_doc_clear(&c->doc);
    lw_doc_diff(&c->doc, &c->diff, a, b, true, true, cols);
    lw_correction_follow_cursor(app);
}

void lw_correction_fini(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    lw_wrap_fini(&c->wrap);
    lw_diff_fini(&c->diff);
    lw_doc_fini(&c->doc);
    lw_edit_free(c->find);
    *c = (struct lw_correction){0};
}

/* ---- drawing */

static void draw_header(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting *s = app->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_slot slot = v->slot[v->focus];
    const char *label = lw_app_question(app)->label;
    const char *state = !v->draft                  ? ""
                        : lw_sitting_is_unsaved(s) ? LW_VIEW_DRAFT
                                                   : LW_VIEW_DRAFT_SAVED;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_HEADER, ' ');
    int col = lw_draw(a, 0, 1, LW_ROLE_HEADER, LW_VIEW_EDIT_RESPONSE);
    if (v->task->nresponses > 1)
        col = lw_draw(a, 0, col, LW_ROLE_HEADER, " %c", lw_sitting_letter(s, slot.response));
    col = lw_draw(a, 0, col, LW_ROLE_HEADER, "  ");
    lw_draw_clipped(a, 0, col, a.cols - col - 14, LW_ROLE_DIM, label, strlen(label));
    lw_draw(a, 0, a.cols - 1 - (int)strlen(state), LW_ROLE_STATE, "%s", state);
}

static void draw_text(const struct lw_app *app, struct lw_area a)
{
    const struct lw_correction *c = &app->correction;
    size_t n, cursor = lw_edit_cursor(app->input);
    const char *s = lw_edit_text(app->input, &n);
    for (int row = 0; row < a.rows && c->top + (size_t)row < c->wrap.n; row++) {
        struct lw_line l = c->wrap.v[c->top + (size_t)row];
        struct lw_doc_line line = {s + l.start, l.end - l.start, LW_ROLE_TEXT, false};
        lw_draw_text(a, row, 1, LW_ROLE_TEXT, line.s, line.n);
        lw_doc_restyle(
            a, row, 1, &line, (struct lw_span){s + c->found, c->found_len}, LW_ROLE_CHOSEN);
    }
    size_t at = lw_wrap_line_of(&c->wrap, cursor), start = c->wrap.v[at].start;
    int col = 1 + (cursor > start ? lw_cols(s + start, cursor - start, a.cols) : 0);
    if (at >= c->top)
        lw_draw_cursor(a, (int)(at - c->top), col < a.cols ? col : a.cols - 1);
}

/* The change around the cursor: the last that begins at or before it. */
static size_t change_at(const struct lw_correction *c, size_t cursor)
{
    size_t mark = 0, before = 0;
    for (size_t i = 0; i < c->diff.n && c->diff.v[i].b <= cursor; i++)
        if (c->diff.v[i].kind != LW_DIFF_SAME)
            before = mark++;
    return before;
}

static size_t diff_top(const struct lw_app *app, int rows)
{
    const struct lw_correction *c = &app->correction;
    size_t last = c->doc.n > (size_t)rows ? c->doc.n - (size_t)rows : 0;
    if (c->doc.nmarks == 0)
        return 0;
    const char *at = c->doc.mark[change_at(c, lw_edit_cursor(app->input))].at.s;
    size_t line = lw_doc_line_of(&c->doc, at),
           top = line > (size_t)rows / 3 ? line - (size_t)rows / 3 : 0;
    return top < last ? top : last;
}

static void draw_diff(const struct lw_app *app, struct lw_area a)
{
    const struct lw_diff *diff = &app->correction.diff;
    char counts[80] = "";
    if (app->correction.doc.nmarks > 0)
        snprintf(counts, sizeof counts, LW_VIEW_DIFF_COUNTS, diff->words_in, diff->words_out);
    lw_view_titled_rule(a, 0, LW_VIEW_WORD_DIFF, LW_ROLE_TITLE, counts);
    struct lw_area rest = lw_area_rows(a, 1, a.rows - 1);
    if (app->correction.doc.nmarks > 0)
        lw_doc_draw(&app->correction.doc, diff_top(app, rest.rows), rest, 1);
    else
        lw_draw(rest, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_CHANGES);
}

/* The message is on the rule. */
static void draw_message(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    enum lw_role role = s->tone == LW_TONE_ERROR     ? LW_ROLE_ERROR
                        : s->tone == LW_TONE_WARNING ? LW_ROLE_WARNING
                                                     : LW_ROLE_MESSAGE;
    if (s->message[0])
        lw_view_titled_rule(a, 0, s->message, role, "");
    else
        lw_draw_rule(a, 0);
}

static void draw_find(const struct lw_app *app, struct lw_area a)
{
    size_t n;
    const char *s = lw_edit_text(app->correction.find, &n);
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    int col = lw_draw(a, 0, 1, LW_ROLE_KEY, LW_VIEW_SEARCH), last = a.cols - 1;
    lw_draw_text(a, 0, col, LW_ROLE_INPUT, s, n);
    if (n == 0 && app->find.len > 0)
        lw_draw_clipped(
            a, 0, col + 1, a.cols - col - 2, LW_ROLE_DIM, app->find.data, app->find.len);
    col += lw_cols(s, lw_edit_cursor(app->correction.find), a.cols);
    lw_draw_cursor(a, 0, col < last ? col : last);
}

void lw_view_correction(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"^X", 0, "keep"}, {"^C", 0, "leave as draft"},
        {"^F", 0, "search"}, {"^K", 0, "cut"}, {"^U", 0, "paste"}, {"^_", 0, "undo"},
        {"^T", 0, "$EDITOR"}, {"^R", 0, "restore original"}, {"M-e", 0, "redo"}, {"F1", 0, "help"}};
    struct lw_correction_rows r = lw_correction_rows(app);
    struct lw_area keys = lw_area_rows(a, a.rows - 1, 1);
    draw_header(app, lw_area_rows(a, 0, 1));
    draw_text(app, lw_area_rows(a, 1, r.text));
    draw_diff(app, lw_area_rows(a, 1 + r.text, 1 + r.diff));
    draw_message(app, lw_area_rows(a, a.rows - 2, 1));
    if (app->correction.find)
        draw_find(app, keys);
    else
        lw_view_hints(app, keys, hints, sizeof hints / sizeof *hints);
}
