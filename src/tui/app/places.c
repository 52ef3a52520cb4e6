/* To a place in a text: unfolds what it is in, lays out as far as it, and scrolls its pane. Who
 * wants to go where is in find_bar.c, jump.c, mistakes.c and reading.c. */
#include "tui/app/screens_internal.h"

static void scroll_to_line(struct lw_pane *p, size_t line)
{
    lw_doc_reach(&p->doc, line + (size_t)p->rows);
    size_t last = lw_pane_last(p);
    p->top = line < last ? line : last;
}

static void show_at_top(struct lw_pane *p, const char *at)
{
    lw_doc_reach_place(&p->doc, at);
    scroll_to_line(p, lw_doc_line_of(&p->doc, at));
}

struct lw_places lw_places_now(const struct lw_app *app)
{
    struct lw_places now = {0};
    for (int i = 0; i < app->npanes; i++)
        if (app->pane[i].top > 0)
            now.top[i] = lw_doc_place(&app->pane[i].doc, app->pane[i].top);
    return now;
}

void lw_places_return(struct lw_app *app, const struct lw_places *to)
{
    app->laid_out = false;
    lw_layout_update(app);
    for (int i = 0; i < app->npanes; i++)
        if (to->top[i])
            show_at_top(&app->pane[i], to->top[i]);
}

void lw_app_flip_in_place(struct lw_app *app, bool *flag)
{
    struct lw_places now = lw_places_now(app);
    *flag = !*flag;
    lw_places_return(app, &now);
}

/* The pane, with the place in it laid out and not folded. */
static struct lw_pane *reach(struct lw_app *app, int pane, const char *at)
{
    struct lw_pane *p = &app->pane[pane];
    lw_app_go_to_pane(app, pane);
    lw_layout_update(app);
    lw_doc_reach_place(&p->doc, at);
    if (lw_doc_is_folded(&p->doc, at))
        lw_app_flip_in_place(app, &app->how.fold);
    lw_doc_reach_place(&p->doc, at);
    return p;
}

void lw_app_show_at_top(struct lw_app *app, int pane, const char *at)
{
    show_at_top(reach(app, pane, at), at);
}

void lw_app_show_place(struct lw_app *app, int pane, const char *at)
{
    struct lw_pane *p = reach(app, pane, at);
    size_t line = lw_doc_line_of(&p->doc, at), rows = (size_t)(p->rows > 0 ? p->rows : 1);
    if (line < p->top || line >= p->top + rows)
        scroll_to_line(p, line > rows / 3 ? line - rows / 3 : 0);
}
