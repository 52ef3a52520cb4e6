/* The answers of the task on the screen: changed one by one, undone, replaced as a whole. What
 * follows from them is brought up to date here: the questions asked, and whether they are a draft
 * that is to be written. Drafts as files are in draft_file.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

void lw_answer_history_push(struct lw_answer_history *h, struct lw_slot slot, const json_t *was)
{
    if (h->n == h->cap) {
        h->cap = h->cap ? 2 * h->cap : 16;
        h->v = lw_grow(h->v, h->cap, sizeof *h->v);
    }
    h->v[h->n++] = (struct lw_answer_change){slot, was ? json_deep_copy(was) : NULL, false};
}

void lw_answer_history_join(struct lw_answer_history *h, size_t n)
{
    for (size_t i = n + 1; i < h->n; i++)
        h->v[i].goes_on = true;
}

bool lw_answer_history_pop(struct lw_answer_history *h, struct lw_answer_change *to)
{
    if (h->n == 0)
        return false;
    *to = h->v[--h->n];
    return true;
}

void lw_answer_history_clear(struct lw_answer_history *h)
{
    struct lw_answer_change c;
    while (lw_answer_history_pop(h, &c))
        json_decref(c.was);
}

void lw_sitting_change_answer(
    struct lw_sitting *s, struct lw_slot slot, json_t *value, bool remember)
{
    if (remember)
        lw_answer_history_push(&s->history, slot,
            lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, slot));
    lw_answer_set(s->view.opts.project, s->view.task, s->view.answers, slot, value);
    lw_sitting_refresh_slots(s);
}

/* Answers that were given about other turns and replies cannot be undone by their place. */
void lw_sitting_bring_items(struct lw_sitting *s)
{
    const json_t *talk = s->view.task->talk;
    size_t turns = s->view.task->nturns, replies = s->view.task->nresponses;
    lw_items_bring(s->view.opts.project, s->view.task, s->view.answers);
    if (s->view.task->talk == talk)
        return;
    lw_order_talk(s->view.task, &s->view.order);
    if (turns != s->view.task->nturns || replies != s->view.task->nresponses)
        lw_answer_history_clear(&s->history);
    lw_sitting_restore_read(s);
    s->view.talk_count++;
}

/* What the focused question is about, new; NULL where that stands alone, or is no more. */
static char *focused_id(const struct lw_sitting *s)
{
    const struct lw_project *p = s->view.opts.project;
    struct lw_slot slot = s->view.nslots ? s->view.slot[s->view.focus] : (struct lw_slot){0, -1};
    enum lw_target on = p->question[slot.question].on;
    bool there = slot.item >= 0 && (size_t)slot.item < lw_target_count(on, s->view.task);
    return there ? lw_strdup(lw_slot_id(p, s->view.task, slot)) : NULL;
}

/* The same question about the same item; there may be others before it now. */
static bool focus_again(struct lw_sitting *s, size_t question, const char *id)
{
    for (size_t i = 0; i < s->view.nslots; i++) {
        const char *now = lw_slot_id(s->view.opts.project, s->view.task, s->view.slot[i]);
        if (s->view.slot[i].question != question || (now && (!id || strcmp(now, id) != 0)))
            continue;
        s->view.focus = i;
        return true;
    }
    return false;
}

void lw_sitting_refresh_slots(struct lw_sitting *s)
{
    bool asked = s->view.nslots > 0;
    size_t question = asked ? s->view.slot[s->view.focus].question : 0;
    char *id = focused_id(s);
    free(s->view.slot);
    s->view.slot = NULL;
    s->view.nslots = 0;
    lw_sitting_bring_items(s);
    if (!s->view.task->unreadable)
        s->view.slot = lw_slots(
            s->view.opts.project, s->view.task, s->view.order, s->view.answers, &s->view.nslots);
    s->view.focus = 0;
    if (asked && !focus_again(s, question, id))
        s->view.gone_count++;
    free(id);
    s->view.draft = !json_equal(s->view.answers, s->view.submitted);
    if (!s->unsaved_since)
        s->unsaved_since = lw_sitting_now(s);
}

void lw_sitting_expect_text(struct lw_sitting *s)
{
    s->view.draft = true;
    if (!s->unsaved_since)
        s->unsaved_since = lw_sitting_now(s);
}

void lw_sitting_replace_answers(struct lw_sitting *s, json_t *answers)
{
    json_decref(s->view.answers);
    s->view.answers = answers;
    lw_sitting_refresh_slots(s);
    lw_sitting_focus_first(s, true);
}

void lw_sitting_set_reason(struct lw_sitting *s, const char *text, size_t n)
{
    free(s->view.reason);
    s->view.reason = n > 0 ? lw_strndup(text, n) : NULL;
    if (!s->unsaved_since)
        s->unsaved_since = lw_sitting_now(s);
}

bool lw_sitting_refuses_growing(struct lw_sitting *s, struct lw_slot slot)
{
    const json_t *talk = s->view.task->talk ? json_array_get(s->view.task->talk, 0) : NULL;
    const char *id = lw_slot_id(s->view.opts.project, s->view.task, slot);
    bool grows = json_is_true(json_object_get(lw_talk_find(talk, id), "live"));
    if (grows)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_TALK_LIVE);
    return grows;
}
