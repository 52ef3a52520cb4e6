/* To a place in a text: unfolds what it is in, lays out as far as it, and scrolls its pane. Who
 * wants to go where is in find_bar.c, jump.c and mistakes.c. */
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

/* The pane, with the place in it laid out and not folded. */
static struct lw_pane *reach(struct lw_app *app, int pane, const char *at)
{
    struct lw_pane *p = &app->pane[pane];
    lw_app_go_to_pane(app, pane);
    lw_layout_update(app);
    lw_doc_reach_place(&p->doc, at);
    if (lw_doc_is_folded(&p->doc, at)) {
        app->how.fold = app->laid_out = false;
        lw_layout_update(app);
    }
    lw_doc_reach_place(&p->doc, at);
    return p;
}

void lw_app_show_at_top(struct lw_app *app, int pane, const char *at)
{
    show_at_top(reach(app, pane, at), at);
    lw_pair_follow(app);
}

void lw_app_show_place(struct lw_app *app, int pane, const char *at)
{
    struct lw_pane *p = reach(app, pane, at);
    size_t line = lw_doc_line_of(&p->doc, at), rows = (size_t)(p->rows > 0 ? p->rows : 1);
    if (line < p->top || line >= p->top + rows)
        scroll_to_line(p, line > rows / 3 ? line - rows / 3 : 0);
    lw_pair_follow(app);
}
