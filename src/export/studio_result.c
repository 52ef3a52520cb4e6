/* An event's answers as the JSON that Label Studio's controls hold. Which controls there are, and
 * where the annotation goes, others know. */
#define _GNU_SOURCE
#include "labelwright/export/studio_result.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"
#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_studio_unique(const char *journal, uint64_t seq, char to[LW_STUDIO_UNIQUE])
{
    unsigned char h[LW_SHA256_BYTES];
    char hex[33], *name = lw_format("labelwright/label-studio\n%s\n%" PRIu64, journal, seq);
    lw_sha256(name, strlen(name), h);
    free(name);
    h[6] = (unsigned char)((h[6] & 0x0f) | 0x80); /* version 8: ours to define; RFC 9562 */
    h[8] = (unsigned char)((h[8] & 0x3f) | 0x80);
    lw_hex(h, 16, hex);
    snprintf(to, LW_STUDIO_UNIQUE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
        hex + 20);
}

void lw_studio_mark(const char *journal, char to[LW_STUDIO_MARK])
{
    snprintf(to, LW_STUDIO_MARK, "%.12s.", journal);
}

void lw_studio_config_fini(struct lw_studio_config *c)
{
    for (size_t i = 0; i < c->ncontrols; i++) {
        struct lw_studio_control *one = &c->control[i];
        for (size_t w = 0; w < one->nwords; w++)
            free(one->word[w]);
        free(one->word);
        free(one->name);
        free(one->to);
        free(one->type);
    }
    free(c->control);
    *c = (struct lw_studio_config){0};
}

const struct lw_studio_control *lw_studio_control(
    const struct lw_studio_config *c, const char *name)
{
    for (size_t i = 0; i < c->ncontrols; i++)
        if (strcmp(c->control[i].name, name) == 0)
            return &c->control[i];
    return NULL;
}

/* ---- values: each returns a new reference, or NULL when the control cannot hold the answer */

static bool knows(const struct lw_studio_control *c, const char *word)
{
    for (size_t i = 0; i < c->nwords; i++)
        if (strcmp(c->word[i], word) == 0)
            return true;
    return c->open;
}

static bool add_word(const struct lw_studio_control *c, json_t *words, const char *word)
{
    if (!word || !knows(c, word))
        return false;
    return json_array_append_new(words, json_string(word)) == 0;
}

/* The words of an answer, whatever its type. */
static bool add_words(const struct lw_studio_control *c, json_t *words, const json_t *answer)
{
    const json_t *better = json_object_get(answer, "better");
    char number[32];
    size_t i;
    json_t *one;
    if (json_is_object(answer))
        return better &&
               add_word(c, words, json_is_null(better) ? LW_STUDIO_TIE : json_string_value(better));
    if (json_is_integer(answer)) {
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(answer));
        return add_word(c, words, number);
    }
    if (!json_is_array(answer))
        return add_word(c, words, json_string_value(answer));
    json_array_foreach(
        answer, i, one) if (!add_word(c, words, json_string_value(one))) return false;
    return c->many || json_array_size(answer) <= 1;
}

static json_t *choices(const struct lw_studio_control *c, const json_t *answer)
{
    json_t *words = json_array();
    if (add_words(c, words, answer))
        return words;
    json_decref(words);
    return NULL;
}

static json_t *path_parts(const char *path)
{
    json_t *parts = json_array();
    for (const char *end; (end = strchr(path, '/')); path = end + 1)
        json_array_append_new(parts, json_stringn(path, (size_t)(end - path)));
    json_array_append_new(parts, json_string(path));
    return parts;
}

static json_t *taxonomy(const struct lw_studio_control *c, const json_t *answer)
{
    (void)c;
    if (json_is_string(answer))
        return json_pack("[o]", path_parts(json_string_value(answer)));
    if (!json_is_array(answer))
        return NULL;
    json_t *paths = json_array(), *one;
    size_t i;
    json_array_foreach(answer, i, one)
        json_array_append_new(paths, path_parts(json_string_value(one)));
    return paths;
}

static json_t *integer(const struct lw_studio_control *c, const json_t *answer)
{
    (void)c;
    return json_is_integer(answer) ? json_copy((json_t *)(uintptr_t)answer) : NULL;
}

/* For a correction, the corrected text; the original is in the task. */
static json_t *text(const struct lw_studio_control *c, const json_t *answer)
{
    const json_t *own = json_is_object(answer) ? json_object_get(answer, "text") : answer;
    (void)c;
    return json_is_string(own) ? json_pack("[s]", json_string_value(own)) : NULL;
}

/* By its id, or as the export names it: "response_a". */
static bool is_named(const char *to, size_t n, const char *id)
{
    static const char ours[] = "response_";
    size_t skip =
        strncmp(to, ours, strlen(ours)) == 0 && strncmp(id, to, n) != 0 ? strlen(ours) : 0;
    return strlen(id) == n - skip && strncmp(id, to + skip, n - skip) == 0;
}

static json_t *side(const struct lw_studio_control *c, const json_t *answer)
{
    const char *better = json_string_value(json_object_get(answer, "better"));
    for (size_t i = 0; better && c->nwords == 2 && i < 2; i++)
        if (strcmp(better, c->word[i]) == 0)
            return json_string(i == 0 ? "left" : "right");
    const char *comma = strchr(c->to, ',');
    if (!better || !comma)
        return NULL;
    const char *right = comma + 1 + strspn(comma + 1, " ");
    if (is_named(c->to, (size_t)(comma - c->to), better) || strcmp(better, "r1") == 0)
        return json_string("left");
    if (is_named(right, strlen(right), better) || strcmp(better, "r2") == 0)
        return json_string("right");
    return NULL;
}

/* All at different places, and none beside them. */
static json_t *list_of_ids(const json_t *order)
{
    json_t *ids = json_array(), *place;
    size_t i;
    json_array_foreach(order, i, place)
    {
        if (json_array_size(place) != 1) {
            json_decref(ids);
            return NULL;
        }
        json_array_append(ids, json_array_get(place, 0));
    }
    return ids;
}

static bool put_in_bucket(
    const struct lw_studio_control *c, json_t *buckets, const char *bucket, json_t *ids)
{
    return json_array_size(ids) == 0 ||
           (knows(c, bucket) && json_object_set(buckets, bucket, ids) == 0);
}

static json_t *ranker(const struct lw_studio_control *c, const json_t *answer)
{
    const json_t *order = json_object_get(answer, "order");
    json_t *rest = json_object_get(answer, LW_STUDIO_NOT_RANKABLE), *place;
    size_t i;
    if (!json_is_array(order) || (c->nwords == 0 && json_array_size(rest) > 0))
        return NULL;
    if (c->nwords == 0)
        return list_of_ids(order);
    json_t *buckets = json_object();
    bool all = put_in_bucket(c, buckets, LW_STUDIO_NOT_RANKABLE, rest);
    json_array_foreach(order, i, place)
    {
        char *bucket = lw_format(LW_STUDIO_PLACE "%zu", i + 1);
        all = all && put_in_bucket(c, buckets, bucket, place);
        free(bucket);
    }
    if (all)
        return buckets;
    json_decref(buckets);
    return NULL;
}

/* Spans with their tags; each becomes a result of its own. */
static json_t *labels(const struct lw_studio_control *c, const json_t *answer)
{
    json_t *span, *tag;
    size_t i, k;
    json_array_foreach(answer, i, span)
    {
        json_array_foreach(json_object_get(span, "tags"), k, tag)
        {
            if (!json_is_string(tag) || !knows(c, json_string_value(tag)))
                return NULL;
        }
        if (k == 0)
            return NULL;
    }
    return json_is_array(answer) ? json_incref((json_t *)(uintptr_t)answer) : NULL;
}

static const struct shape {
    const char *type, *member; /* member: NULL where each element is a result */
    json_t *(*value)(const struct lw_studio_control *c, const json_t *answer);
} shapes[] = {
    {"labels", NULL, labels},
    {"rating", "rating", integer},
    {"number", "number", integer},
    {"choices", "choices", choices},
    {"taxonomy", "taxonomy", taxonomy},
    {"textarea", "text", text},
    {"pairwise", "selected", side},
    {"ranker", "ranker", ranker},
};

static const struct shape *shape_of(const struct lw_studio_control *c)
{
    for (size_t i = 0; c && i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shapes[i].type, c->type) == 0)
            return &shapes[i];
    return NULL;
}

bool lw_studio_takes(const struct lw_studio_control *c)
{
    return shape_of(c) != NULL;
}

bool lw_studio_holds(const struct lw_studio_control *c, const json_t *answer)
{
    const struct shape *shape = shape_of(c);
    json_t *value = shape ? shape->value(c, answer) : NULL;
    json_decref(value);
    return value != NULL;
}

/* ---- the annotation */

struct making {
    const struct lw_studio_config *config;
    char mark[LW_STUDIO_MARK];
    json_int_t seq;
    json_t *result;
    struct lw_err *err;
};

static void add_labels(struct making *m, const struct lw_studio_control *c, const json_t *spans)
{
    json_t *one;
    size_t i;
    json_array_foreach(spans, i, one)
    {
        char *id = lw_format("%s%" JSON_INTEGER_FORMAT ".%s.%s", m->mark, m->seq, c->name,
            json_string_value(json_object_get(one, "id")));
        json_array_append_new(m->result,
            json_pack("{s:s, s:s, s:s, s:s, s:{s:O, s:O, s:O, s:O}}", "id", id, "from_name",
                c->name, "to_name", c->to, "type", c->type, "value", "start",
                json_object_get(one, "start"), "end", json_object_get(one, "end"), "text",
                json_object_get(one, "text"), "labels", json_object_get(one, "tags")));
        free(id);
    }
}

static void add_item(struct making *m, const char *name, const json_t *answer)
{
    const struct lw_studio_control *c = lw_studio_control(m->config, name);
    const struct shape *shape = shape_of(c);
    json_t *value = shape ? shape->value(c, answer) : NULL;
    if (!value) {
        char *text_of_answer = json_dumps(answer, JSON_COMPACT | JSON_ENCODE_ANY);
        lw_fail(m->err, LW_EBAD, LW_STUDIO_NO_CONTROL, name, text_of_answer);
        free(text_of_answer);
        return;
    }
    if (!shape->member) {
        add_labels(m, c, value);
        json_decref(value);
        return;
    }
    bool paired = strcmp(c->type, "pairwise") == 0;
    char *id = lw_format("%s%" JSON_INTEGER_FORMAT ".%s", m->mark, m->seq, name);
    json_array_append_new(m->result,
        json_pack("{s:s, s:s, s:s, s:s, s:{s:o}}", "id", id, "from_name", name, "to_name",
            paired ? name : c->to, "type", c->type, "value", shape->member, value));
    free(id);
}

static void add_answer(
    struct making *m, const struct lw_project *p, const char *name, json_t *answer)
{
    const struct lw_question *q = lw_question_find(p, name);
    const char *response;
    json_t *one;
    if (!q || !lw_target_is_keyed(q->on)) {
        add_item(m, name, answer);
        return;
    }
    json_object_foreach(answer, response, one)
    {
        char *own = lw_format("%s_%s", name, response);
        add_item(m, own, one);
        free(own);
    }
}

json_t *lw_studio_annotation(const struct lw_project *p, const struct lw_studio_config *c,
    const json_t *event, struct lw_err *err)
{
    const char *journal = json_string_value(json_object_get(event, "journal")), *name;
    const char *type = json_string_value(json_object_get(event, "type"));
    struct lw_err own = {0};
    struct making m = {.config = c,
        .seq = json_integer_value(json_object_get(event, "seq")),
        .result = json_array(),
        .err = &own};
    char unique[LW_STUDIO_UNIQUE];
    json_t *answer;
    lw_studio_unique(journal, (uint64_t)m.seq, unique);
    lw_studio_mark(journal, m.mark);
    json_object_foreach(json_object_get(event, "answers"), name, answer)
        add_answer(&m, p, name, answer);
    if (own.code != LW_OK) {
        json_decref(m.result);
        lw_fail(err, own.code, "%s", own.text);
        return NULL;
    }
    double active = (double)json_integer_value(json_object_get(event, "active_ms"));
    return json_pack("{s:o, s:f, s:b, s:s}", "result", m.result, "lead_time", active / 1000,
        "was_cancelled", strcmp(type, "skip") == 0, "unique_id", unique);
}
