/* The answers of the task on the screen: changed one by one, undone, replaced as a whole. What
 * follows from them is brought up to date here: the questions asked, and whether they are a draft
 * that is to be written. Drafts as files are in draft_file.c. */
#include "sitting/sitting_internal.h"

#include <stdlib.h>

void lw_answer_history_push(struct lw_answer_history *h, struct lw_slot slot, const json_t *was)
{
    if (h->n == h->cap) {
        h->cap = h->cap ? 2 * h->cap : 16;
        h->v = lw_grow(h->v, h->cap, sizeof *h->v);
    }
    h->v[h->n++] = (struct lw_answer_change){slot, was ? json_deep_copy(was) : NULL};
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

void lw_sitting_refresh_slots(struct lw_sitting *s)
{
    struct lw_slot was = s->view.nslots ? s->view.slot[s->view.focus] : (struct lw_slot){0, -1};
    free(s->view.slot);
    s->view.slot = NULL;
    s->view.nslots = 0;
    lw_sitting_bring_items(s);
    if (!s->view.task->unreadable)
        s->view.slot = lw_slots(
            s->view.opts.project, s->view.task, s->view.order, s->view.answers, &s->view.nslots);
    s->view.focus = 0;
    for (size_t i = 0; i < s->view.nslots; i++)
        if (s->view.slot[i].question == was.question && s->view.slot[i].item == was.item)
            s->view.focus = i;
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
