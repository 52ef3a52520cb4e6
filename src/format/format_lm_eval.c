/* Samples of lm-evaluation-harness: {"doc_id", "doc", "target", "arguments", "resps"}. The prompt
 * is what the model was given. Where it generated, its texts are the responses; where it only
 * weighed choices, the one that it found likeliest is. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>

/* {"gen_args_0": {"arg_0": …}} of newer versions, [[…]] of older ones; NULL where there is none. */
static const json_t *argument(const json_t *record, size_t request, size_t nth)
{
    const json_t *all = lw_json_get(record, "arguments"), *one;
    char *name = lw_format("gen_args_%zu", request);
    one = json_is_array(all) ? json_array_get(all, request) : lw_json_get(all, name);
    free(name);
    name = lw_format("arg_%zu", nth);
    one = json_is_array(one) ? json_array_get(one, nth) : lw_json_get(one, name);
    free(name);
    return one;
}

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return lw_json_get(record, "doc_id") && json_is_array(lw_json_get(record, "resps")) &&
           json_is_string(argument(record, 0, 0));
}

/* The first number of {[-1.5, true]} for a request. */
static bool likelihood(const json_t *resps, size_t request, double *to)
{
    const json_t *v = json_array_get(resps, request);
    while (json_is_array(v))
        v = json_array_get(v, 0);
    *to = json_number_value(v);
    return json_is_number(v);
}

static const json_t *likeliest(const json_t *record, const json_t *resps)
{
    double best = 0, one;
    const json_t *found = NULL;
    for (size_t i = 0; i < json_array_size(resps); i++)
        if (likelihood(resps, i, &one) && (!found || one > best)) {
            best = one;
            found = argument(record, i, 1);
        }
    return found;
}

static void add_texts(const json_t *v, struct lw_task *to)
{
    if (json_is_string(v))
        lw_task_add_response(to, NULL, NULL, lw_span_of(v));
    for (size_t i = 0; i < json_array_size(v); i++)
        add_texts(json_array_get(v, i), to);
}

/* The target of choices is the place of the right one. */
static void read_target(const json_t *record, bool weighed, struct lw_task *to)
{
    const json_t *target = lw_json_get(record, "target");
    if (weighed && json_is_integer(target) && json_integer_value(target) >= 0)
        target = argument(record, (size_t)json_integer_value(target), 1);
    if (lw_is_plain(target))
        to->reference = lw_task_text_of(to, target);
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    const json_t *resps = lw_json_get(record, "resps");
    if (!fits(f, record))
        return lw_fail(err, LW_EBAD, "The record has no text in \"arguments\", or no \"resps\".");
    lw_task_add_turn(to, "user", lw_span_of(argument(record, 0, 0)));
    add_texts(resps, to);
    bool weighed = to->nresponses == 0;
    const json_t *choice = weighed ? likeliest(record, resps) : NULL;
    if (json_is_string(choice))
        lw_task_add_response(to, NULL, NULL, lw_span_of(choice));
    read_target(record, weighed, to);
    return LW_OK;
}

const struct lw_format lw_format_lm_eval = {
    .name = "lm-eval",
    .fits = fits,
    .read = read,
    .id_member = "doc_id",
};
