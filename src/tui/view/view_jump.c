/* The list of headings or links: what they say, and where a link goes. */
#include "tui/view/view_internal.h"

#include <stdio.h>
#include <string.h>

static void draw_heading(struct lw_area a, int row, const struct lw_doc_entry *e, enum lw_role role)
{
    int col = 3 + 2 * (int)(e->level - 1);
    lw_draw_clipped(a, row, col, a.cols - col - 1, role, e->at.s, e->at.n);
}

static void draw_link(
    struct lw_area a, int row, const struct lw_doc_entry *e, size_t number, enum lw_role role)
{
    int col = lw_draw(a, row, 3, LW_ROLE_MARK, "%zu ", number);
    int end = lw_draw_clipped(a, row, col, a.cols - col - 1, role, e->at.s, e->at.n);
    if (*e->title)
        lw_draw_clipped(a, row, end + 2, a.cols - end - 3, LW_ROLE_DIM, e->title, strlen(e->title));
    lw_draw_clipped(a, row + 1, col, a.cols - col - 1, LW_ROLE_LINK, e->target, strlen(e->target));
}

static void draw_entries(const struct lw_app *app, struct lw_area a)
{
    const struct lw_jump *j = &app->jump;
    for (size_t i = 0; i < lw_jump_rows(app) && j->top + i < j->n; i++) {
        size_t entry = j->top + i;
        int row = (int)i * (j->links ? 2 : 1);
        bool here = entry == j->at;
        enum lw_role role = here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
        if (here) {
            lw_draw(a, row, 1, LW_ROLE_FOCUS, ">");
            lw_draw_cursor(a, row, 1);
        }
        if (j->links)
            draw_link(a, row, &j->v[entry], entry + 1, role);
        else
            draw_heading(a, row, &j->v[entry], role);
    }
}

void lw_view_jump(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {
        {"Up Down", 0, "choose"}, {"Enter", 0, "go there"}, {"any other key:", 0, "back"}};
    char remark[48];
    snprintf(remark, sizeof remark, "%zu/%zu", app->jump.at + 1, app->jump.n);
    lw_view_titled_rule(
        a, 0, app->jump.links ? LW_VIEW_LINKS : LW_VIEW_HEADINGS, LW_ROLE_TITLE, remark);
    draw_entries(app, lw_area_rows(a, 1, a.rows - 4));
    lw_draw_rule(a, a.rows - 3);
    lw_view_message(app, lw_area_rows(a, a.rows - 2, 1));
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
}
