/* A page of text over the whole screen: help, guidelines, old drafts, messages. */
#include "tui/view/view_internal.h"

#include <stdio.h>

static const char *page_title(enum lw_overlay over)
{
    switch (over) {
    case LW_OVERLAY_HELP:
        return LW_VIEW_KEYS;
    case LW_OVERLAY_GUIDELINES:
        return LW_VIEW_GUIDELINES;
    case LW_OVERLAY_OLD:
        return LW_VIEW_OLD_DRAFT;
    case LW_OVERLAY_MESSAGES:
        return LW_VIEW_MESSAGES;
    default:
        return LW_VIEW_MY_WORK;
    }
}

/* In help, the key column stands out. */
static void mark_keys(const struct lw_app *app, struct lw_area a)
{
    if (app->over != LW_OVERLAY_HELP)
        return;
    for (int row = 0; row < a.rows && app->page_top + (size_t)row < app->page.n; row++)
        if (!lw_doc_line_at(&app->page, app->page_top + (size_t)row).heading)
            lw_draw_restyle(a, row, 3, 15, LW_ROLE_KEY);
}

static void draw_hints(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {"Space", 0, "page"}, {NULL, LW_CMD_TOP, "start"},
        {NULL, LW_CMD_BOTTOM, "end"}, {"any other key:", 0, "back"}};
    static const struct lw_hint help[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {"Space", 0, "page"}, {NULL, LW_CMD_TOP, "start"},
        {NULL, LW_CMD_BOTTOM, "end"}, {"K", 0, "another key"}, {"any other key:", 0, "back"}};
    bool keys = app->over == LW_OVERLAY_HELP && app->under == LW_OVERLAY_NONE;
    static const struct lw_hint note[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {NULL, LW_CMD_TAKE_BACK, "reopen this task"},
        {"any other key:", 0, "go on"}};
    size_t scrolls = app->page.n > (size_t)lw_pager_rows(app) ? 0 : 2;
    if (app->over == LW_OVERLAY_NOTE)
        lw_view_hints(app, a, note + scrolls, sizeof note / sizeof *note - scrolls);
    else if (keys)
        lw_view_hints(app, a, help, sizeof help / sizeof *help);
    else
        lw_view_hints(app, a, hints, sizeof hints / sizeof *hints);
}

void lw_view_pager(const struct lw_app *app, struct lw_area a)
{
    struct lw_area body = lw_area_rows(a, 1, lw_pager_rows(app));
    size_t last = app->page_top + (size_t)body.rows;
    const struct lw_practice_note *note =
        app->over == LW_OVERLAY_NOTE ? lw_sitting_view(app->s)->note : NULL;
    char remark[48] = "", title[48];
    if (last < app->page.n)
        snprintf(remark, sizeof remark, LW_VIEW_MORE, app->page.n - last);
    else if (app->page_top > 0)
        snprintf(remark, sizeof remark, LW_VIEW_END);
    if (note)
        snprintf(title, sizeof title, LW_VIEW_NOTE, note->nth + 1);
    lw_view_titled_rule(a, 0, note ? title : page_title(app->over), LW_ROLE_TITLE, remark);
    lw_doc_draw(&app->page, app->page_top, body, 1);
    mark_keys(app, body);
    lw_draw_rule(a, a.rows - 2);
    draw_hints(app, lw_area_rows(a, a.rows - 1, 1));
    lw_draw_cursor(a, 1, 0);
}
