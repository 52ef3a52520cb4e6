/* Any record whose member names tell what they are: prompt and responses are found by name, and
 * with them references, tools, pictures, tags and the model. */
#include "format/named_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

/* ---- what stands beside prompt and responses */

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
                lw_part_add_picture(parts, one, NULL);
            else if (m->v[i].use == LW_USE_TOOLS)
                lw_part_add_tool(parts, one);
        }
    }
    to->parts = lw_task_add_parts(to, parts);
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
        to->reference = lw_task_add_text(to, b.data, b.len);
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

enum lw_code lw_named_read(
    const struct lw_shape *shape, json_t *record, struct lw_task *to, struct lw_err *err)
{
    struct lw_named m;
    const char *const *first = shape ? shape->response : NULL;
    lw_named_gather(record, &m);
    if (shape && shape->closed)
        drop_others(shape, &m);
    enum lw_code code = lw_named_read_prompt(&m, to, err);
    if (code == LW_OK)
        code = lw_named_read_responses(&m, first, to, err);
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
    return code == LW_OK ? lw_task_check_ids(to, err) : code;
}

static bool is_empty(const json_t *v)
{
    return (json_is_array(v) && json_array_size(v) == 0) ||
           (json_is_object(v) && json_object_size(v) == 0);
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

static bool has_content(const struct lw_task *t)
{
    bool says = t->nresponses > 1 && (t->response[0].text.n || t->response[1].text.n);
    for (size_t i = 0; i < t->nturns && !says; i++)
        says = t->turn[i].text.n > 0 || t->turn[i].parts;
    return says;
}

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    struct lw_task t = {0};
    if (!json_is_object(record) || lacks_response(record))
        return false;
    bool fits = lw_named_read(NULL, (json_t *)record, &t, NULL) == LW_OK && has_content(&t);
    free(t.turn);
    free(t.response);
    free(t.tag);
    json_decref(t.made);
    return fits;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return lw_named_read(NULL, record, to, err);
}

const struct lw_format lw_format_named = {
    .name = "named",
    .fits = fits,
    .read = read,
    .id_member = "id",
};
