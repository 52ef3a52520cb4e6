#define _GNU_SOURCE
/* Any record whose member names tell what they are: see use.h. */
#include "format/format_named_internal.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

static bool is_empty(const json_t *v)
{
    return (json_is_array(v) && json_array_size(v) == 0) ||
           (json_is_object(v) && json_object_size(v) == 0);
}

static bool is_of_use(enum lw_member_use use)
{
    return use != LW_USE_NONE && use != LW_USE_ASIDE;
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
    bool asked = use == LW_USE_PROMPT || use == LW_USE_MATERIAL;
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
        if (use == LW_USE_RESPONSE || use == LW_USE_OUTCOME)
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
    return has_use(m, LW_USE_PROMPT) || has_use(m, LW_USE_MATERIAL) || has_use(m, LW_USE_TALK);
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
        to->v[to->n++] = (struct lw_named_member){names[i], v, LW_USE_MATERIAL};
    }
}

static bool responds(const struct lw_named_member *m)
{
    return m->use == LW_USE_RESPONSE || (m->use == LW_USE_RESPONSES && !json_is_object(m->v));
}

/* Outcomes are responses only when there are no others. */
static void settle_outcomes(struct lw_named *m)
{
    size_t n = 0;
    bool others = false;
    for (size_t i = 0; i < m->n; i++)
        others = others || responds(&m->v[i]);
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].use != LW_USE_OUTCOME)
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
        if (json_is_object(v) && lw_member_use_of(name) == LW_USE_NONE && !lw_is_wrap(name))
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
    settle_outcomes(to);
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
    struct lw_span all = b.len ? lw_made_text(to, b.data, b.len) : (struct lw_span){0};
    lw_buf_fini(&b);
    return all;
}

struct lw_span lw_named_text(const json_t *v, struct lw_task *to)
{
    if (lw_is_plain(v))
        return lw_plain_text(to, v);
    if (json_is_array(v))
        return joined_texts(v, to);
    const json_t *text = text_inside(v);
    return text ? lw_named_text(text, to) : (struct lw_span){0};
}

/* --- what stands beside prompt and responses ------------------------------------------------- */

/* The list of them, or the text of one, as tables and ShareGPT have it; owned by the task. */
static json_t *tools_of(json_t *v, struct lw_task *to)
{
    json_t *list = json_is_string(v)
                       ? json_loadb(json_string_value(v), json_string_length(v), 0, NULL)
                       : json_incref(v);
    if (!json_is_array(list)) {
        json_decref(list);
        return NULL;
    }
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, list);
    return list;
}

static void read_whole_parts(const struct lw_named *m, struct lw_task *to)
{
    json_t *parts = json_array();
    for (size_t i = 0; i < m->n; i++) {
        json_t *tools = m->v[i].use == LW_USE_TOOLS ? tools_of(m->v[i].v, to) : NULL;
        json_t *v = tools ? tools : m->v[i].v;
        bool list = json_is_array(v);
        size_t n = list ? json_array_size(v) : 1;
        if (tools)
            to->tools = tools;
        for (size_t k = 0; k < n; k++) {
            const json_t *one = list ? json_array_get(v, k) : v;
            if (m->v[i].use == LW_USE_PICTURE)
                lw_part_add_picture(parts, one);
            else if (m->v[i].use == LW_USE_TOOLS)
                lw_tool_add(parts, one);
        }
    }
    to->parts = lw_parts_keep(to, parts);
}

static void read_tags(const json_t *record, struct lw_task *to)
{
    const json_t *list = lw_json_get(record, "tags");
    size_t n = json_array_size(list);
    to->tag = lw_alloc((n + 1) * sizeof *to->tag);
    for (size_t i = 0; i < n; i++)
        if (json_is_string(json_array_get(list, i)))
            to->tag[to->ntags++] = json_string_value(json_array_get(list, i));
}

/* The right answer, unless it was used as a response. */
static void read_reference(const struct lw_named *m, struct lw_task *to)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < m->n; i++) {
        bool answer = m->v[i].use == LW_USE_ANSWER && !lw_task_response(to, m->v[i].name);
        bool object = m->v[i].use == LW_USE_RESPONSES && json_is_object(m->v[i].v);
        if (m->v[i].use != LW_USE_REFERENCE && !answer && !object)
            continue;
        struct lw_span s = lw_named_text(m->v[i].v, to);
        if (!s.s || (b.len && lw_span_holds((struct lw_span){b.data, b.len}, s)))
            continue;
        lw_buf_str(&b, b.len ? "\n\n" : "");
        lw_buf_add(&b, s.s, s.n);
    }
    if (b.len)
        to->reference = lw_made_text(to, b.data, b.len);
    lw_buf_fini(&b);
}

/* The model that wrote all the answers. */
static void name_model(const json_t *record, struct lw_task *to)
{
    const char *model = json_string_value(lw_json_get(record, "model"));
    for (size_t i = 0; model && i < to->nresponses; i++)
        if (!to->response[i].model)
            to->response[i].model = model;
}

/* A format may list all its responses: then no other member is one. */
static void drop_others(const struct lw_shape *shape, struct lw_named *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        bool judged = m->v[i].use >= LW_USE_RESPONSE && m->v[i].use <= LW_USE_REFERENCE,
             ours = false;
        for (size_t k = 0; shape->response[k]; k++)
            ours = ours || strcmp(shape->response[k], m->v[i].name) == 0;
        if (!judged || ours)
            m->v[n++] = m->v[i];
    }
    m->n = n;
}

enum lw_code lw_read_named(
    const struct lw_shape *shape, json_t *record, struct lw_task *to, struct lw_err *err)
{
    struct lw_named m;
    const char *const *first = shape ? shape->response : NULL;
    lw_named_gather(record, &m);
    if (shape && shape->closed)
        drop_others(shape, &m);
    enum lw_code code = lw_named_prompt(&m, to, err);
    if (code == LW_OK)
        code = lw_named_responses(&m, first, to, err);
    if (code == LW_OK) {
        read_reference(&m, to);
        read_whole_parts(&m, to);
        read_tags(record, to);
        name_model(record, to);
        if (to->nturns + to->nresponses == 0 && !to->parts)
            code = lw_fail(err, LW_EBAD,
                "The record has no prompt and no response under a known name. Name its members "
                "with `columns` in project.yaml.");
    }
    lw_named_fini(&m);
    return code == LW_OK ? lw_check_unique(to, err) : code;
}

/* Reasoning in steps needs questions about each step. */
static bool in_steps(const json_t *record)
{
    return json_is_array(lw_json_get(record, "steps")) ||
           lw_json_get(lw_json_get(record, "question"), "pre_generated_steps") ||
           (json_is_boolean(json_array_get(lw_json_get(record, "labels"), 0)) &&
               json_is_array(lw_json_get(record, "completions")));
}

/* True when a response is empty: another record will show the format. */
static bool lacks_response(const json_t *record)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name,
        v) if (is_empty(v) && lw_member_use_of(name) == LW_USE_RESPONSE) return true;
    return false;
}

static bool says_something(const struct lw_task *t)
{
    bool says = t->nresponses > 1 && (t->response[0].text.n || t->response[1].text.n);
    for (size_t i = 0; i < t->nturns && !says; i++)
        says = t->turn[i].text.n > 0 || t->turn[i].parts;
    return says;
}

bool lw_named_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    struct lw_task t = {0};
    if (!json_is_object(record) || in_steps(record) || lacks_response(record))
        return false;
    bool fits = lw_read_named(NULL, (json_t *)record, &t, NULL) == LW_OK && says_something(&t);
    free(t.turn);
    free(t.response);
    free(t.tag);
    json_decref(t.made);
    return fits;
}

enum lw_code lw_named_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return lw_read_named(NULL, record, to, err);
}
