/* One answer as a short text and back: one function a type that writes, and what reads the texts
 * that hold more than a number. The same answer gives the same text, however it was written. */
#define _GNU_SOURCE
#include "agree/answer_code_internal.h"

#include "labelwright/json/json_value.h"
#include "labelwright/project/question.h"
#include "labelwright/project/spans.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- one number */

static bool encode_rating(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    if (!json_is_integer(v) || !lw_scale_has(&q->scale, json_integer_value(v)))
        return false;
    lw_buf_fmt(to, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    return true;
}

/* The place of an option; -1 for none. */
static int32_t option_of(const struct lw_question *q, const json_t *path)
{
    const struct lw_option *o =
        json_is_string(path) ? lw_option_find(q, json_string_value(path)) : NULL;
    return o && !o->group ? (int32_t)(o - q->option) : -1;
}

static bool encode_choice(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    int32_t at = option_of(q, v);
    lw_buf_fmt(to, "%" PRId32, at);
    return at >= 0;
}

static bool encode_edit(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    (void)q;
    lw_buf_char(to, lw_edit_is_same(v) ? '0' : '1');
    return json_is_string(json_object_get(v, "text")) &&
           json_is_string(json_object_get(v, "original"));
}

static bool encode_compare(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    (void)q;
    const json_t *better = json_object_get(v, "better"), *n = json_object_get(v, "strength");
    lw_buf_fmt(to, "%" JSON_INTEGER_FORMAT ":", json_integer_value(n));
    if (json_is_string(better))
        lw_buf_add(to, json_string_value(better), json_string_length(better));
    bool tie = json_is_null(better) && json_integer_value(n) == 0;
    return json_is_integer(n) && (tie || (json_is_string(better) && json_integer_value(n) > 0 &&
                                             json_integer_value(n) <= LW_STRENGTH_MAX));
}

/* ---- several */

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

static bool encode_tags(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    size_t n = json_array_size(v);
    int32_t *at = lw_alloc((n + 1) * sizeof *at);
    bool all = json_is_array(v);
    for (size_t i = 0; i < n; i++)
        all = (at[i] = option_of(q, json_array_get(v, i))) >= 0 && all;
    if (n > 1)
        qsort(at, n, sizeof *at, by_number);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || at[i] != at[i - 1])
            lw_buf_fmt(to, "%s%" PRId32, i ? " " : "", at[i]);
    free(at);
    return all;
}

void lw_answer_options(const char *text, void (*each)(void *ctx, int32_t option), void *ctx)
{
    char *end;
    for (; *text; text = *end ? end + 1 : end)
        each(ctx, (int32_t)strtol(text, &end, 10));
}

static bool collect_span(
    const struct lw_question *q, const struct lw_tagged *s, struct lw_marked **to, size_t *n)
{
    for (size_t i = 0; i < json_array_size(s->tags); i++) {
        int32_t tag = option_of(q, json_array_get(s->tags, i));
        if (tag < 0)
            return false;
        *to = lw_grow(*to, *n + 1, sizeof **to);
        (*to)[(*n)++] = (struct lw_marked){s->start, s->end, tag};
    }
    return true;
}

static bool encode_spans(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    struct lw_marked *m = NULL;
    struct lw_tagged s;
    size_t n = 0;
    bool all = json_is_array(v);
    for (size_t i = 0; i < json_array_size(v); i++)
        all = all && lw_spans_get(v, i, &s) && collect_span(q, &s, &m, &n);
    n = lw_marked_sort(m, n);
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(to, "%s%zu-%zu:%" PRId32, i ? " " : "", m[i].start, m[i].end, m[i].tag);
    free(m);
    return all;
}

struct lw_marked *lw_answer_marked(const char *text, size_t *n)
{
    struct lw_marked *m = NULL;
    char *end = NULL;
    *n = 0;
    for (const char *p = text; *p; p = *end ? end + 1 : end) {
        m = lw_grow(m, *n + 1, sizeof *m);
        struct lw_marked *one = &m[(*n)++];
        one->start = strtoull(p, &end, 10);
        one->end = strtoull(end + 1, &end, 10);
        one->tag = (int32_t)strtol(end + 1, &end, 10);
    }
    return m;
}

int lw_answer_strength(const char *text)
{
    return atoi(text);
}

const char *lw_answer_better(const char *text)
{
    return strchr(text, ':') + 1;
}

/* ---- rankings */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The ids as a list, sorted; NULL where one is none. */
static json_t *sorted_ids(const json_t *ids)
{
    size_t n = json_array_size(ids);
    const char **id = lw_alloc((n + 1) * sizeof *id);
    json_t *to = json_array();
    bool all = true;
    for (size_t i = 0; i < n; i++)
        all = (id[i] = json_string_value(json_array_get(ids, i))) != NULL && all;
    if (n > 1 && all)
        qsort(id, n, sizeof *id, by_text);
    for (size_t i = 0; i < n && all; i++)
        json_array_append_new(to, json_string(id[i]));
    free(id);
    if (!all) {
        json_decref(to);
        to = NULL;
    }
    return to;
}

static bool encode_rank(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    (void)q;
    const json_t *order = json_object_get(v, "order");
    json_t *places = json_array(), *rest = sorted_ids(json_object_get(v, "not_rankable"));
    bool all = json_is_array(order) && rest;
    for (size_t i = 0; i < json_array_size(order) && all; i++) {
        json_t *tied = sorted_ids(json_array_get(order, i));
        all = tied != NULL;
        json_array_append_new(places, tied);
    }
    json_t *both = json_pack("[o,o]", places, rest ? rest : json_array());
    lw_json_add(to, both);
    json_decref(both);
    return all;
}

/* ---- all types */

bool lw_answer_encode(const struct lw_question *q, const json_t *v, struct lw_buf *to)
{
    static bool (*const encode[])(const struct lw_question *, const json_t *, struct lw_buf *) = {
        [LW_Q_RATING] = encode_rating,
        [LW_Q_CHOICE] = encode_choice,
        [LW_Q_TAGS] = encode_tags,
        [LW_Q_COMPARE] = encode_compare,
        [LW_Q_RANK] = encode_rank,
        [LW_Q_EDIT] = encode_edit,
        [LW_Q_SPANS] = encode_spans,
        [LW_Q_TALK] = NULL,
    };
    return encode[q->type] && encode[q->type](q, v, to);
}
