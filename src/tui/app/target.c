/* Keeps pane and question together: of several responses, the one shown is the one asked about. */
#include "tui/app/app_parts_internal.h"

int lw_app_focused_response(const struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    return s->task && s->nslots ? s->slot[s->focus].response : -1;
}

bool lw_app_shows(const struct lw_app *d, int response)
{
    for (int i = 1; i < d->npanes; i++)
        if (d->pane[i].rows > 0 && d->pane[i].response == response)
            return true;
    return false;
}

bool lw_app_judges(const struct lw_app *d, int response)
{
    return response >= 0 && lw_sitting_view(d->s)->task->nresponses > 1 &&
           lw_app_focused_response(d) == response;
}

/* --- from the panes to the questions ---------------------------------------------------------- */

static void ask_about(struct lw_app *d, int response)
{
    int about = lw_app_focused_response(d);
    if (about < 0 || about == response)
        return;
    lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_RESPONSE, .number = response});
    about = lw_app_focused_response(d);
    if (about == response)
        d->followed = about; /* the pane already shows it */
}

void lw_app_go_to_pane(struct lw_app *d, int pane)
{
    d->active = pane;
    if (d->zoom)
        d->laid_out = false;
    if (pane > 0)
        ask_about(d, d->pane[pane].response);
}

void lw_app_show_place(struct lw_app *d, int place)
{
    if (d->single != place) {
        d->single = place;
        d->pane[1].top = 0;
        d->laid_out = false;
    }
    d->pane[1].response = lw_sitting_view(d->s)->order[place];
    lw_app_go_to_pane(d, 1);
}

/* Cycles through the prompt and every response. */
void lw_app_other_pane(struct lw_app *d)
{
    int n = (int)lw_sitting_view(d->s)->task->nresponses;
    if (d->npanes < 2)
        lw_sitting_notify(d->s, LW_TONE_INFO, "Only one pane here.");
    else if (lw_app_pair(d) || n == 1)
        lw_app_go_to_pane(d, (d->active + 1) % d->npanes);
    else if (d->active == 0)
        lw_app_show_place(d, 0);
    else if (d->single + 1 < n)
        lw_app_show_place(d, d->single + 1);
    else
        lw_app_go_to_pane(d, 0);
}

/* --- from the questions to the panes ---------------------------------------------------------- */

static int place_of(const struct lw_sitting *s, int response)
{
    int place = 0;
    while (lw_sitting_view(s)->order[place] != response)
        place++;
    return place;
}

static void show_response(struct lw_app *d, int response)
{
    int place = place_of(d->s, response), pane = lw_app_pair(d) ? 1 + place : 1;
    if (!lw_app_pair(d) && d->single != place) {
        d->single = place;
        d->pane[1].top = 0;
        d->laid_out = false;
    }
    if (d->active != pane && d->zoom)
        d->laid_out = false;
    d->active = pane;
}

static bool missed(struct lw_app *d, int response)
{
    if (response < 0 || lw_app_shows(d, response))
        return false;
    show_response(d, response);
    if (lw_sitting_view(d->s)->task->nresponses > 1)
        lw_sitting_notify(d->s, LW_TONE_INFO, "This is %c. Press the key again to answer.",
            lw_sitting_letter(d->s, response));
    else
        lw_sitting_notify(
            d->s, LW_TONE_INFO, "This is the response. Press the key again to answer.");
    return true;
}

/* The pane follows the question to another response; until then `o` can show any. */
void lw_app_follow_focus(struct lw_app *d)
{
    int about = lw_app_focused_response(d);
    if (about >= 0 && about != d->followed)
        show_response(d, about);
    d->followed = about;
}

bool lw_app_missed_target(struct lw_app *d)
{
    return missed(d, lw_app_focused_response(d));
}

int lw_app_wanted_response(const struct lw_app *d)
{
    int about = lw_app_focused_response(d);
    if (about < 0)
        about = d->pane[d->active].response;
    if (about < 0 && d->npanes > 1)
        about = d->pane[1].response;
    return about;
}

/* --- boxes ------------------------------------------------------------------------------------ */

/* About the wanted response, else the first one. */
bool lw_app_focus_type(struct lw_app *d, enum lw_qtype type)
{
    struct lw_sitting *s = d->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_question *q = lw_app_question(d);
    int wanted = lw_app_wanted_response(d);
    size_t best = v->nslots;
    if (q && q->type == type)
        return true;
    for (size_t i = v->nslots; i-- > 0;) {
        bool fits = v->opts.project->question[v->slot[i].question].type == type;
        bool better =
            v->slot[i].response == wanted || best == v->nslots || v->slot[best].response != wanted;
        if (fits && better)
            best = i;
    }
    if (best < v->nslots)
        lw_sitting_run(s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)best});
    return best < v->nslots;
}

void lw_app_leave_home(struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    if (s->task && s->nslots)
        d->home = s->slot[s->focus];
}

/* Its place among the current questions; the focus if it is not asked any more. */
static size_t home(const struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == d->home.question && s->slot[i].response == d->home.response)
            return i;
    return s->focus;
}

void lw_app_move_on(struct lw_app *d)
{
    if (lw_sitting_view(d->s)->task && lw_sitting_view(d->s)->nslots)
        lw_sitting_run(
            d->s, &(struct lw_command){.id = LW_CMD_MOVE_ON, .number = (int64_t)home(d)});
}

/* --- keys of options ---------------------------------------------------------------------------
 */

static const struct lw_question *question_of(const struct lw_app *d, size_t slot)
{
    return &lw_sitting_view(d->s)
                ->opts.project->question[lw_sitting_view(d->s)->slot[slot].question];
}

static void choose(struct lw_app *d, size_t option)
{
    lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_TOGGLE, .number = (int64_t)option});
}

/* Sets a flag of another question; the focus stays. */
static void flag(struct lw_app *d, size_t slot, size_t option)
{
    lw_app_leave_home(d);
    lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)slot});
    choose(d, option);
    lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)home(d)});
}

/* The flags question, of the response shown or of the task, that has an option with this key. */
static bool find_flag(const struct lw_app *d, char32_t key, size_t *slot, size_t *option)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    int wanted = lw_app_wanted_response(d);
    for (*slot = 0; *slot < s->nslots; (*slot)++) {
        int about = s->slot[*slot].response;
        const struct lw_question *q = question_of(d, *slot);
        if (q->type == LW_Q_TAGS && (about < 0 || about == wanted) &&
            lw_option_of_key(q, key, option))
            return true;
    }
    return false;
}

/* True when it may be answered now; otherwise says why not. */
static bool may_answer(struct lw_app *d, int response)
{
    return !lw_app_refuses_hidden(d) && !lw_sitting_guards_answer(d->s) && !missed(d, response);
}

bool lw_app_option_key(struct lw_app *d, struct lw_key key)
{
    const struct lw_question *q = lw_app_question(d);
    size_t slot, option;
    if (!q || key.name != LW_KEY_CHAR || key.ctrl || key.meta)
        return false;
    if (lw_option_of_key(q, key.ch, &option)) {
        if (may_answer(d, lw_app_focused_response(d)))
            choose(d, option);
        return true;
    }
    if (lw_keymap_has(d->keys, key) || !find_flag(d, key.ch, &slot, &option))
        return false;
    if (may_answer(d, lw_sitting_view(d->s)->slot[slot].response))
        flag(d, slot, option);
    return true;
}
