/* The spans that answers mark as items of a task, so that questions can be about them. Which of
 * those are asked is answers.c's. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

struct bringing {
    const struct lw_project *p;
    struct lw_task *t;
    size_t room;
    json_t *ids; /* as keys; two spans with one id are one item */
};

static void clear(struct lw_task *t)
{
    for (size_t i = 0; i < t->nspans; i++)
        json_decref(t->span[i].value);
    free(t->span);
    t->span = NULL;
    t->nspans = 0;
}

/* One that does not fit the text is no item: it is refused where it comes from. */
static void add(struct bringing *b, struct lw_slot slot, const json_t *value, size_t i)
{
    struct lw_tagged s;
    struct lw_span text = lw_slot_text(b->p, b->t, slot);
    if (!lw_spans_get(value, i, &s) || s.end > text.n || strlen(s.id) >= LW_ITEM_ID ||
        json_object_get(b->ids, s.id))
        return;
    json_object_set_new(b->ids, s.id, json_true());
    if (b->t->nspans == b->room) {
        b->room = b->room ? 2 * b->room : 16;
        b->t->span = lw_grow(b->t->span, b->room, sizeof *b->t->span);
    }
    struct lw_task_span *to = &b->t->span[b->t->nspans++];
    *to = (struct lw_task_span){.question = slot.question,
        .item = slot.item,
        .response = lw_slot_response(b->p, b->t, slot),
        .text = {text.s + s.start, s.end - s.start},
        .value = json_incref(json_array_get(value, i))};
    memcpy(to->id, s.id, strlen(s.id) + 1);
}

/* In the order of the text, an outer one first. */
static int by_place(const void *a, const void *b)
{
    const struct lw_task_span *x = a, *y = b;
    if (x->text.s != y->text.s)
        return x->text.s < y->text.s ? -1 : 1;
    return (x->text.n < y->text.n) - (x->text.n > y->text.n);
}

static void bring(struct bringing *b, struct lw_slot slot, const json_t *answers)
{
    size_t first = b->t->nspans;
    const json_t *value = lw_answer_get(b->p, b->t, answers, slot);
    for (size_t i = 0; i < json_array_size(value); i++)
        add(b, slot, value, i);
    if (b->t->nspans > first)
        qsort(b->t->span + first, b->t->nspans - first, sizeof *b->t->span, by_place);
}

void lw_spans_bring(const struct lw_project *p, struct lw_task *t, const json_t *answers)
{
    struct bringing b = {p, t, 0, json_object()};
    clear(t);
    for (size_t q = 0; q < p->nquestions; q++) {
        enum lw_target on = p->question[q].on;
        if (p->question[q].type != LW_Q_SPANS || on == LW_ON_SPAN)
            continue;
        int items = (int)lw_target_count(on, t);
        for (int i = lw_target_is_keyed(on) ? 0 : -1; i < items; i++)
            bring(&b, (struct lw_slot){q, i}, answers);
    }
    json_decref(b.ids);
}
