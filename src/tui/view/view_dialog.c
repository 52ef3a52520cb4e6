/* The box in which a line or a text is typed. The correction editor has the whole screen:
 * view_correction.c. */
#include "tui/view/view_internal.h"

static void input_title(const struct lw_app *app, struct lw_buf *to)
{
    if (app->input_for == LW_DIALOG_SKIP)
        lw_buf_str(to, lw_sitting_view(app->s)->opts.project->free_skips ? LW_VIEW_FREE_SKIP
                                                                         : LW_VIEW_SKIP_REASON);
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
    struct lw_typed_lines l = lw_typed_lines(app);
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_INPUT, ' ');
    lw_view_typed(app->input, NULL, &app->spelling.typed, l.top, a, l.cols, LW_ROLE_INPUT);
}

static void draw_keys(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint text[] = {{"Enter", 0, "keep"}, {"^N", 0, "new line"},
        {"F8", 0, "spelling"}, {"^_", 0, "undo"}, {"^T", 0, "$EDITOR"}, {"^W", 0, "delete word"},
        {"Esc", 0, "leave as draft"}};
    static const struct lw_hint skip[] = {
        {"Enter", 0, "skip"}, {"F8", 0, "spelling"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint go[] = {{"Enter", 0, "go"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint find[] = {{"Enter", 0, "search"}, {"Esc", 0, "cancel"}};
    static const struct {
        const struct lw_hint *v;
        size_t n;
    } of[] = {
        [LW_DIALOG_TEXT] = {text, 7},
        [LW_DIALOG_SKIP] = {skip, 3},
        [LW_DIALOG_GO] = {go, 2},
        [LW_DIALOG_FIND] = {find, 2},
    };
    lw_view_hints(app, a, of[app->input_for].v, of[app->input_for].n);
}

void lw_view_dialog(const struct lw_app *app, struct lw_area a)
{
    struct lw_buf title = {0};
    int rows = lw_dialog_rows(app);
    input_title(app, &title);
    draw_typed(app, lw_view_box(lw_area_rows(a, a.rows - 2 - rows, rows), title.data));
    if (app->spelling.word)
        lw_view_misspelt(app, a);
    else
        draw_keys(app, lw_area_rows(a, a.rows - 1, 1));
    lw_buf_fini(&title);
}
