/* Prompts and completions as texts, or as lists of messages from the first conversation on. */
#define _GNU_SOURCE
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"

#include <stdlib.h>
#include <string.h>

enum { HELD_MAX = 4 * 1024 * 1024 };

static bool has_calls(const struct lw_parts *parts)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        enum lw_part_kind kind = lw_parts_at(parts, i).kind;
        if (kind == LW_PART_CALL || kind == LW_PART_RESULT || kind == LW_PART_REFUSAL)
            return true;
    }
    return false;
}

/* Whether plain text is enough: no calls, no tools. Without a turn the prompt is empty. */
static bool is_plain(const struct lw_task *t, const struct lw_shaped *side, size_t sides)
{
    bool plain = t->nturns <= 1 && !t->tools;
    if (plain && t->nturns == 1)
        plain = strcmp(t->turn[0].role, "user") == 0 && !has_calls(t->turn[0].parts);
    for (size_t i = 0; i < sides && plain; i++)
        plain = !has_calls(side[i].response->parts);
    return plain;
}

static void lose_parts(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_shaped *side, size_t sides)
{
    lw_export_lose_parts(x, t->parts);
    if (t->nturns > 0)
        lw_export_lose_parts(x, t->turn[0].parts);
    for (size_t i = 0; i < sides; i++)
        lw_export_lose_parts(x, side[i].response->parts);
}

static void fail_spool(struct lw_export_state *x)
{
    lw_fail_errno(&x->error, "cannot use a temporary file");
}

/* Moves held lines to a temporary file when they grow too large. */
static void hold(struct lw_export_state *x)
{
    if (x->held.len < HELD_MAX || x->error.code != LW_OK)
        return;
    if (!x->spool)
        x->spool = tmpfile();
    if (!x->spool || fwrite(x->held.data, 1, x->held.len, x->spool) != x->held.len)
        fail_spool(x);
    lw_buf_clear(&x->held);
}

static void write_out(struct lw_export_state *x)
{
    if (x->out.len < HELD_MAX || x->error.code != LW_OK)
        return;
    lw_export_put(x, &x->error);
}

/* Turns each text of a held line into a list of one message; other values stay. */
static void add_as_conversation(struct lw_export_state *x, const char *line, size_t n)
{
    struct lw_member m;
    const char *at = line;
    for (char open = '{'; lw_member_next(&at, line + n, &m); open = ',') {
        bool text = m.value[0] == '"', prompt = lw_member_is(&m, "prompt");
        lw_buf_fmt(&x->out, "%c\"%.*s\":", open, (int)m.key_len, m.key);
        if (text)
            lw_buf_fmt(&x->out, "[{\"role\":\"%s\",\"content\":", prompt ? "user" : "assistant");
        lw_buf_add(&x->out, m.value, m.value_len);
        lw_buf_str(&x->out, text ? "}]" : "");
    }
    lw_buf_str(&x->out, "}\n");
    write_out(x);
}

static void add_as_text(struct lw_export_state *x, const char *line, size_t n)
{
    lw_buf_add(&x->out, line, n);
    write_out(x);
}

typedef void add_line(struct lw_export_state *x, const char *line, size_t n);

static void release_spool(struct lw_export_state *x, add_line *add)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    rewind(x->spool);
    while (x->error.code == LW_OK && (n = getline(&line, &room, x->spool)) > 0)
        add(x, line, (size_t)n);
    if (ferror(x->spool))
        fail_spool(x);
    free(line);
}

static void release(struct lw_export_state *x, add_line *add)
{
    const char *at = x->held.data, *end = at ? at + x->held.len : NULL;
    if (x->spool)
        release_spool(x, add);
    for (const char *lf; at != end && (lf = memchr(at, '\n', (size_t)(end - at))); at = lf + 1)
        add(x, at, (size_t)(lf + 1 - at));
    lw_shape_fini(x);
}

static void add_prompt(struct lw_export_state *x, const struct lw_task *t, struct lw_buf *to)
{
    const struct lw_turn empty = {.role = "user", .text = {"", 0}};
    if (!x->conversations) {
        const struct lw_span text = t->nturns ? t->turn[0].text : empty.text;
        lw_json_add_text(to, text.s, text.n);
        return;
    }
    lw_buf_char(to, '[');
    if (t->nturns == 0)
        lw_export_turn(x, to, &empty);
    for (size_t i = 0; i < t->nturns; i++) {
        lw_buf_str(to, i ? "," : "");
        lw_export_turn(x, to, &t->turn[i]);
    }
    lw_buf_char(to, ']');
}

static void add_side(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_shaped *side, struct lw_buf *to)
{
    lw_buf_fmt(to, ",\"%s\":%s", side->name, x->conversations ? "[" : "");
    if (x->conversations)
        lw_export_response(x, to, t, side->response);
    else
        lw_json_add_text(to, side->response->text.s, side->response->text.n);
    lw_buf_str(to, x->conversations ? "]" : "");
}

void lw_shape_line(struct lw_export_state *x, const struct lw_task *t, const struct lw_shaped *side,
    size_t sides, const char *label)
{
    if (!x->conversations && !is_plain(t, side, sides)) {
        release(x, add_as_conversation);
        x->conversations = true;
    }
    struct lw_buf *to = x->conversations ? &x->out : &x->held;
    lw_buf_str(to, "{\"prompt\":");
    add_prompt(x, t, to);
    for (size_t i = 0; i < sides; i++)
        add_side(x, t, &side[i], to);
    if (label)
        lw_buf_fmt(to, ",\"label\":%s", label);
    if (x->conversations)
        lw_export_tools(x, to, t);
    else
        lose_parts(x, t, side, sides);
    lw_buf_str(to, "}\n");
    x->report->written++;
    hold(x);
}

enum lw_code lw_shape_end(struct lw_export_state *x, struct lw_err *err)
{
    if (!x->conversations)
        release(x, add_as_text);
    return x->error.code == LW_OK ? LW_OK : lw_fail(err, x->error.code, "%s", x->error.text);
}

void lw_shape_fini(struct lw_export_state *x)
{
    if (x->spool)
        fclose(x->spool);
    x->spool = NULL;
    lw_buf_fini(&x->held);
}
