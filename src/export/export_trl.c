/* trl-preference, trl-kto, trl-sft: {"prompt","chosen","rejected"},
 * {"prompt","completion","label"},
 * {"prompt","completion"}, as TRL's dataset formats are described. Which response is better is
 * decided in export_preference.c, how a message is written in export_message.c.
 *
 * Loaders expect one type per column, so all lines of a file have one shape: texts when every
 * prompt is a single user turn, else lists of messages. Lines that are texts are held back until
 * the first conversation, and turned into messages then; so no task is read twice. Beyond 4 MiB
 * they wait in a temporary file. */
#define _GNU_SOURCE
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 4 * 1024 * 1024 };

/* Lines that are texts so far, the first of them in `spool`. */
struct trl {
    bool conversations; /* all prompts as lists of messages */
    struct lw_buf texts;
    FILE *spool; /* NULL until it is needed */
};

static struct trl *of(const struct lw_export_state *x)
{
    return x->own;
}

/* A member of a line, and the response in it. */
struct side {
    const char *name;
    const struct lw_response *response;
};

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
static bool is_plain(const struct lw_task *t, const struct side *side, size_t sides)
{
    bool plain = t->nturns <= 1 && !t->tools;
    if (plain && t->nturns == 1)
        plain = strcmp(t->turn[0].role, "user") == 0 && !has_calls(t->turn[0].parts);
    for (size_t i = 0; i < sides && plain; i++)
        plain = !has_calls(side[i].response->parts);
    return plain;
}

static void lose_parts(
    struct lw_export_state *x, const struct lw_task *t, const struct side *side, size_t sides)
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
static void spool(struct lw_export_state *x)
{
    if (of(x)->texts.len < TEXTS_MAX || x->error.code != LW_OK)
        return;
    if (!of(x)->spool)
        of(x)->spool = tmpfile();
    if (!of(x)->spool ||
        fwrite(of(x)->texts.data, 1, of(x)->texts.len, of(x)->spool) != of(x)->texts.len)
        fail_spool(x);
    lw_buf_clear(&of(x)->texts);
}

static void write_out(struct lw_export_state *x)
{
    if (x->out.len < TEXTS_MAX || x->error.code != LW_OK)
        return;
    lw_export_write(x, &x->error);
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

typedef void add_held(struct lw_export_state *x, const char *line, size_t n);

static void release_spool(struct lw_export_state *x, add_held *add)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    rewind(of(x)->spool);
    while (x->error.code == LW_OK && (n = getline(&line, &room, of(x)->spool)) > 0)
        add(x, line, (size_t)n);
    if (ferror(of(x)->spool))
        fail_spool(x);
    free(line);
}

static void fini(struct lw_export_state *x)
{
    if (of(x)->spool)
        fclose(of(x)->spool);
    of(x)->spool = NULL;
    lw_buf_fini(&of(x)->texts);
}

static void release(struct lw_export_state *x, add_held *add)
{
    const char *at = of(x)->texts.data, *end = at ? at + of(x)->texts.len : NULL;
    if (of(x)->spool)
        release_spool(x, add);
    for (const char *lf; at != end && (lf = memchr(at, '\n', (size_t)(end - at))); at = lf + 1)
        add(x, at, (size_t)(lf + 1 - at));
    fini(x);
}

static void add_prompt(struct lw_export_state *x, const struct lw_task *t, struct lw_buf *to)
{
    const struct lw_turn empty = {.role = "user", .text = {"", 0}};
    if (!of(x)->conversations) {
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

static void add_side(
    struct lw_export_state *x, const struct lw_task *t, const struct side *side, struct lw_buf *to)
{
    lw_buf_fmt(to, ",\"%s\":%s", side->name, of(x)->conversations ? "[" : "");
    if (of(x)->conversations)
        lw_export_response(x, to, t, side->response);
    else
        lw_json_add_text(to, side->response->text.s, side->response->text.n);
    lw_buf_str(to, of(x)->conversations ? "]" : "");
}

static void add_line(struct lw_export_state *x, const struct lw_task *t, const struct side *side,
    size_t sides, const char *label)
{
    if (!of(x)->conversations && !is_plain(t, side, sides)) {
        release(x, add_as_conversation);
        of(x)->conversations = true;
    }
    struct lw_buf *to = of(x)->conversations ? &x->out : &of(x)->texts;
    lw_buf_str(to, "{\"prompt\":");
    add_prompt(x, t, to);
    for (size_t i = 0; i < sides; i++)
        add_side(x, t, &side[i], to);
    if (label)
        lw_buf_fmt(to, ",\"label\":%s", label);
    if (of(x)->conversations)
        lw_export_tools(x, to, t);
    else
        lose_parts(x, t, side, sides);
    lw_buf_str(to, "}\n");
    x->report->written++;
    spool(x);
}

static enum lw_code end(struct lw_export_state *x, struct lw_err *err)
{
    if (!of(x)->conversations)
        release(x, add_as_text);
    return x->error.code == LW_OK ? LW_OK : lw_fail(err, x->error.code, "%s", x->error.text);
}

/* ---- the formats */

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    x->own = lw_alloc(sizeof(struct trl));
    return lw_export_question_begin(x, labels, n, err);
}

static void add_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse)
{
    const struct side side[] = {{"chosen", better}, {"rejected", worse}};
    add_line(x, t, side, 2, NULL);
}

static void add_kto(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    add_line(x, t, &(struct side){"completion", r}, 1, good ? "true" : "false");
}

static void add_sft(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    (void)good;
    add_line(x, t, &(struct side){"completion", r}, 1, NULL);
}

const struct lw_export_format lw_export_trl_preference = {
    "trl-preference",
    "JSON Lines for TRL: prompt, chosen, rejected (from comparing, ranking, rating or correcting)",
    .begin = begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .texts_alone = true,
    .end = end,
    .fini = fini,
    .accepts = lw_export_has_prompt,
    .pair = add_pair,
    .empty_prompt = true,
};

const struct lw_export_format lw_export_trl_kto = {
    "trl-kto",
    "JSON Lines for TRL: prompt, completion, label (true: rated good, or the better one)",
    .begin = begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .texts_alone = true,
    .end = end,
    .fini = fini,
    .accepts = lw_export_has_prompt,
    .one = add_kto,
    .empty_prompt = true,
};

const struct lw_export_format lw_export_trl_sft = {
    "trl-sft",
    "JSON Lines for TRL: prompt, completion (corrected, written, rated good, or the better one)",
    .begin = begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .texts_alone = true,
    .end = end,
    .fini = fini,
    .accepts = lw_export_has_prompt,
    .one = add_sft,
    .good_only = true,
    .empty_prompt = true,
};
