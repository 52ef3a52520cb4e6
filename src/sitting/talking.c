/* The talk of a task: what the contractor says, and what was said as an event of the journal: it
 * counts when that is on the disk. Replies of models are replies.c's; which is the best, and from
 * where it goes on, best_reply.c's; what the journal has of it, talk_recovery.c's. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <string.h>

/* ---- the question and its answer */

bool lw_talking_slot(const struct lw_sitting *s, struct lw_slot *slot)
{
    for (size_t i = 0; i < s->view.nslots; i++)
        if (lw_slot_question(s, s->view.slot[i])->type == LW_Q_TALK && s->view.task->talk) {
            *slot = s->view.slot[i];
            return true;
        }
    return false;
}

const json_t *lw_talking_value(const struct lw_sitting *s)
{
    const struct lw_question *q = lw_talk_question(s->view.opts.project);
    return q ? json_object_get(s->view.answers, q->name) : NULL;
}

const struct lw_talk_rules *lw_talking_rules(const struct lw_sitting *s)
{
    return lw_talk_question(s->view.opts.project)->talk;
}

/* One in which nothing was said, and nothing is typed, is no answer. */
static bool is_nothing(const json_t *value)
{
    return json_array_size(json_object_get(value, "messages")) == 0 &&
           !json_object_get(value, "typed");
}

void lw_talking_set(struct lw_sitting *s, json_t *value, bool remember)
{
    struct lw_slot slot;
    if (is_nothing(value)) {
        json_decref(value);
        value = NULL;
    }
    if (lw_talking_slot(s, &slot))
        lw_sitting_change_answer(s, slot, value, remember);
    else
        json_decref(value);
}

bool lw_sitting_talks(const struct lw_sitting *s)
{
    struct lw_slot slot;
    return s->view.task && !s->view.task->unreadable && lw_talking_slot(s, &slot);
}

const json_t *lw_sitting_talk(const struct lw_sitting *s)
{
    return lw_sitting_talks(s) ? lw_talking_value(s) : NULL;
}

bool lw_sitting_focus_talk(struct lw_sitting *s)
{
    struct lw_slot slot;
    return lw_talking_slot(s, &slot) && lw_sitting_focus_slot(s, slot);
}

/* ---- what was said */

json_t *lw_talking_said(struct lw_sitting *s, json_t *messages)
{
    struct lw_labeled l = lw_sitting_labeled(s);
    json_t *event = lw_event_talk(&l, lw_talk_question(s->view.opts.project)->name, messages);
    json_decref(messages);
    return event;
}

/* The best reply as it was corrected, as a message of its own; NULL where it was not. */
static json_t *correction_of(const struct lw_sitting *s, const json_t *value, const char *best)
{
    const struct lw_project *p = s->view.opts.project;
    for (size_t i = 0; i < p->nquestions; i++) {
        const json_t *edit =
            json_object_get(json_object_get(s->view.answers, p->question[i].name), best);
        if (p->question[i].type != LW_Q_EDIT || !edit || lw_edit_is_open(edit) ||
            lw_edit_is_same(edit))
            continue;
        json_t *m = json_object();
        json_t *calls = json_object_get(lw_talk_find(value, best), "tool_calls");
        json_object_set_new(m, "role", json_string("assistant"));
        json_object_set(m, "text", json_object_get(edit, "text"));
        if (calls) /* their results follow on it */
            json_object_set(m, "tool_calls", calls);
        json_object_set_new(m, "of", json_string(best));
        if (lw_talk_at(value))
            json_object_set_new(m, "after", json_string(lw_talk_at(value)));
        return m;
    }
    return NULL;
}

/* The message after which the next one stands: the best reply, or its correction, which then is
 * said, too. */
static json_t *messages_before(struct lw_sitting *s, const json_t *value, char after[LW_ITEM_ID])
{
    const char *best = lw_talk_best(value, lw_talk_at(value));
    json_t *list = json_array(), *corrected = best ? correction_of(s, value, best) : NULL;
    if (corrected) {
        lw_talk_new_id(value, after);
        json_object_set_new(corrected, "id", json_string(after));
        json_array_append_new(list, corrected);
    } else if (best) {
        memcpy(after, best, strlen(best) + 1);
    }
    return list;
}

static json_t *own_message(const char *role, const char *after, const struct lw_command *c)
{
    json_t *m = json_object();
    json_object_set_new(m, "role", json_string(role));
    if (after[0])
        json_object_set_new(m, "after", json_string(after));
    json_object_set_new(m, "text", json_stringn(c->text, c->len));
    return m;
}

/* What the next message is: the contractor's own turn, a result of a tool, or the other side's. */
static json_t *next_messages(struct lw_sitting *s, const json_t *value, const struct lw_command *c)
{
    enum lw_talk_next next = lw_talk_next(lw_talking_rules(s), value);
    char after[LW_ITEM_ID] = "";
    json_t *list = messages_before(s, value, after);
    if (!after[0] && lw_talk_at(value)) /* the other side's, or one result more */
        memcpy(after, lw_talk_at(value), strlen(lw_talk_at(value)) + 1);
    json_t *m = own_message(lw_talk_role(next), after, c);
    if (next == LW_TALK_TOOL) {
        json_t *calls = lw_talk_open_calls(value);
        json_object_set(m, "call", json_object_get(json_array_get(calls, 0), "id"));
        json_decref(calls);
    }
    json_array_append_new(list, m);
    return list;
}

/* Another message in the place of an earlier one: a branch. */
static json_t *instead_of(const json_t *value, const char *instead, const struct lw_command *c)
{
    const json_t *old = lw_talk_find(value, instead);
    const char *after = json_string_value(json_object_get(old, "after"));
    json_t *m = own_message("user", after ? after : "", c);
    json_object_set_new(m, "instead", json_string(instead));
    return json_pack("[o]", m);
}

static void name_messages(const json_t *value, json_t *messages)
{
    json_t *grown = lw_talk_without_typed(value), *m, *more;
    size_t i;
    json_array_foreach(messages, i, m)
    {
        more = lw_talk_add(grown, json_incref(m), false);
        json_decref(grown);
        grown = more;
    }
    json_decref(grown);
}

/* ---- whether it may be said */

/* The first required answer about the replies in view that is missing. */
static bool focus_unrated(struct lw_sitting *s)
{
    for (size_t i = 0; i < s->view.nslots; i++) {
        const struct lw_question *q = lw_slot_question(s, s->view.slot[i]);
        if (q->on != LW_ON_RESPONSE || !q->required ||
            lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, s->view.slot[i]))
            continue;
        struct lw_buf label = {0};
        s->view.focus = i;
        lw_sitting_slot_label(s, s->view.slot[i], &label);
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_TALK_UNRATED, label.data);
        lw_buf_fini(&label);
        return true;
    }
    return false;
}

static const char *refusal(const struct lw_sitting *s)
{
    const json_t *value = lw_talking_value(s);
    const struct lw_talk_rules *r = lw_talking_rules(s);
    const char *at = lw_talk_at(value);
    json_t *replies = lw_talk_replies(value, at);
    size_t n = json_array_size(replies);
    json_decref(replies);
    if (lw_talk_live(value) > 0)
        return LW_MSG_TALK_LIVE;
    if (lw_talk_awaits_choice(r, value, at))
        return r && r->rank ? LW_MSG_TALK_RANK : LW_MSG_TALK_CHOOSE;
    enum lw_talk_next next = lw_talk_next(r, value);
    bool awaits = at ? r && r->nmodels > 0 : lw_talk_task_awaits(r, s->view.task);
    if (awaits && n == 0 && next == LW_TALK_USER)
        return LW_MSG_TALK_NO_REPLY;
    if (next == LW_TALK_USER && r && r->max_turns && (int64_t)lw_talk_turns(value) >= r->max_turns)
        return LW_MSG_TALK_LONG;
    return NULL;
}

bool lw_sitting_refuses_turn(struct lw_sitting *s, bool instead)
{
    if (!lw_sitting_talks(s)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_TALK_NONE);
        return true;
    }
    const char *why = instead ? NULL : refusal(s);
    if (instead && lw_talk_live(lw_talking_value(s)) > 0)
        why = LW_MSG_TALK_LIVE;
    if (instead && !why && !lw_talk_at(lw_talking_value(s)))
        why = LW_MSG_TALK_NOTHING_OWN;
    if (why)
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", why);
    return why || (!instead && focus_unrated(s));
}

static bool is_blank(const struct lw_command *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (!strchr(" \t\r\n", c->text[i]))
            return false;
    return true;
}

const char *lw_talking_instead(const struct lw_sitting *s)
{
    const json_t *typed = json_object_get(lw_sitting_talk(s), "typed");
    return json_string_value(json_object_get(typed, "instead"));
}

struct lw_decision lw_act_say(struct lw_sitting *s, const struct lw_command *c)
{
    const json_t *value = lw_sitting_talk(s);
    const char *instead = lw_talking_instead(s);
    if (lw_sitting_refuses_turn(s, instead != NULL))
        return LW_STAY;
    if (is_blank(c)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_TALK_EMPTY);
        return LW_STAY;
    }
    json_t *messages = instead ? instead_of(value, instead, c) : next_messages(s, value, c);
    if (lw_talk_is_full(value, json_array_size(messages))) {
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_TALK_END);
        json_decref(messages);
        return LW_STAY;
    }
    name_messages(value, messages);
    return (struct lw_decision){lw_talking_said(s, messages), LW_AFTER_STAY};
}

void lw_talking_fold(struct lw_sitting *s, const json_t *event)
{
    json_t *value = lw_talk_without_typed(lw_talking_value(s)), *m, *more;
    const json_t *messages = json_object_get(event, "messages");
    size_t i;
    json_array_foreach(messages, i, m)
    {
        const char *role = json_string_value(json_object_get(m, "role"));
        more = lw_talk_add(value, json_incref(m), strcmp(role, "assistant") != 0);
        json_decref(value);
        value = more;
    }
    lw_talking_set(s, value, false);
    lw_answer_history_clear(&s->history); /* its items are others now */
    s->view.saved = true;
}

/* ---- the turn being typed */

void lw_sitting_type_turn(struct lw_sitting *s, const char *text, size_t n, const char *instead)
{
    const json_t *value = lw_sitting_talk(s);
    if (n > 0 || instead)
        lw_talking_set(s, lw_talk_with_typed(value, text, n, instead), false);
    else if (value && json_object_get(value, "typed"))
        lw_talking_set(s, lw_talk_without_typed(value), false);
}
