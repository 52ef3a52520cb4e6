/* Conversations: {"messages"} of OpenAI and most others, {"conversations"} of ShareGPT. The rest of
 * the record is read by the names of its members. */
#include "format/format_internal.h"

static enum lw_code check_list(const json_t *list, const char *name, struct lw_err *err)
{
    if (!json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"%s\" is %s: it must be a list of messages.", name,
            list ? "not a list" : "missing");
    return json_array_size(list) ? LW_OK : lw_fail(err, LW_EBAD, "\"%s\" is an empty list.", name);
}

enum lw_code lw_conversation_read(
    const char *name, json_t *record, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = check_list(lw_json_get(record, name), name, err);
    return code == LW_OK ? lw_named_read(NULL, record, to, err) : code;
}

static bool messages_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return json_is_array(lw_json_get(record, "messages"));
}

static enum lw_code messages_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return lw_conversation_read("messages", record, to, err);
}

static bool sharegpt_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *first = json_array_get(lw_json_get(record, "conversations"), 0);
    return lw_json_get(first, "from") && lw_json_get(first, "value");
}

static enum lw_code sharegpt_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return lw_conversation_read("conversations", record, to, err);
}

const struct lw_format lw_format_messages = {
    .name = "messages",
    .fits = messages_fits,
    .read = messages_read,
    .id_member = "id",
};

const struct lw_format lw_format_sharegpt = {
    .name = "sharegpt",
    .fits = sharegpt_fits,
    .read = sharegpt_read,
    .id_member = "id",
};
