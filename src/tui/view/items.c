/* The columns before turns and steps: "> 4 +" is the fourth, asked about now and answered with
 * good. Which lines they are is known by the pane's lines. */
#include "tui/view/items_internal.h"

#include "tui/view/view_spans_internal.h"

#include "labelwright/project/task_target.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { COLS = 9 /* ">  12 +" and a gap */, SIGN_MAX = 16 };

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

bool lw_items_are_asked(const struct lw_app *app, enum lw_target on)
{
    const struct lw_project *p = view(app)->opts.project;
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].on == on)
            return true;
    return false;
}

bool lw_items_have_steps(const struct lw_task *t, int response)
{
    for (size_t i = 0; i < t->nsteps; i++)
        if (t->step[i].response == response)
            return true;
    return false;
}

/* ---- whether steps are the whole text */

static bool is_blank(char c)
{
    return strchr(" \t\r\n", c) != NULL;
}

/* The place in `whole` behind the text, blanks aside; SIZE_MAX where it goes another way. */
static size_t skip_text(struct lw_span whole, size_t at, struct lw_span text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (is_blank(text.s[i]))
            continue;
        while (at < whole.n && is_blank(whole.s[at]))
            at++;
        if (at == whole.n || whole.s[at] != text.s[i])
            return SIZE_MAX;
        at++;
    }
    return at;
}

bool lw_items_say_all(const struct lw_task *t, int response)
{
    struct lw_span whole = t->response[response].text;
    size_t at = 0;
    for (size_t i = 0; i < t->nsteps && at != SIZE_MAX; i++)
        if (t->step[i].response == response && t->step[i].other == 0)
            at = skip_text(whole, at, t->step[i].text);
    while (at < whole.n && is_blank(whole.s[at]))
        at++;
    return at == whole.n || whole.n == 0;
}

/* ---- the columns */

/* Steps are numbered even where no question is about them. */
static enum lw_target kind_in(const struct lw_app *app, const struct lw_pane *p)
{
    const struct lw_task *t = view(app)->task;
    int response = p->response;
    bool turns = lw_items_are_asked(app, LW_ON_TURN);
    if (p->has_steps)
        return LW_ON_STEP;
    return turns && (response < 0 || t->nresponses == 1) ? LW_ON_TURN : LW_ON_TASK;
}

int lw_items_cols(const struct lw_app *app, const struct lw_pane *p)
{
    const struct lw_task *t = view(app)->task;
    if (t->unreadable || lw_app_is_hidden(app))
        return 0;
    return kind_in(app, p) != LW_ON_TASK ? COLS : lw_spans_cols(app, p->response);
}

static enum lw_target target(const struct lw_app *app, struct lw_slot slot)
{
    return view(app)->opts.project->question[slot.question].on;
}

bool lw_items_say(const struct lw_app *app, struct lw_slot slot)
{
    enum lw_target on = target(app, slot);
    struct lw_slot now = view(app)->slot[view(app)->focus];
    return (on == LW_ON_TURN || on == LW_ON_STEP || on == LW_ON_SPAN) &&
           (target(app, now) != on || slot.item != now.item);
}

int lw_items_focused(const struct lw_app *app, int *pane)
{
    const struct lw_sitting_view *v = view(app);
    *pane = 0;
    if (!v->task || v->nslots == 0)
        return -1;
    struct lw_slot slot = v->slot[v->focus];
    enum lw_target on = target(app, slot);
    if (on != LW_ON_TURN && on != LW_ON_STEP && on != LW_ON_SPAN)
        return -1;
    int response = lw_slot_response(v->opts.project, v->task, slot);
    *pane = lw_shown_pane(app, response);
    return slot.item;
}

static const char *mark_of_option(const struct lw_question *q, const json_t *value)
{
    const struct lw_option *o =
        json_is_string(value) ? lw_option_find(q, json_string_value(value)) : NULL;
    return o ? o->mark ? o->mark : o->label : "*";
}

/* A rating is a number, a choice its option's mark, all else a star. */
static void sign(const struct lw_question *q, const json_t *value, char to[SIGN_MAX])
{
    const char *words = q->type == LW_Q_CHOICE ? mark_of_option(q, value) : "*";
    struct lw_glyph g;
    if (q->type == LW_Q_RATING) {
        snprintf(to, SIGN_MAX, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return;
    }
    lw_glyph_next(words, strlen(words), 0, true, &g);
    snprintf(to, SIGN_MAX, "%.*s", (int)(g.len < SIGN_MAX ? g.len : 1), words);
}

/* What the first question about the item that has an answer says; where none has, what is suggested
 * for it, as "?+". */
static enum lw_role sign_of_item(
    const struct lw_app *app, enum lw_target on, int item, char to[SIGN_MAX])
{
    const struct lw_sitting_view *v = view(app);
    const struct lw_project *p = v->opts.project;
    const json_t *value = NULL;
    to[0] = '\0';
    for (size_t i = 0; i < p->nquestions && !value; i++)
        if (p->question[i].on == on &&
            (value = lw_answer_get(p, v->task, v->answers, (struct lw_slot){i, item})))
            sign(&p->question[i], value, to);
    for (size_t i = 0; i < p->nquestions && v->task->suggestions && !value; i++)
        if (p->question[i].on == on &&
            (value = lw_suggestion_get(p, v->task, (struct lw_slot){i, item}))) {
            char words[SIGN_MAX];
            sign(&p->question[i], value, words);
            snprintf(to, SIGN_MAX, "?%.*s", SIGN_MAX - 2, words);
            return LW_ROLE_SUGGESTED;
        }
    return LW_ROLE_ANSWER;
}

/* Four columns. Another wording of a step stands below it: "or 1". Of a long number the end is
 * shown: the one above has the rest. */
static void number_of(const struct lw_task *t, enum lw_target on, int item, char *to, size_t n)
{
    const struct lw_task_step *step = on == LW_ON_STEP ? &t->step[item] : NULL;
    size_t number = step ? step->number : (size_t)item + 1;
    if (step && step->other > 0)
        snprintf(to, n, step->other < 100 ? "or%2zu" : "%4zu", step->other % 10000);
    else if (number < 10000)
        snprintf(to, n, "%4zu", number);
    else
        snprintf(to, n, "…%03zu", number % 1000);
}

void lw_view_items(const struct lw_app *app, const struct lw_pane *p, struct lw_area a)
{
    enum lw_target on = kind_in(app, p);
    int pane, focused = lw_items_focused(app, &pane);
    char number[24], sign[SIGN_MAX];
    bool here = focused >= 0 && target(app, view(app)->slot[view(app)->focus]) == on &&
                &app->pane[pane] == p;
    if (on == LW_ON_TASK)
        return;
    for (int row = 0; p->doc.left > 0 && row < a.rows && p->top + (size_t)row < p->doc.n; row++) {
        int item = lw_doc_item_at(&p->doc, p->top + (size_t)row);
        if (item < 0)
            continue;
        bool now = here && item == focused;
        number_of(view(app)->task, on, item, number, sizeof number);
        enum lw_role role = sign_of_item(app, on, item, sign);
        lw_draw(a, row, 1, now ? LW_ROLE_FOCUS : LW_ROLE_DIM, "%c%s", now ? '>' : ' ', number);
        lw_draw_clipped(a, row, 7, 2, role, sign, strlen(sign));
    }
}
