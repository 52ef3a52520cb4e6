/* While a text of the user's own is typed: which earlier one it is much like, and that one in place
 * of the task. It is looked for between keys; what is alike is text/likeness.c's. */
#include "tui/view/beside_writing_internal.h"

#include <stdlib.h>

static struct lw_slot slot_of(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    return v->slot[v->focus];
}

bool lw_likeness_waits(const struct lw_app *app)
{
    return app->over == LW_OVERLAY_EDIT && app->correction.like_waits;
}

bool lw_likeness_work(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    struct lw_like was = c->like;
    struct lw_span text = lw_entry_text(app);
    c->like_waits = false;
    if (!lw_sitting_like(app->s, slot_of(app), text.n ? text.s : "", text.n, &c->like))
        c->like = (struct lw_like){0};
    return was.id != c->like.id || was.percent != c->like.percent;
}

void lw_likeness_words(const struct lw_app *app, struct lw_buf *to)
{
    const struct lw_like *like = &app->correction.like;
    struct lw_buf task = {0};
    if (like->percent == 0)
        return;
    lw_sitting_describe_like(app->s, like->id, &task);
    lw_buf_fmt(to, app->correction.like_text ? LW_VIEW_LIKE_SHOWN : LW_VIEW_LIKE, task.data,
        like->percent);
    lw_buf_fini(&task);
}

bool lw_likeness_show(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    bool shown = c->like_text != NULL;
    if (c->like_waits)
        lw_likeness_work(app);
    lw_doc_clear(&c->task); /* it shows the text */
    free(c->like_text);
    c->like_text = NULL;
    lw_buf_clear(&c->like_task);
    if (!shown && c->like.percent > 0)
        c->like_text = lw_sitting_like_text(app->s, slot_of(app), c->like.id);
    if (c->like_text)
        lw_sitting_describe_like(app->s, c->like.id, &c->like_task);
    c->task_cols = -1; /* to be filled anew */
    c->task_top = 0;
    return shown || c->like_text;
}
