/* Formats whose prompt and responses are plain members: read by the shape in their row. Where a
 * text could stand there may be a list of messages, as TRL writes it. */
#include "data/format.h"
#include "labelwright/buf.h"

#include <stdio.h>
#include <string.h>

static bool is_text(const json_t *v)
{
    return lw_is_plain(v) || json_string_value(lw_json_get(json_array_get(v, 0), "role"));
}

bool lw_shape_fits(const struct lw_format *f, const json_t *record)
{
    for (const char *const *name = f->shape->need; *name; name++)
        if (!is_text(lw_json_get(record, *name)))
            return false;
    return true;
}

static enum lw_code check_needed(
    const struct lw_format *f, const json_t *record, struct lw_err *err)
{
    for (const char *const *name = f->shape->need; *name; name++)
        if (!lw_json_get(record, *name))
            return lw_fail(err, LW_EBAD, "\"%s\" is missing: %s has it.", *name, f->name);
    return LW_OK;
}

static enum lw_code refuse_kind(const char *name, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD, "\"%s\" is neither a text nor a list of messages.", name);
}

static enum lw_code read_prompt(
    const struct lw_format *f, const json_t *record, struct lw_task *to, struct lw_err *err)
{
    struct lw_buf joined = {0};
    struct lw_span last = {0};
    size_t parts = 0;
    enum lw_code code = LW_OK;
    for (const char *const *name = f->shape->prompt; *name && code == LW_OK; name++) {
        const json_t *v = lw_json_get(record, *name);
        if (json_is_array(v)) {
            code = lw_read_messages(v, 0, *name, to, err);
        } else if (v && !lw_is_plain(v)) {
            code = refuse_kind(*name, err);
        } else if (v && (last = lw_plain_text(to, v)).n > 0) {
            lw_buf_str(&joined, parts++ ? "\n\n" : "");
            lw_buf_add(&joined, last.s, last.n);
        }
    }
    if (code == LW_OK && parts > 0)
        lw_add_turn(to, "user", lw_made_text(to, joined.data, joined.len));
    lw_buf_fini(&joined);
    return code;
}

static enum lw_code text_of(const json_t *record, const char *name, struct lw_task *to,
    struct lw_span *text, struct lw_err *err)
{
    const json_t *v = lw_json_get(record, name);
    if (json_is_array(v))
        return lw_messages_text(v, 0, json_array_size(v), name, to, text, err);
    if (!lw_is_plain(v))
        return refuse_kind(name, err);
    *text = lw_plain_text(to, v);
    return LW_OK;
}

enum lw_code lw_shape_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = check_needed(f, record, err);
    const char *reference = f->shape->reference;
    struct lw_span text = {0};
    if (code == LW_OK)
        code = read_prompt(f, record, to, err);
    for (const char *const *name = f->shape->response; *name && code == LW_OK; name++)
        if (lw_json_get(record, *name) && (code = text_of(record, *name, to, &text, err)) == LW_OK)
            lw_add_response(to, *name, json_string_value(lw_json_get(record, "model")), text);
    if (code == LW_OK && reference && lw_json_get(record, reference))
        code = text_of(record, reference, to, &to->reference, err);
    return code;
}

/* An empty pair tells nothing: another record will. */
bool lw_preference_fits(const struct lw_format *f, const json_t *record)
{
    const json_t *a = lw_json_get(record, "chosen"), *b = lw_json_get(record, "rejected");
    bool empty =
        json_is_string(a) && json_is_string(b) && !json_string_length(a) && !json_string_length(b);
    return lw_shape_fits(f, record) && !empty;
}

/* How many messages both begin with; each side keeps its last one. */
static size_t shared_messages(const json_t *a, const json_t *b)
{
    size_t n = 0;
    while (n + 1 < json_array_size(a) && n + 1 < json_array_size(b) &&
           json_equal(json_array_get(a, n), json_array_get(b, n)))
        n++;
    return n;
}

static enum lw_code read_pair(json_t *record, size_t shared, struct lw_task *to, struct lw_err *err)
{
    static const char *const side[] = {"chosen", "rejected"};
    enum lw_code code = LW_OK;
    struct lw_span text = {0};
    for (int i = 0; i < 2 && code == LW_OK; i++) {
        const json_t *list = lw_json_get(record, side[i]);
        size_t n = json_array_size(list);
        code = n ? lw_messages_text(list, shared, n, side[i], to, &text, err)
                 : lw_fail(err, LW_EBAD, "\"%s\" is an empty list.", side[i]);
        if (code == LW_OK)
            lw_add_response(to, side[i], NULL, text);
    }
    return code;
}

/* Two lists of messages may both begin with the prompt, whether or not it stands by itself too. */
enum lw_code lw_preference_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    json_t *a = lw_json_get(record, "chosen"), *b = lw_json_get(record, "rejected");
    if (!json_is_array(a) || !json_is_array(b))
        return lw_shape_read(f, record, to, err);
    size_t shared = shared_messages(a, b);
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < shared && code == LW_OK; i++) {
        json_t *one = json_pack("[O]", json_array_get(a, i));
        code = lw_read_messages(one, 0, "chosen", to, err);
        json_decref(one);
    }
    if (shared == 0)
        code = read_prompt(f, record, to, err);
    return code == LW_OK ? read_pair(record, shared, to, err) : code;
}

/* Rows whose columns project.yaml names; nothing looks like that by itself. */
bool lw_columns_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    (void)record;
    return false;
}

enum lw_code lw_columns_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    char name[32] = "response1";
    const json_t *prompt = lw_json_get(record, "prompt"), *v;
    const json_t *reference = lw_json_get(record, "reference");
    if (lw_is_plain(prompt))
        lw_add_turn(to, "user", lw_plain_text(to, prompt));
    for (size_t i = 1; lw_is_plain(v = lw_json_get(record, name)); i++) {
        lw_add_response(to, NULL, NULL, lw_plain_text(to, v));
        snprintf(name, sizeof name, "response%zu", i + 1);
    }
    if (lw_is_plain(reference))
        to->reference = lw_plain_text(to, reference);
    if (to->nturns + to->nresponses == 0)
        return lw_fail(err, LW_EBAD, "The row has neither a prompt nor a response.");
    return LW_OK;
}
