/* Which responses the panes show, and where each was left when another one took its pane. How many
 * there is room for is grid.c's, where they are on the screen layout.c's. */
#include "tui/view/shown_internal.h"

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

static int count(const struct lw_app *app)
{
    return (int)view(app)->task->nresponses;
}

int lw_shown_place(const struct lw_app *app, int pane)
{
    return app->first + pane - 1;
}

int lw_shown_pane(const struct lw_app *app, int response)
{
    for (int i = 1; i < app->npanes; i++)
        if (response >= 0 && app->pane[i].response == response)
            return i;
    return 0;
}

/* ---- where each was left */

/* A pane that is not on the screen has no lines of its own: its place is that of before. */
void lw_shown_note_place(struct lw_pane *p)
{
    if (p->rows > 0 && p->top > 0)
        p->at = lw_doc_source(&p->doc, p->top);
}

static void note_places(struct lw_app *app)
{
    for (int i = 1; i < app->npanes; i++) {
        lw_shown_note_place(&app->pane[i]);
        app->left_at[app->pane[i].response] = app->pane[i].at;
    }
}

static void give_pane(struct lw_app *app, int pane, int response)
{
    struct lw_pane *p = &app->pane[pane];
    if (p->response == response)
        return;
    p->response = response;
    p->top = 0;
    p->at = app->left_at[response];
}

static void end_pane(struct lw_pane *p)
{
    lw_doc_clear(&p->doc);
    p->response = -1;
    p->rows = 0;
    p->top = 0;
    p->at = NULL;
}

/* ---- which ones */

/* Pages of as many as there is room for, the last one full too: a response stays where it is while
 * one goes through those beside it. */
static int first_of_page(const struct lw_app *app, int shown)
{
    int first = app->place / shown * shown, last = count(app) - shown;
    return first < last ? first : last;
}

static bool is_in_window(const struct lw_app *app, int place)
{
    return place >= app->first && place < app->first + app->npanes - 1;
}

static void give_panes(struct lw_app *app, int shown)
{
    app->first = first_of_page(app, shown);
    for (int i = 1; i <= shown; i++)
        give_pane(app, i, view(app)->order[app->first + i - 1]);
}

/* The one that was scrolled last is the one to follow, whoever made it active. */
void lw_shown_follow_active(struct lw_app *app)
{
    if (app->active > 0)
        app->place = lw_shown_place(app, app->active);
}

void lw_shown_fit(struct lw_app *app, int shown)
{
    lw_shown_follow_active(app);
    note_places(app);
    if (shown > 0 && (shown != app->npanes - 1 || !is_in_window(app, app->place)))
        give_panes(app, shown);
    for (int i = shown + 1; i < app->npanes; i++)
        end_pane(&app->pane[i]);
    app->npanes = 1 + shown;
    app->active = shown > 0 && app->active > 0 ? 1 + app->place - app->first : 0;
}

void lw_shown_begin(struct lw_app *app)
{
    for (int i = 1; i < app->npanes; i++)
        end_pane(&app->pane[i]);
    app->npanes = 1;
    app->place = 0;
    app->first = 0;
}

void lw_layout_show_place(struct lw_app *app, int place)
{
    int shown = app->npanes - 1;
    app->place = place;
    if (shown == 0 || is_in_window(app, place))
        return;
    note_places(app);
    give_panes(app, shown);
    app->laid_out = false;
}
