/* Finds our tasks in Label Studio: by `id` in their data; or, for tasks exported from there, by
 * their own number when their data has no `id`. */
#define _GNU_SOURCE
#include "sync/target/label_studio/studio_internal.h"

#include "labelwright/base/buf.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* 0 when it is not a plain decimal number. */
static int64_t as_number(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n > 0 && n <= 18 && !text[n] && text[0] != '0' ? strtoll(text, NULL, 10) : 0;
}

static bool is_sought(const struct lw_studio_work *w)
{
    return !w->done && w->there == 0;
}

static json_t *item(const char *filter, const char *how, const char *type, json_t *value)
{
    return json_pack(
        "{s:s, s:s, s:s, s:o}", "filter", filter, "operator", how, "type", type, "value", value);
}

static void ask_query(struct lw_studio *s, struct lw_http_request *next, json_t *items)
{
    json_t *query = json_pack("{s:{s:s, s:o}}", "filters", "conjunction", "or", "items", items);
    char *text = json_dumps(query, JSON_COMPACT);
    struct lw_buf escaped = {0};
    for (const char *p = text; *p; p++)
        lw_buf_fmt(&escaped, isalnum((unsigned char)*p) ? "%c" : "%%%02X", (unsigned char)*p);
    lw_studio_request(s, next, "GET",
        lw_format("/api/tasks?project=%" PRId64 "&page=1&page_size=100&query=%s",
            s->with.to->project, escaped.data),
        NULL);
    lw_buf_fini(&escaped);
    free(text);
    json_decref(query);
}

/* The end of the works from `at` on that go in one request. */
static size_t run_end(const struct lw_studio *s, bool (*wanted)(const struct lw_studio_work *w))
{
    size_t end = s->at;
    for (int n = 0; end < s->nwork && n < LW_STUDIO_FIND; end++)
        n += wanted(&s->work[end]);
    return end;
}

static void set_match(struct lw_studio_work *w, int64_t there)
{
    w->ambiguous = w->there != 0 && w->there != there;
    w->there = there;
}

static int64_t number_of(const json_t *task)
{
    return json_integer_value(json_object_get(task, "id"));
}

/* ---- by data.id */

static bool ask_by_data(struct lw_studio *s, struct lw_http_request *next)
{
    size_t end = run_end(s, is_sought);
    json_t *items = json_array();
    for (size_t i = s->at; i < end; i++) {
        const struct lw_studio_work *w = &s->work[i];
        if (!is_sought(w))
            continue;
        json_array_append_new(
            items, item("filter:tasks:data.id", "equal", "String", json_string(w->task)));
        if (as_number(w->task))
            json_array_append_new(items,
                item("filter:tasks:data.id", "equal", "Number", json_integer(as_number(w->task))));
    }
    bool any = json_array_size(items) > 0;
    if (any)
        ask_query(s, next, items);
    else
        json_decref(items);
    return any;
}

static bool is_id(const json_t *id, const char *task)
{
    if (json_is_integer(id))
        return json_integer_value(id) == as_number(task);
    return json_is_string(id) && strcmp(json_string_value(id), task) == 0;
}

static bool read_by_data(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    size_t end = run_end(s, is_sought), n;
    json_t *task;
    (void)d;
    if (status != 200 || !json_is_array(json_object_get(body, "tasks")))
        return false;
    json_array_foreach(json_object_get(body, "tasks"), n, task)
    {
        const json_t *id = json_object_get(json_object_get(task, "data"), "id");
        for (size_t i = s->at; i < end; i++)
            if (!s->work[i].done && is_id(id, s->work[i].task))
                set_match(&s->work[i], number_of(task));
    }
    s->at = end;
    return true;
}

/* ---- by their own number */

static bool has_number(const struct lw_studio_work *w)
{
    return is_sought(w) && as_number(w->task) != 0;
}

static bool ask_by_number(struct lw_studio *s, struct lw_http_request *next)
{
    size_t end = run_end(s, has_number);
    json_t *numbers = json_array();
    for (size_t i = s->at; i < end; i++)
        if (has_number(&s->work[i]))
            json_array_append_new(numbers, json_integer(as_number(s->work[i].task)));
    bool any = json_array_size(numbers) > 0;
    if (any)
        ask_query(s, next, json_pack("[o]", item("filter:tasks:id", "in_list", "Number", numbers)));
    else
        json_decref(numbers);
    return any;
}

static bool read_by_number(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    size_t end = run_end(s, has_number), n;
    json_t *task;
    (void)d;
    if (status != 200 || !json_is_array(json_object_get(body, "tasks")))
        return false;
    json_array_foreach(json_object_get(body, "tasks"), n, task)
    {
        bool named = json_object_get(json_object_get(task, "data"), "id") != NULL;
        for (size_t i = s->at; i < end; i++)
            if (!named && has_number(&s->work[i]) && as_number(s->work[i].task) == number_of(task))
                set_match(&s->work[i], number_of(task));
    }
    s->at = end;
    return true;
}

const struct lw_studio_phase lw_studio_find = {ask_by_data, read_by_data};
const struct lw_studio_phase lw_studio_find_own = {ask_by_number, read_by_number};
