/* Searches the texts of the task, ignoring case, and goes from match to match. */
#include "tui/app/screens_internal.h"

/* Shows the response of a match; then finds the same match in its pane. */
static void open_response_of_hit(struct lw_app *app)
{
    struct lw_hit hit = app->hit[app->hit_at];
    lw_app_go_to_place(app, hit.place - 1);
    lw_layout_update(app);
    for (size_t i = 0; i < app->nhits; i++)
        if (app->hit[i].at.s == hit.at.s)
            app->hit_at = i;
}

static void go_to_hit(struct lw_app *app)
{
    if (app->hit[app->hit_at].pane < 0)
        open_response_of_hit(app);
    struct lw_hit h = app->hit[app->hit_at];
    lw_app_show_place(app, h.pane < 0 ? app->active : h.pane, h.at.s);
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_FOUND, app->find.data, app->hit_at + 1,
        app->nhits, app->nhits == LW_HITS_MAX ? "+" : "");
}

static int place_of_pane(const struct lw_app *app)
{
    return app->active == 0 ? 0 : 1 + lw_shown_place(app, app->active);
}

/* The first match at or after the top of the active pane. */
static size_t nearest_hit(const struct lw_app *app)
{
    const struct lw_pane *p = &app->pane[app->active];
    int place = place_of_pane(app);
    for (size_t i = 0; i < app->nhits; i++)
        if (app->hit[i].place > place || (app->hit[i].place == place && app->hit[i].pane >= 0 &&
                                             lw_doc_line_of(&p->doc, app->hit[i].at.s) >= p->top))
            return i;
    return 0;
}

void lw_app_search(struct lw_app *app, const char *typed, size_t n)
{
    lw_buf_clear(&app->find);
    lw_buf_add(&app->find, typed, n);
    lw_hits_update(app);
    app->hit_at = nearest_hit(app);
    if (app->nhits > 0)
        go_to_hit(app);
    else if (n > 0)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_IN_TASK, app->find.data);
}

void lw_app_search_again(struct lw_app *app, int by)
{
    if (app->find.len == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_SEARCH);
    } else if (app->nhits == 0) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_IN_TASK, app->find.data);
    } else {
        app->hit_at = (app->hit_at + app->nhits + (size_t)by) % app->nhits;
        go_to_hit(app);
    }
}
