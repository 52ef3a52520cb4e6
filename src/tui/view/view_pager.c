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
    case LW_OVERLAY_WHOLE:
        return LW_VIEW_WHOLE;
    default:
        return LW_VIEW_MY_WORK;
    }
}

/* In help, the key column stands out, but of what cannot be pressed now. Keys may be longer than
 * it, where they stand alone. */
static void mark_keys(const struct lw_app *app, struct lw_area a, size_t top)
{
    if (app->over != LW_OVERLAY_HELP)
        return;
    for (int row = 0; row < a.rows && top + (size_t)row < app->page.n; row++) {
        struct lw_doc_line l = lw_doc_line_at(&app->page, top + (size_t)row);
        bool alone = l.own;
        if (!l.heading && l.role != LW_ROLE_DIM)
            lw_draw_restyle(a, row, 1 + LW_HELP_INDENT, alone ? a.cols : lw_help_key_cols(app) - 1,
                LW_ROLE_KEY);
    }
}

static void mark_found(const struct lw_app *app, struct lw_area a, size_t top)
{
    const struct lw_page_find *f = &app->page_find;
    for (int row = 0; row < a.rows && top + (size_t)row < app->page.n; row++) {
        struct lw_doc_line l = lw_doc_line_at(&app->page, top + (size_t)row);
        for (size_t i = 0; i < f->n; i++)
            lw_doc_restyle(a, row, 1, &l, f->hit[i], LW_ROLE_CHOSEN);
    }
}

/* One column of the page after the other. */
static void draw_body(const struct lw_app *app, struct lw_area a)
{
    int columns = lw_pager_columns(app), cols = a.cols / columns;
    for (int i = 0; i < columns; i++) {
        struct lw_area column = lw_area_cols(a, i * cols, cols);
        size_t top = app->page_top + (size_t)(i * a.rows);
        lw_doc_draw(&app->page, top, column, 1);
        mark_keys(app, column, top);
        mark_found(app, column, top);
    }
}

/* While something is looked for: which match it is. */
static void format_found(const struct lw_app *app, char *to, size_t n)
{
    const struct lw_page_find *f = &app->page_find;
    if (f->words.len > 0 && f->n > 0)
        snprintf(to, n, LW_VIEW_FOUND, f->at + 1, f->n);
    else if (f->words.len > 0)
        snprintf(to, n, LW_VIEW_NOT_FOUND);
}

static void draw_typed(const struct lw_app *app, struct lw_area a)
{
    const struct lw_buf *words = &app->page_find.words;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_INPUT, ' ');
    int col = lw_draw(a, 0, 1, LW_ROLE_KEY, "/ ");
    col = lw_draw_text(a, 0, col, LW_ROLE_INPUT, words->len ? words->data : "", words->len);
    lw_draw_cursor(a, 0, col);
}

static void draw_hints(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {"Space", 0, "page"}, {NULL, LW_CMD_FIND, "search"},
        {NULL, LW_CMD_FIND_NEXT, "next match"}, {"any other key:", 0, "back"}};
    static const struct lw_hint help[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {"Space", 0, "page"}, {NULL, LW_CMD_FIND, "search"},
        {"K", 0, "another key"}, {"any other key:", 0, "back"}};
    bool keys = app->over == LW_OVERLAY_HELP && app->under == LW_OVERLAY_NONE;
    static const struct lw_hint note[] = {{NULL, LW_CMD_LINE_DOWN, "down"},
        {NULL, LW_CMD_LINE_UP, "up"}, {NULL, LW_CMD_TAKE_BACK, "reopen this task"},
        {"any other key:", 0, "go on"}};
    static const struct lw_hint find[] = {{"Enter", 0, "search"}, {"Esc", 0, "cancel"}};
    size_t scrolls = app->page.n > (size_t)lw_pager_rows(app) ? 0 : 2;
    if (app->page_find.typing)
        lw_view_hints(app, a, find, sizeof find / sizeof *find);
    else if (app->over == LW_OVERLAY_NOTE)
        lw_view_hints(app, a, note + scrolls, sizeof note / sizeof *note - scrolls);
    else if (keys)
        lw_view_hints(app, a, help, sizeof help / sizeof *help);
    else
        lw_view_hints(app, a, hints, sizeof hints / sizeof *hints);
}

void lw_view_pager(const struct lw_app *app, struct lw_area a)
{
    struct lw_area body = lw_area_rows(a, 1, lw_pager_rows(app));
    size_t last = app->page_top + lw_pager_lines(app);
    const struct lw_practice_note *note =
        app->over == LW_OVERLAY_NOTE ? lw_sitting_view(app->s)->note : NULL;
    char remark[48] = "", title[48];
    if (last < app->page.n)
        snprintf(remark, sizeof remark, LW_VIEW_MORE, app->page.n - last);
    else if (app->page_top > 0)
        snprintf(remark, sizeof remark, LW_VIEW_END);
    format_found(app, remark, sizeof remark);
    if (note)
        snprintf(title, sizeof title, LW_VIEW_NOTE, note->nth + 1);
    lw_view_titled_rule(a, 0, note ? title : page_title(app->over), LW_ROLE_TITLE, remark);
    draw_body(app, body);
    lw_draw_rule(a, a.rows - (app->page_find.typing ? 3 : 2));
    draw_hints(app, lw_area_rows(a, a.rows - 1, 1));
    lw_draw_cursor(a, 1, 0);
    if (app->page_find.typing)
        draw_typed(app, lw_area_rows(a, a.rows - 2, 1));
}
