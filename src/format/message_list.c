/* Lists of messages, where a conversation or a response may be one: who speaks under which name,
 * and what is said. Parts other than text are read by message_parts.c. */
#include "format/format_internal.h"

#include "labelwright/base/buf.h"

#include <string.h>
#include <strings.h>

static const char *role_of(const char *from)
{
    static const struct {
        const char *from, *role;
    } roles[] = {
        {"user", "user"}, /* in upper or lower case */
        {"assistant", "assistant"},
        {"system", "system"},
        {"tool", "tool"},
        {"human", "user"},
        {"prompter", "user"},
        {"gpt", "assistant"},
        {"chatgpt", "assistant"},
        {"bing", "assistant"},
        {"bard", "assistant"},
        {"model", "assistant"},
        {"bot", "assistant"},
        {"chatbot", "assistant"},
        {"function_call", "assistant"},
        {"observation", "tool"},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcasecmp(roles[i].from, from) == 0)
            return roles[i].role;
    return from;
}

/* Who speaks: the member with the role, and the members that may hold the text, in this order. */
static const struct {
    const char *role;
    const char *text[4];
} speakers[] = {
    {"role", {"content", "value", "text", NULL}},
    {"from", {"value", "content", "text", NULL}},
    {"author", {"text", "content", "value", NULL}},
    {"speaker", {"text", "utterance", "content", NULL}},
    {"sender", {"text", "message", "content", NULL}},
};
enum { SPEAKERS = sizeof speakers / sizeof *speakers };

static size_t speaker_of(const json_t *message)
{
    size_t i = 0;
    while (i < SPEAKERS && !json_is_string(lw_json_get(message, speakers[i].role)))
        i++;
    return i;
}

bool lw_is_message(const json_t *v)
{
    return json_is_object(v) && speaker_of(v) < SPEAKERS;
}

bool lw_is_message_list(const json_t *v)
{
    return json_is_array(v) && lw_is_message(json_array_get(v, 0));
}

/* A message whose text has another member name. */
static bool said_plainly(
    const json_t *message, size_t speaker, struct lw_task *to, struct lw_turn *turn)
{
    const json_t *v = NULL;
    for (size_t i = 0; speakers[speaker].text[i] && !v; i++)
        v = lw_json_get(message, speakers[speaker].text[i]);
    if (!lw_is_plain(v))
        return false;
    const char *from = json_string_value(lw_json_get(message, speakers[speaker].role));
    if (strcmp(from, "function_call") == 0 && json_is_string(v))
        turn->parts = lw_parts_of_call(to, v);
    turn->text = turn->parts ? (struct lw_span){"", 0} : lw_task_text_of(to, v);
    return true;
}

static enum lw_code read_message(const json_t *list, size_t i, const char *name, struct lw_task *to,
    struct lw_turn *turn, struct lw_err *err)
{
    const json_t *message = json_is_array(list) ? json_array_get(list, i) : list;
    size_t speaker = speaker_of(message);
    *turn = (struct lw_turn){0};
    if (speaker == SPEAKERS && lw_json_get(message, "value"))
        return lw_fail(err, LW_EBAD, "\"%s\", message %zu: \"from\" is not text.", name, i + 1);
    if (speaker == SPEAKERS)
        return lw_fail(err, LW_EBAD, "\"%s\", message %zu: \"role\" is missing.", name, i + 1);
    turn->role = role_of(json_string_value(lw_json_get(message, speakers[speaker].role)));
    bool chat =
        speaker == 0 && (lw_json_get(message, "content") || lw_json_get(message, "parts") ||
                            !(lw_json_get(message, "value") || lw_json_get(message, "text")));
    if (chat ? !lw_message_read(message, to, turn) : !said_plainly(message, speaker, to, turn))
        return lw_fail(err, LW_EBAD, "\"%s\", message %zu: \"%s\" is not text.", name, i + 1,
            speakers[speaker].text[0]);
    return LW_OK;
}

enum lw_code lw_messages_read(
    const json_t *list, size_t from, const char *name, struct lw_task *to, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    struct lw_turn turn;
    for (size_t i = from; i < json_array_size(list) && code == LW_OK; i++)
        if ((code = read_message(list, i, name, to, &turn, err)) == LW_OK)
            *lw_task_add_turn(to, turn.role, turn.text) = turn;
    return code;
}

/* All messages in one text, each after its role. */
static enum lw_code add_as_response(
    const json_t *list, size_t from, const char *id, struct lw_task *to, struct lw_err *err)
{
    struct lw_buf b = {0};
    struct lw_turn turn = {0};
    json_t *parts = json_array();
    enum lw_code code = LW_OK;
    for (size_t i = from; i < json_array_size(list) && code == LW_OK; i++) {
        size_t at = b.len;
        if ((code = read_message(list, i, id, to, &turn, err)) != LW_OK)
            continue;
        lw_buf_fmt(&b, "%s%s: ", b.len ? "\n\n" : "", turn.role);
        lw_buf_add(&b, turn.text.s, turn.text.n);
        json_t *said = json_stringn_nocheck(b.data + at, b.len - at);
        lw_part_add(parts, LW_PART_TEXT, NULL, said);
        json_decref(said);
        for (size_t k = 0; k < lw_parts_count(turn.parts); k++)
            lw_part_copy(parts, turn.parts, k);
    }
    if (code == LW_OK)
        lw_task_add_response(to, id, NULL, lw_task_add_text(to, b.data, b.len))->parts =
            lw_task_add_parts(to, parts);
    else
        json_decref(parts);
    lw_buf_fini(&b);
    return code;
}

enum lw_code lw_messages_read_response(
    const json_t *list, size_t from, const char *id, struct lw_task *to, struct lw_err *err)
{
    struct lw_turn turn = {0};
    size_t n = json_is_object(list) ? 1 : json_array_size(list);
    if (n <= from)
        return lw_fail(err, LW_EBAD, "\"%s\" is an empty list.", id);
    if (n - from > 1)
        return add_as_response(list, from, id, to, err);
    enum lw_code code = read_message(list, from, id, to, &turn, err);
    if (code == LW_OK)
        lw_task_add_turn_response(to, id, NULL, &turn);
    return code;
}
