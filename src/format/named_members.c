/* The members of a record that are of use, by their names, and the texts in them. Which names mean
 * what is member_use.c's; which text is the prompt is named_prompt.c's. */
#define _GNU_SOURCE
#include "format/named_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/record.h"

#include <stdlib.h>
#include <string.h>

static bool is_empty(const json_t *v)
{
    return (json_is_array(v) && json_array_size(v) == 0) ||
           (json_is_object(v) && json_object_size(v) == 0);
}

static bool is_of_use(enum lw_member_use use)
{
    return use != LW_USE_NONE && use != LW_USE_METADATA;
}

/* A choice in a model's reply; options of a question have an id and a text instead. */
static bool is_choice(const json_t *v)
{
    return lw_json_get(v, "message") || lw_json_get(v, "index") || lw_json_get(v, "finish_reason");
}

static const json_t *text_inside(const json_t *v)
{
    static const char *const inside[] = {"text", "full_text", "content", "value", "answer",
        "response", "question", "problem", "raw", "parts"};
    for (size_t i = 0; json_is_object(v) && i < sizeof inside / sizeof *inside; i++) {
        const json_t *text = lw_json_get(v, inside[i]);
        if (lw_is_plain(text) || json_is_array(text))
            return text;
    }
    return NULL;
}

/* The text of a model inside what a program wrote about it: {"output": …}, {"body": {"choices":
 * …}}. */
static json_t *response_inside(json_t *v)
{
    static const char *const inside[] = {"message", "output", "completion", "generated_text",
        "text", "content", "response", "choices", "completions", "candidates", "body"};
    enum { DEPTH_MAX = 4 };
    for (int depth = 0; depth < DEPTH_MAX && json_is_object(v) && !lw_is_message(v); depth++) {
        json_t *found = NULL;
        for (size_t i = 0; i < sizeof inside / sizeof *inside && !found; i++)
            found = lw_json_get(v, inside[i]);
        if (!found)
            break;
        v = found;
    }
    return v;
}

static void gather_from(json_t *object, struct lw_named *to);

/* {"input": {"messages": …}}: its members count as members of the record. */
static bool gather_asked(enum lw_member_use use, json_t *v, struct lw_named *to)
{
    size_t before = to->n;
    bool asked = use == LW_USE_PROMPT || use == LW_USE_CONTEXT;
    if (asked && json_is_object(v) && !lw_is_message(v) && !text_inside(v))
        gather_from(v, to);
    to->nested = to->nested || to->n > before;
    return to->n > before;
}

static void gather_from(json_t *object, struct lw_named *to)
{
    const char *name;
    json_t *v;
    json_object_foreach(object, name, v)
    {
        enum lw_member_use use = lw_member_use_in(object, name);
        bool odd = use == LW_USE_PROMPT && json_is_object(v); /* to be told */
        if (json_is_null(v) || (is_empty(v) && !odd) || !is_of_use(use))
            continue;
        if (gather_asked(use, v, to))
            continue;
        if (use == LW_USE_RESPONSE || use == LW_USE_RESULT)
            v = response_inside(v);
        if (use == LW_USE_OPTIONS && is_choice(json_array_get(v, 0)))
            use = LW_USE_RESPONSES; /* the choices of a model, as OpenAI's answers have them */
        to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
        to->v[to->n++] = (struct lw_named_member){name, v, use};
    }
}

static bool has_use(const struct lw_named *m, enum lw_member_use use)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].use == use)
            return true;
    return false;
}

static bool asks(const struct lw_named *m)
{
    return has_use(m, LW_USE_PROMPT) || has_use(m, LW_USE_CONTEXT) ||
           has_use(m, LW_USE_CONVERSATION);
}

/* A translation is judged against its source text; elsewhere "source" says where a text is from. */
static void gather_source(json_t *record, struct lw_named *to)
{
    static const char *const names[] = {"source", "src"};
    bool translates = json_object_get(record, "mt") != NULL;
    for (size_t i = 0; i < to->n; i++)
        translates = translates || strncasecmp(to->v[i].name, "translation", 11) == 0;
    for (size_t i = 0; translates && i < 2; i++) {
        json_t *v = json_object_get(record, names[i]);
        if (!json_is_string(v))
            continue;
        to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
        to->v[to->n++] = (struct lw_named_member){names[i], v, LW_USE_CONTEXT};
    }
}

static bool responds(const struct lw_named_member *m)
{
    return m->use == LW_USE_RESPONSE || (m->use == LW_USE_RESPONSES && !json_is_object(m->v));
}

/* Outcomes are responses only when there are no others. */
static void resolve_results(struct lw_named *m)
{
    size_t n = 0;
    bool others = false;
    for (size_t i = 0; i < m->n; i++)
        others = others || responds(&m->v[i]);
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].use != LW_USE_RESULT)
            m->v[n++] = m->v[i];
        else if (!others)
            m->v[n++] = (struct lw_named_member){m->v[i].name, m->v[i].v, LW_USE_RESPONSE};
    }
    m->n = n;
}

/* The prompt may be in an object next to the responses, such as {"info": {"post": …}}. */
static void gather_nested(json_t *record, struct lw_named *to)
{
    const char *name;
    json_t *v;
    json_object_foreach(record, name, v)
    {
        size_t before = to->n;
        if (json_is_object(v) && lw_member_use_of(name) == LW_USE_NONE && !lw_is_wrapper(name))
            gather_from(v, to);
        to->nested = to->nested || to->n > before;
    }
}

void lw_named_gather(json_t *record, struct lw_named *to)
{
    *to = (struct lw_named){0};
    gather_from(record, to);
    if (!asks(to))
        gather_source(record, to);
    if (!asks(to))
        gather_nested(record, to);
    resolve_results(to);
}

void lw_named_fini(struct lw_named *m)
{
    free(m->v);
    *m = (struct lw_named){0};
}

bool lw_span_holds(struct lw_span all, struct lw_span part)
{
    while (part.n > 0 && strchr(" \n\r\t", *part.s))
        part.s++, part.n--;
    while (part.n > 0 && strchr(" \n\r\t", part.s[part.n - 1]))
        part.n--;
    return part.n == 0 || (all.n >= part.n && memmem(all.s, all.n, part.s, part.n));
}

static struct lw_span joined_texts(const json_t *list, struct lw_task *to)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct lw_span s = lw_named_text(json_array_get(list, i), to);
        if (!s.s)
            continue;
        lw_buf_str(&b, b.len ? "\n\n" : "");
        lw_buf_add(&b, s.s, s.n);
    }
    struct lw_span all = b.len ? lw_task_add_text(to, b.data, b.len) : (struct lw_span){0};
    lw_buf_fini(&b);
    return all;
}

struct lw_span lw_named_text(const json_t *v, struct lw_task *to)
{
    if (lw_is_plain(v))
        return lw_task_text_of(to, v);
    if (json_is_array(v))
        return joined_texts(v, to);
    const json_t *text = text_inside(v);
    return text ? lw_named_text(text, to) : (struct lw_span){0};
}
