/* The keys of a talk: open the editor for a turn, ask, stop; and the panes while replies come. What
 * comes, and how, is the desk's. */
#include "tui/app/screens_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/desk/desk.h"
#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"
#include "labelwright/sitting/talking.h"

#include <stdlib.h>
#include <string.h>

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

static int64_t now(const struct lw_app *app)
{
    return lw_clock_mono_ms(view(app)->opts.sys);
}

/* ---- turns */

static void open_turn(struct lw_app *app)
{
    lw_app_save_focus(app);
    lw_sitting_focus_talk(app->s);
    lw_layout_update(app);
    lw_correction_open(app);
}

void lw_talk_key_say(struct lw_app *app)
{
    if (lw_sitting_check_command(app->s, LW_CMD_SAY) && !lw_sitting_refuses_turn(app->s, false))
        open_turn(app);
}

static bool is_own(const struct lw_app *app, int turn)
{
    const struct lw_task *t = view(app)->task;
    return turn >= (int)t->own_turns && turn < (int)t->nturns &&
           strcmp(t->turn[turn].role, lw_talk_role(LW_TALK_USER)) == 0;
}

/* The turn of the user's own that is looked at in the conversation, else the last one. */
static const json_t *own_turn(const struct lw_app *app)
{
    const json_t *talk = lw_sitting_talk(app->s);
    int turn = app->active == 0 ? lw_app_seen_item(app, 0) : -1;
    while (turn >= 0 && !is_own(app, turn))
        turn--;
    if (turn >= 0)
        return lw_talk_find(talk, view(app)->task->turn[turn].id);
    turn = (int)view(app)->task->nturns - 1;
    while (turn > 0 && !is_own(app, turn))
        turn--;
    return lw_talk_find(talk, view(app)->task->turn[turn].id);
}

void lw_talk_key_say_anew(struct lw_app *app)
{
    if (!lw_sitting_check_command(app->s, LW_CMD_SAY_ANEW) || lw_sitting_refuses_turn(app->s, true))
        return;
    const json_t *m = own_turn(app), *text = json_object_get(m, "text");
    char *id = lw_strdup(json_string_value(json_object_get(m, "id")));
    char *words = lw_strndup(json_string_value(text), json_string_length(text));
    lw_sitting_type_turn(app->s, words, json_string_length(text), id);
    free(words);
    free(id);
    open_turn(app);
}

/* The talk goes on from the best reply, so that is the one to correct. */
void lw_talk_key_look_at_best(struct lw_app *app)
{
    const json_t *talk = lw_sitting_talk(app->s);
    const char *best = lw_talk_best(talk, lw_talk_at(talk));
    int response = best ? lw_target_find(LW_ON_RESPONSE, view(app)->task, best) : -1;
    if (response >= 0)
        lw_layout_bring_response(app, response);
}

/* ---- asking */

/* A window that only views has no desk. */
static struct lw_desk *desk(struct lw_app *app, enum lw_command_id id)
{
    bool may = lw_sitting_check_command(app->s, id);
    if (may && !lw_sitting_talks(app->s))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_TALK);
    return may && lw_sitting_talks(app->s) ? app->desk : NULL;
}

void lw_talk_key_said(struct lw_app *app)
{
    app->turn_said = false;
    lw_sitting_focus_talk(app->s);
    if (app->desk)
        lw_desk_said(app->desk);
}

void lw_talk_key_ask(struct lw_app *app)
{
    if (desk(app, LW_CMD_ASK))
        lw_desk_ask(app->desk);
}

/* The reply that is looked at. */
void lw_talk_key_go_on(struct lw_app *app)
{
    const struct lw_task *t = view(app)->task;
    if (!desk(app, LW_CMD_GO_ON))
        return;
    int response = app->active > 0 ? app->pane[app->active].response : 0;
    lw_desk_go_on(app->desk, t->nresponses > 0 ? t->response[response].id : NULL);
}

void lw_talk_key_stop(struct lw_app *app)
{
    if (!desk(app, LW_CMD_STOP))
        return;
    lw_desk_stop(app->desk);
    lw_app_talk_work(app);
}

/* ---- while replies come */

/* A reply is read from its top, at the reader's pace. Who went to its end sees the new one: then
 * part of the pane is empty, so that the text stands still while that is filled. */
static void keep_end_in_sight(struct lw_app *app, const bool *was)
{
    lw_layout_update(app);
    for (int i = 1; i < app->npanes; i++) {
        struct lw_pane *p = &app->pane[i];
        if (!was[i] || p->growing == 0)
            continue;
        lw_doc_reach(&p->doc, SIZE_MAX);
        if (p->doc.n > p->top + (size_t)p->rows)
            p->top = lw_pane_last(p);
    }
}

static void note_ends(const struct lw_app *app, bool *at_end)
{
    for (int i = 0; i < LW_PANES; i++) {
        const struct lw_pane *p = &app->pane[i];
        at_end[i] = i < app->npanes && p->top > 0 && p->top + (size_t)p->rows >= p->doc.n;
    }
}

bool lw_app_talk_work(struct lw_app *app)
{
    bool at_end[LW_PANES];
    if (!lw_desk_busy(app->desk))
        return false;
    note_ends(app, at_end);
    if (!lw_desk_work(app->desk))
        return false;
    int64_t began = now(app);
    keep_end_in_sight(app, at_end);
    lw_desk_took(app->desk, now(app) - began);
    return true;
}
