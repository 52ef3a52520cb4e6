/* The palette: commands that match what was typed, with their keys. */
#include "tui/view/view_internal.h"

#include <string.h>

enum { NAME_COLS = 20, KEYS_COLS = 12 };

static void draw_command(
    const struct lw_app *app, struct lw_area a, int row, enum lw_command_id id, bool here)
{
    const struct lw_command_row *c = &lw_command_table[id];
    const char *why = c->who == LW_WHO_SITTING ? lw_sitting_refusal(app->s, id) : NULL;
    struct lw_buf keys = {0};
    lw_keymap_keys(app->keys, id, 2, &keys);
    lw_draw(a, row, 1, here ? LW_ROLE_FOCUS : LW_ROLE_TEXT, "%s%s", here ? "> " : "  ", c->name);
    lw_draw(a, row, 1 + NAME_COLS, LW_ROLE_KEY, "%s", keys.data);
    const char *help = why ? why : c->help; /* or why the command cannot run now */
    int col = 1 + NAME_COLS + KEYS_COLS;
    lw_draw_clipped(
        a, row, col, a.cols - col - 1, why ? LW_ROLE_WARNING : LW_ROLE_DIM, help, strlen(help));
    if (here)
        lw_draw_cursor(a, row, 1);
    lw_buf_fini(&keys);
}

static void draw_list(const struct lw_app *app, struct lw_area a)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_palette_find(app, list), rows = (size_t)a.rows;
    size_t top = app->picker_at >= rows ? app->picker_at - rows + 1 : 0;
    for (size_t row = 0; row < rows && top + row < n; row++)
        draw_command(app, a, (int)row, list[top + row], top + row == app->picker_at);
    if (n == 0)
        lw_draw(a, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_COMMAND, app->filter.data);
}

void lw_view_palette(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"type", 0, "to filter"}, {"Up Down", 0, "choose"},
        {"Enter", 0, "run"}, {"Esc", 0, "close"}};
    int rows = a.rows - 4 < 16 ? a.rows - 4 : 16;
    struct lw_area inside = lw_view_box(lw_area_rows(a, a.rows - 2 - rows, rows), LW_VIEW_COMMANDS);
    draw_list(app, inside);
    struct lw_area line = lw_area_rows(a, a.rows - 2, 1);
    lw_draw_fill(line, 0, 0, line.cols, LW_ROLE_INPUT, ' ');
    int col = lw_draw(line, 0, 1, LW_ROLE_KEY, ": ");
    lw_draw_text(
        line, 0, col, LW_ROLE_INPUT, app->filter.len ? app->filter.data : "", app->filter.len);
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
}
