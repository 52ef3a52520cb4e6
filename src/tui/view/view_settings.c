/* The boxes that change settings: themes, of which the marked one is what the screen shows, and a
 * command's new key. */
#include "tui/view/named_rows_internal.h"

#include <stdlib.h>
#include <string.h>

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

/* "Press the new key of skip."; or that it is free, and how to take it. New. */
static char *question_of(const struct lw_app *app)
{
    const char *name = lw_command_table[app->remap.id].name;
    struct lw_buf key = {0};
    lw_key_print(app->remap.key, &key);
    char *text = app->remap.stage == LW_REMAP_KEY ? lw_format(LW_VIEW_PRESS_KEY, name)
                                                  : lw_format(LW_VIEW_KEY_HOW, key.data, name);
    lw_buf_fini(&key);
    return text;
}

static char *keys_of(const struct lw_app *app)
{
    struct lw_buf keys = {0};
    lw_keymap_keys(app->keys, app->remap.id, 6, &keys);
    char *text = lw_format(
        LW_VIEW_KEYS_OF, lw_command_table[app->remap.id].name, keys.len ? keys.data : "–");
    lw_buf_fini(&keys);
    return text;
}

/* Its keys, what it does, and the question, each in as many rows as it takes. */
static void draw_what(const struct lw_app *app, struct lw_area a)
{
    enum { AROUND = 4 /* the frame, and a column at each side */ };
    static const enum lw_role role[] = {LW_ROLE_TEXT, LW_ROLE_DIM, LW_ROLE_FOCUS};
    char *keys = keys_of(app), *asked = question_of(app);
    const char *line[] = {keys, lw_command_table[app->remap.id].help, asked};
    int rows = 2, row = 0;
    for (int i = 0; i < 3; i++)
        rows += lw_view_wrapped_rows(line[i], strlen(line[i]), a.cols - AROUND);
    struct lw_area inside = lw_view_box(lw_area_rows(a, a.rows - 2 - rows, rows), LW_VIEW_REMAP);
    for (int i = 0; i < 3; i++) {
        lw_draw_cursor(inside, row, 1);
        row = lw_view_wrapped(inside, row, 1, role[i], line[i], strlen(line[i]));
    }
    free(keys);
    free(asked);
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
