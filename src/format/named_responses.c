/* The responses in a record read by names: single members, lists, and the last turn of a
 * conversation. No right answer and no judgement is ever one of them. */
#include "format/named_internal.h"
#include "labelwright/base/buf.h"

#include <string.h>

/* A number may be an answer, and one of several where booleans and numbers strayed in among texts;
 * alone, as in {"generation": 6}, it is not. */
static bool is_plain(const struct lw_named_member *m)
{
    return json_is_string(m->v) ||
           (lw_is_plain(m->v) && (m->use == LW_USE_ANSWER || strpbrk(m->name, "0123456789")));
}

static bool is_single(const struct lw_named_member *m)
{
    bool says = m->use == LW_USE_RESPONSE || m->use == LW_USE_ANSWER ||
                (m->use == LW_USE_RESPONSES && json_is_string(m->v));
    return says && (is_plain(m) || lw_is_message_list(m->v) || lw_is_message(m->v));
}

/* A list under a name for one response is a list of responses; there may be many right answers. */
static bool is_list(const struct lw_named_member *m)
{
    return json_is_array(m->v) &&
           (m->use == LW_USE_RESPONSES || (m->use == LW_USE_RESPONSE && !lw_is_message_list(m->v)));
}

static bool has_sure(const struct lw_named *m)
{
    for (size_t i = 0; i < m->n; i++)
        if ((is_single(&m->v[i]) || is_list(&m->v[i])) && m->v[i].use != LW_USE_ANSWER)
            return true;
    return false;
}

static bool talk_answers(const struct lw_task *t)
{
    return t->nturns > 0 && strcmp(t->turn[t->nturns - 1].role, "assistant") == 0;
}

/* ---- each by itself */

static size_t place_of(const struct lw_named_member *m, const char *const *first)
{
    size_t i = 0;
    while (first && first[i] && strcmp(first[i], m->name) != 0)
        i++;
    return i;
}

/* "response" alone has always been r1 in native tasks. */
static const char *id_of(const char *name)
{
    return strcmp(name, "response") == 0 ? NULL : name;
}

static enum lw_code add_single(
    const struct lw_named_member *m, size_t shared, struct lw_task *to, struct lw_err *err)
{
    if (lw_is_message_list(m->v) || lw_is_message(m->v))
        return lw_messages_read_response(m->v, shared, m->name, to, err);
    lw_task_add_response(to, id_of(m->name), NULL, lw_task_text_of(to, m->v));
    return LW_OK;
}

/* Same role and text count as the same message; ids and times may differ. */
static bool same_message(const json_t *a, const json_t *b)
{
    const json_t *said = lw_json_get(a, "content");
    return json_equal(a, b) ||
           (json_is_string(said) && json_equal(said, lw_json_get(b, "content")) &&
               json_equal(lw_json_get(a, "role"), lw_json_get(b, "role")));
}

/* How many messages all conversations start with; each keeps its last one. */
static size_t shared_messages(const struct lw_named_member *const *v, size_t n)
{
    size_t shared = 0;
    for (bool same = n > 1; same; shared += same)
        for (size_t i = 0; i < n && same; i++)
            same = json_is_array(v[i]->v) && shared + 1 < json_array_size(v[i]->v) &&
                   same_message(json_array_get(v[0]->v, shared), json_array_get(v[i]->v, shared));
    return shared;
}

/* The messages at their start, which all share, are the conversation before the responses. */
static enum lw_code read_shared(
    const struct lw_named_member *m, size_t shared, struct lw_task *to, struct lw_err *err)
{
    json_t *list = json_array();
    for (size_t i = 0; i < shared; i++)
        json_array_append(list, json_array_get(m->v, i));
    enum lw_code code = lw_messages_read(list, 0, m->name, to, err);
    json_decref(list);
    return code;
}

static struct lw_response *find_response(const struct lw_task *t, struct lw_span s)
{
    for (size_t i = 0; s.n > 0 && i < t->nresponses; i++)
        if (s.n == t->response[i].text.n && memcmp(s.s, t->response[i].text.s, s.n) == 0)
            return &t->response[i];
    return NULL;
}

static bool said_from(const struct lw_task *t, size_t from, struct lw_span s)
{
    for (size_t i = from; i < t->nturns; i++)
        if (lw_span_holds(t->turn[i].text, s))
            return true;
    return false;
}

/* Removes turns before the shared ones that these or the responses repeat. */
static void drop_said_twice(struct lw_task *t, size_t before)
{
    size_t n = 0;
    for (size_t i = 0; i < t->nturns; i++)
        if (i >= before ||
            (!said_from(t, before, t->turn[i].text) && !find_response(t, t->turn[i].text)))
            t->turn[n++] = t->turn[i];
    t->nturns = n;
}

enum { MOST = 64 };

static size_t find_singles(const struct lw_named *m, const char *const *first, bool sure,
    const struct lw_named_member *v[MOST])
{
    size_t n = 0, places = 0;
    while (first && first[places])
        places++;
    for (size_t place = 0; place <= places; place++)
        for (size_t i = 0; i < m->n && n < MOST; i++) {
            bool asked = m->v[i].use != LW_USE_ANSWER || !sure;
            if (is_single(&m->v[i]) && asked && place_of(&m->v[i], first) == place)
                v[n++] = &m->v[i];
        }
    return n;
}

/* ---- lists */

static const char *model_of(const json_t *item)
{
    static const char *const names[] = {"model", "model_name", "generator", "policy"};
    const char *model = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !model; i++)
        model = json_string_value(lw_json_get(item, names[i]));
    return model;
}

static const char *item_id(const json_t *item, struct lw_task *to)
{
    static const char *const names[] = {"id", "answer_id", "response_id"};
    for (size_t i = 0; json_is_object(item) && i < sizeof names / sizeof *names; i++) {
        const json_t *id = lw_json_get(item, names[i]);
        if (lw_is_integer(id) || json_string_length(id))
            return lw_task_text_of(to, id).s;
    }
    return NULL;
}

/* The text of {"text": …}, {"model", "response": …}, {"message": {"content": …}}. */
static const json_t *item_text(const json_t *item)
{
    static const char *const plain[] = {"text", "content", "value", "message"};
    const char *name;
    json_t *v;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if ((v = lw_json_get(item, plain[i])))
            return v;
    json_object_foreach((json_t *)item, name, v)
    {
        enum lw_member_use use = lw_member_use_of(name);
        if ((use == LW_USE_RESPONSE || use == LW_USE_ANSWER) && json_is_string(v))
            return v;
    }
    return NULL;
}

static enum lw_code add_item(
    const char *name, const json_t *item, size_t i, struct lw_task *to, struct lw_err *err)
{
    struct lw_turn turn = {0};
    if (lw_is_message(item) && lw_json_get(item, "role") && lw_message_read(item, to, &turn)) {
        lw_task_add_turn_response(to, item_id(item, to), model_of(item), &turn);
        return LW_OK;
    }
    const json_t *text = json_is_object(item) ? item_text(item) : item;
    if (json_is_object(text) && lw_message_read(text, to, &turn)) {
        lw_task_add_turn_response(to, item_id(item, to), model_of(item), &turn);
        return LW_OK;
    }
    if (lw_is_message_list(text))
        return lw_messages_read_response(text, 0, name, to, err);
    if (json_is_array(text)) {
        struct lw_span all = lw_named_text(text, to);
        lw_task_add_response(to, NULL, NULL, all.s ? all : (struct lw_span){"", 0});
        return LW_OK;
    }
    if (!lw_is_plain(text))
        return lw_fail(err, LW_EBAD, "\"%s\": item %zu has no text.", name, i + 1);
    lw_task_add_response(to, item_id(item, to), model_of(item), lw_task_text_of(to, text));
    return LW_OK;
}

static enum lw_code read_lists(const struct lw_named *m, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < m->n && code == LW_OK; i++)
        for (size_t k = 0; is_list(&m->v[i]) && k < json_array_size(m->v[i].v) && code == LW_OK;
             k++)
            code = add_item(m->v[i].name, json_array_get(m->v[i].v, k), k, to, err);
    return code;
}

/* When the assistant speaks last in the conversation, that is a response: the only one, or the
 * second of two. With two or more responses, it is one of them or was said before them. */
static void move_last_turn(struct lw_task *to)
{
    if (!talk_answers(to))
        return;
    struct lw_turn last = to->turn[to->nturns - 1];
    struct lw_response *same = find_response(to, last.text);
    if (same) {
        to->nturns--;
        if (!same->message) { /* with its reasoning, too */
            same->parts = last.parts;
            same->message = last.message;
        }
    } else if (to->nresponses < 2) {
        to->nturns--;
        lw_task_add_turn_response(to, NULL, NULL, &last);
    }
}

enum lw_code lw_named_read_responses(
    const struct lw_named *m, const char *const *first, struct lw_task *to, struct lw_err *err)
{
    const struct lw_named_member *v[MOST];
    size_t n = find_singles(m, first, has_sure(m) || talk_answers(to), v);
    size_t shared = shared_messages(v, n), before = to->nturns;
    enum lw_code code = shared ? read_shared(v[0], shared, to, err) : LW_OK;
    for (size_t i = 0; i < n && code == LW_OK; i++)
        code = add_single(v[i], shared, to, err);
    if (code == LW_OK && n == 0)
        code = read_lists(m, to, err);
    if (code == LW_OK && shared)
        drop_said_twice(to, before);
    else if (code == LW_OK)
        move_last_turn(to);
    return code;
}
