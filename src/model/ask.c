/* Checks what is to be asked, and writes the parts that the APIs have in common. How an API wants
 * them put together is for its own file. */
#include "model/ask_internal.h"

#include "labelwright/json/json_value.h"
#include "model/model_messages_internal.h"

#include <string.h>

/* ---- checking */

/* A JSON number, such as 0.7: it is sent as it is spelled. */
static bool is_decimal(const char *s)
{
    s += *s == '-';
    size_t n = strspn(s, "0123456789");
    if (n == 0 || n > 18 || (n > 1 && *s == '0'))
        return false;
    s += n;
    if (*s == '.') {
        n = strspn(s + 1, "0123456789");
        s += n > 0 && n <= 18 ? n + 1 : 0;
    }
    return *s == '\0';
}

static bool is_decimal_text(const json_t *v)
{
    return json_is_string(v) && is_decimal(json_string_value(v));
}

static bool is_integer(const json_t *v)
{
    return json_is_integer(v);
}

static bool is_text(const json_t *v)
{
    return json_is_string(v);
}

static bool is_text_list(const json_t *v)
{
    for (size_t i = 0; i < json_array_size(v); i++)
        if (!json_is_string(json_array_get(v, i)))
            return false;
    return json_is_array(v);
}

static const struct parameter {
    const char *name;
    bool (*fits)(const json_t *v);
    const char *takes;
} parameters[] = {
    {"temperature", is_decimal_text, "a decimal number in quotes, such as \"0.7\""},
    {"top_p", is_decimal_text, "a decimal number in quotes, such as \"0.9\""},
    {"max_tokens", is_integer, "an integer"},
    {"seed", is_integer, "an integer"},
    {"n", is_integer, "an integer"},
    {"system", is_text, "a text"},
    {"stop", is_text_list, "a list of texts"},
};

static enum lw_code check_parameter(const char *name, const json_t *value, struct lw_err *err)
{
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        if (strcmp(parameters[i].name, name) != 0)
            continue;
        if (parameters[i].fits(value))
            return LW_OK;
        return lw_fail(err, LW_EUSAGE, LW_MODEL_MSG_PARAMETER, name, parameters[i].takes);
    }
    return lw_fail(err, LW_EUSAGE, LW_MODEL_MSG_NO_PARAMETER, name);
}

static enum lw_code check_message(const json_t *m, size_t n, struct lw_err *err)
{
    static const char *const roles[] = {"system", "user", "assistant", "tool"};
    const char *role = json_string_value(json_object_get(m, "role"));
    const json_t *content = json_object_get(m, "content"),
                 *calls = json_object_get(m, "tool_calls");
    bool known = false;
    for (size_t i = 0; role && i < sizeof roles / sizeof *roles; i++)
        known = known || strcmp(roles[i], role) == 0;
    if (!known)
        return lw_fail(err, LW_EUSAGE, LW_MODEL_MSG_ROLE, n);
    bool calls_only = strcmp(role, "assistant") == 0 && json_array_size(calls) > 0;
    if (!json_is_string(content) && !calls_only)
        return lw_fail(err, LW_EUSAGE, LW_MODEL_MSG_CONTENT, n);
    return LW_OK;
}

static enum lw_code check_tool(const json_t *tool, size_t n, struct lw_err *err)
{
    const json_t *name = json_object_get(json_object_get(tool, "function"), "name");
    return json_string_length(name) > 0 ? LW_OK : lw_fail(err, LW_EUSAGE, LW_MODEL_MSG_TOOL, n);
}

enum lw_code lw_ask_check(const struct lw_ask *ask, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    const char *name;
    json_t *value;
    if (json_array_size(ask->messages) == 0)
        return lw_fail(err, LW_EUSAGE, LW_MODEL_MSG_NO_MESSAGES);
    for (size_t i = 0; i < json_array_size(ask->messages) && code == LW_OK; i++)
        code = check_message(json_array_get(ask->messages, i), i + 1, err);
    for (size_t i = 0; i < json_array_size(ask->tools) && code == LW_OK; i++)
        code = check_tool(json_array_get(ask->tools, i), i + 1, err);
    json_object_foreach((json_t *)ask->parameters, name, value)
    {
        if (code == LW_OK)
            code = check_parameter(name, value, err);
    }
    return code;
}

/* ---- writing */

const json_t *lw_ask_parameter(const struct lw_ask *ask, const char *name)
{
    return json_object_get(ask->parameters, name);
}

const json_t *lw_ask_system(const struct lw_ask *ask)
{
    const json_t *v = lw_ask_parameter(ask, "system");
    return json_string_length(v) > 0 ? v : NULL;
}

static void add_parameter(const struct lw_ask *ask, const char *name, struct lw_buf *to)
{
    const json_t *v = lw_ask_parameter(ask, name);
    if (is_decimal_text(v))
        lw_buf_str(to, json_string_value(v));
    else
        lw_json_add(to, v);
}

void lw_ask_add_parameters(
    const struct lw_ask *ask, const struct lw_ask_name *names, size_t n, struct lw_buf *to)
{
    for (size_t i = 0; i < n; i++)
        if (lw_ask_parameter(ask, names[i].ours)) {
            lw_buf_fmt(to, ",\"%s\":", names[i].theirs);
            add_parameter(ask, names[i].ours, to);
        }
}

void lw_ask_add_tools(const struct lw_ask *ask, struct lw_buf *to)
{
    if (json_array_size(ask->tools) == 0)
        return;
    lw_buf_str(to, ",\"tools\":");
    lw_json_add(to, ask->tools);
}

void lw_ask_add_string(struct lw_buf *to, const json_t *string)
{
    const char *s = json_string_value(string);
    lw_json_add_text(to, s ? s : "", json_string_length(string));
}

void lw_ask_add_object(struct lw_buf *to, const json_t *arguments)
{
    json_error_t e;
    const char *s = json_string_value(arguments);
    size_t n = json_string_length(arguments);
    json_t *v = s ? lw_json_load(s, n, &e) : NULL;
    if (json_is_object(v))
        lw_buf_add(to, s, n);
    else if (n == 0)
        lw_buf_str(to, "{}");
    else {
        lw_buf_str(to, "{\"input\":");
        lw_json_add_text(to, s, n);
        lw_buf_char(to, '}');
    }
    json_decref(v);
}

static const json_t *find_call(const json_t *calls, const char *id)
{
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i);
        const char *of = json_string_value(json_object_get(call, "id"));
        if (of && strcmp(of, id) == 0)
            return call;
    }
    return NULL;
}

const json_t *lw_ask_tool_name(const struct lw_ask *ask, const json_t *message)
{
    const char *id = json_string_value(json_object_get(message, "tool_call_id"));
    const json_t *call = NULL;
    for (size_t i = 0; id && i < json_array_size(ask->messages); i++) {
        const json_t *m = json_array_get(ask->messages, i), *found;
        if (m == message)
            break;
        found = find_call(json_object_get(m, "tool_calls"), id);
        call = found ? found : call;
    }
    return json_object_get(call, "name");
}
