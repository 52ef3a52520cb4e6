/* Marking boxes or points of a picture: a cursor that goes from cell to cell, two corners, and a
 * key for each tag. The sitting has the answer; which pixels a cell shows is view/boxes_state.c's.
 */
#include "labelwright/project/spans.h"
#include "tui/app/screens_internal.h"
#include "tui/view/view_boxes_internal.h"

enum { FAR = 8 /* cells that a key with Ctrl goes */ };

static const struct lw_question *question(const struct lw_app *app)
{
    return &lw_sitting_view(app->s)->opts.project->question[app->boxing.slot.question];
}

/* ---- the cursor */

static int within(int n, int low, int high)
{
    return n < low ? low : n > high ? high : n;
}

/* The pane scrolls to the row of the cursor. */
static void show_cursor(struct lw_app *app, const struct lw_picture_place *at)
{
    struct lw_pane *p = &app->pane[at->pane];
    size_t line = at->line + (size_t)lw_boxing_cell(app, at->shown).row, rows = (size_t)p->rows;
    if (line < p->top)
        p->top = line;
    else if (line >= p->top + rows)
        p->top = line - rows + 1;
}

/* To the middle of a cell. */
static void go_to(struct lw_app *app, const struct lw_picture_place *at, int row, int col)
{
    row = within(row, 0, at->shown->picture.rows - 1);
    col = within(col, 0, at->shown->picture.cols - 1);
    struct lw_box b = lw_picture_pixels(at->shown, row, col, row, col);
    app->boxing.x = b.x + b.width / 2;
    app->boxing.y = b.y + b.height / 2;
    show_cursor(app, at);
}

static void move(struct lw_app *app, int rows, int cols)
{
    struct lw_picture_place at = lw_picture_place(app);
    app->boxing.picked = SIZE_MAX;
    app->boxing.more = false;
    if (!at.shown)
        return;
    struct lw_picture_cell_at cell = lw_boxing_cell(app, at.shown);
    go_to(app, &at, cell.row + rows, cell.col + cols);
}

static void across(struct lw_app *app, int by)
{
    move(app, 0, by);
}

static void down(struct lw_app *app, int by)
{
    move(app, by, 0);
}

/* ---- from one to the next */

static void by_box(struct lw_app *app, int by)
{
    struct lw_boxing *m = &app->boxing;
    struct lw_picture_place at = lw_picture_place(app);
    size_t n = json_array_size(lw_boxing_value(app));
    struct lw_box b;
    if (n == 0 || !at.shown) {
        lw_sitting_notify(
            app->s, LW_TONE_INFO, "%s", question(app)->points ? LW_APP_NO_POINT : LW_APP_NO_BOX);
        return;
    }
    size_t next = m->picked >= n ? (by > 0 ? 0 : n - 1) : (m->picked + (by > 0 ? 1 : n - 1)) % n;
    lw_boxes_get(lw_boxing_value(app), next, &b);
    m->open = false;
    m->x = b.x;
    m->y = b.y;
    show_cursor(app, &at);
    m->picked = next;
}

/* ---- changes */

/* Takes the value. */
static void set(struct lw_app *app, json_t *value)
{
    app->boxing.changes += lw_app_set_marks(app, app->boxing.slot, value);
}

static void begin(struct lw_app *app, int unused)
{
    struct lw_boxing *m = &app->boxing;
    struct lw_picture_place at = lw_picture_place(app);
    (void)unused;
    if (question(app)->points || !at.shown) {
        lw_sitting_notify(
            app->s, LW_TONE_INFO, "%s", at.shown ? LW_APP_NO_POINT : LW_APP_NO_PICTURE_YET);
        return;
    }
    m->open = !m->open;
    m->picked = SIZE_MAX;
    m->more = false;
    m->from = lw_boxing_here(app, at.shown);
}

static void mark(struct lw_app *app, const struct lw_shown_picture *s, const struct lw_option *o)
{
    struct lw_boxing *m = &app->boxing;
    struct lw_box point = {.picture = s->name, .x = m->x, .y = m->y};
    struct lw_box b = question(app)->points ? point : lw_boxing_open_box(app, s);
    size_t n = json_array_size(lw_boxing_value(app));
    m->open = false;
    set(app, lw_boxes_add(lw_boxing_value(app), &b, o->path));
    m->picked = json_array_size(lw_boxing_value(app)) > n ? n : SIZE_MAX;
}

/* Changes the one that was gone to, else marks what is open, or the place of the cursor. */
static void tag(struct lw_app *app, const struct lw_option *o)
{
    struct lw_boxing *m = &app->boxing;
    struct lw_picture_place at = lw_picture_place(app);
    if (lw_sitting_guards_answer(app->s))
        return;
    if (!m->open && m->picked < json_array_size(lw_boxing_value(app))) {
        set(app, lw_spans_tag(lw_boxing_value(app), m->picked, o->path, m->more));
        m->more = false;
    } else if (!at.shown) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_PICTURE_YET);
    } else if (m->open || question(app)->points) {
        mark(app, at.shown, o);
    } else {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_BOX_CORNER);
    }
}

static bool has_picked(struct lw_app *app)
{
    bool has = !app->boxing.open && app->boxing.picked < json_array_size(lw_boxing_value(app));
    if (!has)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_BOX_HERE);
    return has;
}

static void delete_box(struct lw_app *app, int unused)
{
    (void)unused;
    if (!has_picked(app))
        return;
    set(app, lw_spans_remove(lw_boxing_value(app), app->boxing.picked));
    app->boxing.picked = SIZE_MAX;
}

static void add_tag(struct lw_app *app, int unused)
{
    (void)unused;
    app->boxing.more = has_picked(app);
}

static void undo(struct lw_app *app, int unused)
{
    (void)unused;
    app->boxing.open = false;
    app->boxing.picked = SIZE_MAX;
    lw_app_undo_mark(app, app->boxing.slot, &app->boxing.changes);
}

/* ---- parts of the picture */

/* Around the cursor. */
static void larger(struct lw_app *app, int by)
{
    struct lw_picture_place at = lw_picture_place(app);
    if (at.shown && by > 0) {
        app->pictures.x = (int)(app->boxing.x * LW_PICTURE_ALL / at.shown->picture.width);
        app->pictures.y = (int)(app->boxing.y * LW_PICTURE_ALL / at.shown->picture.height);
    }
    lw_app_picture(app, by > 0 ? LW_CMD_LARGER : LW_CMD_SMALLER);
}

static void part(struct lw_app *app, int id)
{
    lw_app_picture(app, (enum lw_command_id)id);
}

/* ---- opening and leaving */

bool lw_boxing_open(struct lw_app *app)
{
    lw_app_save_focus(app);
    if (!lw_app_focus_type(app, LW_Q_BOXES))
        return false;
    if (!lw_sitting_check_command(app->s, LW_CMD_SPAN) || lw_app_refuses_hidden(app))
        return true;
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_picture_place at = lw_picture_place(app);
    if (!at.shown) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NO_PICTURE_YET);
        return true;
    }
    app->over = LW_OVERLAY_BOXING;
    app->boxing = (struct lw_boxing){.slot = v->slot[v->focus], .picked = SIZE_MAX};
    go_to(app, &at, at.shown->picture.rows / 2, at.shown->picture.cols / 2);
    return true;
}

static void escape(struct lw_app *app, int unused)
{
    struct lw_boxing *m = &app->boxing;
    (void)unused;
    if (!m->open && !m->more) {
        app->over = LW_OVERLAY_NONE;
        lw_sitting_clear_message(app->s);
    }
    m->open = m->more = false;
}

static void finish(struct lw_app *app, int unused)
{
    (void)unused;
    lw_app_finish_marking(app);
}

static void help(struct lw_app *app, int unused)
{
    (void)unused;
    lw_pager_open_help(app);
}

/* ---- keys */

static const struct lw_bound_key keys[] = {
    {"Left", across, -1},
    {"Right", across, 1},
    {"Up", down, -1},
    {"Down", down, 1},
    {"C-Left", across, -FAR},
    {"C-Right", across, FAR},
    {"C-Up", down, -FAR},
    {"C-Down", down, FAR},
    {"PgUp", down, -FAR},
    {"PgDn", down, FAR},
    {"Home", across, -LW_PICTURE_COLS_MAX},
    {"End", across, LW_PICTURE_COLS_MAX},
    {"S-Left", part, LW_CMD_PART_LEFT},
    {"S-Right", part, LW_CMD_PART_RIGHT},
    {"S-Up", part, LW_CMD_PART_UP},
    {"S-Down", part, LW_CMD_PART_DOWN},
    {"F10", part, LW_CMD_PICTURE_FILTER},
    {"F9", larger, 1},
    {"S-F9", larger, -1},
    {"Tab", by_box, 1},
    {"n", by_box, 1},
    {"S-Tab", by_box, -1},
    {"p", by_box, -1},
    {"v", begin, 0},
    {"Space", begin, 0},
    {"x", delete_box, 0},
    {"Del", delete_box, 0},
    {"u", undo, 0},
    {"+", add_tag, 0},
    {"Esc", escape, 0},
    {"^C", escape, 0},
    {"Enter", finish, 0},
    {"?", help, 0},
    {"F1", help, 0},
};

void lw_boxing_key(struct lw_app *app, struct lw_key key)
{
    size_t option;
    if (lw_app_tag_key(app, question(app), key, &option))
        tag(app, &question(app)->option[option]);
    else
        lw_app_marking_key(app, keys, sizeof keys / sizeof *keys, key);
}
