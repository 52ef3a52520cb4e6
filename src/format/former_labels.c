/* Labels that another program kept beside a task's data, as suggestions: Label Studio's
 * annotations, else its predictions; Argilla's suggestions, else its responses. Which question they
 * answer is told by their names; whether they fit it is not checked here. */
#include "format/former_labels_internal.h"
#include "labelwright/base/buf.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a question is about: "quality_a" is the question quality, about the response a */

/* The id of the response or step that a name ends with; "a" may be the response "response_a", as
 * the export calls its members. NULL for none. */
static const char *find_item(const struct lw_task *t, const char *id)
{
    static const char ours[] = "response_";
    for (size_t i = 0; i < t->nresponses; i++) {
        const char *one = t->response[i].id;
        bool prefixed =
            strncmp(one, ours, strlen(ours)) == 0 && strcmp(one + strlen(ours), id) == 0;
        if (prefixed || strcmp(one, id) == 0)
            return one;
    }
    for (size_t i = 0; i < t->nsteps; i++)
        if (strcmp(t->step[i].id, id) == 0)
            return t->step[i].id;
    return NULL;
}

static json_t *below(json_t *object, const char *name)
{
    json_t *v = json_object_get(object, name);
    if (!json_is_object(v))
        json_object_set_new(object, name, v = json_object());
    return v;
}

/* The first answer to a question counts. */
static void suggest(json_t *to, const char *name, json_t *value)
{
    if (!json_object_get(to, name))
        json_object_set(to, name, value);
}

/* As our questions are called: "Chc-1" is chc_1. New. */
static char *question_name(const char *name)
{
    struct lw_buf b = {0};
    if (!isalpha((unsigned char)*name))
        lw_buf_str(&b, "q_");
    for (; *name; name++)
        lw_buf_char(&b, isalnum((unsigned char)*name) ? (char)tolower((unsigned char)*name) : '_');
    lw_buf_char(&b, '\0');
    return lw_buf_detach(&b);
}

static void add(const struct lw_task *t, json_t *to, const char *name, json_t *value)
{
    const char *last = strchr(name, '_'), *item = NULL;
    while (last && !(item = find_item(t, last + 1)))
        last = strchr(last + 1, '_');
    bool keyed = last && last > name;
    char *own = keyed ? lw_strndup(name, (size_t)(last - name)) : lw_strdup(name);
    char *question = question_name(own);
    if (value && keyed)
        suggest(below(to, question), item, value);
    else if (value)
        suggest(to, question, value);
    free(own);
    free(question);
    json_decref(value);
}

/* ---- Label Studio: each makes a new value of a control's; NULL when it has none */

json_t *lw_former_option(const json_t *word)
{
    struct lw_buf b = {0};
    for (const char *s = json_string_value(word); s && *s; s++) {
        if ((unsigned char)*s >= 0x80) {
            lw_buf_fini(&b);
            return json_incref((json_t *)(uintptr_t)word);
        }
        lw_buf_char(&b, isalnum((unsigned char)*s) || strchr("_.-", *s) ? *s : '_');
    }
    json_t *name = json_stringn(b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
    return name;
}

/* A list, whether one of them could be chosen or several. */
static json_t *words(const struct lw_task *t, const json_t *v)
{
    json_t *list = json_array(), *word;
    size_t i;
    (void)t;
    json_array_foreach(v, i, word) json_array_append_new(list, lw_former_option(word));
    return list;
}

static json_t *number(const struct lw_task *t, const json_t *v)
{
    (void)t;
    double real = json_number_value(v);
    bool whole =
        json_is_number(v) && real > -1e15 && real < 1e15 && real == (double)(long long)real;
    return whole ? json_integer((json_int_t)real) : NULL;
}

static json_t *paths(const struct lw_task *t, const json_t *v)
{
    json_t *all = json_array(), *path, *part;
    size_t i, k;
    (void)t;
    json_array_foreach(v, i, path)
    {
        struct lw_buf b = {0};
        json_array_foreach(path, k, part) lw_buf_fmt(
            &b, "%s%s", k ? "/" : "", json_is_string(part) ? json_string_value(part) : "");
        json_array_append_new(all, json_stringn(b.data ? b.data : "", b.len));
        lw_buf_fini(&b);
    }
    return all;
}

static json_t *text(const struct lw_task *t, const json_t *v)
{
    struct lw_buf b = {0};
    json_t *one, *made;
    size_t i;
    (void)t;
    if (json_is_string(v))
        return json_incref((json_t *)(uintptr_t)v);
    json_array_foreach(v, i, one) if (json_is_string(one))
        lw_buf_fmt(&b, "%s%s", b.len ? "\n" : "", json_string_value(one));
    made = b.len ? json_stringn(b.data, b.len) : NULL;
    lw_buf_fini(&b);
    return made;
}

/* How much better, it does not say. */
static json_t *better(const struct lw_task *t, const json_t *v)
{
    const char *side = json_string_value(v);
    if (!side || t->nresponses != 2)
        return NULL;
    const char *id = t->response[strcmp(side, "left") != 0].id;
    return json_pack("{s:s, s:i}", "better", id, "strength", 1);
}

/* Responses by their ids in this task; an id that it does not have stays. New. */
static json_t *own_ids(const struct lw_task *t, const json_t *ids)
{
    json_t *list = json_array(), *one;
    size_t i;
    json_array_foreach(ids, i, one)
    {
        const char *id = json_is_string(one) ? find_item(t, json_string_value(one)) : NULL;
        json_array_append_new(list, id ? json_string(id) : json_incref(one));
    }
    return list;
}

static void add_place(const struct lw_task *t, json_t *order, const json_t *ids)
{
    if (json_array_size(ids) > 0)
        json_array_append_new(order, own_ids(t, ids));
}

/* A list of ids, or the places of the export's buckets. */
static json_t *ranking(const struct lw_task *t, const json_t *v)
{
    json_t *order = json_array(), *list = own_ids(t, v), *id;
    size_t i;
    json_array_foreach(list, i, id) json_array_append_new(order, json_pack("[O]", id));
    json_decref(list);
    for (i = 0; json_is_object(v) && i < t->nresponses; i++) {
        char *bucket = lw_format("place_%zu", i + 1);
        add_place(t, order, json_object_get(v, bucket));
        free(bucket);
    }
    return json_pack("{s:o, s:o}", "order", order, "not_rankable",
        own_ids(t, json_object_get(v, "not_rankable")));
}

static const struct {
    const char *type, *member;
    json_t *(*value)(const struct lw_task *t, const json_t *v);
} controls[] = {
    {"choices", "choices", words},
    {"rating", "rating", number},
    {"number", "number", number},
    {"taxonomy", "taxonomy", paths},
    {"textarea", "text", text},
    {"pairwise", "selected", better},
    {"ranker", "ranker", ranking},
};

static void add_result(const struct lw_task *t, json_t *to, const json_t *item)
{
    const char *name = json_string_value(lw_json_get(item, "from_name"));
    const char *type = json_string_value(lw_json_get(item, "type"));
    for (size_t i = 0; name && type && i < sizeof controls / sizeof *controls; i++) {
        const json_t *v = lw_json_get(lw_json_get(item, "value"), controls[i].member);
        if (v && strcmp(controls[i].type, type) == 0)
            add(t, to, name, controls[i].value(t, v));
    }
}

/* The first that was not cancelled. */
static void add_annotation(const struct lw_task *t, json_t *to, const json_t *list)
{
    json_t *one, *item;
    size_t i, k;
    json_array_foreach(list, i, one)
    {
        const json_t *result = lw_json_get(one, "result");
        if (json_is_true(lw_json_get(one, "was_cancelled")) || json_array_size(result) == 0)
            continue;
        json_array_foreach(result, k, item) add_result(t, to, item);
        return;
    }
}

/* ---- Argilla: {"quality": {"value": 4}}, {"quality": [{"value": 5, "user_id"}]} */

static json_t *plain_value(const struct lw_task *t, const json_t *v)
{
    json_t *value = lw_json_get(json_is_array(v) ? json_array_get(v, 0) : v, "value");
    const json_t *first = json_array_get(value, 0);
    if (!lw_json_get(first, "rank"))
        return json_incref(value);
    json_t *order = json_array(), *one;
    size_t i;
    for (json_int_t rank = 1; rank <= (json_int_t)json_array_size(value); rank++) {
        json_t *place = json_array();
        json_array_foreach(value, i, one) if (json_integer_value(lw_json_get(one, "rank")) == rank)
            json_array_append(place, lw_json_get(one, "value"));
        add_place(t, order, place);
        json_decref(place);
    }
    return json_pack("{s:o, s:[]}", "order", order, "not_rankable");
}

static void add_answers(const struct lw_task *t, json_t *to, json_t *answers)
{
    const char *name;
    json_t *v;
    if (json_is_object(answers))
        json_object_foreach(answers, name, v) add(t, to, name, plain_value(t, v));
}

/* ---- all of them */

void lw_former_labels_read(const json_t *record, struct lw_task *to)
{
    json_t *found = json_object();
    add_annotation(to, found, lw_json_get(record, "annotations"));
    add_annotation(to, found, lw_json_get(record, "predictions"));
    add_answers(to, found, lw_json_get(record, "suggestions"));
    add_answers(to, found, lw_json_get(record, "responses"));
    if (json_object_size(found) == 0) {
        json_decref(found);
        return;
    }
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, found);
    to->suggestions = found;
}
