/* Tells the session what of the task is on the screen, after each frame: it counts what is seen of
 * hidden tags. */
#include "tui/app/screens_internal.h"
#include "tui/view/curtain_internal.h"

#include <string.h>

/* The task can be read beside or below it. */
static bool shows_task(enum lw_overlay over)
{
    switch (over) {
    case LW_OVERLAY_NONE:
    case LW_OVERLAY_PICKER:
    case LW_OVERLAY_PALETTE:
    case LW_OVERLAY_DIALOG:
    case LW_OVERLAY_THEMES:
    case LW_OVERLAY_REMAP:
    case LW_OVERLAY_EDIT:
    case LW_OVERLAY_JUMP:
    case LW_OVERLAY_MISSPELT:
    case LW_OVERLAY_MARKING:
    case LW_OVERLAY_BOXING:
        return true;
    default:
        return false;
    }
}

static bool is_first(const struct lw_pictures *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (p->v[k].used && strcmp(p->v[k].name, p->v[i].name) == 0)
            return false;
    return true;
}

/* Those that panes show; two may show the same one. */
static uint64_t count_pictures(const struct lw_pictures *p)
{
    uint64_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += p->v[i].used && p->v[i].read && !p->v[i].fault && is_first(p, i);
    return n;
}

/* Counted once for what is the same: a task may be long. */
static uint64_t count_characters(struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_shown_size *size = &app->shown_size;
    bool hidden = lw_app_is_hidden(app);
    if (size->task == v->show_count && size->talk == v->talk_count && size->hidden == hidden &&
        size->uncovered == app->uncovered)
        return size->characters;
    *size = (struct lw_shown_size){
        v->show_count, v->talk_count, app->uncovered, hidden, lw_curtain_shown(app)};
    return size->characters;
}

void lw_uncovered_note(struct lw_app *app)
{
    const struct lw_task *t = lw_sitting_view(app->s)->task;
    bool fits = app->rows >= LW_MIN_ROWS && app->cols >= LW_MIN_COLS;
    struct lw_uncovered now = {.visible = false};
    if (t && !t->unreadable && fits && shows_task(app->over) && !lw_app_is_covered(app))
        now = (struct lw_uncovered){true, count_characters(app), count_pictures(&app->pictures)};
    lw_sitting_note_uncovered(app->s, now);
}
