/* Conversations: {"messages"}, {"conversations"} of ShareGPT, and the lists of messages that other
 * formats have where a text could stand. */
#include "data/format.h"

#include "data/json_text.h"
#include "labelwright/buf.h"

#include <stdlib.h>
#include <string.h>

/* With a blank line between it and what was there before. */
static void add_part(struct lw_buf *b, const char *s, size_t n)
{
    if (b->len > 0 && n > 0)
        lw_buf_str(b, "\n\n");
    lw_buf_add(b, s, n);
}

/* {"type": "text", "text": "…"}; of an image only the type: it is told, not shown. */
static bool add_content_part(struct lw_buf *b, const json_t *part)
{
    const json_t *text = json_is_string(part) ? part : lw_json_get(part, "text");
    const char *type = json_string_value(lw_json_get(part, "type"));
    char *shown = text || !type ? NULL : lw_format("[%s]", type);
    struct lw_span s = json_is_string(text) ? lw_span_of(text) : (struct lw_span){0};
    if (shown)
        s = (struct lw_span){shown, strlen(shown)};
    if (s.s)
        add_part(b, s.s, s.n);
    free(shown);
    return s.s != NULL;
}

/* name(arguments), as {"function": {"name", "arguments"}} gives them; anything else as its JSON. */
static void add_call(struct lw_buf *b, const json_t *call)
{
    const json_t *function = lw_json_get(call, "function");
    const json_t *of = function ? function : call, *arguments = lw_json_get(of, "arguments");
    const char *name = json_string_value(lw_json_get(of, "name"));
    struct lw_buf json = {0};
    if (!name || arguments)
        lw_json_add(&json, name ? arguments : call);
    const char *text = json_is_string(arguments) ? json_string_value(arguments) : json.data;
    char *shown = name ? lw_format("%s(%s)", name, text ? text : "") : lw_strdup(json.data);
    add_part(b, shown, strlen(shown));
    free(shown);
    lw_buf_fini(&json);
}

static bool is_call(const json_t *message)
{
    return json_array_size(lw_json_get(message, "tool_calls")) ||
           lw_json_get(message, "function_call");
}

static bool add_content(struct lw_buf *b, const json_t *content)
{
    bool well = json_is_array(content);
    for (size_t i = 0; i < json_array_size(content) && well; i++)
        well = add_content_part(b, json_array_get(content, i));
    return well;
}

/* Content and calls put together. */
static bool compose(
    const json_t *message, const json_t *content, struct lw_task *to, struct lw_span *text)
{
    struct lw_buf b = {0};
    const json_t *calls = lw_json_get(message, "tool_calls"),
                 *call = lw_json_get(message, "function_call");
    bool well = true;
    if (json_is_string(content))
        lw_buf_add(&b, json_string_value(content), json_string_length(content));
    else if (content)
        well = add_content(&b, content);
    for (size_t i = 0; i < json_array_size(calls); i++)
        add_call(&b, json_array_get(calls, i));
    if (call)
        add_call(&b, call);
    if (well)
        *text = lw_made_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return well;
}

/* A text, a list of parts, {"answer": text} of Arena-Hard, or nothing beside tool calls. */
static bool text_of(const json_t *message, struct lw_task *to, struct lw_span *text)
{
    const json_t *content = lw_json_get(message, "content");
    if (json_is_object(content))
        content = lw_json_get(content, "answer");
    if (!content && json_is_object(lw_json_get(message, "content")))
        return false;
    if (is_call(message) || json_is_array(content))
        return compose(message, content, to, text);
    *text = content ? lw_span_of(content) : (struct lw_span){"", 0};
    return text->s != NULL;
}

static enum lw_code read_message(const json_t *list, size_t i, const char *name, struct lw_task *to,
    struct lw_turn *turn, struct lw_err *err)
{
    const json_t *message = json_array_get(list, i);
    turn->role = json_string_value(lw_json_get(message, "role"));
    if (!turn->role)
        return lw_fail(err, LW_EBAD, "\"%s\", message %zu: \"role\" is missing.", name, i + 1);
    if (!text_of(message, to, &turn->text))
        return lw_fail(err, LW_EBAD, "\"%s\", message %zu: \"content\" is no text.", name, i + 1);
    return LW_OK;
}

enum lw_code lw_read_messages(
    const json_t *list, size_t from, const char *name, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    struct lw_turn turn;
    for (size_t i = from; i < json_array_size(list) && code == LW_OK; i++)
        if ((code = read_message(list, i, name, to, &turn, err)) == LW_OK)
            lw_add_turn(to, turn.role, turn.text);
    return code;
}

enum lw_code lw_messages_text(const json_t *list, size_t from, size_t end, const char *name,
    struct lw_task *to, struct lw_span *text, struct lw_err *err)
{
    struct lw_buf b = {0};
    struct lw_turn turn;
    enum lw_code code = LW_OK;
    if (end - from == 1) {
        code = read_message(list, from, name, to, &turn, err);
        *text = turn.text;
        return code;
    }
    for (size_t i = from; i < end && code == LW_OK; i++)
        if ((code = read_message(list, i, name, to, &turn, err)) == LW_OK) {
            lw_buf_fmt(&b, "%s%s: ", b.len ? "\n\n" : "", turn.role);
            lw_buf_add(&b, turn.text.s, turn.text.n);
        }
    if (code == LW_OK)
        *text = lw_made_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return code;
}

void lw_last_turn_responds(struct lw_task *to, const char *model)
{
    if (to->nturns == 0 || strcmp(to->turn[to->nturns - 1].role, "assistant") != 0)
        return;
    lw_add_response(to, NULL, model, to->turn[--to->nturns].text);
}

static enum lw_code check_list(const json_t *list, const char *name, struct lw_err *err)
{
    if (!json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"%s\" is %s: here it is a list of messages.", name,
            list ? "no list" : "missing");
    return json_array_size(list) ? LW_OK : lw_fail(err, LW_EBAD, "\"%s\" is an empty list.", name);
}

bool lw_messages_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return json_is_array(lw_json_get(record, "messages"));
}

enum lw_code lw_messages_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *list = lw_json_get(record, "messages");
    enum lw_code code = check_list(list, "messages", err);
    if (code == LW_OK)
        code = lw_read_messages(list, 0, "messages", to, err);
    if (code == LW_OK)
        lw_last_turn_responds(to, json_string_value(lw_json_get(record, "model")));
    return code;
}

bool lw_sharegpt_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *first = json_array_get(lw_json_get(record, "conversations"), 0);
    return lw_json_get(first, "from") && lw_json_get(first, "value");
}

static const char *sharegpt_role(const char *from)
{
    static const struct {
        const char *from, *role;
    } roles[] = {
        {"human", "user"},
        {"gpt", "assistant"},
        {"chatgpt", "assistant"},
        {"bing", "assistant"},
        {"bard", "assistant"},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].from, from) == 0)
            return roles[i].role;
    return from;
}

enum lw_code lw_sharegpt_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *list = lw_json_get(record, "conversations");
    enum lw_code code = check_list(list, "conversations", err);
    for (size_t i = 0; i < json_array_size(list) && code == LW_OK; i++) {
        const json_t *message = json_array_get(list, i), *value = lw_json_get(message, "value");
        const char *from = json_string_value(lw_json_get(message, "from"));
        if (!from || !lw_is_plain(value))
            code = lw_fail(err, LW_EBAD, "\"conversations\", message %zu: \"%s\" is no text.",
                i + 1, from ? "value" : "from");
        else
            lw_add_turn(to, sharegpt_role(from), lw_plain_text(to, value));
    }
    if (code == LW_OK)
        lw_last_turn_responds(to, json_string_value(lw_json_get(record, "model")));
    return code;
}
