/* The boxes that change settings: themes, of which the marked one is what the screen shows, and a
 * command's new key. */
#include "tui/view/view_internal.h"

#include <string.h>

enum { NAME_COLS = 20, KEYS_COLS = 14, ROWS_MOST = 12 };

/* The first row that is shown so that `at` is. */
static size_t top_of(size_t at, size_t rows)
{
    return at >= rows ? at - rows + 1 : 0;
}

static void draw_name(
    struct lw_area a, int row, bool here, const char *name, const char *keys, const char *about)
{
    lw_draw(a, row, 1, here ? LW_ROLE_FOCUS : LW_ROLE_TEXT, "%s%s", here ? "> " : "  ", name);
    lw_draw(a, row, 1 + NAME_COLS, LW_ROLE_KEY, "%s", keys);
    int col = 1 + NAME_COLS + (*keys ? KEYS_COLS : 0);
    lw_draw_clipped(a, row, col, a.cols - col - 1, LW_ROLE_DIM, about, strlen(about));
    if (here)
        lw_draw_cursor(a, row, 1);
}

void lw_view_themes(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {
        {"Up Down", 0, "show"}, {"Enter", 0, "keep it"}, {"Esc", 0, "as before"}};
    const struct lw_theme_choice *t = &app->themes;
    int most = a.rows - 6 < ROWS_MOST ? a.rows - 6 : ROWS_MOST;
    int rows = (int)t->n < most ? (int)t->n : most;
    struct lw_area inside =
        lw_view_box(lw_area_rows(a, a.rows - 4 - rows, rows + 2), LW_VIEW_THEMES);
    size_t top = top_of(t->at, (size_t)rows);
    for (int row = 0; row < rows && top + (size_t)row < t->n; row++) {
        const struct lw_theme_name *one = &t->v[top + (size_t)row];
        draw_name(inside, row, top + (size_t)row == t->at, one->name, "", one->title);
    }
    lw_view_message(app, lw_area_rows(a, a.rows - 2, 1));
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
}

/* ---- another key */

static void draw_commands(const struct lw_app *app, struct lw_area a)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_remap_find(app, list), rows = (size_t)a.rows, top = top_of(app->picker_at, rows);
    for (size_t row = 0; row < rows && top + row < n; row++) {
        struct lw_buf keys = {0};
        enum lw_command_id id = list[top + row];
        lw_keymap_keys(app->keys, id, 3, &keys);
        draw_name(a, (int)row, top + row == app->picker_at, lw_command_table[id].name, keys.data,
            lw_command_table[id].help);
        lw_buf_fini(&keys);
    }
    if (n == 0)
        lw_draw(a, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_COMMAND, app->filter.data);
}

static void draw_which(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"type", 0, "to filter"}, {"Up Down", 0, "choose"},
        {"Enter", 0, "then its key"}, {"Esc", 0, "close"}};
    int rows = a.rows - 4 < ROWS_MOST + 2 ? a.rows - 4 : ROWS_MOST + 2;
    draw_commands(app, lw_view_box(lw_area_rows(a, a.rows - 2 - rows, rows), LW_VIEW_REMAP));
    struct lw_area line = lw_area_rows(a, a.rows - 2, 1);
    lw_draw_fill(line, 0, 0, line.cols, LW_ROLE_INPUT, ' ');
    int col = lw_draw(line, 0, 1, LW_ROLE_KEY, ": ");
    lw_draw_text(
        line, 0, col, LW_ROLE_INPUT, app->filter.len ? app->filter.data : "", app->filter.len);
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
}

/* "skip has: s" */
static void draw_what(const struct lw_app *app, struct lw_area a)
{
    struct lw_buf keys = {0}, key = {0};
    const struct lw_command_row *c = &lw_command_table[app->remap.id];
    struct lw_area inside = lw_view_box(lw_area_rows(a, a.rows - 7, 5), LW_VIEW_REMAP);
    lw_keymap_keys(app->keys, app->remap.id, 6, &keys);
    lw_draw(inside, 0, 1, LW_ROLE_TEXT, LW_VIEW_KEYS_OF, c->name, keys.len ? keys.data : "–");
    lw_draw(inside, 1, 1, LW_ROLE_DIM, "%s", c->help);
    lw_key_print(app->remap.key, &key);
    if (app->remap.stage == LW_REMAP_KEY)
        lw_draw(inside, 2, 1, LW_ROLE_FOCUS, LW_VIEW_PRESS_KEY, c->name);
    else
        lw_draw(inside, 2, 1, LW_ROLE_FOCUS, LW_VIEW_KEY_HOW, key.data, c->name);
    lw_draw_cursor(inside, 2, 1);
    lw_buf_fini(&keys);
    lw_buf_fini(&key);
}

void lw_view_remap(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint key[] = {{"any key", 0, "takes it"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint how[] = {{"Enter", 0, "instead of the keys there are"},
        {"a", 0, "beside them"}, {"Esc", 0, "cancel"}};
    bool asks = app->remap.stage == LW_REMAP_KEY;
    if (app->remap.stage == LW_REMAP_COMMAND) {
        draw_which(app, a);
        return;
    }
    draw_what(app, a);
    lw_view_message(app, lw_area_rows(a, a.rows - 2, 1));
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), asks ? key : how, asks ? 2 : 3);
}
