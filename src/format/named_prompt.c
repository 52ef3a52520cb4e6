/* What comes before the responses in a record read by names: system prompt, conversation, question
 * and its material. Texts that another one contains are left out, whatever their order. */
#include "format/named_internal.h"
#include "labelwright/base/buf.h"

#include <string.h>

/* ---- conversations */

static bool is_pair(const json_t *v)
{
    return json_is_array(v) && json_array_size(v) == 2 && json_is_string(json_array_get(v, 0)) &&
           json_is_string(json_array_get(v, 1));
}

/* {"input": …, "output": …}, as in Capybara. */
static bool add_exchange(const json_t *v, struct lw_task *to)
{
    struct lw_span asked = {0}, said = {0};
    const char *name;
    json_t *one;
    json_object_foreach((json_t *)v, name, one)
    {
        enum lw_member_use use = lw_member_use_of(name);
        if (json_is_string(one) && (use == LW_USE_PROMPT || use == LW_USE_CONTEXT))
            asked = lw_span_of(one);
        if (json_is_string(one) && (use == LW_USE_RESPONSE || use == LW_USE_ANSWER))
            said = lw_span_of(one);
    }
    if (asked.s)
        lw_task_add_turn(to, "user", asked);
    if (said.s)
        lw_task_add_turn(to, "assistant", said);
    return asked.s || said.s;
}

static bool add_exchanges(const json_t *list, struct lw_task *to)
{
    size_t n = json_array_size(list), i = 0;
    while (i < n && add_exchange(json_array_get(list, i), to))
        i++;
    return n > 0 && i == n;
}

/* [[question, answer], …] as in the history of Alpaca, or texts in turns. */
static bool add_by_turns(const json_t *list, struct lw_task *to)
{
    if (json_is_object(json_array_get(list, 0)))
        return add_exchanges(list, to);
    bool pairs = is_pair(json_array_get(list, 0));
    bool texts = json_is_string(json_array_get(list, 0));
    for (size_t i = 0; (pairs || texts) && i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        if (pairs ? !is_pair(v) : !json_is_string(v))
            return false;
        for (size_t k = 0; pairs && k < 2; k++)
            lw_task_add_turn(to, k ? "assistant" : "user", lw_span_of(json_array_get(v, k)));
        if (texts)
            lw_task_add_turn(to, i % 2 ? "assistant" : "user", lw_span_of(v));
    }
    return pairs || texts;
}

static enum lw_code read_talk(
    const struct lw_named_member *m, struct lw_task *to, struct lw_err *err)
{
    if (lw_is_message_list(m->v))
        return lw_messages_read(m->v, 0, m->name, to, err);
    if (add_by_turns(m->v, to))
        return LW_OK;
    return json_is_array(m->v) ? lw_messages_read(m->v, 0, m->name, to, err) : LW_OK;
}

static bool is_talk(const struct lw_named_member *m)
{
    bool asked = m->use == LW_USE_PROMPT || m->use == LW_USE_CONTEXT;
    return (m->use == LW_USE_CONVERSATION && json_is_array(m->v)) ||
           (asked && lw_is_message_list(m->v));
}

static const json_t *said_in(const json_t *message)
{
    const json_t *v = lw_json_get(message, "content");
    return v ? v : lw_json_get(message, "value");
}

/* True when all of it is also in the other, which says more. */
static bool continues(const json_t *all, const json_t *part)
{
    size_t n = json_array_size(part), found = 0;
    for (size_t i = 0; i < json_array_size(all) && found < n; i++) {
        const json_t *want = said_in(json_array_get(part, found));
        found += want && json_equal(said_in(json_array_get(all, i)), want);
    }
    return n > 0 && found == n && json_array_size(all) > n;
}

/* Only one conversation: "messages" next to "history" repeats it, or continues it. */
static enum lw_code read_talks(const struct lw_named *m, struct lw_task *to, struct lw_err *err)
{
    const struct lw_named_member *talk = NULL;
    for (size_t i = 0; i < m->n; i++)
        if (is_talk(&m->v[i]) && (!talk || continues(m->v[i].v, talk->v)))
            talk = &m->v[i];
    return talk ? read_talk(talk, to, err) : LW_OK;
}

/* ---- the question */

static bool is_in_turns(const struct lw_task *t, struct lw_span s)
{
    for (size_t i = 0; i < t->nturns; i++)
        if (lw_span_holds(t->turn[i].text, s))
            return true;
    return false;
}

struct asked {
    struct lw_span v[32];
    size_t n;
    bool question; /* one of them is the question, not only material */
};

/* A text that contains others replaces them, at the place of the first. */
static bool replace_held(struct asked *a, struct lw_span s)
{
    size_t n = 0;
    bool held = false;
    for (size_t i = 0; i < a->n; i++) {
        bool holds = lw_span_holds(s, a->v[i]);
        if (!holds || !held)
            a->v[n++] = holds ? s : a->v[i];
        held = held || holds;
    }
    a->n = n;
    return held;
}

/* A text inside another one adds nothing. */
static void ask(struct asked *a, struct lw_span s, bool question)
{
    if (s.n == 0 || a->n == sizeof a->v / sizeof *a->v)
        return;
    for (size_t i = 0; i < a->n; i++) {
        /* shows the question together with its answer */
        bool rendered = !question && a->question && lw_span_holds(s, a->v[i]);
        if (rendered || lw_span_holds(a->v[i], s))
            return;
    }
    if (!replace_held(a, s))
        a->v[a->n++] = s;
    a->question = a->question || question;
}

static struct lw_span options_text(const json_t *v, struct lw_task *to)
{
    const json_t *texts = json_is_object(v) ? lw_json_get(v, "text") : v;
    struct lw_buf b = {0};
    const char *name;
    json_t *one;
    for (size_t i = 0; i < json_array_size(texts); i++) {
        struct lw_span s = lw_named_text(json_array_get(texts, i), to);
        lw_buf_fmt(&b, "%s%c) ", b.len ? "\n" : "", (char)('A' + (int)(i % 26)));
        lw_buf_add(&b, s.s ? s.s : "", s.n);
    }
    if (json_is_object(v) && !json_is_array(texts))
        json_object_foreach((json_t *)v, name, one)
        {
            struct lw_span s = lw_named_text(one, to);
            lw_buf_fmt(&b, "%s%s) ", b.len ? "\n" : "", name);
            lw_buf_add(&b, s.s ? s.s : "", s.n);
        }
    if (json_is_string(texts))
        lw_buf_add(&b, json_string_value(texts), json_string_length(texts));
    struct lw_span all = b.len ? lw_task_add_text(to, b.data, b.len) : (struct lw_span){0};
    lw_buf_fini(&b);
    return all;
}

/* A list of them, or an object with a name for each. */
static void add_options(const struct lw_named *m, struct asked *a, struct lw_task *to)
{
    json_t *each = json_array();
    for (size_t i = 0; i < m->n; i++) {
        const struct lw_named_member *one = &m->v[i];
        if (one->use == LW_USE_OPTIONS && json_is_string(one->v))
            json_array_append(each, one->v);
        else if (one->use == LW_USE_OPTIONS)
            ask(a, options_text(one->v, to), false);
    }
    if (json_array_size(each) == 1)
        ask(a, lw_named_text(json_array_get(each, 0), to), false);
    else
        ask(a, options_text(each, to), false);
    json_decref(each);
}

static enum lw_code add_asked(const struct lw_named *m, enum lw_member_use use, struct asked *a,
    struct lw_task *to, struct lw_err *err)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct lw_named_member *one = &m->v[i];
        bool text =
            one->use == LW_USE_CONVERSATION && use == LW_USE_PROMPT && json_is_string(one->v);
        if ((one->use != use && !text) || is_talk(one))
            continue;
        struct lw_span s = lw_named_text(one->v, to);
        if (!s.s && use == LW_USE_PROMPT)
            return lw_fail(err, LW_EBAD, "\"%s\" must be text or a list of messages.", one->name);
        ask(a, s, use == LW_USE_PROMPT);
    }
    return LW_OK;
}

static void add_question(const struct asked *a, struct lw_task *to)
{
    struct lw_buf b = {0};
    struct lw_span only = {0};
    size_t parts = 0;
    for (size_t i = 0; i < a->n; i++) {
        if (is_in_turns(to, a->v[i]))
            continue;
        only = a->v[i];
        lw_buf_str(&b, parts++ ? "\n\n" : "");
        lw_buf_add(&b, only.s, only.n);
    }
    if (parts > 0)
        lw_task_add_turn(to, "user", parts == 1 ? only : lw_task_add_text(to, b.data, b.len));
    lw_buf_fini(&b);
}

static void read_system(const struct lw_named *m, struct lw_task *to)
{
    for (size_t i = 0; i < m->n; i++) {
        struct lw_span s = {0};
        if (m->v[i].use == LW_USE_SYSTEM)
            s = lw_named_text(m->v[i].v, to);
        if (s.n > 0)
            lw_task_add_turn(to, "system", s);
    }
}

/* A conversation may start with the same system prompt. */
static void drop_system_twice(struct lw_task *t, size_t before)
{
    size_t n = 0;
    for (size_t i = 0; i < before; i++) {
        bool again = before < t->nturns && strcmp(t->turn[before].role, "system") == 0 &&
                     lw_span_holds(t->turn[before].text, t->turn[i].text);
        if (!again)
            t->turn[n++] = t->turn[i];
    }
    if (n == before)
        return;
    memmove(t->turn + n, t->turn + before, (t->nturns - before) * sizeof *t->turn);
    t->nturns -= before - n;
}

enum lw_code lw_named_read_prompt(const struct lw_named *m, struct lw_task *to, struct lw_err *err)
{
    struct asked a = {0};
    read_system(m, to);
    size_t before = to->nturns;
    enum lw_code code = read_talks(m, to, err);
    if (code != LW_OK)
        return code;
    drop_system_twice(to, before);
    if ((code = add_asked(m, LW_USE_PROMPT, &a, to, err)) == LW_OK)
        code = add_asked(m, LW_USE_CONTEXT, &a, to, err);
    if (code == LW_OK && a.n > 0)
        add_options(m, &a, to);
    if (code == LW_OK)
        add_question(&a, to);
    return code;
}
