/* The boxes that change settings: themes, of which the marked one is what the screen shows, and a
 * command's new key. */
#include "tui/view/named_rows_internal.h"

enum { KEYS_COLS = 14, ROWS_MOST = 12 };

static void get_theme(const void *ctx, size_t i, struct lw_named_row *to)
{
    const struct lw_theme_choice *t = ctx;
    *to = (struct lw_named_row){.name = t->v[i].name, .words = t->v[i].title};
}

void lw_view_themes(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {
        {"Up Down", 0, "show"}, {"Enter", 0, "keep it"}, {"Esc", 0, "as before"}};
    const struct lw_theme_choice *t = &app->themes;
    struct lw_named_rows all = {t->n, t->at, 0, get_theme, t};
    int most = a.rows - 6 < ROWS_MOST ? a.rows - 6 : ROWS_MOST;
    int rows = lw_view_named_rows_count(&all, lw_area_cols(a, 1, a.cols - 2), most);
    lw_view_named_rows(
        &all, lw_view_box(lw_area_rows(a, a.rows - 4 - rows, rows + 2), LW_VIEW_THEMES));
    lw_view_message(app, lw_area_rows(a, a.rows - 2, 1));
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
}

/* ---- another key */

struct remap {
    const struct lw_app *app;
    enum lw_command_id list[LW_CMD_TABLE_END];
};

static void get_command(const void *ctx, size_t i, struct lw_named_row *to)
{
    const struct remap *r = ctx;
    const struct lw_command_row *c = &lw_command_table[r->list[i]];
    *to = (struct lw_named_row){.name = c->name, .words = c->help};
    lw_keymap_keys(r->app->keys, r->list[i], 3, &to->keys);
}

static void draw_commands(const struct lw_app *app, struct lw_area a)
{
    struct remap r = {.app = app};
    size_t n = lw_remap_find(app, r.list);
    lw_view_named_rows(&(struct lw_named_rows){n, app->picker_at, KEYS_COLS, get_command, &r}, a);
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
