/* Which reply of a talk is the best, and from which branch it goes on. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"
#include "labelwright/sitting/talking.h"

#include <string.h>

static bool calls_tools(const struct lw_sitting *s, const char *id)
{
    const json_t *m = lw_talk_find(lw_talking_value(s), id);
    return json_array_size(json_object_get(m, "tool_calls")) > 0;
}

static void notify_order(struct lw_sitting *s, const json_t *order, size_t n)
{
    const json_t *top = json_array_get(order, 0);
    const char *id = json_string_value(json_array_get(top, 0));
    int best = id ? lw_target_find(LW_ON_RESPONSE, s->view.task, id) : -1;
    if (best < 0)
        return;
    char letter = lw_sitting_letter(s, best);
    if (lw_talking_rules(s) && lw_talking_rules(s)->rank && json_array_size(order) < n)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_TALK_RANKED, json_array_size(order), n);
    else
        lw_sitting_notify(s, LW_TONE_INFO,
            calls_tools(s, id) ? LW_MSG_TALK_BEST_CALLS : LW_MSG_TALK_BEST, letter);
}

/* The one alone at the top, the others behind it. */
static json_t *best_first(const struct lw_task *t, const char *id)
{
    json_t *others = json_array();
    for (size_t i = 0; i < t->nresponses; i++)
        if (strcmp(t->response[i].id, id) != 0)
            json_array_append_new(others, json_string(t->response[i].id));
    return json_pack("[[s],o]", id, others);
}

/* The next place; the last one left gets it by itself. A finished ranking begins anew. */
static json_t *next_place(const struct lw_task *t, const json_t *was, const char *id)
{
    size_t n = json_array_size(was);
    bool anew = n >= t->nresponses || lw_talk_place(was, id) > 0;
    json_t *order = anew || !was ? json_array() : json_deep_copy(was);
    json_array_append_new(order, json_pack("[s]", id));
    for (size_t i = 0; json_array_size(order) + 1 == t->nresponses && i < t->nresponses; i++)
        if (lw_talk_place(order, t->response[i].id) == 0)
            json_array_append_new(order, json_pack("[s]", t->response[i].id));
    return order;
}

struct lw_decision lw_best_reply_choose(struct lw_sitting *s, int digit)
{
    const struct lw_task *t = s->view.task;
    const json_t *value = lw_talking_value(s);
    const char *at = lw_talk_at(value);
    size_t n = t->nresponses, k = digit == 0 ? 9 : (size_t)digit - 1;
    const char *why = lw_talk_live(value) > 0 ? LW_MSG_TALK_LIVE : n < 2 ? LW_MSG_TALK_ONE : NULL;
    if (why || k >= n) {
        if (why)
            lw_sitting_notify(s, LW_TONE_INFO, "%s", why);
        else
            lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_TALK_RANGE, n);
        return LW_STAY;
    }
    const char *id = t->response[s->view.order[k]].id;
    bool ranks = lw_talking_rules(s) && lw_talking_rules(s)->rank;
    json_t *order = ranks ? next_place(t, lw_talk_order(value, at), id) : best_first(t, id);
    json_incref(order);
    lw_talking_set(s, lw_talk_with_order(value, at, order), true);
    bool whole = !ranks || json_array_size(order) >= n;
    notify_order(s, order, n);
    json_decref(order);
    if (whole)
        lw_sitting_focus_open(s, s->view.focus + 1);
    return LW_STAY;
}

/* Why this is no order of the replies; NULL when it is. */
static const char *order_refusal(const struct lw_sitting *s, const size_t *place, size_t n)
{
    size_t all = s->view.task->nresponses;
    bool ranks = lw_talking_rules(s) && lw_talking_rules(s)->rank;
    if (lw_talk_live(lw_talking_value(s)) > 0)
        return LW_MSG_TALK_LIVE;
    if (all < 2)
        return LW_MSG_TALK_ONE;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (place[i] == place[k])
                return LW_MSG_TALK_TWICE;
    if (ranks && n > 0 && n + 1 < all)
        return LW_MSG_TALK_ALL;
    return !ranks && n > 1 ? LW_MSG_TALK_ONLY_BEST : NULL;
}

bool lw_sitting_order_replies(struct lw_sitting *s, const size_t *place, size_t n)
{
    const struct lw_task *t = s->view.task;
    const char *why = order_refusal(s, place, n), *at = lw_talk_at(lw_talking_value(s));
    size_t i = 0;
    while (i < n && place[i] < t->nresponses)
        i++;
    if (why || i < n) {
        if (why)
            lw_sitting_notify(s, LW_TONE_WARNING, "%s", why);
        else
            lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_TALK_RANGE, t->nresponses);
        return false;
    }
    json_t *order = NULL, *more;
    bool ranks = lw_talking_rules(s) && lw_talking_rules(s)->rank;
    for (i = 0; i < n && json_array_size(order) < t->nresponses; i++, order = more) {
        const char *id = t->response[s->view.order[place[i]]].id;
        more = ranks ? next_place(t, order, id) : best_first(t, id);
        json_decref(order);
    }
    json_incref(order);
    lw_talking_set(s, lw_talk_with_order(lw_talking_value(s), at, order), true);
    if (order)
        notify_order(s, order, t->nresponses);
    json_decref(order);
    return true;
}

struct lw_decision lw_act_branch(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    const json_t *value = lw_sitting_talk(s);
    const char *next = value && lw_talk_live(value) == 0 ? lw_talk_next_branch(value) : NULL;
    if (!next) {
        lw_sitting_notify(
            s, LW_TONE_INFO, "%s", lw_sitting_talks(s) ? LW_MSG_TALK_NO_BRANCH : LW_MSG_TALK_NONE);
        return LW_STAY;
    }
    lw_talking_set(s, lw_talk_move(value, next), false);
    lw_answer_history_clear(&s->history);
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_TALK_BRANCH);
    return LW_STAY;
}
