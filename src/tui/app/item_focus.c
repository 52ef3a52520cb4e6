/* The turn, step or span that is looked at: keys that go from one to the next, and the question
 * that follows what is scrolled to. How it is marked in the text is items.c's. */
#include "tui/app/screens_internal.h"
#include "tui/view/items_internal.h"

#include "labelwright/project/task_target.h"

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

static enum lw_target target(const struct lw_app *app, size_t slot)
{
    return view(app)->opts.project->question[view(app)->slot[slot].question].on;
}

static bool is_item(enum lw_target on)
{
    return on == LW_ON_TURN || on == LW_ON_STEP || on == LW_ON_SPAN;
}

/* ---- what is on the screen */

/* The first item that begins on the pane's rows, else the one that has begun above; -1 for none. */
static int seen_in(const struct lw_pane *p)
{
    size_t end = p->top + (size_t)(p->rows > 0 ? p->rows : 0), line = p->top;
    for (; line < end && line < p->doc.n; line++)
        if (lw_doc_item_at(&p->doc, line) >= 0)
            return lw_doc_item_at(&p->doc, line);
    for (line = p->top < p->doc.n ? p->top : 0; line-- > 0;)
        if (lw_doc_item_at(&p->doc, line) >= 0)
            return lw_doc_item_at(&p->doc, line);
    return -1;
}

int lw_app_seen_item(const struct lw_app *app, int pane)
{
    return seen_in(&app->pane[pane]);
}

static bool is_seen(struct lw_pane *p, int item)
{
    size_t line = lw_doc_item_line(&p->doc, item), next = lw_doc_item_line(&p->doc, item + 1);
    return line != SIZE_MAX && p->rows > 0 && line < p->top + (size_t)p->rows &&
           (next == SIZE_MAX || next > p->top);
}

static int focused_item(const struct lw_app *app, enum lw_target on)
{
    int pane, item = lw_items_focused(app, &pane);
    return item >= 0 && target(app, view(app)->focus) == on ? item : -1;
}

bool lw_app_looks_at(const struct lw_app *app, size_t slot)
{
    enum lw_target on = target(app, slot);
    if (!is_item(on))
        return true;
    int item = focused_item(app, on);
    if (item < 0 && on != LW_ON_SPAN)
        item = seen_in(&app->pane[app->active]);
    return item < 0 || view(app)->slot[slot].item == item;
}

/* ---- the question goes along */

/* To the same question about the item, else to the first one about it. */
static bool ask_about(struct lw_app *app, enum lw_target on, int item)
{
    const struct lw_sitting_view *v = view(app);
    size_t best = v->nslots;
    for (size_t i = v->nslots; i-- > 0;) {
        if (target(app, i) != on || v->slot[i].item != item)
            continue;
        if (best == v->nslots || v->slot[best].question != v->slot[v->focus].question)
            best = i;
    }
    if (best < v->nslots)
        lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)best});
    return best < v->nslots;
}

void lw_app_ask_about_seen(struct lw_app *app)
{
    int pane, focused = lw_items_focused(app, &pane);
    struct lw_pane *p = &app->pane[app->active];
    if (focused < 0 || target(app, view(app)->focus) == LW_ON_SPAN ||
        (pane == app->active && is_seen(p, focused)))
        return;
    int seen = seen_in(p);
    if (seen >= 0 && ask_about(app, target(app, view(app)->focus), seen))
        app->followed_item = seen; /* it is on the screen already */
}

/* ---- from one to the next */

/* The item beside the focused one, in the order of the questions; -1 for none. */
static int beside(const struct lw_app *app, int by)
{
    const struct lw_sitting_view *v = view(app);
    enum lw_target on = target(app, v->focus);
    for (size_t i = v->focus + (size_t)by; i < v->nslots; i += (size_t)by)
        if (target(app, i) == on && v->slot[i].item != v->slot[v->focus].item)
            return v->slot[i].item;
    return -1;
}

/* The first question about what is seen; false where there is none. */
static bool begin_at_seen(struct lw_app *app)
{
    int seen = seen_in(&app->pane[app->active]);
    return seen >= 0 && (ask_about(app, LW_ON_TURN, seen) || ask_about(app, LW_ON_STEP, seen));
}

/* The nearest line, from the top of the pane, where a turn begins; SIZE_MAX for none. */
static size_t line_beside(const struct lw_pane *p, int by)
{
    size_t line = p->top + (size_t)by;
    while (line < p->doc.n && lw_doc_item_at(&p->doc, line) < 0)
        line += (size_t)by;
    return line < p->doc.n ? line : SIZE_MAX;
}

/* Where nothing is asked about turns, the conversation only scrolls. */
static bool scroll_to_next(struct lw_app *app, int by)
{
    struct lw_pane *p = &app->pane[0];
    size_t line = line_beside(p, by), last = lw_pane_last(p);
    if (line == SIZE_MAX || (by > 0 && p->top >= last))
        return false;
    p->top = line < last ? line : last;
    app->active = 0;
    return true;
}

void lw_app_next_item(struct lw_app *app, int by)
{
    const struct lw_sitting_view *v = view(app);
    int pane, focused = v->nslots ? lw_items_focused(app, &pane) : -1;
    int next = focused < 0 ? -1 : beside(app, by);
    const char *end = by > 0 ? LW_APP_LAST_ITEM : LW_APP_FIRST_ITEM;
    if (next >= 0) {
        ask_about(app, target(app, v->focus), next);
        lw_layout_update(app);
        lw_items_focused(app, &pane);
        app->active = app->pane[pane].rows > 0 ? pane : app->active;
    } else if (focused >= 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, end, lw_target_type(target(app, v->focus))->noun);
    } else if (!(v->nslots && begin_at_seen(app)) && !scroll_to_next(app, by)) {
        lw_sitting_notify(app->s, LW_TONE_INFO, end, lw_target_type(LW_ON_TURN)->noun);
    }
}
