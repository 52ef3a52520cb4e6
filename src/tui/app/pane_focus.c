/* Keeps pane and question together: of several responses, the one looked at is the one asked about.
 * Also the keys of options, which may belong to another question than the focused one. */
#include "tui/app/screens_internal.h"

/* ---- from the panes to the questions */

static void ask_about(struct lw_app *app, int response)
{
    int about = lw_app_focused_response(app);
    if (about < 0 || about == response)
        return;
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_RESPONSE, .number = response});
    about = lw_app_focused_response(app);
    if (about == response)
        app->followed = about; /* the pane already shows it */
}

void lw_app_go_to_pane(struct lw_app *app, int pane)
{
    app->active = pane;
    if (app->zoom)
        app->laid_out = false;
    if (pane > 0)
        ask_about(app, app->pane[pane].response);
}

void lw_app_go_to_place(struct lw_app *app, int place)
{
    lw_layout_show_place(app, place);
    lw_app_go_to_pane(app, 1 + place - app->first);
}

/* Cycles through the prompt and every response. */
void lw_app_other_pane(struct lw_app *app)
{
    int n = (int)lw_sitting_view(app->s)->task->nresponses;
    if (app->npanes < 2)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_ONE_PANE);
    else if (app->active == 0)
        lw_app_go_to_place(app, 0);
    else if (lw_shown_place(app, app->active) + 1 < n)
        lw_app_go_to_place(app, lw_shown_place(app, app->active) + 1);
    else
        lw_app_go_to_pane(app, 0);
}

/* ---- from the questions to the panes */

static bool bring_missed(struct lw_app *app, int response)
{
    if (response < 0 || lw_app_is_shown(app, response))
        return false;
    lw_layout_bring_response(app, response);
    if (lw_sitting_view(app->s)->task->nresponses > 1)
        lw_sitting_notify(
            app->s, LW_TONE_INFO, LW_APP_THIS_IS, lw_sitting_letter(app->s, response));
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_THIS_IS_RESPONSE);
    return true;
}

bool lw_app_refuses_unseen(struct lw_app *app)
{
    return bring_missed(app, lw_app_focused_response(app));
}

static bool refuses(struct lw_app *app, bool hidden)
{
    if (hidden)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_TASK_HIDDEN);
    return hidden;
}

bool lw_app_refuses_covered(struct lw_app *app)
{
    return refuses(app, lw_app_is_covered(app));
}

bool lw_app_refuses_hidden(struct lw_app *app)
{
    return refuses(app, lw_app_is_hidden(app));
}

int lw_app_target_response(const struct lw_app *app)
{
    int about = lw_app_focused_response(app);
    if (about < 0)
        about = app->pane[app->active].response;
    if (about < 0 && app->npanes > 1)
        about = app->pane[1].response;
    return about;
}

/* ---- boxes */

static int about(const struct lw_app *app, size_t slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    return lw_slot_response(v->opts.project, v->task, v->slot[slot]);
}

/* About the wanted response, else the first one. */
bool lw_app_focus_type(struct lw_app *app, enum lw_qtype type)
{
    struct lw_sitting *s = app->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_question *q = lw_app_question(app);
    int wanted = lw_app_target_response(app);
    size_t best = v->nslots;
    if (q && q->type == type)
        return true;
    for (size_t i = v->nslots; i-- > 0;) {
        bool fits =
            v->opts.project->question[v->slot[i].question].type == type && lw_app_looks_at(app, i);
        bool better = about(app, i) == wanted || best == v->nslots || about(app, best) != wanted;
        if (fits && better)
            best = i;
    }
    if (best < v->nslots)
        lw_sitting_run(s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)best});
    return best < v->nslots;
}

void lw_app_save_focus(struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    if (s->task && s->nslots)
        app->home = s->slot[s->focus];
}

/* Its place among the current questions; the focus if it is not asked any more. */
static size_t home(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == app->home.question && s->slot[i].item == app->home.item)
            return i;
    return s->focus;
}

void lw_app_move_on(struct lw_app *app)
{
    if (lw_sitting_view(app->s)->task && lw_sitting_view(app->s)->nslots)
        lw_sitting_run(
            app->s, &(struct lw_command){.id = LW_CMD_MOVE_ON, .number = (int64_t)home(app)});
}

/* ---- keys of options */

static const struct lw_question *question_of(const struct lw_app *app, size_t slot)
{
    return &lw_sitting_view(app->s)
                ->opts.project->question[lw_sitting_view(app->s)->slot[slot].question];
}

static void choose(struct lw_app *app, size_t option)
{
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_TOGGLE, .number = (int64_t)option});
}

/* Sets a flag of another question; the focus stays. */
static void flag(struct lw_app *app, size_t slot, size_t option)
{
    lw_app_save_focus(app);
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)slot});
    choose(app, option);
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)home(app)});
}

/* The flags question, of the response shown or of the task, that has an option with this key. */
static bool find_flag(const struct lw_app *app, char32_t key, size_t *slot, size_t *option)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    int wanted = lw_app_target_response(app);
    for (*slot = 0; *slot < s->nslots; (*slot)++) {
        int response = about(app, *slot);
        const struct lw_question *q = question_of(app, *slot);
        if (q->type == LW_Q_TAGS && (response < 0 || response == wanted) &&
            lw_app_looks_at(app, *slot) && lw_option_of_key(q, key, option))
            return true;
    }
    return false;
}

/* True when it may be answered now; otherwise says why not. */
static bool may_answer(struct lw_app *app, int response)
{
    return !lw_app_refuses_covered(app) && !lw_sitting_guards_answer(app->s) &&
           !bring_missed(app, response);
}

bool lw_app_option_key(struct lw_app *app, struct lw_key key)
{
    const struct lw_question *q = lw_app_question(app);
    size_t slot, option;
    if (!q || key.name != LW_KEY_CHAR || key.ctrl || key.meta)
        return false;
    bool marks = q->type == LW_Q_SPANS || q->type == LW_Q_BOXES; /* only while marking */
    if (!marks && lw_option_of_key(q, key.ch, &option)) {
        if (may_answer(app, lw_app_focused_response(app)))
            choose(app, option);
        return true;
    }
    if (lw_keymap_has(app->keys, key) || !find_flag(app, key.ch, &slot, &option))
        return false;
    if (may_answer(app, about(app, slot)))
        flag(app, slot, option);
    return true;
}
