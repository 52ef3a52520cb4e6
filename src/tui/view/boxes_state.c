/* Pixels of a picture and the cells that show them, and what is known while boxes are marked. Does
 * not draw. */
#include "tui/view/view_boxes_internal.h"

/* ---- cells and pixels */

/* The line of the pane where the picture begins; SIZE_MAX where it does not show it. */
static size_t line_of(const struct lw_pane *p, const struct lw_shown_picture *s)
{
    for (size_t i = 0; p->rows > 0 && i < p->doc.nparts; i++)
        if (p->doc.part[i].cell == s->cell)
            return p->doc.part[i].first;
    return SIZE_MAX;
}

struct lw_picture_place lw_picture_place(const struct lw_app *app)
{
    const struct lw_shown_picture *s = lw_pictures_seen(&app->pictures);
    for (int i = 0; s && s->cell && i < app->npanes; i++) {
        size_t line = line_of(&app->pane[i], s);
        if (line != SIZE_MAX)
            return (struct lw_picture_place){s, i, line};
    }
    return (struct lw_picture_place){NULL, 0, 0};
}

/* One direction: `size` pixels, of which `seen` thousandths around `middle` fill `cells`. */
struct scale {
    int64_t size, middle, seen, cells;
};

static struct scale across(const struct lw_picture *p)
{
    return (struct scale){p->width, p->x, p->seen_x, p->cols};
}

static struct scale down(const struct lw_picture *p)
{
    return (struct scale){p->height, p->y, p->seen_y, p->rows};
}

static int64_t divide_down(int64_t a, int64_t b)
{
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

static int64_t within(int64_t n, int64_t low, int64_t high)
{
    return n < low ? low : n > high ? high : n;
}

/* The first pixel of a cell. */
static int64_t pixel_of(struct scale s, int64_t cell)
{
    int64_t part = (2 * s.middle - s.seen) * s.cells + 2 * s.seen * cell;
    int64_t whole = 2 * LW_PICTURE_ALL * s.cells;
    return within(divide_down(s.size * part + whole - 1, whole), 0, s.size);
}

static int cell_of(struct scale s, int64_t pixel)
{
    int64_t part =
        pixel * 2 * LW_PICTURE_ALL * s.cells - (2 * s.middle - s.seen) * s.cells * s.size;
    return (int)divide_down(part, 2 * s.seen * s.size);
}

struct lw_box lw_picture_pixels(
    const struct lw_shown_picture *shown, int row, int col, int last_row, int last_col)
{
    struct scale x = across(&shown->picture), y = down(&shown->picture);
    struct lw_box b = {.picture = shown->name,
        .x = within(pixel_of(x, col), 0, x.size - 1),
        .y = within(pixel_of(y, row), 0, y.size - 1)};
    b.width = within(pixel_of(x, last_col + 1) - b.x, 1, x.size - b.x);
    b.height = within(pixel_of(y, last_row + 1) - b.y, 1, y.size - b.y);
    return b;
}

struct lw_picture_range lw_picture_range(
    const struct lw_shown_picture *shown, const struct lw_box *b)
{
    struct scale x = across(&shown->picture), y = down(&shown->picture);
    return (struct lw_picture_range){cell_of(y, b->y), cell_of(x, b->x),
        cell_of(y, b->y + (b->height > 0 ? b->height - 1 : 0)),
        cell_of(x, b->x + (b->width > 0 ? b->width - 1 : 0))};
}

/* ---- while marking */

const json_t *lw_boxing_value(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    return lw_answer_get(v->opts.project, v->task, v->answers, app->boxing.slot);
}

struct lw_picture_cell_at lw_boxing_cell(const struct lw_app *app, const struct lw_shown_picture *s)
{
    struct lw_box at = {.x = app->boxing.x, .y = app->boxing.y};
    struct lw_picture_range r = lw_picture_range(s, &at);
    return (struct lw_picture_cell_at){
        (int)within(r.row, 0, s->picture.rows - 1), (int)within(r.col, 0, s->picture.cols - 1)};
}

struct lw_box lw_boxing_here(const struct lw_app *app, const struct lw_shown_picture *s)
{
    struct lw_picture_cell_at at = lw_boxing_cell(app, s);
    return lw_picture_pixels(s, at.row, at.col, at.row, at.col);
}

struct lw_box lw_boxing_open_box(const struct lw_app *app, const struct lw_shown_picture *s)
{
    const struct lw_boxing *m = &app->boxing;
    struct lw_box here = lw_boxing_here(app, s), to = m->from;
    to.picture = s->name;
    to.x = here.x < m->from.x ? here.x : m->from.x;
    to.y = here.y < m->from.y ? here.y : m->from.y;
    int64_t right = m->from.x + m->from.width, bottom = m->from.y + m->from.height;
    to.width = (here.x + here.width > right ? here.x + here.width : right) - to.x;
    to.height = (here.y + here.height > bottom ? here.y + here.height : bottom) - to.y;
    return to;
}

const json_t *lw_boxing_tags(const struct lw_app *app)
{
    struct lw_box b;
    bool now = app->over == LW_OVERLAY_BOXING && !app->boxing.open &&
               lw_boxes_get(lw_boxing_value(app), app->boxing.picked, &b);
    return now ? b.tags : NULL;
}
