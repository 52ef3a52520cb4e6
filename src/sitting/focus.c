/* Which question has the focus, and the commands that only move it. One rule: after an answer, the
 * next open question gets it. Changes no answer. */
#include "sitting/sitting_internal.h"

static bool same_slot(struct lw_slot a, struct lw_slot b)
{
    return a.question == b.question && a.item == b.item;
}

bool lw_sitting_focus_slot(struct lw_sitting *s, struct lw_slot slot)
{
    for (size_t i = 0; i < s->view.nslots; i++)
        if (same_slot(s->view.slot[i], slot)) {
            s->view.focus = i;
            return true;
        }
    return false;
}

static const json_t *answer_of(const struct lw_sitting *s, size_t i)
{
    return lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, s->view.slot[i]);
}

static bool takes_digits(const struct lw_sitting *s, size_t i)
{
    return lw_takes_digits(lw_slot_question(s, s->view.slot[i])->type);
}

/* Optional flags and texts are skipped, except those that an answer brought up with `when`, which
 * are asked for a reason, and those with a suggestion. */
static bool wants_answer(const struct lw_sitting *s, size_t i, bool when_too)
{
    const struct lw_question *q = lw_slot_question(s, s->view.slot[i]);
    const json_t *v = answer_of(s, i);
    char why[LW_LIMIT_WORDS];
    if (v || q->preset) /* which is enough, until the user goes there */
        return lw_edit_is_open(v) || (v && lw_value_is_unfinished(q, v, why));
    bool suggested = lw_suggestion_get(s->view.opts.project, s->view.task, s->view.slot[i]) != NULL;
    return takes_digits(s, i) || q->type == LW_Q_SPANS || q->type == LW_Q_BOXES || q->required ||
           (when_too && (q->nwhen > 0 || suggested));
}

/* While a talk goes on, it comes before what is asked about the task as a whole. */
static size_t talk_before(const struct lw_sitting *s, size_t i)
{
    const struct lw_question *q = lw_slot_question(s, s->view.slot[i]);
    for (size_t k = 0; k < i && q->on == LW_ON_TASK; k++)
        if (lw_slot_question(s, s->view.slot[k])->type == LW_Q_TALK && wants_answer(s, k, true))
            return k;
    return i;
}

/* From `from` on each question is asked once; earlier ones only if required: the user who skipped
 * an optional reason is not sent back to it. */
bool lw_sitting_focus_open(struct lw_sitting *s, size_t from)
{
    for (size_t i = 0; i < s->view.nslots; i++) {
        size_t k = (from + i) % s->view.nslots;
        if (wants_answer(s, k, from + i < s->view.nslots)) {
            s->view.focus = talk_before(s, k);
            return true;
        }
    }
    return false;
}

bool lw_sitting_focus_reason(struct lw_sitting *s)
{
    for (size_t i = 0; i < s->view.nslots; i++)
        if (lw_slot_question(s, s->view.slot[i])->nwhen > 0 && wants_answer(s, i, true)) {
            s->view.focus = i;
            return true;
        }
    return false;
}

/* The first question that a digit answers, so that one digit corrects it; else the first. */
static void focus_first_digits(struct lw_sitting *s)
{
    s->view.focus = 0;
    for (size_t i = s->view.nslots; i-- > 0;)
        if (takes_digits(s, i))
            s->view.focus = i;
}

/* It could be submitted now: an undone label, or one that only lacks Enter. */
static bool is_complete(const struct lw_sitting *s)
{
    struct lw_slot missing;
    size_t i = 0;
    while (i < s->view.nslots && !lw_slot_question(s, s->view.slot[i])->required)
        i++;
    return i < s->view.nslots && !lw_answers_missing(s->view.opts.project, s->view.task,
                                     s->view.order, s->view.answers, &missing);
}

void lw_sitting_focus_first(struct lw_sitting *s, bool reopened)
{
    if (reopened || is_complete(s) || !lw_sitting_focus_open(s, 0))
        focus_first_digits(s);
}

/* ---- commands */

struct lw_decision lw_act_turn_focus(struct lw_sitting *s, const struct lw_command *c)
{
    size_t by = c->id == LW_CMD_NEXT_QUESTION ? 1 : s->view.nslots - 1;
    s->view.focus = (s->view.focus + by) % s->view.nslots;
    lw_sitting_clear_message(s);
    return LW_STAY;
}

struct lw_decision lw_act_focus(struct lw_sitting *s, const struct lw_command *c)
{
    if (c->number >= 0 && (size_t)c->number < s->view.nslots)
        s->view.focus = (size_t)c->number;
    return LW_STAY;
}

static bool same_item(const struct lw_sitting *s, size_t i, size_t k)
{
    struct lw_slot a = s->view.slot[i], b = s->view.slot[k];
    return a.item == b.item &&
           (a.item < 0 || lw_slot_question(s, a)->on == lw_slot_question(s, b)->on);
}

/* When everything is answered, a digit still works: it changes a rating of the same item, or the
 * first one. */
static void focus_mendable(struct lw_sitting *s)
{
    size_t at = s->view.focus, best = s->view.nslots;
    for (size_t i = s->view.nslots; i-- > 0;)
        if (takes_digits(s, i) &&
            (same_item(s, i, at) || best == s->view.nslots || !same_item(s, best, at)))
            best = i;
    if (best < s->view.nslots && !takes_digits(s, at))
        s->view.focus = best;
}

struct lw_decision lw_act_move_on(struct lw_sitting *s, const struct lw_command *c)
{
    lw_act_focus(s, c);
    if (!lw_sitting_focus_open(s, s->view.focus))
        focus_mendable(s);
    return LW_STAY;
}

static int about(const struct lw_sitting *s, size_t i)
{
    return lw_slot_response(s->view.opts.project, s->view.task, s->view.slot[i]);
}

/* The place of the first question about the response; with `open`, of the first open one. */
static size_t first_about(const struct lw_sitting *s, int response, bool open)
{
    size_t i = 0;
    while (i < s->view.nslots && (about(s, i) != response || (open && !wants_answer(s, i, true))))
        i++;
    return i;
}

struct lw_decision lw_act_response(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot at = s->view.slot[s->view.focus];
    int response = (int)c->number;
    if (about(s, s->view.focus) < 0 || about(s, s->view.focus) == response)
        return LW_STAY;
    s->view.message[0] = '\0'; /* it may have named the question that was next */
    if (lw_slot_question(s, at)->on == LW_ON_RESPONSE &&
        lw_sitting_focus_slot(s, (struct lw_slot){at.question, response}))
        return LW_STAY;
    size_t i = first_about(s, response, true);
    if (i == s->view.nslots)
        i = first_about(s, response, false);
    if (i < s->view.nslots)
        s->view.focus = i;
    return LW_STAY;
}
