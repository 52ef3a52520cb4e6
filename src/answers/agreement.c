/* Compares two sets of answers: which are the same, by how much a rating is off, which tags are
 * missing, which pairs of a ranking are the other way round. What is compared with what, and what
 * the user is told, is decided by the caller. */
#include "labelwright/answers/agreement.h"

#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[LW_AGREEMENTS] = {[LW_AGREE_SAME] = "same",
    [LW_AGREE_NEAR] = "near",
    [LW_AGREE_OTHER] = "other",
    [LW_AGREE_MISSING] = "missing",
    [LW_AGREE_EXTRA] = "extra",
    [LW_AGREE_UNJUDGED] = "unjudged"};

const char *lw_agreement_name(enum lw_agreement how)
{
    return names[how];
}

bool lw_agreement_find(const char *name, size_t n, enum lw_agreement *to)
{
    for (int i = 0; i < LW_AGREEMENTS; i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) {
            *to = (enum lw_agreement)i;
            return true;
        }
    return false;
}

/* ---- types: each gets two answers, sets what is known about their difference, and says whether
 * they agree */

typedef enum lw_agreement compare(const struct lw_question *q, struct lw_agreed *to);

static enum lw_agreement equal(bool same)
{
    return same ? LW_AGREE_SAME : LW_AGREE_OTHER;
}

static enum lw_agreement compare_ratings(const struct lw_question *q, struct lw_agreed *to)
{
    if (!json_is_integer(to->a) || !json_is_integer(to->b))
        return LW_AGREE_OTHER;
    to->apart = json_integer_value(to->a) - json_integer_value(to->b);
    bool near = llabs(to->apart) <= q->tolerance;
    return to->apart == 0 ? LW_AGREE_SAME : near ? LW_AGREE_NEAR : LW_AGREE_OTHER;
}

static enum lw_agreement compare_values(const struct lw_question *q, struct lw_agreed *to)
{
    (void)q;
    return equal(json_equal(to->a, to->b));
}

/* How far it is from the middle of the line; without a strength, as far as `other` is. */
static int64_t strength_of(const json_t *v, const json_t *other)
{
    const json_t *strength = json_object_get(v, "strength");
    if (!json_is_string(json_object_get(v, "better")))
        return 0;
    strength = strength ? strength : json_object_get(other, "strength");
    return strength ? json_integer_value(strength) : 1;
}

static enum lw_agreement compare_better(const struct lw_question *q, struct lw_agreed *to)
{
    (void)q;
    const json_t *a = json_object_get(to->a, "better"), *b = json_object_get(to->b, "better");
    bool same = json_is_string(a) ? json_equal(a, b) : !json_is_string(b);
    int64_t by = strength_of(to->a, to->b), of = strength_of(to->b, to->a);
    to->apart = same ? llabs(by - of) : by + of;
    if (!same)
        return LW_AGREE_OTHER;
    return to->apart == 0 ? LW_AGREE_SAME : LW_AGREE_NEAR;
}

static bool contains(const json_t *list, const json_t *v)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), v))
            return true;
    return false;
}

static size_t lacking(const json_t *of, const json_t *in)
{
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(of); i++)
        n += !contains(in, json_array_get(of, i));
    return n;
}

static enum lw_agreement compare_sets(const struct lw_question *q, struct lw_agreed *to)
{
    (void)q;
    to->missing = lacking(to->b, to->a);
    to->extra = lacking(to->a, to->b);
    return equal(to->missing + to->extra == 0);
}

/* A mark without the id that its label gave it. New. */
static json_t *without_ids(const json_t *marks)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(marks); i++) {
        json_t *one = json_copy(json_array_get(marks, i));
        if (json_is_object(one))
            json_object_del(one, "id");
        json_array_append_new(list, one);
    }
    return list;
}

static enum lw_agreement compare_marks(const struct lw_question *q, struct lw_agreed *to)
{
    struct lw_agreed bare = *to;
    json_t *a = without_ids(to->a), *b = without_ids(to->b);
    bare.a = a;
    bare.b = b;
    enum lw_agreement how = compare_sets(q, &bare);
    to->missing = bare.missing;
    to->extra = bare.extra;
    json_decref(a);
    json_decref(b);
    return how;
}

/* The place of the response in the ranking, from 0; -1: not ranked. */
static int place_of(const json_t *ranking, const json_t *id)
{
    const json_t *order = json_object_get(ranking, "order");
    for (size_t i = 0; i < json_array_size(order); i++)
        if (contains(json_array_get(order, i), id))
            return (int)i;
    return -1;
}

/* Every response of the ranking, not rankable ones at the end. New. */
static json_t *ids_of(const json_t *ranking)
{
    json_t *ids = json_array();
    const json_t *order = json_object_get(ranking, "order");
    for (size_t i = 0; i < json_array_size(order); i++)
        json_array_extend(ids, json_array_get(order, i));
    json_array_extend(ids, json_object_get(ranking, "not_rankable"));
    return ids;
}

static void compare_pair(struct lw_agreed *to, const json_t *one, const json_t *two)
{
    int a = place_of(to->a, one) - place_of(to->a, two);
    int b = place_of(to->b, one) - place_of(to->b, two);
    to->pairs++;
    to->tied += (a == 0) != (b == 0);
    to->swapped += (a > 0 && b < 0) || (a < 0 && b > 0);
}

static enum lw_agreement compare_rankings(const struct lw_question *q, struct lw_agreed *to)
{
    (void)q;
    json_t *ids = ids_of(to->b);
    bool same_set = true;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *one = json_array_get(ids, i);
        bool ranked = place_of(to->a, one) >= 0 && place_of(to->b, one) >= 0;
        same_set = same_set && (place_of(to->a, one) >= 0) == (place_of(to->b, one) >= 0);
        for (size_t k = i + 1; ranked && k < json_array_size(ids); k++) {
            const json_t *two = json_array_get(ids, k);
            if (place_of(to->a, two) >= 0 && place_of(to->b, two) >= 0)
                compare_pair(to, one, two);
        }
    }
    json_decref(ids);
    return equal(same_set && to->swapped + to->tied == 0);
}

/* What nobody but a reader can judge, be it there or not. A date or an address is right or wrong.
 */
static bool is_unjudged(const struct lw_question *q)
{
    bool text = q->type == LW_Q_TEXT || q->type == LW_Q_WRITE || q->type == LW_Q_EDIT;
    return q->type == LW_Q_TALK || (text && q->format == LW_FORMAT_ANY);
}

static compare *const compares[] = {
    [LW_Q_RATING] = compare_ratings,
    [LW_Q_CHOICE] = compare_values,
    [LW_Q_TAGS] = compare_sets,
    [LW_Q_COMPARE] = compare_better,
    [LW_Q_RANK] = compare_rankings,
    [LW_Q_TEXT] = compare_values,
    [LW_Q_SPANS] = compare_marks,
    [LW_Q_BOXES] = compare_marks,
};

/* ---- one question about one item */

static bool is_of_lists(const struct lw_question *q)
{
    return q->type == LW_Q_TAGS || q->type == LW_Q_SPANS || q->type == LW_Q_BOXES;
}

/* NULL where it is none; of a measure an empty list is one, if the question takes lists. */
static const json_t *answer_of(const struct lw_question *q, const json_t *v, bool measure)
{
    bool empty = json_is_array(v) && json_array_size(v) == 0;
    bool nothing = !v || json_is_null(v) || (json_is_string(v) && json_string_length(v) == 0);
    return nothing || (empty && !(measure && is_of_lists(q))) ? NULL : v;
}

struct walk {
    const struct lw_project *p;
    void (*each)(void *ctx, const struct lw_agreed *one);
    void *ctx;
};

static void tell(
    const struct walk *w, size_t question, const char *item, const json_t *a, const json_t *b)
{
    const struct lw_question *q = &w->p->question[question];
    struct lw_agreed one = {.question = question,
        .item = item,
        .a = answer_of(q, a, false),
        .b = answer_of(q, b, true)};
    bool none = one.b && json_is_array(one.b) && json_array_size(one.b) == 0;
    if (!one.a && !one.b)
        return;
    if (is_unjudged(q))
        one.how = LW_AGREE_UNJUDGED;
    else if (one.a ? one.b != NULL : none)
        one.how = compares[q->type](q, &one);
    else
        one.how = one.a ? LW_AGREE_EXTRA : LW_AGREE_MISSING;
    w->each(w->ctx, &one);
}

static void tell_items(const struct walk *w, size_t question, json_t *a, json_t *b)
{
    const char *id;
    json_t *v;
    if (json_is_object(b))
        json_object_foreach(b, id, v) tell(w, question, id, json_object_get(a, id), v);
    if (json_is_object(a))
        json_object_foreach(a, id, v) if (!json_object_get(b, id)) tell(w, question, id, v, NULL);
}

void lw_answers_agree(const struct lw_project *p, const json_t *a, const json_t *b,
    void (*each)(void *ctx, const struct lw_agreed *one), void *ctx)
{
    struct walk w = {p, each, ctx};
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        json_t *of_a = json_object_get(a, q->name), *of_b = json_object_get(b, q->name);
        if (q->on == LW_ON_SPAN)
            continue;
        if (lw_target_is_keyed(q->on))
            tell_items(&w, i, of_a, of_b);
        else
            tell(&w, i, "", of_a, of_b);
    }
}

/* ---- sums */

void lw_agreement_add(struct lw_agreement_sum *to, enum lw_agreement how)
{
    to->same += how == LW_AGREE_SAME;
    to->near += how == LW_AGREE_NEAR;
    to->other += how == LW_AGREE_OTHER || how == LW_AGREE_MISSING || how == LW_AGREE_EXTRA;
    to->unjudged += how == LW_AGREE_UNJUDGED;
}

uint64_t lw_agreement_agreed(const struct lw_agreement_sum *s)
{
    return s->same + s->near;
}

uint64_t lw_agreement_judged(const struct lw_agreement_sum *s)
{
    return s->same + s->near + s->other;
}
