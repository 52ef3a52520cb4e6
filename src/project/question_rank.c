/* Rankings of the responses of a task: how one grows response by response, and what is refused from
 * outside. Which key places which response is the sitting's. */
#include "project/question_internal.h"

#include <string.h>

static const char order_of[] = "order", rest_of[] = "not_rankable";
static const char *const next_names[] = {NULL, "tied", "not_rankable"};

/* ---- what is in it */

static bool contains(const json_t *ids, const char *id)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return true;
    return false;
}

bool lw_rank_has(const json_t *value, const char *id)
{
    const json_t *order = json_object_get(value, order_of);
    for (size_t i = 0; i < json_array_size(order); i++)
        if (contains(json_array_get(order, i), id))
            return true;
    return contains(json_object_get(value, rest_of), id);
}

size_t lw_rank_left(const struct lw_task *t, const json_t *value)
{
    const json_t *order = json_object_get(value, order_of);
    size_t placed = json_array_size(json_object_get(value, rest_of));
    for (size_t i = 0; i < json_array_size(order); i++)
        placed += json_array_size(json_array_get(order, i));
    return placed < t->nresponses ? t->nresponses - placed : 0;
}

static void take_out(json_t *left, const json_t *ids)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        json_object_del(left, json_string_value(json_array_get(ids, i)));
}

/* An object whose keys are the ids that are left, in the order of the task. */
static json_t *left_of(const struct lw_task *t, const json_t *value)
{
    const json_t *order = json_object_get(value, order_of);
    json_t *left = json_object();
    for (size_t i = 0; i < t->nresponses; i++)
        json_object_set_new(left, t->response[i].id, json_true());
    for (size_t i = 0; i < json_array_size(order); i++)
        take_out(left, json_array_get(order, i));
    take_out(left, json_object_get(value, rest_of));
    return left;
}

const char *lw_rank_last(const struct lw_task *t, const json_t *value)
{
    json_t *left = left_of(t, value);
    const struct lw_response *last = NULL;
    if (json_object_size(left) == 1)
        last = lw_task_response(t, json_object_iter_key(json_object_iter(left)));
    json_decref(left);
    return last ? last->id : NULL;
}

enum lw_rank_next lw_rank_next(const json_t *value)
{
    const char *name = json_string_value(json_object_get(value, "next"));
    if (!name)
        return LW_RANK_BELOW;
    return strcmp(name, next_names[LW_RANK_TIED]) == 0 ? LW_RANK_TIED : LW_RANK_NOT;
}

/* ---- how it grows */

/* A copy that can be changed, unfinished. */
static json_t *copy(const json_t *value)
{
    json_t *to = value ? json_deep_copy(value) : json_pack("{s:[],s:[]}", order_of, rest_of);
    json_object_set_new(to, "open", json_true());
    json_object_del(to, "next");
    return to;
}

static json_t *finish(const struct lw_task *t, json_t *value)
{
    if (lw_rank_left(t, value) == 0)
        json_object_del(value, "open");
    return value;
}

static void add(json_t *value, const char *id, enum lw_rank_next next)
{
    json_t *order = json_object_get(value, order_of);
    size_t n = json_array_size(order);
    if (next == LW_RANK_NOT)
        json_array_append_new(json_object_get(value, rest_of), json_string(id));
    else if (next == LW_RANK_TIED && n > 0)
        json_array_append_new(json_array_get(order, n - 1), json_string(id));
    else
        json_array_append_new(order, json_pack("[s]", id));
}

/* Every response that is left, but for `id`. */
static void add_left(const struct lw_task *t, json_t *value, const char *id, enum lw_rank_next next)
{
    json_t *left = left_of(t, value), *unused;
    const char *other;
    json_object_foreach(left, other, unused)
    {
        if (id && strcmp(other, id) == 0)
            continue;
        add(value, other, next);
        next = next == LW_RANK_BELOW ? LW_RANK_TIED : next;
    }
    json_decref(left);
}

json_t *lw_rank_place(
    const struct lw_question *q, const struct lw_task *t, const json_t *value, const char *id)
{
    json_t *to = copy(value);
    enum lw_rank_next next = lw_rank_next(value);
    bool worst = q->best_worst && json_array_size(json_object_get(to, order_of)) > 0;
    if (worst && next == LW_RANK_BELOW)
        add_left(t, to, id, LW_RANK_BELOW);
    add(to, id, next);
    return finish(t, to);
}

json_t *lw_rank_place_rest(const struct lw_task *t, const json_t *value)
{
    json_t *to = copy(value);
    add_left(t, to, NULL, lw_rank_next(value));
    return finish(t, to);
}

json_t *lw_rank_expect(const json_t *value, enum lw_rank_next next)
{
    json_t *to = copy(value);
    if (next_names[next])
        json_object_set_new(to, "next", json_string(next_names[next]));
    return to;
}

json_t *lw_rank_replace_last(const struct lw_question *q, const struct lw_task *t,
    const json_t *value, enum lw_rank_next next)
{
    json_t *was = lw_rank_expect(value, next), *order = json_object_get(was, order_of), *to = NULL;
    size_t n = json_array_size(order);
    if (n > (next == LW_RANK_TIED)) {
        json_t *id = json_incref(json_array_get(json_array_get(order, n - 1), 0));
        json_array_remove(order, n - 1);
        to = lw_rank_place(q, t, was, json_string_value(id));
        json_decref(id);
    }
    json_decref(was);
    return to;
}

/* ---- from outside */

static void check(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    if (q->on != LW_ON_TASK)
        lw_mistake(r, lw_yaml_get(y, "on"),
            "a ranking is about all responses of a task. Write `on: task`.");
}

/* Takes the id out of those that are `left`. */
static enum lw_code take(const struct lw_value_place *a, const json_t *id, json_t *left)
{
    const char *name = json_string_value(id);
    if (!name)
        return lw_value_refuse(a, "a ranking names responses by their ids, as text.");
    if (json_object_get(left, name)) {
        json_object_del(left, name);
        return LW_OK;
    }
    if (lw_task_response(a->t, name))
        return lw_value_refuse(a, "the response \"%.80s\" is ranked twice. Name it once.", name);
    return lw_value_refuse(
        a, "the task has no response \"%.80s\". Give the ids that the task has.", name);
}

static enum lw_code take_all(const struct lw_value_place *a, const json_t *ids, json_t *left)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(ids) && code == LW_OK; i++)
        code = take(a, json_array_get(ids, i), left);
    return code;
}

static enum lw_code take_order(const struct lw_value_place *a, const json_t *order, json_t *left)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(order) && code == LW_OK; i++) {
        const json_t *place = json_array_get(order, i);
        code = json_array_size(place)
                   ? take_all(a, place, left)
                   : lw_value_refuse(a, "each place of \"order\" is a list of one id, or of "
                                        "several that are equally good: [[\"a\"],[\"b\"]].");
    }
    return code;
}

static enum lw_code check_complete(const struct lw_value_place *a, const json_t *v, json_t *left)
{
    const char *id = json_object_iter_key(json_object_iter(left));
    if (lw_edit_is_open(v) ? id != NULL : !id)
        return LW_OK;
    if (!id)
        return lw_value_refuse(a, "this ranking is finished. Leave \"open\" out.");
    return lw_value_refuse(a,
        "the response \"%.80s\" is missing. Put it into \"order\", or into \"not_rankable\".", id);
}

/* The best, the worst, and between them all others together. */
static enum lw_code check_best_worst(const struct lw_value_place *a, const json_t *order)
{
    size_t n = json_array_size(order), ranked = 0;
    for (size_t i = 0; i < n; i++)
        ranked += json_array_size(json_array_get(order, i));
    if (n == 0 ||
        (n == (ranked < 3 ? ranked : 3) && json_array_size(json_array_get(order, 0)) == 1 &&
            json_array_size(json_array_get(order, n - 1)) == 1))
        return LW_OK;
    return lw_value_refuse(
        a, "this question asks for the best and the worst. Give [[best],[all others],[worst]].");
}

/* In a draft "open" and "next" may stand beside the two lists. */
static bool has_shape(const struct lw_value_place *a, const json_t *v)
{
    size_t more = json_is_true(json_object_get(v, "open"));
    more += json_is_string(json_object_get(v, "next"));
    return json_is_array(json_object_get(v, order_of)) &&
           json_is_array(json_object_get(v, rest_of)) &&
           json_object_size(v) == 2 + (a->draft ? more : 0);
}

static enum lw_code check_value(const struct lw_value_place *a, const json_t *v)
{
    if (!has_shape(a, v))
        return lw_value_refuse(a,
            "a ranking must be {\"order\": [[\"best\"],[\"next\",\"as good\"]], "
            "\"not_rankable\": []}.");
    const json_t *order = json_object_get(v, order_of);
    json_t *left = left_of(a->t, NULL);
    enum lw_code code = take_order(a, order, left);
    if (code == LW_OK)
        code = take_all(a, json_object_get(v, rest_of), left);
    if (code == LW_OK)
        code = check_complete(a, v, left);
    if (code == LW_OK && a->q->best_worst && !lw_edit_is_open(v))
        code = check_best_worst(a, order);
    json_decref(left);
    return code;
}

const struct lw_question_type lw_question_rank = {
    .responses = 2,
    .or_more = true,
    .check = check,
    .untested = "ranking",
    .unfiltered = "a ranking by value",
    .check_value = check_value,
};
