/* sharegpt: {"conversations": [{"from", "value"}], "tools"}, as the chat data of that name and the
 * trainers that read it have it; the last turn is the response to imitate. Which one that is, is
 * decided in export_preference.c.
 *
 * Calls of tools are the JSON of a turn of their own, one or a list; tools, the JSON of a text. The
 * two sides take turns, so all results of a turn are one, and text beside calls has no place. */
#include "export/export_internal.h"
#include "labelwright/format/tools.h"
#include "labelwright/json/json_value.h"

#include <string.h>

static const struct {
    const char *role, *from;
} names[] = {
    {"system", "system"}, {"user", "human"}, {"assistant", "gpt"}, {"tool", "observation"}};

static const char *name_of(const char *role)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].role, role) == 0)
            return names[i].from;
    return NULL;
}

static bool accepts(struct lw_export_state *x, const struct lw_task *t)
{
    if (!lw_export_has_prompt(x, t))
        return false;
    for (size_t i = 0; i < t->nturns; i++)
        if (!name_of(t->turn[i].role)) {
            lw_export_lose(x, LW_LOSS_ROLE);
            return false;
        }
    return true;
}

static void add_said(struct lw_export_state *x, const char *from, struct lw_span text)
{
    lw_buf_fmt(&x->out, "{\"from\":\"%s\",\"value\":", from);
    lw_json_add_text(&x->out, text.n ? text.s : "", text.n);
    lw_buf_char(&x->out, '}');
}

static struct lw_span span_of(const struct lw_buf *b)
{
    return (struct lw_span){b->data, b->len};
}

/* ---- calls */

static bool is_call(struct lw_part p)
{
    return p.kind == LW_PART_CALL && p.name.s;
}

static size_t count_calls(const struct lw_parts *parts)
{
    size_t n = 0;
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        n += is_call(lw_parts_at(parts, i));
    return n;
}

/* Arguments are JSON there; what is none is kept as a text. */
static void add_call(struct lw_buf *to, struct lw_part p)
{
    json_error_t e;
    json_t *arguments = p.text.n > 0 ? lw_json_load(p.text.s, p.text.n, &e) : NULL;
    lw_buf_str(to, "{\"name\":");
    lw_json_add_text(to, p.name.s, p.name.n);
    lw_buf_str(to, ",\"arguments\":");
    if (arguments)
        lw_buf_add(to, p.text.s, p.text.n);
    else if (p.text.n > 0)
        lw_json_add_text(to, p.text.s, p.text.n);
    else
        lw_buf_str(to, "{}");
    lw_buf_char(to, '}');
    json_decref(arguments);
}

static void add_calls(
    struct lw_export_state *x, struct lw_span text, const struct lw_parts *parts, size_t n)
{
    struct lw_buf value = {0};
    const char *before = n > 1 ? "[" : "";
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part p = lw_parts_at(parts, i);
        if (is_call(p)) {
            lw_buf_str(&value, before);
            add_call(&value, p);
            before = ",";
        } else if (p.kind != LW_PART_TEXT) {
            lw_export_lose(x, LW_LOSS_PART);
        }
    }
    lw_buf_str(&value, n > 1 ? "]" : "");
    if (text.n > 0)
        lw_export_lose(x, LW_LOSS_PART);
    add_said(x, "function_call", span_of(&value));
    lw_buf_fini(&value);
}

/* How many turns from this one on are results. */
static size_t count_results(const struct lw_task *t, size_t from)
{
    size_t n = 0;
    while (from + n < t->nturns && strcmp(t->turn[from + n].role, "tool") == 0)
        n++;
    return n;
}

static void add_results(struct lw_export_state *x, const struct lw_turn *turn, size_t n)
{
    struct lw_buf value = {0};
    for (size_t i = 0; i < n; i++) {
        lw_buf_str(&value, i ? "\n" : "");
        lw_buf_add(&value, turn[i].text.n ? turn[i].text.s : "", turn[i].text.n);
        lw_export_lose_parts(x, turn[i].parts);
    }
    add_said(x, name_of("tool"), span_of(&value));
    lw_buf_fini(&value);
}

/* The functions themselves: older trainers look for their names there. */
static void add_tools(struct lw_export_state *x, const struct lw_task *t)
{
    struct lw_buf list = {0};
    for (size_t i = 0; i < json_array_size(t->tools); i++) {
        json_t *tool = lw_tool_as_function(json_array_get(t->tools, i));
        const json_t *function = json_object_get(tool, "function");
        lw_buf_str(&list, i ? "," : "[");
        lw_json_add(&list, json_is_object(function) ? function : tool);
        json_decref(tool);
    }
    if (list.len > 0) {
        lw_buf_char(&list, ']');
        lw_buf_str(&x->out, ",\"tools\":");
        lw_json_add_text(&x->out, list.data, list.len);
    }
    lw_buf_fini(&list);
}

static void lose_others(struct lw_export_state *x, const struct lw_task *t)
{
    for (size_t i = 0; i < lw_parts_count(t->parts); i++)
        if (lw_parts_at(t->parts, i).kind != LW_PART_TOOL || !t->tools)
            lw_export_lose(x, LW_LOSS_PART);
}

/* ---- a conversation */

static void add_turn(
    struct lw_export_state *x, const char *role, struct lw_span text, const struct lw_parts *parts)
{
    size_t calls = strcmp(role, "assistant") == 0 ? count_calls(parts) : 0;
    if (calls > 0) {
        add_calls(x, text, parts, calls);
        return;
    }
    add_said(x, name_of(role), text);
    lw_export_lose_parts(x, parts);
}

static void add_turns(struct lw_export_state *x, const struct lw_task *t)
{
    for (size_t i = 0, n = 0; i < t->nturns; i += n) {
        n = count_results(t, i);
        if (n > 0) {
            add_results(x, &t->turn[i], n);
        } else {
            add_turn(x, t->turn[i].role, t->turn[i].text, t->turn[i].parts);
            n = 1;
        }
        lw_buf_char(&x->out, ',');
    }
}

static void add_conversation(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    (void)good;
    lw_buf_str(&x->out, "{\"conversations\":[");
    add_turns(x, t);
    add_turn(x, "assistant", r->text, r->parts);
    lw_buf_char(&x->out, ']');
    add_tools(x, t);
    lw_buf_str(&x->out, "}\n");
    lose_others(x, t);
    x->report->written++;
}

const struct lw_export_format lw_export_sharegpt = {
    "sharegpt",
    "JSON Lines: conversations of human and gpt; the last is corrected, written or the better one",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .accepts = accepts,
    .one = add_conversation,
    .good_only = true,
};
