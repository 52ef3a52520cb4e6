/* A list to rank, as Label Studio's Ranker shows it: {"items": [{"id", "title", "body"}, …]}. Each
 * item is a response; what stands beside the list is read by the names of its members. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/member_use.h"

#include <string.h>

static bool is_item(const json_t *v)
{
    const json_t *id = lw_json_get(v, "id");
    return (json_is_string(id) || lw_is_integer(id)) && json_is_string(lw_json_get(v, "title")) &&
           json_is_string(lw_json_get(v, "body"));
}

static bool is_list(const json_t *v)
{
    size_t n = json_array_size(v), i = 0;
    while (i < n && is_item(json_array_get(v, i)))
        i++;
    return n >= 2 && i == n;
}

/* The list of a record; NULL when it has none or several, or responses beside it. */
static const json_t *list_of(const json_t *record)
{
    const char *name;
    json_t *v;
    const json_t *list = NULL;
    json_object_foreach((json_t *)record, name, v)
    {
        enum lw_member_use use = lw_member_use_of(name);
        bool other =
            use == LW_USE_RESPONSE || use == LW_USE_RESPONSES || use == LW_USE_CONVERSATION;
        if ((is_list(v) && list) || (other && !is_list(v)))
            return NULL;
        list = is_list(v) ? v : list;
    }
    return list;
}

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return list_of(record) != NULL;
}

static void add_item(const json_t *item, struct lw_task *to)
{
    struct lw_buf b = {0};
    const json_t *title = lw_json_get(item, "title"), *body = lw_json_get(item, "body");
    lw_buf_add(&b, json_string_value(title), json_string_length(title));
    lw_buf_str(&b, json_string_length(title) && json_string_length(body) ? "\n\n" : "");
    lw_buf_add(&b, json_string_value(body), json_string_length(body));
    lw_task_add_response(to, lw_task_text_of(to, lw_json_get(item, "id")).s, NULL,
        lw_task_add_text(to, b.len ? b.data : "", b.len));
    lw_buf_fini(&b);
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *list = list_of(record);
    if (!list)
        return lw_fail(err, LW_EBAD, "The record has no list of {\"id\", \"title\", \"body\"}.");
    for (size_t i = 0; i < json_array_size(list); i++)
        add_item(json_array_get(list, i), to);
    return lw_named_read(NULL, record, to, err);
}

const struct lw_format lw_format_list = {
    .name = "list",
    .fits = fits,
    .read = read,
    .id_member = "id",
};
