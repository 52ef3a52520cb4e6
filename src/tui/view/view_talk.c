/* What the screen says of a talk: which message is typed, which reply is the best, which still
 * comes, and what comes next. The texts themselves stand in the panes, as those of any task. */
#include "tui/view/view_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct lw_talk_rules *rules(const struct lw_app *app)
{
    const struct lw_question *q = lw_talk_question(lw_sitting_view(app->s)->opts.project);
    return q ? q->talk : NULL;
}

/* ---- the message that is typed */

static void call_title(const json_t *talk, char title[LW_TURN_TITLE])
{
    json_t *calls = lw_talk_open_calls(talk);
    const char *name = json_string_value(json_object_get(json_array_get(calls, 0), "name"));
    snprintf(title, LW_TURN_TITLE, LW_VIEW_CALL_RESULT, name ? name : "?", json_array_size(calls));
    json_decref(calls);
}

static void turn_title(const struct lw_app *app, const json_t *talk, char title[LW_TURN_TITLE])
{
    const struct lw_talk_rules *r = rules(app);
    size_t turn = lw_talk_turns(talk) + 1;
    if (json_object_get(json_object_get(talk, "typed"), "instead"))
        snprintf(title, LW_TURN_TITLE, LW_VIEW_TURN_ANEW);
    else if (r && r->max_turns)
        snprintf(title, LW_TURN_TITLE, LW_VIEW_TURN_OF, turn, r->max_turns);
    else
        snprintf(title, LW_TURN_TITLE, LW_VIEW_TURN, turn);
}

bool lw_talk_typing(const struct lw_app *app, char title[LW_TURN_TITLE])
{
    const struct lw_question *q = lw_app_question(app);
    const json_t *talk = lw_sitting_talk(app->s);
    if (app->over != LW_OVERLAY_EDIT || !q || q->type != LW_Q_TALK)
        return false;
    enum lw_talk_next next = lw_talk_next(rules(app), talk);
    if (title && next == LW_TALK_TOOL)
        call_title(talk, title);
    else if (title && next == LW_TALK_ASSISTANT)
        snprintf(title, LW_TURN_TITLE, LW_VIEW_OTHER_SIDE);
    else if (title)
        turn_title(app, talk, title);
    return true;
}

/* ---- replies */

static const json_t *reply(const struct lw_app *app, int response)
{
    const struct lw_task *t = lw_sitting_view(app->s)->task;
    return lw_talk_find(lw_sitting_talk(app->s), t->response[response].id);
}

void lw_talk_reply_title(const struct lw_app *app, int response, char *to, size_t n)
{
    const json_t *talk = lw_sitting_talk(app->s);
    const char *at = lw_talk_at(talk), *id = lw_sitting_view(app->s)->task->response[response].id;
    to[0] = '\0';
    size_t place = lw_talk_place(lw_talk_order(talk, at), id);
    if (place == 1)
        snprintf(to, n, LW_VIEW_BEST);
    else if (place > 1 && rules(app) && rules(app)->rank)
        snprintf(to, n, LW_VIEW_RANKED, place);
}

bool lw_talk_reply_remark(const struct lw_app *app, int response, char *to, size_t n)
{
    const json_t *m = reply(app, response);
    bool live = json_is_true(json_object_get(m, "live"));
    if (live)
        snprintf(to, n, LW_VIEW_COMING);
    else if (json_object_get(m, "cut"))
        snprintf(to, n, LW_VIEW_CUT);
    return live || json_object_get(m, "cut");
}

/* What comes next in the talk: its replies, the best of them, a turn. */
struct lw_hint lw_talk_hint(const struct lw_app *app)
{
    static char digits[8];
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    const json_t *talk = lw_sitting_talk(app->s);
    if (lw_talk_live(talk) > 0)
        return (struct lw_hint){NULL, LW_CMD_STOP, "stop"};
    if (v->task->nresponses > 1 && !lw_talk_best(talk, lw_talk_at(talk))) {
        snprintf(digits, sizeof digits, "1-%zu", v->task->nresponses);
        return (struct lw_hint){digits, LW_CMD_DIGIT, "best"};
    }
    if (lw_sitting_awaits_reply(app->s))
        return (struct lw_hint){NULL, LW_CMD_ASK, "ask"};
    return (struct lw_hint){"Space", LW_CMD_SAY, "next turn"};
}
