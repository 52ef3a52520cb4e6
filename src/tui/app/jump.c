/* The list of headings or links in the active pane: choose one, and the pane goes there. */
#include "tui/app/screens_internal.h"

void lw_jump_fini(struct lw_app *app)
{
    lw_doc_entries_free(app->jump.v, app->jump.n);
    app->jump = (struct lw_jump){0};
}

/* The last entry that begins at or before the top of the pane. */
static size_t nearest(const struct lw_app *app, const struct lw_pane *p)
{
    size_t at = 0;
    for (size_t i = 0; i < app->jump.n; i++)
        if (lw_doc_line_of(&p->doc, app->jump.v[i].at.s) <= p->top)
            at = i;
    return at;
}

static void follow_mark(struct lw_app *app)
{
    struct lw_jump *j = &app->jump;
    size_t rows = lw_jump_rows(app);
    if (j->at < j->top)
        j->top = j->at;
    if (j->at >= j->top + rows)
        j->top = j->at - rows + 1;
}

static void open_list(struct lw_app *app, bool links)
{
    struct lw_pane *p = &app->pane[app->active];
    lw_jump_fini(app);
    app->jump.links = links;
    app->jump.v =
        links ? lw_doc_links(&p->doc, &app->jump.n) : lw_doc_headings(&p->doc, &app->jump.n);
    if (app->jump.n == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s", links ? LW_APP_NO_LINKS : LW_APP_NO_HEADINGS);
        return;
    }
    app->jump.at = nearest(app, p);
    app->over = LW_OVERLAY_JUMP;
    follow_mark(app);
}

void lw_jump_open_headings(struct lw_app *app)
{
    open_list(app, false);
}

void lw_jump_open_links(struct lw_app *app)
{
    open_list(app, true);
}

static void go(struct lw_app *app)
{
    lw_app_show_at_top(app, app->active, app->jump.v[app->jump.at].at.s);
}

static void move(struct lw_app *app, long by)
{
    long to = (long)app->jump.at + by, last = (long)app->jump.n - 1;
    app->jump.at = (size_t)(to < 0 ? 0 : to > last ? last : to);
    follow_mark(app);
}

void lw_jump_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    long by = lw_scroll_lines(id, (long)lw_jump_rows(app), (long)app->jump.n);
    if (by) {
        move(app, by);
    } else if (id == LW_CMD_REDRAW) {
        app->action = LW_ACTION_REDRAW;
    } else if (id == LW_CMD_SUSPEND) {
        app->action = LW_ACTION_SUSPEND;
    } else {
        app->over = LW_OVERLAY_NONE;
        if (key.name == LW_KEY_ENTER)
            go(app);
        lw_jump_fini(app);
    }
}

void lw_jump_update(struct lw_app *app)
{
    if (app->over == LW_OVERLAY_JUMP)
        follow_mark(app);
}
