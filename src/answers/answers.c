/* What is asked of a task, given the answers so far, and what is missing or no longer asked.
 * Whether a value is well-formed is answers_check.c's. */
#include "labelwright/answers/answers.h"
#include "answers/answers_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

/* What is asked of one task, worked out question by question: a `when` may look only at answers
 * that are asked for themselves. One cell for a target that stands alone and one for each item. */
struct view {
    const struct lw_project *p;
    const struct lw_task *t;
    const json_t *answers;
    size_t cells; /* of a question */
    bool *asked;  /* [question * cells + item + 1] */
};

/* ---- slots */

static enum lw_target target(const struct lw_project *p, struct lw_slot s)
{
    return p->question[s.question].on;
}

int lw_slot_response(const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    return s.item < 0 ? -1 : lw_target_item(target(p, s), t, (size_t)s.item).response;
}

const char *lw_slot_id(const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    return s.item < 0 ? NULL : lw_target_item(target(p, s), t, (size_t)s.item).id;
}

struct lw_span lw_slot_text(const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    return lw_target_text(target(p, s), t, s.item);
}

/* ---- values */

json_t *lw_answer_get(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s)
{
    json_t *v = json_object_get(answers, p->question[s.question].name);
    if (v && s.item >= 0)
        v = json_object_get(v, lw_slot_id(p, t, s));
    return lw_is_no_answer(v) ? NULL : v;
}

static void set_for_item(json_t *answers, const char *name, const char *id, json_t *value)
{
    json_t *all = json_object_get(answers, name);
    if (value && !json_is_object(all)) {
        all = json_object();
        json_object_set_new(answers, name, all);
    }
    if (value)
        json_object_set_new(all, id, value);
    else
        json_object_del(all, id);
    if (json_object_size(all) == 0)
        json_object_del(answers, name);
}

void lw_answer_set(const struct lw_project *p, const struct lw_task *t, json_t *answers,
    struct lw_slot s, json_t *value)
{
    const char *name = p->question[s.question].name;
    if (lw_is_no_answer(value)) {
        json_decref(value);
        value = NULL;
    }
    if (s.item >= 0)
        set_for_item(answers, name, lw_slot_id(p, t, s), value);
    else if (value)
        json_object_set_new(answers, name, value);
    else
        json_object_del(answers, name);
}

/* ---- what is asked */

bool lw_question_takes(const struct lw_question *q, const struct lw_task *t)
{
    const struct lw_question_type *type = lw_question_type(q->type);
    if (q->type == LW_Q_TALK && !t->talk && t->nresponses > 0)
        return false; /* its replies would stand among them */
    return type->responses == 0 || t->nresponses == type->responses ||
           (type->or_more && t->nresponses > type->responses);
}

/* Whether the task has this item at all. A comparison needs a left and a right response. */
static bool has_item(const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    const struct lw_question *q = &p->question[s.question];
    if (lw_target_is_keyed(q->on))
        return s.item >= 0 && (size_t)s.item < lw_target_count(q->on, t);
    return s.item < 0 && lw_question_takes(q, t) && (q->on != LW_ON_PROMPT || t->nturns > 0);
}

static bool *cell(const struct view *v, struct lw_slot s)
{
    return &v->asked[s.question * v->cells + (size_t)(s.item + 1)];
}

/* The answer, else what counts where there is none. */
static const json_t *counting(const struct view *v, struct lw_slot s)
{
    const json_t *answer = lw_answer_get(v->p, v->t, v->answers, s);
    return answer ? answer : v->p->question[s.question].preset;
}

static bool holds_at(const struct view *v, const struct lw_test *test, int item)
{
    struct lw_slot s = {test->question, item};
    return *cell(v, s) && lw_test_passes(test, counting(v, s));
}

/* About a span: its tags, where the question marks spans. */
static bool holds_for_span(const struct view *v, const struct lw_test *test, struct lw_slot s)
{
    const struct lw_task_span *span = &v->t->span[s.item];
    struct lw_slot marked = {span->question, span->item};
    return span->question == test->question && *cell(v, marked) &&
           lw_test_passes(test, span->value);
}

/* The item that a test looks at from a slot: the same one, or the response of a step; -1 for any.
 */
static int item_tested(const struct view *v, enum lw_target tested, struct lw_slot s)
{
    if (tested == target(v->p, s))
        return s.item;
    return tested == LW_ON_RESPONSE ? lw_slot_response(v->p, v->t, s) : -1;
}

static bool holds(const struct view *v, const struct lw_test *test, struct lw_slot s)
{
    enum lw_target tested = v->p->question[test->question].on;
    if (target(v->p, s) == LW_ON_SPAN && v->p->question[test->question].type == LW_Q_SPANS)
        return holds_for_span(v, test, s);
    if (!lw_target_is_keyed(tested))
        return holds_at(v, test, -1);
    int item = item_tested(v, tested, s);
    if (item >= 0)
        return holds_at(v, test, item);
    for (int i = 0; (size_t)i < lw_target_count(tested, v->t); i++)
        if (holds_at(v, test, i))
            return true;
    return false;
}

/* Whether the item before, of the same response, was the last that is asked about: by its answer,
 * or because the question had stopped before it. Another wording goes with its step. */
static bool is_stopped(const struct view *v, struct lw_slot s)
{
    const struct lw_question *q = &v->p->question[s.question];
    if (!q->stop || s.item < 1)
        return false;
    struct lw_item item = lw_target_item(q->on, v->t, (size_t)s.item);
    struct lw_slot first = {s.question, item.first};
    if (item.first != s.item)
        return !*cell(v, first);
    struct lw_item last = lw_target_item(q->on, v->t, (size_t)s.item - 1);
    struct lw_slot before = {s.question, last.first};
    return last.response == item.response &&
           (!*cell(v, before) || lw_test_passes(q->stop, counting(v, before)));
}

static bool is_asked(const struct view *v, struct lw_slot s)
{
    const struct lw_question *q = &v->p->question[s.question];
    bool asked = has_item(v->p, v->t, s);
    if (asked && q->on == LW_ON_SPAN) /* what marked it must be asked itself, and earlier */
        asked = v->t->span[s.item].question < s.question &&
                *cell(v, (struct lw_slot){v->t->span[s.item].question, v->t->span[s.item].item});
    for (size_t i = 0; asked && i < q->nwhen; i++)
        asked = holds(v, &q->when[i], s);
    return asked && !is_stopped(v, s);
}

static size_t most_items(const struct lw_project *p, const struct lw_task *t)
{
    size_t most = 0;
    for (size_t i = 0; i < p->nquestions; i++) {
        size_t n = lw_target_count(p->question[i].on, t);
        most = n > most ? n : most;
    }
    return most;
}

/* Fills the cells of the first n questions. */
static void view_init(struct view *v, const struct lw_project *p, const struct lw_task *t,
    const json_t *answers, size_t n)
{
    *v = (struct view){p, t, answers, most_items(p, t) + 1, NULL};
    v->asked = lw_alloc(p->nquestions * v->cells);
    struct lw_slot s;
    for (s.question = 0; s.question < n; s.question++) {
        int items = (int)lw_target_count(target(p, s), t);
        for (s.item = items > 0 ? 0 : -1; s.item < items; s.item++)
            *cell(v, s) = is_asked(v, s);
    }
}

bool lw_slot_asked(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *answers)
{
    if (!has_item(p, t, s))
        return false;
    const struct lw_question *q = &p->question[s.question];
    if (q->nwhen == 0 && !q->stop && q->on != LW_ON_SPAN)
        return true;
    struct view v;
    view_init(&v, p, t, answers, s.question + 1);
    bool asked = *cell(&v, s);
    free(v.asked);
    return asked;
}

static void add_slot(const struct view *v, struct lw_slot s, struct lw_slot *to, size_t *n)
{
    if (*cell(v, s))
        to[(*n)++] = s;
}

/* The place of each item's response as shown, from 1; what belongs to none comes before. */
static size_t *response_places(enum lw_target on, const struct lw_task *t, const int *order)
{
    size_t n = lw_target_count(on, t);
    size_t *shown = lw_alloc((t->nresponses + 1) * sizeof *shown);
    size_t *place = lw_alloc((n + 1) * sizeof *place);
    for (size_t i = 0; i < t->nresponses; i++)
        shown[order ? (size_t)order[i] : i] = i + 1;
    for (size_t i = 0; i < n; i++) {
        int response = lw_target_item(on, t, i).response;
        place[i] = response < 0 ? 0 : shown[response];
    }
    free(shown);
    return place;
}

/* The items as they are gone through: sorted by their responses as shown; the caller frees it. */
static int *items_in_order(enum lw_target on, const struct lw_task *t, const int *order)
{
    size_t n = lw_target_count(on, t), *place = response_places(on, t, order);
    size_t *begin = lw_alloc((t->nresponses + 2) * sizeof *begin);
    int *items = lw_alloc((n + 1) * sizeof *items);
    for (size_t i = 0; i < n; i++)
        begin[place[i] + 1]++;
    for (size_t i = 1; i < t->nresponses + 2; i++)
        begin[i] += begin[i - 1];
    for (size_t i = 0; i < n; i++)
        items[begin[place[i]]++] = (int)i;
    free(begin);
    free(place);
    return items;
}

/* The questions about one kind of item that follow each other from `first` on, on one page; returns
 * the index after them. */
static size_t add_run(
    const struct view *v, size_t first, const int *order, struct lw_slot *to, size_t *n)
{
    enum lw_target on = v->p->question[first].on;
    size_t end = first, items = lw_target_count(on, v->t);
    while (end < v->p->nquestions && v->p->question[end].on == on &&
           lw_question_same_page(&v->p->question[first], &v->p->question[end]))
        end++;
    int *item = items_in_order(on, v->t, order);
    for (size_t i = 0; i < items; i++)
        for (size_t q = first; q < end; q++)
            add_slot(v, (struct lw_slot){q, item[i]}, to, n);
    free(item);
    return end;
}

struct lw_slot *lw_slots(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, size_t *n)
{
    struct view v;
    view_init(&v, p, t, answers, p->nquestions);
    struct lw_slot *slots = lw_grow(NULL, p->nquestions * v.cells, sizeof *slots);
    *n = 0;
    for (size_t q = 0; q < p->nquestions;) {
        if (lw_target_is_keyed(p->question[q].on))
            q = add_run(&v, q, order, slots, n);
        else
            add_slot(&v, (struct lw_slot){q++, -1}, slots, n);
    }
    free(v.asked);
    return slots;
}

/* Answers about messages of a talk that are not shown now. */
static void keep_earlier(const struct view *v, size_t question, json_t *kept)
{
    const struct lw_question *q = &v->p->question[question];
    json_t *all = json_object_get(v->answers, q->name), *value;
    const char *id;
    if (!lw_target_is_keyed(q->on))
        return;
    json_object_foreach(all, id, value) if (lw_target_find(q->on, v->t, id) < 0 &&
                                            lw_talk_keeps(v->p, v->answers, q->on, id))
        set_for_item(kept, q->name, id, json_incref(value));
}

void lw_answers_prune(const struct lw_project *p, const struct lw_task *t, json_t *answers)
{
    struct view v;
    view_init(&v, p, t, answers, p->nquestions);
    json_t *kept = json_object();
    struct lw_slot s;
    for (s.question = 0; s.question < p->nquestions; s.question++) {
        keep_earlier(&v, s.question, kept);
        for (s.item = -1; s.item + 1 < (int)v.cells; s.item++)
            if (*cell(&v, s))
                lw_answer_set(p, t, kept, s, json_incref(lw_answer_get(p, t, answers, s)));
    }
    json_object_clear(answers);
    json_object_update(answers, kept);
    json_decref(kept);
    free(v.asked);
}

static bool is_complete(const struct lw_question *q, const json_t *value)
{
    char why[LW_LIMIT_WORDS];
    return !lw_edit_is_open(value) && !lw_value_is_unfinished(q, value, why);
}

bool lw_answers_missing(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, struct lw_slot *first)
{
    size_t n;
    struct lw_slot *slots = lw_slots(p, t, order, answers, &n);
    bool missing = false;
    for (size_t i = 0; i < n && !missing; i++) {
        const json_t *v = lw_answer_get(p, t, answers, slots[i]);
        missing = v ? !is_complete(&p->question[slots[i].question], v)
                    : p->question[slots[i].question].required;
        if (missing)
            *first = slots[i];
    }
    free(slots);
    return missing;
}

/* ---- what comes next */

static bool find_uncovering(const struct lw_project *p, size_t *question)
{
    for (*question = 0; *question < p->nquestions; ++*question)
        if (p->question[*question].type == LW_Q_WRITE && p->question[*question].on == LW_ON_TASK)
            return true;
    return false;
}

bool lw_next_is_shown(const struct lw_project *p, const struct lw_task *t, const json_t *answers)
{
    struct lw_slot s = {0, -1};
    if (!t->next.s)
        return false;
    if (!find_uncovering(p, &s.question))
        return true;
    const json_t *v = lw_answer_get(p, t, answers, s);
    return v && is_complete(&p->question[s.question], v);
}

bool lw_answer_is_settled(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s)
{
    size_t question;
    return find_uncovering(p, &question) && s.question == question &&
           lw_next_is_shown(p, t, answers);
}

/* ---- without the task: only what the answers tell */

static const json_t *named_answer(
    const struct lw_project *p, size_t question, const json_t *answers)
{
    return json_object_get(answers, p->question[question].name);
}

static bool any_passes(const struct lw_test *test, const json_t *keyed)
{
    json_t *all = (json_t *)(uintptr_t)keyed;
    for (void *at = json_object_iter(all); at; at = json_object_iter_next(all, at))
        if (lw_test_passes(test, json_object_iter_value(at)))
            return true;
    return false;
}

/* `id` is NULL where the target stands alone. Whose a step is, is not known here. */
static bool holds_without_task(
    const struct lw_project *p, const struct lw_question *q, const char *id, const json_t *answers)
{
    for (size_t i = 0; i < q->nwhen; i++) {
        const struct lw_test *test = &q->when[i];
        const struct lw_question *asked = &p->question[test->question];
        const json_t *v = named_answer(p, test->question, answers);
        enum lw_target tested = asked->on;
        bool of_span = q->on == LW_ON_SPAN && asked->type == LW_Q_SPANS;
        bool passes = of_span ? lw_test_passes(test, lw_spans_of_id(asked, answers, id))
                      : !lw_target_is_keyed(tested) ? lw_test_passes(test, v)
                      : id && tested == q->on       ? lw_test_passes(test, json_object_get(v, id))
                                                    : any_passes(test, v);
        if (!passes)
            return false;
    }
    return true;
}

static size_t drop_keyed(const struct lw_project *p, const struct lw_question *q, json_t *answers)
{
    json_t *keyed = json_object_get(answers, q->name), *v;
    const char *id;
    void *next;
    size_t dropped = 0;
    json_object_foreach_safe(keyed, next, id, v)
    {
        if (!holds_without_task(p, q, id, answers)) {
            json_object_del(keyed, id);
            dropped++;
        }
    }
    if (dropped > 0 && json_object_size(keyed) == 0)
        json_object_del(answers, q->name);
    return dropped;
}

/* In the order of the questions: each `when` looks at earlier ones, which are clean by then. */
size_t lw_answers_drop_stale(const struct lw_project *p, json_t *answers)
{
    size_t dropped = 0;
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        if (q->nwhen == 0 || !json_object_get(answers, q->name))
            continue;
        if (lw_target_is_keyed(q->on)) {
            dropped += drop_keyed(p, q, answers);
        } else if (!holds_without_task(p, q, NULL, answers)) {
            json_object_del(answers, q->name);
            dropped++;
        }
    }
    return dropped;
}
