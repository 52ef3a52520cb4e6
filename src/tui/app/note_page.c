/* The page that compares a practice task, just labeled, with what is known of it. It comes by
 * itself over the next task and goes with any key; what it says is the sitting's. */
#include "tui/app/screens_internal.h"

#include <string.h>

static void add_text(const struct lw_app *app, struct lw_doc *to, enum lw_role role, const char *s)
{
    if (s)
        lw_doc_text(to, (struct lw_span){s, strlen(s)}, lw_text_cols(app, app->cols - 2), role,
            LW_READ_SOURCE);
}

static bool agrees(enum lw_agreement how)
{
    return how == LW_AGREE_SAME || how == LW_AGREE_NEAR;
}

static void add_line(
    const struct lw_app *app, const struct lw_practice_line *line, struct lw_doc *to)
{
    bool differs = !agrees(line->how) && line->how != LW_AGREE_UNJUDGED;
    add_text(app, to, differs ? LW_ROLE_WARNING : LW_ROLE_TEXT, line->text);
    if (line->why)
        lw_doc_words(to, LW_ROLE_DIM, lw_text_cols(app, app->cols - 2), LW_APP_NOTE_WHY, line->why);
}

static void fill(const struct lw_app *app, struct lw_doc *to)
{
    const struct lw_practice_note *note = lw_sitting_view(app->s)->note;
    for (size_t i = 0; note && i < note->n; i++)
        add_line(app, &note->v[i], to);
    if (note && note->why) {
        lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
        add_text(app, to, LW_ROLE_TEXT, note->why);
    }
    if (note && note->sum) {
        lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
        add_text(app, to, LW_ROLE_TEXT, note->sum);
    }
}

void lw_note_follow(struct lw_app *app)
{
    bool there = lw_sitting_view(app->s)->note != NULL;
    if (there && app->over == LW_OVERLAY_NONE)
        lw_pager_open(app, LW_OVERLAY_NOTE, fill);
    else if (!there && app->over == LW_OVERLAY_NOTE)
        lw_pager_close(app);
}

void lw_note_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    if (id == LW_CMD_REDRAW)
        app->action = LW_ACTION_REDRAW;
    else if (id == LW_CMD_SUSPEND)
        app->action = LW_ACTION_SUSPEND;
    else if (lw_pager_scroll(app, key))
        return;
    else if (id == LW_CMD_TAKE_BACK)
        lw_sitting_reopen_noted(app->s);
    else
        lw_sitting_end_note(app->s);
}
