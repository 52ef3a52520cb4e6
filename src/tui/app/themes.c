/* Choosing a theme: each is shown on the whole screen while it is marked, Enter keeps it, Esc
 * brings the one before back. Reading themes and writing settings is the loop's. */
#include "tui/app/screens_internal.h"

void lw_app_themes_listed(struct lw_app *app)
{
    if (app->themes.n == 0)
        return;
    app->themes.was = app->themes.at;
    app->over = LW_OVERLAY_THEMES;
}

/* They are listed once, when somebody wants to choose: a start need not read them all. */
void lw_themes_open(struct lw_app *app)
{
    if (app->themes.n == 0)
        app->action = LW_ACTION_LIST_THEMES;
    lw_app_themes_listed(app);
}

static void show(struct lw_app *app, size_t at)
{
    app->themes.at = at;
    app->action = LW_ACTION_THEME;
}

static void move(struct lw_app *app, long by)
{
    long to = (long)app->themes.at + by, last = (long)app->themes.n - 1;
    show(app, (size_t)(to < 0 ? 0 : to > last ? last : to));
}

void lw_themes_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    long by = lw_scroll_lines(id, (long)app->themes.n, (long)app->themes.n);
    if (by) {
        move(app, by);
    } else if (key.name == LW_KEY_TAB) {
        show(app, (app->themes.at + 1) % app->themes.n);
    } else if (key.name == LW_KEY_ENTER) {
        app->over = LW_OVERLAY_NONE;
        app->action = LW_ACTION_KEEP_THEME;
    } else if (key.name == LW_KEY_ESC || id == LW_CMD_QUIT) {
        app->over = LW_OVERLAY_NONE;
        show(app, app->themes.was);
    }
}
