/* Boxes and points over the cells of a picture, each with what it was tagged as; while marking also
 * the cursor, and the box that is open. Which keys mark them is app/box_marking.c's. */
#include "tui/view/view_boxes_internal.h"
#include "tui/view/view_spans_internal.h"

#include "labelwright/text/glyph.h"

#include <string.h>

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

/* The cells of a picture as an area; those that the pane does not show are outside of it. */
struct canvas {
    struct lw_area a;
    int top, left, rows, cols;
};

static void put(const struct canvas *c, int row, int col, enum lw_role role, char32_t cp)
{
    if (row >= 0 && row < c->rows && col >= 0 && col < c->cols && c->top + row >= 0)
        lw_draw_fill(c->a, c->top + row, c->left + col, 1, role, cp);
}

/* ---- a box */

static void draw_edges(const struct canvas *c, struct lw_picture_range r, enum lw_role role)
{
    int left = r.col < 0 ? 0 : r.col, right = r.last_col < c->cols ? r.last_col : c->cols - 1;
    int top = r.row < 0 ? 0 : r.row, bottom = r.last_row < c->rows ? r.last_row : c->rows - 1;
    for (int col = left; col <= right; col++) {
        put(c, r.row, col, role, U'─');
        put(c, r.last_row, col, role, U'─');
    }
    for (int row = top; row <= bottom; row++) {
        put(c, row, r.col, role, U'│');
        put(c, row, r.last_col, role, U'│');
    }
}

static void draw_corners(const struct canvas *c, struct lw_picture_range r, enum lw_role role)
{
    put(c, r.row, r.col, role, U'┌');
    put(c, r.row, r.last_col, role, U'┐');
    put(c, r.last_row, r.col, role, U'└');
    put(c, r.last_row, r.last_col, role, U'┘');
}

static void draw_box(const struct canvas *c, struct lw_picture_range r, enum lw_role role)
{
    draw_edges(c, r, role);
    if (r.row < r.last_row && r.col < r.last_col)
        draw_corners(c, r, role);
}

/* On its upper edge; beside a point, or a box that is too narrow. */
static void draw_label(const struct canvas *c, struct lw_picture_range r, enum lw_role role,
    const struct lw_question *q, const struct lw_box *b)
{
    const char *path = json_string_value(json_array_get(b->tags, 0));
    const struct lw_option *o = path ? lw_option_find(q, path) : NULL;
    int col = r.col < 0 ? 0 : r.col + 1, room = r.last_col - col;
    if (!o || r.row < 0 || r.row >= c->rows || c->top + r.row < 0)
        return;
    if (room < 3)
        room = c->cols - col;
    if (room > c->cols - col)
        room = c->cols - col;
    if (room > 0)
        lw_draw_clipped(
            c->a, c->top + r.row, c->left + col, room, role, o->label, strlen(o->label));
}

static void draw_one(const struct canvas *c, const struct lw_shown_picture *s,
    const struct lw_question *q, const struct lw_box *b, enum lw_role role)
{
    struct lw_picture_range r = lw_picture_range(s, b);
    if (b->width > 0)
        draw_box(c, r, role);
    else
        put(c, r.row, r.col, role, U'●');
    draw_label(c, r, role, q, b);
}

/* ---- all of them */

/* Of the question that keys go to, where it takes boxes; else of all. */
static bool is_shown(const struct lw_app *app, size_t slot)
{
    const struct lw_sitting_view *v = view(app);
    const struct lw_question *q = lw_app_question(app);
    bool focused = q && q->type == LW_Q_BOXES;
    return v->opts.project->question[v->slot[slot].question].type == LW_Q_BOXES &&
           (!focused || slot == v->focus);
}

static void draw_answer(
    const struct lw_app *app, const struct canvas *c, const struct lw_shown_picture *s, size_t slot)
{
    const struct lw_sitting_view *v = view(app);
    const json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, v->slot[slot]);
    bool marking = app->over == LW_OVERLAY_BOXING && !app->boxing.open;
    struct lw_box b;
    for (size_t i = 0; lw_boxes_get(value, i, &b); i++)
        if (strcmp(b.picture, s->name) == 0)
            draw_one(c, s, &v->opts.project->question[v->slot[slot].question], &b,
                marking && i == app->boxing.picked ? LW_ROLE_SPAN_NOW : LW_ROLE_SPAN);
}

static struct canvas canvas_of(
    const struct lw_pane *p, const struct lw_picture_place *at, struct lw_area a)
{
    return (struct canvas){a, (int)at->line - (int)p->top, 1 + p->doc.left, at->shown->picture.rows,
        at->shown->picture.cols};
}

static void draw_open(
    const struct lw_app *app, const struct canvas *c, const struct lw_shown_picture *s)
{
    struct lw_box b = lw_boxing_open_box(app, s);
    draw_box(c, lw_picture_range(s, &b), LW_ROLE_SPAN_NOW);
}

void lw_view_boxes(const struct lw_app *app, const struct lw_pane *p, struct lw_area a)
{
    struct lw_picture_place at = lw_picture_place(app);
    if (!at.shown || p != &app->pane[at.pane] || lw_app_is_hidden(app))
        return;
    struct canvas c = canvas_of(p, &at, a);
    for (size_t i = 0; i < view(app)->nslots; i++)
        if (is_shown(app, i))
            draw_answer(app, &c, at.shown, i);
    if (app->over == LW_OVERLAY_BOXING && app->boxing.open)
        draw_open(app, &c, at.shown);
}

/* ---- marking */

static void draw_keys(const struct lw_app *app, struct lw_area a)
{
    const struct lw_question *q = &view(app)->opts.project->question[app->boxing.slot.question];
    const struct lw_hint h[] = {
        {"arrows", LW_CMD_SPAN, "move"},
        {"v", LW_CMD_SPAN, app->boxing.open ? "drop" : "corner"},
        {"Tab", LW_CMD_SPAN, "next"},
        {"x", LW_CMD_SPAN, "delete"},
        {"Enter", LW_CMD_SPAN, "done"},
        {"u", LW_CMD_SPAN, "undo"},
        {"F9", LW_CMD_SPAN, "larger"},
        {"?", LW_CMD_SPAN, "help"},
    };
    struct lw_hint shown[sizeof h / sizeof *h];
    size_t n = 0;
    for (size_t i = 0; i < sizeof h / sizeof *h; i++)
        if (i != 1 || !q->points)
            shown[n++] = h[i];
    lw_view_hints(app, a, shown, n);
}

void lw_view_boxing(const struct lw_app *app, struct lw_area all)
{
    struct lw_picture_place at = lw_picture_place(app);
    draw_keys(app, lw_area_rows(all, app->rows - 1, 1));
    if (!at.shown)
        return;
    const struct lw_pane *p = &app->pane[at.pane];
    struct lw_area a = lw_area_cols(lw_area_rows(all, p->row, p->rows), p->col, p->cols);
    struct canvas c = canvas_of(p, &at, a);
    struct lw_picture_cell_at cell = lw_boxing_cell(app, at.shown);
    put(&c, cell.row, cell.col, LW_ROLE_SPAN_NOW, U'┼');
    lw_draw_cursor(a, c.top + cell.row, c.left + cell.col);
}

void lw_boxing_remark(const struct lw_app *app, struct lw_buf *to)
{
    const struct lw_boxing *m = &app->boxing;
    const struct lw_question *q = &view(app)->opts.project->question[m->slot.question];
    const json_t *value = lw_boxing_value(app);
    struct lw_box b;
    if (m->open) {
        lw_buf_str(to, LW_VIEW_BOXING_OPEN);
    } else if (lw_boxes_get(value, m->picked, &b)) {
        lw_buf_fmt(to, LW_VIEW_BOXING_NOW, m->picked + 1, json_array_size(value));
        lw_view_tag_labels(q, b.tags, to);
        if (m->more)
            lw_buf_str(to, LW_VIEW_MARKING_MORE);
    } else {
        lw_buf_fmt(to, LW_VIEW_BOXING_COUNT, json_array_size(value));
    }
}
