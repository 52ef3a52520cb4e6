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

bool lw_talk_grows(const struct lw_app *app, int response)
{
    return response >= 0 && json_is_true(json_object_get(reply(app, response), "live"));
}

bool lw_talk_reply_remark(const struct lw_app *app, int response, char *to, size_t n)
{
    bool live = lw_talk_grows(app, response), cut = json_object_get(reply(app, response), "cut");
    if (live)
        snprintf(to, n, LW_VIEW_COMING);
    else if (cut)
        snprintf(to, n, LW_VIEW_CUT);
    return live || cut;
}

/* ---- the cursor */

static int line_cols(const struct lw_doc *doc, size_t line)
{
    struct lw_doc_line l = lw_doc_line_at(doc, line);
    int cols = l.own ? lw_cols(l.text.s, l.text.n, -1) : 0;
    for (size_t i = 0; i < l.nruns; i++)
        cols += lw_cols(l.run[i].s, l.run[i].n, -1);
    return cols;
}

static bool shows_growth(const struct lw_pane *p)
{
    return p->growing > 0 && p->doc.n > 0 && lw_pane_shows_end(p);
}

/* The active one, else the first. */
static const struct lw_pane *growing_pane(const struct lw_app *app)
{
    const struct lw_pane *found = app->npanes > 0 ? &app->pane[app->active] : NULL;
    for (int i = 1; i < app->npanes && !shows_growth(found); i++)
        found = &app->pane[i];
    return found && shows_growth(found) ? found : NULL;
}

/* Where nothing is to be answered but the talk itself, the cursor stands where the reply goes on,
 * as that of somebody who types; so it needs not be moved there and back for each word. */
void lw_view_reply_cursor(const struct lw_app *app, struct lw_area all)
{
    const struct lw_question *q = lw_app_question(app);
    const struct lw_pane *p = growing_pane(app);
    if (!p || !q || q->type != LW_Q_TALK)
        return;
    int row = p->row + (int)(p->doc.n - 1 - p->top);
    lw_draw_cursor(lw_area_cols(all, p->col, p->cols), row,
        1 + p->doc.left + line_cols(&p->doc, p->doc.n - 1));
}

/* What comes next in the talk: its replies, the best of them, a turn. */
struct lw_hint lw_talk_hint(const struct lw_app *app)
{
    static char digits[8];
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    const json_t *talk = lw_sitting_talk(app->s);
    if (lw_talk_live(talk) > 0)
        return (struct lw_hint){NULL, LW_CMD_STOP, "stop"};
    if (lw_talk_awaits_choice(rules(app), talk, lw_talk_at(talk))) {
        snprintf(digits, sizeof digits, "1-%zu", v->task->nresponses);
        return (struct lw_hint){digits, LW_CMD_DIGIT, "best"};
    }
    if (lw_sitting_awaits_reply(app->s))
        return (struct lw_hint){NULL, LW_CMD_ASK, "ask"};
    bool called = lw_talk_next(rules(app), lw_sitting_talk(app->s)) == LW_TALK_TOOL;
    return (struct lw_hint){"Space", LW_CMD_SAY, called ? "result" : "next turn"};
}
