/* Questions and answers of MT-Bench (FastChat's question.jsonl and files of model_answer), and
 * those of Arena-Hard, which took them over. Judgements of either are not read. */
#include "format/format_internal.h"

#include "labelwright/base/buf.h"

static bool arena_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "uid") && (json_is_string(lw_json_get(record, "prompt")) ||
                                             json_is_array(lw_json_get(record, "messages")));
}

static enum lw_code arena_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    if (lw_json_get(record, "messages"))
        return lw_conversation_read("messages", record, to, err);
    const json_t *prompt = lw_json_get(record, "prompt");
    if (!lw_is_plain(prompt))
        return lw_fail(err, LW_EBAD, "The record has no \"prompt\" and no \"messages\".");
    lw_task_add_turn(to, "user", lw_task_text_of(to, prompt));
    return LW_OK;
}

static bool mt_bench_fits(const struct lw_format *f, const json_t *record)
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
    struct lw_span s = lw_task_add_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return s;
}

static enum lw_code mt_bench_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    const json_t *turns = lw_json_get(record, "turns"),
                 *reference = lw_json_get(record, "reference");
    enum lw_code code = lw_turn_list_read(turns, "turns", to, err);
    if (code != LW_OK)
        return code;
    if (json_array_size(reference))
        to->reference = joined(to, reference);
    return LW_OK;
}

static bool mt_bench_answers_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "question_id") && json_is_array(lw_json_get(record, "choices"));
}

/* The replies to each turn of the question, each after its number when there are several. */
static enum lw_code read_choice(
    const json_t *choice, const char *model, struct lw_task *to, struct lw_err *err)
{
    struct lw_span text;
    enum lw_code code = lw_turn_list_join(lw_json_get(choice, "turns"), "turns", to, &text, err);
    if (code == LW_OK)
        lw_task_add_response(to, NULL, model, text);
    return code;
}

static enum lw_code mt_bench_answers_read(
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

const struct lw_format lw_format_mt_bench = {
    .name = "mt-bench",
    .fits = mt_bench_fits,
    .read = mt_bench_read,
    .id_member = "question_id",
};

const struct lw_format lw_format_mt_bench_answers = {
    .name = "mt-bench-answers",
    .fits = mt_bench_answers_fits,
    .read = mt_bench_answers_read,
    .id_member = "question_id",
    .join = "question_id",
    .answers = true,
};

const struct lw_format lw_format_arena = {
    .name = "arena",
    .fits = arena_fits,
    .read = arena_read,
    .id_member = "uid",
    .join = "uid",
};
