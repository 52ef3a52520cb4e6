/* Talks as a tree of messages: what is on the path, what answers what, and how one grows. What a
 * talk may be is said by question_talk.c; which of it is shown, by the answers room; what a model
 * is asked, by talk_request.c. */
#include "labelwright/project/talk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char list_of[] = "messages", at_of[] = "at", order_of[] = "order",
                  typed_of[] = "typed", start_of[] = "start";

static const char *text_of(const json_t *message, const char *member)
{
    return json_string_value(json_object_get(message, member));
}

static bool has_role(const json_t *message, const char *role)
{
    const char *is = text_of(message, "role");
    return is && strcmp(is, role) == 0;
}

bool lw_talk_is_reply(const json_t *message)
{
    return has_role(message, "assistant");
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* ---- what is in it */

/* Mostly one of the newest is looked for; the number of all where there is none. */
static size_t place_of(const json_t *list, const char *id)
{
    size_t n = json_array_size(list), i = n;
    while (i > 0 && !is_same(text_of(json_array_get(list, i - 1), "id"), id))
        i--;
    return i > 0 ? i - 1 : n;
}

const json_t *lw_talk_find(const json_t *value, const char *id)
{
    const json_t *list = json_object_get(value, list_of);
    return id ? json_array_get(list, place_of(list, id)) : NULL;
}

const char *lw_talk_at(const json_t *value)
{
    return text_of(value, at_of);
}

/* Each message stands behind the one that it follows on: one way through the list finds them all.
 */
json_t *lw_talk_path(const json_t *value)
{
    json_t *path = json_array();
    const json_t *list = json_object_get(value, list_of);
    const char *next = lw_talk_at(value);
    for (size_t i = json_array_size(list); next && i-- > 0;) {
        json_t *m = json_array_get(list, i);
        if (!is_same(text_of(m, "id"), next))
            continue;
        json_array_insert(path, 0, m);
        next = text_of(m, "after");
    }
    return path;
}

static bool is_reply_to(const json_t *message, const char *id)
{
    return has_role(message, "assistant") && !text_of(message, "of") &&
           is_same(text_of(message, "after"), id);
}

/* The reply that goes on from this one; NULL for none. */
static json_t *further(const json_t *replies, const json_t *m)
{
    json_t *next;
    size_t i;
    json_array_foreach(
        replies, i, next) if (is_same(text_of(next, "goes_on"), text_of(m, "id"))) return next;
    return NULL;
}

/* In the place of one that was cut stands the one that goes on from it. */
json_t *lw_talk_replies(const json_t *value, const char *id)
{
    json_t *all = json_array(), *shown = json_array(), *m, *next;
    size_t i;
    json_array_foreach(json_object_get(value, list_of), i, m) if (is_reply_to(m, id))
        json_array_append(all, m);
    json_array_foreach(all, i, m)
    {
        json_t *last = m;
        for (size_t k = 0; k < json_array_size(all) && (next = further(all, last)); k++)
            last = next;
        const char *from = text_of(m, "goes_on");
        if (!from || place_of(all, from) == json_array_size(all))
            json_array_append(shown, last);
    }
    json_decref(all);
    return shown;
}

static const char *only_reply(const json_t *value, const char *id)
{
    json_t *replies = lw_talk_replies(value, id);
    const char *only =
        json_array_size(replies) == 1 ? text_of(json_array_get(replies, 0), "id") : NULL;
    json_decref(replies);
    return only;
}

const json_t *lw_talk_order(const json_t *value, const char *id)
{
    return json_object_get(json_object_get(value, order_of), id ? id : start_of);
}

size_t lw_talk_place(const json_t *order, const char *id)
{
    json_t *tied, *one;
    size_t i, k;
    json_array_foreach(order, i, tied)
    {
        json_array_foreach(tied, k, one)
        {
            if (is_same(json_string_value(one), id))
                return i + 1;
        }
    }
    return 0;
}

size_t lw_talk_placed(const json_t *order)
{
    json_t *tied;
    size_t i, n = 0;
    json_array_foreach(order, i, tied) n += json_array_size(tied);
    return n;
}

const char *lw_talk_best(const json_t *value, const char *id)
{
    const json_t *top = json_array_get(lw_talk_order(value, id), 0);
    if (json_array_size(top) == 1)
        return json_string_value(json_array_get(top, 0));
    return only_reply(value, id);
}

bool lw_talk_awaits_choice(const struct lw_talk_rules *r, const json_t *value, const char *id)
{
    json_t *replies = lw_talk_replies(value, id);
    size_t n = json_array_size(replies);
    json_decref(replies);
    return n > 1 && (!lw_talk_best(value, id) ||
                        (r && r->rank && lw_talk_placed(lw_talk_order(value, id)) < n));
}

static const char *const role_names[] = {
    [LW_TALK_USER] = "user", [LW_TALK_ASSISTANT] = "assistant", [LW_TALK_TOOL] = "tool"};

const char *lw_talk_role(enum lw_talk_next next)
{
    return role_names[next];
}

enum lw_talk_next lw_talk_next(const struct lw_talk_rules *r, const json_t *value)
{
    const char *at = lw_talk_at(value);
    json_t *replies = lw_talk_replies(value, at);
    json_t *calls = lw_talk_open_calls(value);
    bool answered = json_array_size(replies) > 0, called = json_array_size(calls) > 0;
    json_decref(replies);
    json_decref(calls);
    if (called)
        return LW_TALK_TOOL;
    return at && !answered && (!r || r->nmodels == 0) ? LW_TALK_ASSISTANT : LW_TALK_USER;
}

size_t lw_talk_turns(const json_t *value)
{
    json_t *path = lw_talk_path(value), *m;
    size_t n = 0, i;
    json_array_foreach(path, i, m) n += has_role(m, "user");
    json_decref(path);
    return n;
}

size_t lw_talk_live(const json_t *value)
{
    json_t *m;
    size_t n = 0, i;
    json_array_foreach(json_object_get(value, list_of), i, m) n +=
        json_is_true(json_object_get(m, "live"));
    return n;
}

bool lw_talk_is_full(const json_t *value, size_t more)
{
    return json_array_size(json_object_get(value, list_of)) + more > LW_TALK_MESSAGES_MAX;
}

/* The results at the end of the path, from the last: what stands before one of them. */
static const json_t *before_result(const json_t *value, const json_t *result)
{
    return has_role(result, "tool") ? lw_talk_find(value, text_of(result, "after")) : NULL;
}

static bool is_answered(const json_t *value, const char *call)
{
    const json_t *m = lw_talk_find(value, lw_talk_at(value));
    for (size_t most = LW_TALK_MESSAGES_MAX; m && most > 0; most--) {
        if (is_same(text_of(m, "call"), call))
            return true;
        m = before_result(value, m);
    }
    return false;
}

/* The reply whose results are being given. */
static const json_t *caller(const json_t *value)
{
    const json_t *m = lw_talk_find(value, lw_talk_at(value));
    for (size_t most = LW_TALK_MESSAGES_MAX; m && !lw_talk_is_reply(m) && most > 0; most--)
        m = before_result(value, m);
    return m;
}

/* The results so far are those of an earlier reply once there is a new one, whatever the ids. */
json_t *lw_talk_open_calls(const json_t *value)
{
    const json_t *best = lw_talk_find(value, lw_talk_best(value, lw_talk_at(value))), *from;
    json_t *open = json_array(), *call;
    size_t i;
    from = best ? best : caller(value);
    json_array_foreach(json_object_get(from, "tool_calls"), i, call)
    {
        const char *id = text_of(call, "id");
        if (id && (best || !is_answered(value, id)))
            json_array_append(open, call);
    }
    return open;
}

struct lw_span lw_talk_typed(const json_t *value)
{
    const json_t *text = json_object_get(json_object_get(value, typed_of), "text");
    return (struct lw_span){json_string_value(text), json_string_length(text)};
}

/* ---- what becomes of it */

/* Messages are shared, never changed. */
static json_t *copy(const json_t *value)
{
    json_t *to = value ? json_copy((json_t *)(uintptr_t)value) : json_object();
    const json_t *list = json_object_get(to, list_of);
    json_object_set_new(to, list_of, list ? json_copy((json_t *)(uintptr_t)list) : json_array());
    return to;
}

/* Behind all others; where that number would be too long, any that is free. */
void lw_talk_new_id(const json_t *value, char to[LW_ITEM_ID])
{
    json_t *list = json_object_get(value, list_of), *m;
    uint64_t next = 1;
    size_t i;
    json_array_foreach(list, i, m)
    {
        const char *id = text_of(m, "id");
        uint64_t n = id && id[0] == 'm' ? strtoull(id + 1, NULL, 10) : 0;
        next = n >= next && n < UINT64_MAX ? n + 1 : next;
    }
    next = next > LW_TALK_NUMBER_MAX ? 1 : next;
    do
        snprintf(to, LW_ITEM_ID, "m%" PRIu64, next++);
    while (place_of(list, to) < json_array_size(list));
}

/* One that goes on from another has that one's place among the replies, as soon as it has ended. */
static void take_place(json_t *value, const json_t *message)
{
    const char *from = text_of(message, "goes_on"), *after = text_of(message, "after");
    const json_t *was = lw_talk_order(value, after);
    if (!from || lw_talk_place(was, from) == 0 || json_is_true(json_object_get(message, "live")))
        return;
    json_t *all = json_copy(json_object_get(value, order_of)), *order = json_deep_copy(was), *tied;
    size_t i, k;
    json_array_foreach(order, i, tied)
    {
        for (k = 0; k < json_array_size(tied); k++)
            if (is_same(json_string_value(json_array_get(tied, k)), from))
                json_array_set(tied, k, json_object_get(message, "id"));
    }
    json_object_set_new(all, after ? after : start_of, order);
    json_object_set_new(value, order_of, all);
}

json_t *lw_talk_add(const json_t *value, json_t *message, bool move)
{
    json_t *to = copy(value), *list = json_object_get(to, list_of);
    char id[LW_ITEM_ID];
    lw_talk_new_id(value, id);
    if (!text_of(message, "id"))
        json_object_set_new(message, "id", json_string(id));
    if (move)
        json_object_set(to, at_of, json_object_get(message, "id"));
    size_t place = place_of(list, text_of(message, "id"));
    take_place(to, message);
    if (place < json_array_size(list))
        json_array_set_new(list, place, message);
    else
        json_array_append_new(list, message);
    return to;
}

json_t *lw_talk_drop_live(const json_t *value, const char *id)
{
    json_t *to = copy(value), *list = json_object_get(to, list_of);
    size_t place = place_of(list, id);
    if (json_is_true(json_object_get(json_array_get(list, place), "live")))
        json_array_remove(list, place);
    return to;
}

json_t *lw_talk_with_typed(const json_t *value, const char *text, size_t n, const char *instead)
{
    json_t *to = copy(value), *typed = json_object();
    json_object_set_new(typed, "text", json_stringn(n ? text : "", n));
    if (instead)
        json_object_set_new(typed, "instead", json_string(instead));
    json_object_set_new(to, typed_of, typed);
    return to;
}

json_t *lw_talk_without_typed(const json_t *value)
{
    json_t *to = copy(value);
    json_object_del(to, typed_of);
    return to;
}

json_t *lw_talk_move(const json_t *value, const char *id)
{
    json_t *to = copy(value);
    if (id)
        json_object_set_new(to, at_of, json_string(id));
    else
        json_object_del(to, at_of);
    return to;
}

json_t *lw_talk_with_order(const json_t *value, const char *of, json_t *order)
{
    json_t *to = copy(value), *was = json_object_get(to, order_of);
    json_t *all = was ? json_copy(was) : json_object();
    if (order)
        json_object_set_new(all, of ? of : start_of, order);
    else
        json_object_del(all, of ? of : start_of);
    if (json_object_size(all) > 0)
        json_object_set(to, order_of, all);
    else
        json_object_del(to, order_of);
    json_decref(all);
    return to;
}

static bool is_empty(const json_t *message)
{
    return json_string_length(json_object_get(message, "text")) == 0 &&
           !json_object_get(message, "tool_calls") && !json_object_get(message, "error");
}

json_t *lw_talk_ended(const json_t *value)
{
    json_t *to = copy(value), *list = json_object_get(to, list_of);
    for (size_t i = json_array_size(list); i-- > 0;) {
        json_t *m = json_array_get(list, i);
        if (!json_is_true(json_object_get(m, "live")))
            continue;
        json_t *ended = json_copy(m);
        json_object_del(ended, "live");
        json_object_set_new(ended, "cut", json_string("ended"));
        if (is_empty(ended)) {
            json_array_remove(list, i);
            json_decref(ended);
        } else {
            take_place(to, ended);
            json_array_set_new(list, i, ended);
        }
    }
    return to;
}

/* ---- branches */

static bool is_own(const json_t *m)
{
    return !lw_talk_is_reply(m);
}

/* Where each message stands in the list, so that going through all of them takes one pass. */
static json_t *places(const json_t *list)
{
    json_t *to = json_object(), *m;
    size_t i;
    json_array_foreach(list, i, m)
    {
        const char *id = text_of(m, "id");
        if (id)
            json_object_set_new(to, id, json_integer((json_int_t)i));
    }
    return to;
}

static const json_t *one_before(const json_t *list, const json_t *place, const json_t *m)
{
    const char *after = text_of(m, "after");
    const json_t *i = after ? json_object_get(place, after) : NULL;
    return i ? json_array_get(list, (size_t)json_integer_value(i)) : NULL;
}

/* Of the contractor's own messages the one that this one follows on, over the reply between. */
static const json_t *own_before(const json_t *list, const json_t *place, const json_t *m)
{
    m = one_before(list, place, m);
    return m && !is_own(m) ? one_before(list, place, m) : m;
}

/* The ids of those of the contractor's own messages that no other one follows on. */
static json_t *ends_of(const json_t *list)
{
    json_t *ends = json_object(), *place = places(list), *m;
    size_t i;
    json_array_foreach(list, i, m)
    {
        if (is_own(m) && text_of(m, "id"))
            json_object_set_new(ends, text_of(m, "id"), json_true());
    }
    json_array_foreach(list, i, m)
    {
        const json_t *before = is_own(m) ? own_before(list, place, m) : NULL;
        if (before && text_of(before, "id"))
            json_object_del(ends, text_of(before, "id"));
    }
    json_decref(place);
    return ends;
}

const char *lw_talk_next_branch(const json_t *value)
{
    const json_t *list = json_object_get(value, list_of);
    size_t n = json_array_size(list), from = place_of(list, lw_talk_at(value));
    json_t *ends = ends_of(list);
    const char *next = NULL;
    for (size_t i = 1; i < n && from < n && !next; i++) {
        const char *id = text_of(json_array_get(list, (from + i) % n), "id");
        if (id && json_object_get(ends, id))
            next = id;
    }
    json_decref(ends);
    return next;
}
