/* Spans of a text: what an answer is made of, how it grows span by span, what is refused from
 * outside, and where spans are in a text that has changed. Where the cursor goes while they are
 * marked is the screen's. */
#define _GNU_SOURCE
#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"
#include "labelwright/text/utf8.h"
#include "project/question_internal.h"

#include <stdio.h>
#include <string.h>

/* ---- what is in it */

uint64_t lw_span_number(const char *id)
{
    int64_t n = 0;
    bool whole = id && id[0] == 's' && id[1] >= '1' && id[1] <= '9' && strlen(id) < 10 &&
                 lw_number_parse(id + 1, strlen(id + 1), &n);
    return whole ? (uint64_t)n : 0;
}

static bool are_paths(const json_t *tags)
{
    for (size_t i = 0; i < json_array_size(tags); i++)
        if (!json_is_string(json_array_get(tags, i)))
            return false;
    return json_is_array(tags);
}

const json_t *lw_spans_tags(const json_t *value, size_t i)
{
    const json_t *tags = json_object_get(json_array_get(value, i), "tags");
    return are_paths(tags) ? tags : NULL;
}

bool lw_spans_get(const json_t *value, size_t i, struct lw_tagged *to)
{
    const json_t *one = json_array_get(value, i), *text = json_object_get(one, "text");
    json_int_t start = json_integer_value(json_object_get(one, "start"));
    json_int_t end = json_integer_value(json_object_get(one, "end"));
    *to = (struct lw_tagged){
        .id = json_string_value(json_object_get(one, "id")), .tags = json_object_get(one, "tags")};
    if (!to->id || !json_is_string(text) || start < 0 || end <= start || !are_paths(to->tags))
        return false;
    to->start = (size_t)start;
    to->end = (size_t)end;
    to->text = (struct lw_span){json_string_value(text), json_string_length(text)};
    return true;
}

/* ---- how it grows */

static bool comes_before(size_t start, size_t end, const struct lw_tagged *other)
{
    return start != other->start ? start < other->start : end > other->end;
}

/* The spans themselves are shared; none is changed after it was made. */
static json_t *copy(const json_t *value)
{
    json_t *to = json_array();
    for (size_t i = 0; i < json_array_size(value); i++)
        json_array_append(to, json_array_get(value, i));
    return to;
}

static void insert(json_t *to, size_t start, size_t end, json_t *one)
{
    struct lw_tagged other;
    size_t at = json_array_size(to);
    while (at > 0 && lw_spans_get(to, at - 1, &other) && comes_before(start, end, &other))
        at--;
    json_array_insert_new(to, at, one);
}

json_t *lw_spans_add(const json_t *value, const char *id, struct lw_span text, size_t start,
    size_t end, const char *tag)
{
    json_t *to = copy(value);
    json_t *one = json_pack("{s:s,s:I,s:I,s:o,s:[s]}", "id", id, "start", (json_int_t)start, "end",
        (json_int_t)end, "text", json_stringn(text.s + start, end - start), "tags", tag);
    insert(to, start, end, one);
    return to;
}

json_t *lw_spans_remove(const json_t *value, size_t i)
{
    json_t *to = copy(value);
    json_array_remove(to, i);
    return to;
}

static size_t find_tag(const json_t *tags, const char *tag)
{
    size_t i = 0;
    while (
        i < json_array_size(tags) && strcmp(json_string_value(json_array_get(tags, i)), tag) != 0)
        i++;
    return i;
}

json_t *lw_spans_tag(const json_t *value, size_t i, const char *tag, bool more)
{
    json_t *to = copy(value), *one = json_copy(json_array_get(value, i));
    json_t *tags = more ? json_copy(json_object_get(one, "tags")) : json_array();
    size_t at = find_tag(tags, tag);
    if (at == json_array_size(tags))
        json_array_append_new(tags, json_string(tag));
    else if (json_array_size(tags) > 1)
        json_array_remove(tags, at);
    json_object_set_new(one, "tags", tags);
    json_array_set_new(to, i, one);
    return to;
}

/* ---- in a text that has changed */

static bool is_border(struct lw_span text, size_t at)
{
    return at == 0 || at == text.n || lw_grapheme_at(text.s, text.n, at) == at;
}

static bool stands_at(struct lw_span text, const struct lw_tagged *s, size_t at)
{
    return at + s->text.n <= text.n && memcmp(text.s + at, s->text.s, s->text.n) == 0 &&
           is_border(text, at) && is_border(text, at + s->text.n);
}

/* The next place where the words stand, from `from` on; text.n for none. */
static size_t next_place(struct lw_span text, const struct lw_tagged *s, size_t from)
{
    while (from < text.n) {
        const char *at = memmem(text.s + from, text.n - from, s->text.s, s->text.n);
        if (!at)
            break;
        from = (size_t)(at - text.s);
        if (stands_at(text, s, from))
            return from;
        from++;
    }
    return text.n;
}

/* Where it is now; text.n when that is unknown. */
static size_t place_now(struct lw_span text, const struct lw_tagged *s)
{
    if (s->text.n == 0 || stands_at(text, s, s->start))
        return s->text.n ? s->start : text.n;
    size_t at = next_place(text, s, 0);
    return at < text.n && next_place(text, s, at + 1) == text.n ? at : text.n;
}

json_t *lw_spans_find_again(const json_t *value, struct lw_span text, size_t *moved, size_t *lost)
{
    json_t *to = json_array();
    for (size_t i = 0; i < json_array_size(value); i++) {
        struct lw_tagged s;
        size_t at = text.s && lw_spans_get(value, i, &s) ? place_now(text, &s) : text.n;
        if (at == text.n) {
            ++*lost;
            continue;
        }
        json_t *one = json_copy(json_array_get(value, i));
        *moved += at != s.start;
        json_object_set_new(one, "start", json_integer((json_int_t)at));
        json_object_set_new(one, "end", json_integer((json_int_t)(at + s.text.n)));
        insert(to, at, at + s.text.n, one);
    }
    return to;
}

/* ---- project.yaml */

enum { DIGITS = 10 };

/* Each tag has a key while spans are marked: a letter of its own, or the digit of its place. */
static void check_reach(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    size_t place = 0;
    for (size_t i = 0; i < q->noptions; i++) {
        place += !q->option[i].group;
        if (place > DIGITS && !q->option[i].group && !q->option[i].key) {
            lw_mistake(r, y,
                "the tag \"%.60s\" is behind the tenth, so no digit reaches it while spans are "
                "marked. Give it a letter: `key: a`.",
                q->option[i].path);
            return;
        }
    }
}

static void check(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    if (q->on == LW_ON_TASK || q->on == LW_ON_SPAN)
        lw_mistake(r, lw_yaml_get(y, "on") ? lw_yaml_get(y, "on") : y,
            "spans are pieces of one text. Write `on: response`, `on: prompt`, `on: turn` or "
            "`on: step`.");
    lw_options_check(r, q, y);
    check_reach(r, q, y);
    for (size_t i = 0; i < q->noptions; i++)
        if (q->option[i].key && q->option[i].key < 128 &&
            strchr(LW_SPAN_KEYS, (char)q->option[i].key))
            lw_mistake(r, y,
                "the key %c of \"%.60s\" moves the cursor while spans are marked. Choose another "
                "than %s.",
                (char)q->option[i].key, q->option[i].path, LW_SPAN_KEYS);
}

/* ---- from outside */

/* A span is named in messages by its place in the list, from 1, and its words. */
struct checking {
    const struct lw_value_place *a;
    struct lw_span text;
    json_t *ids, *places; /* of the spans before, as keys */
};

static enum lw_code check_shape(const struct lw_value_place *a, const json_t *one)
{
    static const char *const members[] = {"id", "start", "end", "text", "tags"};
    enum { MEMBERS = sizeof members / sizeof *members };
    size_t n = 0;
    for (size_t i = 0; i < MEMBERS; i++)
        n += json_object_get(one, members[i]) != NULL;
    if (n == MEMBERS && json_object_size(one) == MEMBERS &&
        json_is_integer(json_object_get(one, "start")) &&
        json_is_integer(json_object_get(one, "end")) &&
        json_is_string(json_object_get(one, "text")))
        return LW_OK;
    return lw_value_refuse(a,
        "a span must be {\"id\": \"s1\", \"start\": 4, \"end\": 9, \"text\": \"Paris\", "
        "\"tags\": [\"place\"]}, with offsets in bytes.");
}

static enum lw_code check_id(struct checking *c, const json_t *one)
{
    const char *id = json_string_value(json_object_get(one, "id"));
    if (lw_span_number(id) == 0)
        return lw_value_refuse(c->a, "the id of a span is s and a number: \"s1\", \"s2\", \"s3\".");
    if (json_object_get(c->ids, id))
        return lw_value_refuse(c->a, "two spans have the id \"%s\". Give each its own.", id);
    json_object_set_new(c->ids, id, json_true());
    return LW_OK;
}

static enum lw_code check_border(const struct checking *c, const char *id, json_int_t at)
{
    if (is_border(c->text, (size_t)at))
        return LW_OK;
    size_t before = lw_grapheme_at(c->text.s, c->text.n, (size_t)at);
    return lw_value_refuse(c->a,
        "byte %" JSON_INTEGER_FORMAT
        " of span \"%s\" is inside a character. It begins at byte %zu, the next one at %zu.",
        at, id, before, lw_grapheme_next(c->text.s, c->text.n, before));
}

static enum lw_code check_offsets(struct checking *c, const json_t *one)
{
    const char *id = json_string_value(json_object_get(one, "id"));
    json_int_t start = json_integer_value(json_object_get(one, "start"));
    json_int_t end = json_integer_value(json_object_get(one, "end"));
    if (start < 0 || end > (json_int_t)c->text.n)
        return lw_value_refuse(c->a,
            "span \"%s\" goes from %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT
            ", but the text has bytes 0 to %zu.",
            id, start, end, c->text.n);
    if (start >= end)
        return lw_value_refuse(
            c->a, "span \"%s\" is empty. Its end must be greater than its start.", id);
    enum lw_code code = check_border(c, id, start);
    return code == LW_OK ? check_border(c, id, end) : code;
}

static enum lw_code check_text(struct checking *c, const json_t *one)
{
    const json_t *text = json_object_get(one, "text");
    size_t start = (size_t)json_integer_value(json_object_get(one, "start"));
    size_t end = (size_t)json_integer_value(json_object_get(one, "end"));
    if (json_string_length(text) == end - start &&
        memcmp(json_string_value(text), c->text.s + start, end - start) == 0)
        return LW_OK;
    int shown =
        (int)(end - start < 60 ? end - start : lw_grapheme_at(c->text.s + start, end - start, 60));
    return lw_value_refuse(c->a,
        "the text of span \"%s\" is not what stands at bytes %zu to %zu, which is \"%.*s\". The "
        "task may have changed: find the words again.",
        json_string_value(json_object_get(one, "id")), start, end, shown, c->text.s + start);
}

/* The same words are one span, with all its tags. */
static enum lw_code check_place(struct checking *c, const json_t *one)
{
    char key[48];
    snprintf(key, sizeof key, "%" JSON_INTEGER_FORMAT "-%" JSON_INTEGER_FORMAT,
        json_integer_value(json_object_get(one, "start")),
        json_integer_value(json_object_get(one, "end")));
    if (json_object_get(c->places, key))
        return lw_value_refuse(
            c->a, "bytes %s are marked twice. Give one span, with all its tags.", key);
    json_object_set_new(c->places, key, json_true());
    return LW_OK;
}

static enum lw_code check_tags(struct checking *c, const json_t *one)
{
    const json_t *tags = json_object_get(one, "tags");
    if (json_array_size(tags) > 0)
        return lw_tags_check(c->a, tags);
    return lw_value_refuse(c->a, "span \"%s\" needs one tag or more: the full paths of options.",
        json_string_value(json_object_get(one, "id")));
}

static enum lw_code check_span(struct checking *c, const json_t *one)
{
    enum lw_code code = check_shape(c->a, one);
    if (code == LW_OK)
        code = check_id(c, one);
    if (code == LW_OK)
        code = check_offsets(c, one);
    if (code == LW_OK)
        code = check_text(c, one);
    if (code == LW_OK)
        code = check_place(c, one);
    return code == LW_OK ? check_tags(c, one) : code;
}

static enum lw_code check_value(const struct lw_value_place *a, const json_t *v)
{
    struct checking c = {.a = a, .text = lw_target_text(a->q->on, a->t, a->item)};
    if (!json_is_array(v))
        return lw_value_refuse(a, "spans are a list: [{\"id\": \"s1\", …}]. Give [] for none.");
    if (json_array_size(v) > LW_SPANS_MAX)
        return lw_value_refuse(
            a, "%zu spans are more than %d. Give fewer.", json_array_size(v), LW_SPANS_MAX);
    if (!c.text.s && json_array_size(v) > 0)
        return lw_value_refuse(a, "there is no text to mark. Leave this question out.");
    c.ids = json_object();
    c.places = json_object();
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(v) && code == LW_OK; i++)
        code = check_span(&c, json_array_get(v, i));
    json_decref(c.ids);
    json_decref(c.places);
    return code;
}

const struct lw_question_type lw_question_spans = {
    .check = check,
    .parse_value = lw_option_parse,
    .check_value = check_value,
};
