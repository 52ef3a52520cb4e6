/* The formats of task files. How one is read is in its file, or, where the names of its members are
 * enough, in its row of format_shape.c.
 *
 * To add a format NAME:
 *   one file: format_NAME.c ends in `const struct lw_format lw_format_NAME`, a name, two functions
 *             and the member with the id (see struct lw_format); format_hh_rlhf.c is a short
 * example; one row:  X(NAME) here, at the place where it is tried. Nothing else knows one format
 * from another. */
#include "labelwright/format/task.h"

#include <string.h>

/* In the order in which a record is tried: the native format is explicit, and a format with more
 * members comes before one with fewer. */
#define FORMATS(X)                                                                                 \
    X(hh_rlhf)                                                                                     \
    X(native)                                                                                      \
    X(oasst_tree)                                                                                  \
    X(oasst)                                                                                       \
    X(oasst_eval)                                                                                  \
    X(mt_bench)                                                                                    \
    X(mt_bench_answers)                                                                            \
    X(arena)                                                                                       \
    X(prm800k)                                                                                     \
    X(trl_stepwise)                                                                                \
    X(bbmistake)                                                                                   \
    X(mr_gsm8k)                                                                                    \
    X(batch)                                                                                       \
    X(batch_results)                                                                               \
    X(lm_eval)                                                                                     \
    X(trl_preference)                                                                              \
    X(swift)                                                                                       \
    X(edited)                                                                                      \
    X(lmsys)                                                                                       \
    X(xstest)                                                                                      \
    X(hatecheck)                                                                                   \
    X(trl_kto)                                                                                     \
    X(trl_sft)                                                                                     \
    X(pandalm)                                                                                     \
    X(alpaca)                                                                                      \
    X(llmbar)                                                                                      \
    X(rlhf_pair)                                                                                   \
    X(gsm8k)                                                                                       \
    X(sharegpt)                                                                                    \
    X(messages)                                                                                    \
    X(list)                                                                                        \
    X(named)                                                                                       \
    X(label_studio)                                                                                \
    X(table)

#define X(name) extern const struct lw_format lw_format_##name;
FORMATS(X)
#undef X

static const struct lw_format *const formats[] = {
#define X(name) &lw_format_##name,
    FORMATS(X)
#undef X
};
enum { FORMATS_N = sizeof formats / sizeof *formats };

const struct lw_format *lw_format_find(const char *name)
{
    for (size_t i = 0; i < FORMATS_N; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

const struct lw_format *lw_format_guess(const json_t *record)
{
    for (size_t i = 0; json_is_object(record) && i < FORMATS_N; i++)
        if (!formats[i]->unguessed && formats[i]->fits(formats[i], record))
            return formats[i];
    return NULL;
}

const char *const *lw_format_names(void)
{
    static const char *names[FORMATS_N + 2] = {"auto"};
    for (size_t i = 0; i < FORMATS_N; i++)
        names[i + 1] = formats[i]->name;
    return names;
}
