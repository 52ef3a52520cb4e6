/* The palette: commands that match what was typed, with their keys. A row that does not fit goes on
 * in the next one: nothing is cut. */
#include "tui/view/view_internal.h"

#include "labelwright/text/wrap.h"

#include <string.h>

enum { NAME_COLS = 20, KEYS_COLS = 12, TEXT = 1 + NAME_COLS + KEYS_COLS };

/* What a command does, or why it cannot run now. */
static const char *words_of(const struct lw_app *app, enum lw_command_id id, bool *refused)
{
    const struct lw_command_row *c = &lw_command_table[id];
    const char *why = c->who == LW_WHO_SITTING ? lw_sitting_refusal(app->s, id) : NULL;
    *refused = why != NULL;
    return why ? why : c->help;
}

static void wrap(
    const struct lw_app *app, struct lw_area a, enum lw_command_id id, struct lw_wrap *to)
{
    bool refused;
    const char *words = words_of(app, id, &refused);
    lw_wrap_text(to, words, strlen(words), a.cols - TEXT - 1);
}

static int rows_of(const struct lw_app *app, struct lw_area a, enum lw_command_id id)
{
    struct lw_wrap w = {0};
    wrap(app, a, id, &w);
    int rows = (int)w.n;
    lw_wrap_fini(&w);
    return rows;
}

/* Returns the row below. */
static int draw_command(
    const struct lw_app *app, struct lw_area a, int row, enum lw_command_id id, bool here)
{
    struct lw_buf keys = {0};
    struct lw_wrap w = {0};
    bool refused;
    const char *words = words_of(app, id, &refused);
    wrap(app, a, id, &w);
    lw_keymap_keys(app->keys, id, 2, &keys);
    lw_draw(a, row, 1, here ? LW_ROLE_FOCUS : LW_ROLE_TEXT, "%s%s", here ? "> " : "  ",
        lw_command_table[id].name);
    lw_draw(a, row, 1 + NAME_COLS, LW_ROLE_KEY, "%s", keys.len ? keys.data : "");
    for (size_t i = 0; i < w.n && row + (int)i < a.rows; i++)
        lw_draw_text(a, row + (int)i, TEXT, refused ? LW_ROLE_WARNING : LW_ROLE_DIM,
            words + w.v[i].start, w.v[i].end - w.v[i].start);
    if (here)
        lw_draw_cursor(a, row, 1);
    row += (int)w.n;
    lw_wrap_fini(&w);
    lw_buf_fini(&keys);
    return row;
}

/* The first one shown, so that all rows of the marked one are. */
static size_t first_shown(const struct lw_app *app, struct lw_area a, const enum lw_command_id *id)
{
    size_t top = app->picker_at;
    int rows = rows_of(app, a, id[top]);
    while (top > 0 && rows + rows_of(app, a, id[top - 1]) <= a.rows)
        rows += rows_of(app, a, id[--top]);
    return top;
}

static void draw_list(const struct lw_app *app, struct lw_area a)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_palette_find(app, list);
    if (n == 0)
        lw_draw(a, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_COMMAND, app->filter.data);
    int row = 0;
    for (size_t i = n ? first_shown(app, a, list) : 0; i < n && row < a.rows; i++)
        row = draw_command(app, a, row, list[i], i == app->picker_at);
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
