/* Battles of the LMSYS arena as Kaggle published them: a table whose cells `prompt`, `response_a`
 * and `response_b` are JSON lists, a text a turn. Who won is a label and not read. */
#include "format/format_internal.h"

static const char *const sides[] = {"response_a", "response_b"};

/* The list in a cell; NULL when it is none. New reference. */
static json_t *list_in(const json_t *record, const char *name)
{
    const json_t *cell = lw_json_get(record, name);
    const char *text = json_string_value(cell);
    if (!text || text[0] != '[')
        return NULL;
    json_t *list = json_loadb(text, json_string_length(cell), 0, NULL);
    if (json_is_array(list) && json_array_size(list) > 0)
        return list;
    json_decref(list);
    return NULL;
}

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    json_t *prompt = list_in(record, "prompt"), *a = list_in(record, sides[0]),
           *b = list_in(record, sides[1]);
    bool fits = prompt && a && b;
    json_decref(prompt);
    json_decref(a);
    json_decref(b);
    return fits;
}

/* Puts the list in the place of the cell: what is read points into it. */
static const json_t *unpack(json_t *record, const char *name)
{
    json_t *list = list_in(record, name);
    if (list)
        json_object_set_new(record, name, list);
    return list;
}

static enum lw_code read_side(
    json_t *record, const char *name, struct lw_task *to, struct lw_err *err)
{
    struct lw_span text;
    enum lw_code code = lw_turn_list_join(unpack(record, name), name, to, &text, err);
    if (code == LW_OK)
        lw_task_add_response(to, name, NULL, text);
    return code;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    enum lw_code code = lw_turn_list_read(unpack(record, "prompt"), "prompt", to, err);
    for (size_t i = 0; i < 2 && code == LW_OK; i++)
        code = read_side(record, sides[i], to, err);
    return code;
}

const struct lw_format lw_format_lmsys = {
    .name = "lmsys",
    .fits = fits,
    .read = read,
    .id_member = "id",
};
