#include "format/format_internal.h"

#include <string.h>

#define NEED(...) .need = {__VA_ARGS__}
#define RESPONSE(...) .response = {__VA_ARGS__}

/* Formats that are recognised by their members: the members they need, and which of them are
 * responses. */
#define TRL_PREFERENCE NEED("chosen", "rejected"), RESPONSE("chosen", "rejected")
#define TRL_KTO NEED("prompt", "completion", "label"), RESPONSE("completion")
#define TRL_SFT NEED("prompt", "completion"), RESPONSE("completion")
#define PANDALM NEED("instruction", "response1", "response2"), RESPONSE("response1", "response2")
#define ALPACA NEED("instruction", "output"), RESPONSE("output")
#define LLMBAR NEED("input", "output_1", "output_2"), RESPONSE("output_1", "output_2")
#define RLHF_PAIR NEED("prompt", "answer1", "answer2"), RESPONSE("answer1", "answer2")
#define XSTEST NEED("id", "type", "prompt"), RESPONSE("completion"), .closed = true
#define HATECHECK NEED("case_id", "functionality"), .closed = true
#define NONE .closed = false
#define ALONE .join = NULL
#define BY(member) .join = member
#define ANSWERS_BY(member) .join = member, .answers = true
#define GSM8K NEED("question", "answer"), RESPONSE("answer")

/* Name, functions, id member, how files of it join, shape. Records are tried in this order: the
 * native format is explicit, and a format with more members comes before one with fewer. */
#define FORMATS(X)                                                                                 \
    X("hh-rlhf", lw_hh_rlhf, NULL, ALONE, NONE)                                                    \
    X("native", lw_native, "id", ALONE, NONE)                                                      \
    X("oasst-tree", lw_oasst_tree, "message_tree_id", ALONE, NONE)                                 \
    X("oasst", lw_oasst, "message_id", ALONE, NONE)                                                \
    X("oasst-eval", lw_oasst_eval, NULL, BY("prompt"), NONE)                                       \
    X("mt-bench", lw_mt_bench, "question_id", ALONE, NONE)                                         \
    X("mt-bench-answers", lw_mt_bench_answers, "question_id", ANSWERS_BY("question_id"), NONE)     \
    X("arena", lw_arena, "uid", BY("uid"), NONE)                                                   \
    X("trl-preference", lw_preference, "id", ALONE, TRL_PREFERENCE)                                \
    X("xstest", lw_shape, "id", ALONE, XSTEST)                                                     \
    X("hatecheck", lw_shape, "case_id", ALONE, HATECHECK)                                          \
    X("trl-kto", lw_shape, "id", ALONE, TRL_KTO)                                                   \
    X("trl-sft", lw_shape, "id", ALONE, TRL_SFT)                                                   \
    X("pandalm", lw_shape, "idx", ALONE, PANDALM)                                                  \
    X("alpaca", lw_shape, "id", ALONE, ALPACA)                                                     \
    X("llmbar", lw_shape, "id", ALONE, LLMBAR)                                                     \
    X("rlhf-pair", lw_shape, "id", ALONE, RLHF_PAIR)                                               \
    X("gsm8k", lw_shape, "id", ALONE, GSM8K)                                                       \
    X("sharegpt", lw_sharegpt, "id", ALONE, NONE)                                                  \
    X("messages", lw_messages, "id", ALONE, NONE)                                                  \
    X("named", lw_named, "id", ALONE, NONE)                                                        \
    X("label-studio", lw_any_text, "id", ALONE, NONE)                                              \
    X("table", lw_columns, "id", ALONE, NONE)

static const struct lw_format table[] = {
#define X(name, f, id, join, ...)                                                                  \
    {name, f##_fits, f##_read, id, &(const struct lw_shape){__VA_ARGS__}, join},
    FORMATS(X)
#undef X
};

static const char *const names[] = {
    "auto",
#define X(name, f, id, join, ...) name,
    FORMATS(X)
#undef X
        NULL,
};

enum { NFORMATS = sizeof table / sizeof *table };

const struct lw_format *lw_format_find(const char *name)
{
    for (size_t i = 0; i < NFORMATS; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

const struct lw_format *lw_format_guess(const json_t *record)
{
    for (size_t i = 0; json_is_object(record) && i < NFORMATS; i++)
        if (table[i].fits != lw_any_text_fits && table[i].fits(&table[i], record))
            return &table[i];
    return NULL;
}

const char *const *lw_format_names(void)
{
    return names;
}
