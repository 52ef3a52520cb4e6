/* openai-chat: {"messages","tools"}, as OpenAI's fine-tuning guide describes chat data; the last
 * message is the response to imitate. Which one that is, is decided in export_preference.c. */
#include "export/export_internal.h"

static void add_chat(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    (void)good;
    lw_buf_str(&x->out, "{\"messages\":[");
    for (size_t i = 0; i < t->nturns; i++) {
        lw_export_turn(x, &x->out, &t->turn[i]);
        lw_buf_char(&x->out, ',');
    }
    lw_export_response(x, &x->out, t, r);
    lw_buf_char(&x->out, ']');
    lw_export_tools(x, &x->out, t);
    lw_buf_str(&x->out, "}\n");
    x->report->written++;
}

const struct lw_export_format lw_export_openai_chat = {
    "openai-chat",
    "JSON Lines: messages; the last is corrected, written, rated good, or the better one",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .texts_alone = true,
    .accepts = lw_export_has_roles,
    .one = add_chat,
    .good_only = true,
};
