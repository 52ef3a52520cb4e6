/* What is said above the first task of a session, and then in its messages. How it looks is
 * view_opening.c's. */
#include "tui/app/screens_internal.h"

#include "labelwright/workspace/project_open.h"

#include <stdlib.h>

void lw_app_open(
    struct lw_app *app, const struct lw_survey *survey, const char *const *sentences, size_t n)
{
    app->opening = (struct lw_opening){survey, sentences, n, survey || n > 0, false, false};
}

/* Not before the first key: by then the tasks of most files are counted. */
void lw_opening_log(struct lw_app *app)
{
    struct lw_opening *o = &app->opening;
    if (!o->open || o->logged)
        return;
    o->logged = true;
    for (size_t i = o->n; i-- > 0;) /* the newest is read first */
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s", o->sentence[i]);
    char *line = o->survey ? lw_survey_line(o->survey, lw_sitting_view(app->s)->opts.tasks) : NULL;
    if (line)
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s", line);
    lw_sitting_clear_message(app->s);
    free(line);
}

void lw_opening_take_first_row(struct lw_app *app)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    struct lw_err err = {0};
    if (!lw_opening_takes_header(app)) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_FIRST_ROW);
        return;
    }
    bool names = lw_tasks_header(w->tasks) == LW_HEADER_YES;
    enum lw_header other = names ? LW_HEADER_NO : LW_HEADER_YES;
    app->opening.reopens = lw_project_take_header(w->sys, w->project, other, &err) == LW_OK;
    if (app->opening.reopens)
        app->action = LW_ACTION_REOPEN;
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, "%s", err.text);
}
