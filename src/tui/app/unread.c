/* Which responses the screen has shown to their end, and the way to one that must be read before a
 * label. Whether it must is the session's to say (read_to_end.c). */
#include "tui/app/screens_internal.h"

#include <stdio.h>

static bool hides_text(const struct lw_pane *p)
{
    return p->doc.folds_parts || lw_doc_has_folds(&p->doc);
}

void lw_unread_note(struct lw_app *app)
{
    for (int i = 1; i < app->npanes && !lw_app_is_hidden(app); i++) {
        const struct lw_pane *p = &app->pane[i];
        if (p->rows > 0 && lw_pane_shows_end(p) && !hides_text(p))
            lw_sitting_note_read(app->s, p->response);
    }
}

/* The pane that shows the response from now on. */
static const struct lw_pane *bring(struct lw_app *app, int response)
{
    lw_layout_bring_response(app, response);
    lw_layout_update(app);
    lw_app_go_to_pane(app, app->active);
    lw_layout_update(app);
    return &app->pane[app->active];
}

static void notify(struct lw_app *app, const struct lw_pane *p)
{
    struct lw_buf down = {0}, end = {0}, blocks = {0}, parts = {0};
    char which[16] = LW_APP_UNREAD_ONE;
    if (lw_sitting_view(app->s)->task->nresponses > 1)
        snprintf(which, sizeof which, "%c", lw_sitting_letter(app->s, p->response));
    lw_keymap_keys(app->keys, LW_CMD_PAGE_DOWN, SIZE_MAX, &down);
    lw_keymap_keys(app->keys, LW_CMD_BOTTOM, SIZE_MAX, &end);
    lw_keymap_keys(app->keys, LW_CMD_FOLD_BLOCKS, 1, &blocks);
    lw_keymap_keys(app->keys, LW_CMD_FOLD, 1, &parts);
    if (!lw_pane_shows_end(p))
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_UNREAD_BELOW, which, down.data, end.data);
    else if (hides_text(p))
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_UNREAD_FOLDED, which,
            lw_doc_has_folds(&p->doc) ? blocks.data : parts.data);
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_UNREAD_SHOWN, which);
    lw_buf_fini(&down);
    lw_buf_fini(&end);
    lw_buf_fini(&blocks);
    lw_buf_fini(&parts);
}

void lw_unread_show(struct lw_app *app)
{
    if (lw_sitting_view(app->s)->about == LW_ABOUT_UNREAD && app->over == LW_OVERLAY_NONE)
        notify(app, bring(app, lw_sitting_unread(app->s)));
}
