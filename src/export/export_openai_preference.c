/* openai-preference: {"input":{"messages","tools"},"preferred_output","non_preferred_output"}, as
 * OpenAI's guide to preference fine-tuning describes it. Which of two responses is better is
 * decided in export_preference.c. */
#include "export/export_internal.h"

static void add_input(struct lw_export_state *x, const struct lw_task *t)
{
    lw_buf_str(&x->out, "{\"input\":{\"messages\":[");
    for (size_t i = 0; i < t->nturns; i++) {
        lw_buf_str(&x->out, i ? "," : "");
        lw_export_turn(x, &x->out, &t->turn[i]);
    }
    lw_buf_char(&x->out, ']');
    lw_export_tools(x, &x->out, t);
    lw_buf_str(&x->out, t->tools ? "}" : ",\"tools\":[]}");
}

static void add_output(struct lw_export_state *x, const char *name, const struct lw_task *t,
    const struct lw_response *r)
{
    lw_buf_fmt(&x->out, ",\"%s\":[", name);
    lw_export_response(x, &x->out, t, r);
    lw_buf_char(&x->out, ']');
}

static void add_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse)
{
    add_input(x, t);
    add_output(x, "preferred_output", t, better);
    add_output(x, "non_preferred_output", t, worse);
    lw_buf_str(&x->out, "}\n");
    x->report->written++;
}

const struct lw_export_format lw_export_openai_preference = {
    "openai-preference",
    "JSON Lines: input, preferred_output, non_preferred_output; lists of messages",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .texts_alone = true,
    .accepts = lw_export_has_roles,
    .pair = add_pair,
};
