/* The palette: every command by name. What was chosen is for app.c to run. */
#include "tui/app/screens_internal.h"

void lw_palette_open(struct lw_app *app)
{
    app->over = LW_OVERLAY_PALETTE;
    lw_uses_load(app);
    app->picker_at = 0;
    lw_buf_clear(&app->filter);
}

/* True when a command is marked; otherwise says that none matches. */
static bool choose(
    struct lw_app *app, const enum lw_command_id *list, size_t n, enum lw_command_id *to)
{
    app->over = LW_OVERLAY_NONE;
    if (app->picker_at >= n) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_COMMAND, app->filter.data);
        return false;
    }
    *to = list[app->picker_at];
    lw_uses_count(app, *to);
    return true;
}

bool lw_palette_key(struct lw_app *app, struct lw_key key, enum lw_command_id *to)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_palette_find(app, list);
    if (key.name == LW_KEY_ENTER)
        return choose(app, list, n, to);
    if (key.name == LW_KEY_UP && app->picker_at > 0)
        app->picker_at--;
    else if (key.name == LW_KEY_DOWN && app->picker_at + 1 < n)
        app->picker_at++;
    else if (key.name == LW_KEY_ESC || (key.ctrl && (key.ch == 'c' || key.ch == 'p')))
        app->over = LW_OVERLAY_NONE;
    else if (key.name == LW_KEY_CHAR || key.name == LW_KEY_SPACE || key.name == LW_KEY_BACKSPACE) {
        lw_type_filter_key(&app->filter, key);
        app->picker_at = 0;
    }
    return false;
}
