/* Giving a whole verdict by one key: the answers of a macro to the questions of this task, in place
 * of those there are, as far as they are asked; then submitting, where the macro says so. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/task_target.h"

#include <string.h>

struct giving {
    const struct lw_macro *macro;
    struct lw_slot focus; /* what was asked about when the key was pressed */
    const char *response; /* the id of the one in view; NULL for none */
};

/* "A" is the response shown first. */
static bool is_named(const struct lw_sitting *s, struct lw_slot slot, const char *name)
{
    int response = lw_slot_response(s->view.opts.project, s->view.task, slot);
    bool letter = name[0] >= 'A' && name[0] <= 'Z' && !name[1];
    size_t place = (size_t)(name[0] - 'A');
    if (letter && response >= 0)
        return place < s->view.task->nresponses && s->view.order[place] == response;
    return strcmp(name, lw_slot_id(s->view.opts.project, s->view.task, slot)) == 0;
}

/* The item that is asked about, else the response that is looked at. */
static bool is_in_view(const struct lw_sitting *s, const struct giving *g, struct lw_slot slot)
{
    const struct lw_project *p = s->view.opts.project;
    enum lw_target on = p->question[slot.question].on;
    if (!lw_target_is_keyed(on))
        return true;
    if (p->question[g->focus.question].on == on)
        return g->focus.item == slot.item;
    const char *id = lw_slot_id(p, s->view.task, slot);
    return s->view.task->nresponses == 1 ||
           (on == LW_ON_RESPONSE && g->response && strcmp(g->response, id) == 0);
}

/* What it says of the slot, new; NULL for nothing. */
static json_t *meant(const struct lw_sitting *s, const struct giving *g, struct lw_slot slot)
{
    const struct lw_question *q = lw_slot_question(s, slot);
    const json_t *value = NULL;
    for (size_t i = 0; i < g->macro->n; i++) {
        const struct lw_macro_answer *a = &g->macro->v[i];
        if (a->question != slot.question)
            continue;
        if (a->item ? is_named(s, slot, a->item) : is_in_view(s, g, slot))
            value = a->value;
    }
    if (value && q->type == LW_Q_COMPARE && s->view.task->nresponses == 2)
        return lw_compare_value((int)json_integer_value(value),
            s->view.task->response[s->view.order[0]].id,
            s->view.task->response[s->view.order[1]].id);
    return json_deep_copy(value);
}

/* All that it says of this task, in the shape of answers: new. */
static json_t *all_meant(const struct lw_sitting *s, const struct giving *g)
{
    const struct lw_sitting_view *v = &s->view;
    const struct lw_project *p = v->opts.project;
    json_t *all = json_object();
    struct lw_slot slot;
    for (slot.question = 0; slot.question < p->nquestions; slot.question++) {
        enum lw_target on = p->question[slot.question].on;
        int n = (int)lw_target_count(on, v->task);
        for (slot.item = lw_target_is_keyed(on) ? 0 : -1; slot.item < n; slot.item++) {
            json_t *value = meant(s, g, slot);
            if (value && lw_answer_fits(p, v->task, slot, value))
                lw_answer_set(p, v->task, all, slot, value);
            else
                json_decref(value);
        }
    }
    return all;
}

/* What differs from what is there. */
static const json_t *changed(const struct lw_sitting *s, struct lw_slot slot, const void *given)
{
    const struct lw_sitting_view *v = &s->view;
    const json_t *value = lw_answer_get(v->opts.project, v->task, given, slot);
    const json_t *was = lw_answer_get(v->opts.project, v->task, v->answers, slot);
    bool settled = lw_answer_is_settled(v->opts.project, v->task, v->answers, slot);
    return value && !settled && !json_equal(value, was) ? value : NULL;
}

/* Whether the answers that are asked for are those of the macro, now that it was given. */
static bool stands(const struct lw_sitting *s, const json_t *given)
{
    for (size_t i = 0; i < s->view.nslots; i++)
        if (lw_answer_get(s->view.opts.project, s->view.task, given, s->view.slot[i]))
            return true;
    return false;
}

struct lw_decision lw_act_macro(struct lw_sitting *s, const struct lw_command *c)
{
    const struct lw_macro *m = &s->view.opts.macros->v[c->number];
    const struct giving g = {m, s->view.slot[s->view.focus], c->text};
    json_t *given = all_meant(s, &g);
    size_t before = s->history.n, n = lw_answering_fill(s, -1, changed, given);
    bool there = stands(s, given);
    lw_answer_history_join(&s->history, before);
    json_decref(given);
    if (there && m->def->submit)
        return lw_act_submit(s, NULL);
    if (n > 0)
        return lw_answering_given(s, n, n == 1 ? LW_MSG_MACRO_ONE : LW_MSG_MACRO);
    if (there)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_MACRO_SAME);
    else
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_MACRO_NOTHING, m->def->key);
    return LW_STAY;
}
