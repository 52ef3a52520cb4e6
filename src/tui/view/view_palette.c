/* The palette: commands that match what was typed, with their keys. */
#include "tui/view/named_rows_internal.h"

enum { KEYS_COLS = 12 };

struct palette {
    const struct lw_app *app;
    enum lw_command_id list[LW_CMD_TABLE_END];
};

/* What the command does, or why it cannot run now. */
static void get_row(const void *ctx, size_t i, struct lw_named_row *to)
{
    const struct palette *p = ctx;
    enum lw_command_id id = p->list[i];
    const struct lw_command_row *c = &lw_command_table[id];
    const char *why = c->who == LW_WHO_SITTING ? lw_sitting_refusal(p->app->s, id) : NULL;
    *to = (struct lw_named_row){.name = c->name, .words = why ? why : c->help, .warns = why};
    lw_keymap_keys(p->app->keys, id, 2, &to->keys);
}

static void draw_list(const struct lw_app *app, struct lw_area a)
{
    struct palette p = {.app = app};
    size_t n = lw_palette_find(app, p.list);
    if (n == 0)
        lw_draw(a, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_COMMAND, app->filter.data);
    lw_view_named_rows(&(struct lw_named_rows){n, app->picker_at, KEYS_COLS, get_row, &p}, a);
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
