/* The box about a misspelt word: what may have been meant, and the keys. */
#include "tui/view/view_internal.h"

#include <stdio.h>
#include <string.h>

enum { ACROSS = 3, DOWN = LW_SUGGESTIONS_MAX / ACROSS };

/* Only what is written can be changed: elsewhere they have no numbers. */
static void draw_meant(const struct lw_app *app, struct lw_area a)
{
    const struct lw_suggestions *meant = &app->spelling.meant;
    bool numbers = app->input != NULL;
    int cols = a.cols / ACROSS;
    for (size_t i = 0; i < meant->n; i++) {
        int row = (int)i % DOWN, col = 1 + (int)i / DOWN * cols;
        int from = numbers ? lw_draw(a, row, col, LW_ROLE_KEY, "%zu ", i + 1) : col;
        lw_draw_clipped(
            a, row, from, cols - 2 - (from - col), LW_ROLE_TEXT, meant->v[i], strlen(meant->v[i]));
    }
}

void lw_view_misspelt(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint typed[] = {{"1-9", 0, "replace"}, {"a", 0, "add to project"},
        {"u", 0, "add to yours"}, {"i", 0, "ignore"}, {"F8", 0, "next"}, {"Esc", 0, "close"}};
    const struct lw_spelling *sp = &app->spelling;
    bool writes = app->input != NULL;
    int below = app->over == LW_OVERLAY_DIALOG ? lw_dialog_rows(app) : 0;
    char title[160];
    snprintf(title, sizeof title, LW_VIEW_MISSPELT, sp->word ? sp->word : "");
    struct lw_area in = lw_view_box(lw_area_rows(a, a.rows - 4 - DOWN - below, DOWN + 2), title);
    if (!sp->sought)
        lw_draw(in, 0, 1, LW_ROLE_DIM, LW_VIEW_SEEKING);
    else if (sp->meant.n == 0)
        lw_draw(in, 0, 1, LW_ROLE_DIM, LW_VIEW_NOTHING_MEANT);
    draw_meant(app, in);
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), writes ? typed : typed + 1,
        sizeof typed / sizeof *typed - !writes);
    if (!writes)
        lw_draw_cursor(in, 0, 1);
}
