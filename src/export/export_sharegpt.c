/* sharegpt: {"conversations": [{"from", "value"}]}, as the chat data of that name and the trainers
 * that read it have it; the last turn is the response to imitate. Which one that is, is decided in
 * export_preference.c. */
#include "export/export_internal.h"
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

static void add_turn(
    struct lw_export_state *x, const char *from, struct lw_span text, const struct lw_parts *parts)
{
    lw_buf_fmt(&x->out, "{\"from\":\"%s\",\"value\":", from);
    lw_json_add_text(&x->out, text.s ? text.s : "", text.n);
    lw_buf_char(&x->out, '}');
    lw_export_lose_parts(x, parts);
}

static void add_conversation(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    (void)good;
    lw_buf_str(&x->out, "{\"conversations\":[");
    for (size_t i = 0; i < t->nturns; i++) {
        add_turn(x, name_of(t->turn[i].role), t->turn[i].text, t->turn[i].parts);
        lw_buf_char(&x->out, ',');
    }
    add_turn(x, "gpt", r->text, r->parts);
    lw_buf_str(&x->out, "]}\n");
    lw_export_lose_parts(x, t->parts);
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
