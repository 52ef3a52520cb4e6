/* The boxes for a line (a reason, a task, a search) and for a text (a note). */
#include "tui/app/screens_internal.h"

#include <stdlib.h>
#include <string.h>

/* A reason typed before is there again. */
void lw_dialog_open_line(struct lw_app *app, enum lw_dialog_for what)
{
    const char *reason = what == LW_DIALOG_SKIP && lw_sitting_view(app->s)->reason
                             ? lw_sitting_view(app->s)->reason
                             : "";
    lw_entry_begin(app, what, reason, strlen(reason));
    lw_entry_update(app);
}

void lw_dialog_open_text(struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    json_t *old = lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
    struct lw_span text = lw_text_of(old);
    lw_entry_begin(app, LW_DIALOG_TEXT, text.n ? text.s : "", text.n);
    app->input_was = json_deep_copy(old);
    lw_entry_offer_old(app);
    lw_mistakes_tell_lack(app);
    lw_entry_update(app);
}

static void leave_line(struct lw_app *app)
{
    lw_entry_close(app);
    lw_sitting_clear_message(app->s);
    if (app->input_for == LW_DIALOG_SKIP && lw_sitting_view(app->s)->reason)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOT_SKIPPED);
}

/* A text in a wrong format stays in the box. */
static bool refuses_format(struct lw_app *app, const char *text, size_t n)
{
    const struct lw_question *q = lw_app_question(app);
    char why[LW_LIMIT_WORDS];
    json_t *value = lw_text_value(text, n, false);
    bool wrong = n > 0 && q->format != LW_FORMAT_ANY && lw_value_is_unfinished(q, value, why);
    json_decref(value);
    if (wrong)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_TEXT_UNFIT, q->label, why);
    return wrong;
}

static void finish(struct lw_app *app)
{
    size_t n;
    enum lw_dialog_for what = app->input_for;
    const char *typed = lw_edit_text(app->input, &n);
    if (what == LW_DIALOG_TEXT && refuses_format(app, typed, n))
        return;
    char *text = lw_strndup(typed, n);
    lw_app_flush(app);
    if (what == LW_DIALOG_TEXT && (app->input_pushed || lw_edit_is_open(app->input_was)))
        lw_entry_answer(app, text, n, 0);
    lw_entry_close(app);
    if (what == LW_DIALOG_SKIP)
        lw_sitting_run(app->s, &(struct lw_command){LW_CMD_SKIP_WITH, 0, text, n});
    else if (what == LW_DIALOG_GO && n > 0)
        lw_sitting_run(app->s, &(struct lw_command){LW_CMD_GO, 0, text, n});
    else if (what == LW_DIALOG_FIND)
        lw_app_search(app, text, n);
    free(text);
}

static void type(struct lw_app *app, struct lw_key key)
{
    bool text = app->input_for == LW_DIALOG_TEXT;
    bool line_end = (key.name == LW_KEY_ENTER && key.meta) || (key.ctrl && key.ch == 'n');
    if (text && line_end)
        lw_entry_paste(app, "\n", 1);
    else if (key.name == LW_KEY_ENTER || (key.ctrl && key.ch == 'x'))
        finish(app);
    else if (text && lw_entry_is_leave_key(key))
        lw_entry_leave(app);
    else if (lw_entry_is_leave_key(key))
        leave_line(app);
    else if (text && key.ctrl && key.ch == 't')
        app->action = LW_ACTION_EXTERNAL_EDITOR;
    else if (!(lw_app_is_writing(app) && lw_mistakes_key(app, key)) &&
             !(text && lw_entry_old_key(app, key)))
        lw_entry_type(app, key, lw_typed_lines(app).cols);
}

void lw_dialog_key(struct lw_app *app, struct lw_key key)
{
    if (app->spelling.word)
        lw_mistake_key(app, key);
    else
        type(app, key);
    lw_entry_update(app);
}
