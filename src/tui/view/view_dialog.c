/* The box in which a line or a text is typed. The correction editor has the whole screen:
 * view_correction.c. */
#include "tui/view/view_internal.h"

static void input_title(const struct lw_app *app, struct lw_buf *to)
{
    if (app->input_for == LW_DIALOG_SKIP)
        lw_buf_str(to, LW_VIEW_SKIP_REASON);
    else if (app->input_for == LW_DIALOG_FIND)
        lw_buf_str(to, LW_VIEW_SEARCH_TASK);
    else if (app->input_for == LW_DIALOG_GO)
        lw_buf_str(to, LW_VIEW_GO_TO_TASK);
    else
        lw_sitting_slot_label(
            app->s, lw_sitting_view(app->s)->slot[lw_sitting_view(app->s)->focus], to);
}

static void draw_typed(const struct lw_app *app, struct lw_area a)
{
    const struct lw_reflow *lines = lw_edit_lines(app->input, a.cols - 2);
    size_t at = lw_reflow_line_of(lines, lw_edit_cursor(app->input));
    size_t top = at >= (size_t)a.rows ? at - (size_t)a.rows + 1 : 0;
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_INPUT, ' ');
    lw_view_typed(app->input, NULL, NULL, top, a, a.cols - 2, LW_ROLE_INPUT);
}

void lw_view_dialog(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint text[] = {{"Enter", 0, "keep"}, {"^N", 0, "new line"},
        {"^W", 0, "delete word"}, {"^_", 0, "undo"}, {"^T", 0, "$EDITOR"},
        {"Esc", 0, "leave as draft"}};
    static const struct lw_hint skip[] = {{"Enter", 0, "skip"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint go[] = {{"Enter", 0, "go"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint find[] = {{"Enter", 0, "search"}, {"Esc", 0, "cancel"}};
    const struct lw_hint *line = app->input_for == LW_DIALOG_SKIP   ? skip
                                 : app->input_for == LW_DIALOG_FIND ? find
                                                                    : go;
    bool is_text = app->input_for == LW_DIALOG_TEXT;
    struct lw_buf title = {0};
    int rows = is_text ? (a.rows >= 30 ? 10 : 6) : 3;
    input_title(app, &title);
    draw_typed(app, lw_view_box(lw_area_rows(a, a.rows - 2 - rows, rows), title.data));
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), is_text ? text : line, is_text ? 6 : 2);
    lw_buf_fini(&title);
}
