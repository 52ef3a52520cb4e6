/* Questions and answers of MT-Bench and Arena-Hard, and the trees and model outputs of
 * OpenAssistant. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"

bool lw_arena_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "uid") && (json_is_string(lw_json_get(record, "prompt")) ||
                                             json_is_array(lw_json_get(record, "messages")));
}

enum lw_code lw_arena_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    if (lw_json_get(record, "messages"))
        return lw_messages_read(f, record, to, err);
    const json_t *prompt = lw_json_get(record, "prompt");
    if (!lw_is_plain(prompt))
        return lw_fail(err, LW_EBAD, "The record has no \"prompt\" and no \"messages\".");
    lw_add_turn(to, "user", lw_plain_text(to, prompt));
    return LW_OK;
}

bool lw_mt_bench_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *turns = lw_json_get(record, "turns");
    return lw_json_get(record, "question_id") && lw_is_plain(json_array_get(turns, 0));
}

/* A reference for each turn: one text. */
static struct lw_span joined(struct lw_task *to, const json_t *list)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        lw_buf_fmt(&b, "%s%s", i ? "\n\n" : "", json_is_string(v) ? json_string_value(v) : "");
    }
    struct lw_span s = lw_made_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return s;
}

enum lw_code lw_mt_bench_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *turns = lw_json_get(record, "turns"),
                 *reference = lw_json_get(record, "reference");
    if (json_array_size(turns) == 0)
        return lw_fail(err, LW_EBAD, "\"turns\" must be a list of texts.");
    for (size_t i = 0; i < json_array_size(turns); i++) {
        if (!lw_is_plain(json_array_get(turns, i)))
            return lw_fail(err, LW_EBAD, "\"turns\": item %zu is not text.", i + 1);
        lw_add_turn(to, "user", lw_plain_text(to, json_array_get(turns, i)));
    }
    if (json_array_size(reference))
        to->reference = joined(to, reference);
    return LW_OK;
}

bool lw_mt_bench_answers_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "question_id") && json_is_array(lw_json_get(record, "choices"));
}

/* The replies to each turn of the question, each after its number when there are several. */
static enum lw_code read_choice(
    const json_t *choice, const char *model, struct lw_task *to, struct lw_err *err)
{
    const json_t *turns = lw_json_get(choice, "turns");
    size_t n = json_array_size(turns);
    struct lw_buf b = {0};
    enum lw_code code = n ? LW_OK : lw_fail(err, LW_EBAD, "A choice has no \"turns\" list.");
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        const json_t *v = json_array_get(turns, i);
        if (!lw_is_plain(v)) {
            code = lw_fail(err, LW_EBAD, "\"turns\": item %zu is not text.", i + 1);
            continue;
        }
        struct lw_span text = lw_plain_text(to, v);
        if (n > 1)
            lw_buf_fmt(&b, "%sTurn %zu:\n\n", i ? "\n\n" : "", i + 1);
        lw_buf_add(&b, text.s, text.n);
    }
    if (code == LW_OK)
        lw_add_response(to, NULL, model, lw_made_text(to, b.data, b.len));
    lw_buf_fini(&b);
    return code;
}

enum lw_code lw_mt_bench_answers_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *choices = lw_json_get(record, "choices");
    const char *model = json_string_value(lw_json_get(record, "model_id"));
    enum lw_code code = json_array_size(choices)
                            ? LW_OK
                            : lw_fail(err, LW_EBAD, "The record has no \"choices\" list.");
    for (size_t i = 0; i < json_array_size(choices) && code == LW_OK; i++)
        code = read_choice(json_array_get(choices, i), model, to, err);
    return code;
}

static enum lw_code read_message(const json_t *message, struct lw_task *to, struct lw_err *err)
{
    const json_t *text = lw_json_get(message, "text"), *role = lw_json_get(message, "role");
    if (!json_is_string(text))
        return lw_fail(err, LW_EBAD, "The message has no \"text\".");
    bool assistant = json_is_string(role) && json_string_value(role)[0] == 'a';
    lw_add_turn(to, assistant ? "assistant" : "user", lw_span_of(text));
    return LW_OK;
}

/* The prompt and its replies. Their order and rank are judgements, so they are not shown. */
static enum lw_code read_tree(const json_t *root, struct lw_task *to, struct lw_err *err)
{
    const json_t *replies = lw_json_get(root, "replies");
    enum lw_code code = read_message(root, to, err);
    for (size_t i = 0; i < json_array_size(replies) && code == LW_OK; i++) {
        const json_t *reply = json_array_get(replies, i), *text = lw_json_get(reply, "text");
        const json_t *id = lw_json_get(reply, "message_id"),
                     *model = lw_json_get(reply, "model_name");
        if (!json_is_string(text))
            code = lw_fail(err, LW_EBAD, "Reply %zu has no \"text\".", i + 1);
        else
            lw_add_response(to, json_string_length(id) ? json_string_value(id) : NULL,
                json_string_value(model), lw_span_of(text));
    }
    return code == LW_OK ? lw_check_unique(to, err) : code;
}

bool lw_oasst_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "message_id") && json_is_string(lw_json_get(record, "text"));
}

enum lw_code lw_oasst_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return read_tree(record, to, err);
}

bool lw_oasst_tree_fits(const struct lw_format *f, const json_t *record)
{
    return lw_json_get(record, "message_tree_id") &&
           lw_oasst_fits(f, lw_json_get(record, "prompt"));
}

enum lw_code lw_oasst_tree_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return read_tree(lw_json_get(record, "prompt"), to, err);
}

bool lw_oasst_eval_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    const json_t *first = json_array_get(lw_json_get(record, "results"), 0);
    return json_is_string(lw_json_get(record, "prompt")) &&
           json_is_array(lw_json_get(first, "outputs"));
}

static enum lw_code read_outputs(const json_t *result, struct lw_task *to, struct lw_err *err)
{
    const json_t *outputs = lw_json_get(result, "outputs");
    if (!json_is_array(outputs))
        return lw_fail(err, LW_EBAD, "A result has no \"outputs\" list.");
    for (size_t i = 0; i < json_array_size(outputs); i++) {
        const json_t *v = json_array_get(outputs, i);
        if (!lw_is_plain(v))
            return lw_fail(err, LW_EBAD, "\"outputs\": item %zu is not text.", i + 1);
        lw_add_response(to, NULL, NULL, lw_plain_text(to, v));
    }
    return LW_OK;
}

enum lw_code lw_oasst_eval_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *results = lw_json_get(record, "results"), *prompt = lw_json_get(record, "prompt");
    if (!lw_is_plain(prompt) || !json_is_array(results))
        return lw_fail(err, LW_EBAD, "The record needs a \"prompt\" and a \"results\" list.");
    lw_add_turn(to, "user", lw_plain_text(to, prompt));
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(results) && code == LW_OK; i++)
        code = read_outputs(json_array_get(results, i), to, err);
    return code;
}
