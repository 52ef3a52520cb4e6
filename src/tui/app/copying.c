/* Copying what is on the screen to the clipboard of the terminal: the text of the active pane, as
 * it is in the record, or the task's id. Telling the terminal is the loop's, where the user wants
 * it. */
#include "tui/app/screens_internal.h"

#include "labelwright/project/task_target.h"

#include <string.h>

static void hand_over(struct lw_app *app, const char *what)
{
    if (app->copied.len == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_COPY_NOTHING);
        return;
    }
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_COPIED_OUT, what, app->copied.len);
    app->action = LW_ACTION_COPY;
}

static void add_prompt(const struct lw_task *t, struct lw_buf *to)
{
    for (int i = 0; i < (int)t->nturns; i++) {
        struct lw_span text = lw_target_text(LW_ON_TURN, t, i);
        if (i > 0)
            lw_buf_str(to, "\n\n");
        lw_buf_add(to, text.s ? text.s : "", text.n);
    }
}

void lw_copy_text(struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    int response = app->npanes > 0 ? app->pane[app->active].response : -1;
    char what[] = "response A";
    if (!v->task || lw_app_refuses_hidden(app))
        return;
    lw_buf_clear(&app->copied);
    if (response < 0) {
        add_prompt(v->task, &app->copied);
        hand_over(app, LW_APP_THE_PROMPT);
        return;
    }
    struct lw_span text = lw_target_text(LW_ON_RESPONSE, v->task, response);
    lw_buf_add(&app->copied, text.s ? text.s : "", text.n);
    if (v->task->nresponses > 1)
        what[sizeof what - 2] = lw_sitting_letter(app->s, response);
    else
        what[strlen("response")] = '\0';
    hand_over(app, what);
}

void lw_copy_id(struct lw_app *app)
{
    const struct lw_task *t = lw_sitting_view(app->s)->task;
    lw_buf_clear(&app->copied);
    if (t)
        lw_buf_str(&app->copied, t->id);
    hand_over(app, LW_APP_THE_ID);
}
