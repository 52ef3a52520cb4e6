/* What a talk says as turns and responses of its task, so that it is shown, searched, rated and
 * corrected like those of a record: the path are turns, the replies to its end are the responses.
 */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/project/talk.h"

static void bring_path(struct lw_task *t, const json_t *value)
{
    json_t *path = lw_talk_path(value), *m;
    size_t i;
    json_array_foreach(path, i, m) lw_task_talk_turn(t, m);
    json_decref(path);
}

static void bring_replies(struct lw_task *t, const json_t *value)
{
    json_t *replies = lw_talk_replies(value, lw_talk_at(value)), *m;
    size_t i;
    json_array_foreach(replies, i, m) lw_task_talk_reply(t, m);
    json_decref(replies);
}

/* What the task says is a brief then, and no part of the talk. */
static void name_brief(const struct lw_question *q, struct lw_task *t)
{
    bool goes_on = q->talk && q->talk->goes_on;
    if (!goes_on && t->own_turns == 1)
        t->turn[0].role = LW_TALK_BRIEF;
}

void lw_talk_bring(const struct lw_project *p, struct lw_task *t, const json_t *answers)
{
    const struct lw_question *q = lw_talk_question(p);
    if (!q || t->unreadable || (!t->talk && t->nresponses > 0))
        return;
    json_t *value = json_object_get(answers, q->name);
    struct lw_err unused = {0};
    const struct lw_value_place place = {q, t, -1, &unused, true};
    if (!lw_task_talk_begin(t, value))
        return;
    name_brief(q, t);
    if (!value || lw_value_check(&place, value) != LW_OK) /* refused where it comes from */
        return;
    bring_path(t, value);
    bring_replies(t, value);
}

/* Answers about replies that were shown before are kept when others are shown. */
bool lw_talk_keeps(
    const struct lw_project *p, const json_t *answers, enum lw_target on, const char *id)
{
    const struct lw_question *q = lw_talk_question(p);
    bool said = on == LW_ON_RESPONSE || on == LW_ON_TURN;
    return q && said && lw_talk_find(json_object_get(answers, q->name), id);
}
