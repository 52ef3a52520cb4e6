/* A message as OpenAI and TRL write it: calls of tools and their results, refusals and pictures in
 * members of their own. What a message cannot hold is counted. For formats that write texts; knows
 * none of them. */
#include "export/export_internal.h"
#include "labelwright/format/tools.h"
#include "labelwright/json/json_value.h"

#include <string.h>

static void add_text(struct lw_buf *to, struct lw_span s)
{
    lw_json_add_text(to, s.s ? s.s : "", s.n);
}

/* Adds {"role": "tool", …} for tool results inside another message. */
static bool add_results(struct lw_buf *to, const struct lw_parts *parts)
{
    bool any = false;
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part p = lw_parts_at(parts, i);
        if (p.kind != LW_PART_RESULT)
            continue;
        lw_buf_fmt(to, "%s{\"role\":\"tool\",\"content\":", any ? "," : "");
        add_text(to, p.text);
        if (p.name.s) {
            lw_buf_str(to, ",\"tool_call_id\":");
            add_text(to, p.name);
        }
        lw_buf_char(to, '}');
        any = true;
    }
    return any;
}

/* Arguments stay as in the record: a string or an object. */
static void add_call(struct lw_buf *to, const json_t *call, struct lw_part p)
{
    const json_t *id = json_object_get(call, "id");
    lw_buf_char(to, '{');
    if (json_is_string(id)) {
        lw_buf_str(to, "\"id\":");
        lw_json_add(to, id);
        lw_buf_char(to, ',');
    }
    lw_buf_str(to, "\"type\":\"function\",\"function\":{\"name\":");
    add_text(to, p.name);
    lw_buf_str(to, ",\"arguments\":");
    add_text(to, p.text);
    lw_buf_str(to, "}}");
}

static size_t add_calls(struct lw_buf *to, const struct lw_parts *parts, const json_t *message)
{
    size_t n = 0;
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part p = lw_parts_at(parts, i);
        if (p.kind != LW_PART_CALL || !p.name.s)
            continue;
        lw_buf_str(to, n ? "," : ",\"tool_calls\":[");
        add_call(to, lw_call_at(message, n++), p);
    }
    lw_buf_str(to, n ? "]" : "");
    return n;
}

static bool are_openai_parts(const json_t *content)
{
    static const char *const types[] = {"text", "image_url", "input_audio", "file"};
    bool all = json_array_size(content) > 0;
    for (size_t i = 0; i < json_array_size(content) && all; i++) {
        const char *type = json_string_value(json_object_get(json_array_get(content, i), "type"));
        size_t k = 0;
        while (type && k < sizeof types / sizeof *types && strcmp(types[k], type) != 0)
            k++;
        all = type && k < sizeof types / sizeof *types;
    }
    return all;
}

static bool add_string_member(struct lw_buf *to, const json_t *message, const char *name)
{
    const json_t *v = json_object_get(message, name);
    if (!json_is_string(v))
        return false;
    lw_buf_fmt(to, ",\"%s\":", name);
    lw_json_add(to, v);
    return true;
}

static void lose_parts(struct lw_export_state *x, const struct lw_export_msg *m, bool content)
{
    bool reasoned = json_is_string(json_object_get(m->message, "reasoning_content"));
    bool refused = json_is_string(json_object_get(m->message, "refusal"));
    for (size_t i = 0; i < lw_parts_count(m->parts); i++) {
        struct lw_part p = lw_parts_at(m->parts, i);
        bool kept = p.kind == LW_PART_TEXT || p.kind == LW_PART_RESULT ||
                    (p.kind == LW_PART_CALL && p.name.s) ||
                    (p.kind == LW_PART_REASONING && reasoned) ||
                    (p.kind == LW_PART_REFUSAL && refused) ||
                    ((p.kind == LW_PART_PICTURE || p.kind == LW_PART_OTHER) && content);
        if (!kept)
            lw_export_lose(x, LW_LOSS_PART);
    }
}

void lw_export_lose_parts(struct lw_export_state *x, const struct lw_parts *parts)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        if (lw_parts_at(parts, i).kind != LW_PART_TEXT)
            lw_export_lose(x, LW_LOSS_PART);
}

void lw_export_message(struct lw_export_state *x, struct lw_buf *to, const struct lw_export_msg *m)
{
    static const char *const members[] = {"reasoning_content", "refusal", "name", "tool_call_id"};
    const json_t *content = json_object_get(m->message, "content");
    bool as_it_is = !m->corrected && are_openai_parts(content);
    bool results = add_results(to, m->parts);
    lose_parts(x, m, as_it_is);
    if (results && m->text.n == 0)
        return;
    lw_buf_fmt(to, "%s{\"role\":", results ? "," : "");
    lw_json_add_text(to, m->role, strlen(m->role));
    lw_buf_str(to, ",\"content\":");
    bool parts = as_it_is && lw_parts_count(m->parts) > 0;
    if (parts)
        lw_json_add(to, content);
    else
        add_text(to, m->text);
    bool more = add_calls(to, m->parts, m->message) > 0;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        more = add_string_member(to, m->message, members[i]) || more;
    if (parts || more)
        lw_export_lose(x, LW_LOSS_SHAPE);
    lw_buf_char(to, '}');
}

void lw_export_turn(struct lw_export_state *x, struct lw_buf *to, const struct lw_turn *turn)
{
    struct lw_export_msg m = {turn->role, turn->text, turn->parts, turn->message, false};
    lw_export_message(x, to, &m);
}

void lw_export_response(struct lw_export_state *x, struct lw_buf *to, const struct lw_task *t,
    const struct lw_response *r)
{
    const struct lw_response *was = lw_task_response(t, r->id);
    bool same = was && was->text.n == r->text.n && memcmp(was->text.s, r->text.s, r->text.n) == 0;
    struct lw_export_msg m = {"assistant", r->text, r->parts, r->message, !same};
    lw_export_message(x, to, &m);
}

void lw_export_tools(struct lw_export_state *x, struct lw_buf *to, const struct lw_task *t)
{
    for (size_t i = 0; i < lw_parts_count(t->parts); i++)
        if (lw_parts_at(t->parts, i).kind != LW_PART_TOOL || !t->tools)
            lw_export_lose(x, LW_LOSS_PART);
    if (!t->tools)
        return;
    lw_buf_str(to, ",\"tools\":[");
    for (size_t i = 0; i < json_array_size(t->tools); i++) {
        json_t *tool = lw_tool_as_function(json_array_get(t->tools, i));
        lw_buf_str(to, i ? "," : "");
        lw_json_add(to, tool);
        json_decref(tool);
    }
    lw_buf_char(to, ']');
}

bool lw_export_has_prompt(struct lw_export_state *x, const struct lw_task *t)
{
    if (t->nturns > 0)
        return true;
    lw_export_lose(x, x->with->empty_prompt ? LW_LOSS_EMPTY : LW_LOSS_NO_PROMPT);
    return x->with->empty_prompt;
}

/* A tool's message must name the call that it answers. */
static bool answers_call(const struct lw_turn *turn)
{
    return strcmp(turn->role, "tool") == 0 &&
           json_is_string(json_object_get(turn->message, "tool_call_id"));
}

bool lw_export_has_roles(struct lw_export_state *x, const struct lw_task *t)
{
    static const char *const known[] = {"system", "developer", "user", "assistant", NULL};
    if (!lw_export_has_prompt(x, t))
        return false;
    for (size_t i = 0; i < t->nturns; i++) {
        size_t k = 0;
        while (known[k] && strcmp(known[k], t->turn[i].role) != 0)
            k++;
        if (!known[k] && !answers_call(&t->turn[i])) {
            lw_export_lose(x, LW_LOSS_ROLE);
            return false;
        }
    }
    return true;
}
