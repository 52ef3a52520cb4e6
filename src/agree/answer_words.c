/* Answers and what they are about in words, one function a type. Ids of responses are not shown:
 * they can name a model. */
#include "agree/answer_words_internal.h"

#include "labelwright/project/question.h"
#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"

#include <string.h>

enum { TEXT_MOST = 1500 /* bytes of a text that is quoted */ };

/* A, B … Z, and then their number. */
static void add_response(const struct lw_task *t, const char *id, struct lw_buf *to)
{
    int at = id ? lw_target_find(LW_ON_RESPONSE, t, id) : -1;
    if (at >= 0 && at < 26)
        lw_buf_char(to, (char)('A' + at));
    else if (at >= 0)
        lw_buf_fmt(to, "%d", at + 1);
    else
        lw_buf_str(to, "?");
}

static void add_text(struct lw_span text, struct lw_buf *to)
{
    size_t n = text.n < TEXT_MOST ? text.n : TEXT_MOST;
    while (n < text.n && n > 0 && (text.s[n] & 0xC0) == 0x80)
        n--;
    lw_buf_add(to, text.s, n);
    lw_buf_str(to, n < text.n ? "…" : "");
}

static void words_of_rating(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    (void)t;
    const char *label = lw_scale_name(&q->scale, json_integer_value(v));
    lw_buf_fmt(to, "%" JSON_INTEGER_FORMAT "%s%s", json_integer_value(v), label ? " " : "",
        label ? label : "");
}

static void add_option(const struct lw_question *q, const json_t *path, struct lw_buf *to)
{
    const struct lw_option *o =
        json_is_string(path) ? lw_option_find(q, json_string_value(path)) : NULL;
    lw_buf_str(to, o ? o->label : "?");
}

static void words_of_choice(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    (void)t;
    add_option(q, v, to);
}

static void words_of_tags(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    (void)t;
    for (size_t i = 0; i < json_array_size(v); i++) {
        lw_buf_str(to, i ? ", " : "");
        add_option(q, json_array_get(v, i), to);
    }
}

static void words_of_compare(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    static const char *const by[] = {"", " a bit better", " somewhat better", " much better"};
    (void)q;
    json_int_t strength = json_integer_value(json_object_get(v, "strength"));
    if (json_is_null(json_object_get(v, "better"))) {
        lw_buf_str(to, "the same");
        return;
    }
    add_response(t, json_string_value(json_object_get(v, "better")), to);
    lw_buf_str(to, by[strength >= 0 && strength <= LW_STRENGTH_MAX ? strength : 0]);
}

static void add_ids(
    const struct lw_task *t, const json_t *ids, const char *between, struct lw_buf *to)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        lw_buf_str(to, i ? between : "");
        add_response(t, json_string_value(json_array_get(ids, i)), to);
    }
}

static void words_of_rank(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    (void)q;
    const json_t *order = json_object_get(v, "order"), *rest = json_object_get(v, "not_rankable");
    for (size_t i = 0; i < json_array_size(order); i++) {
        lw_buf_str(to, i ? " > " : "");
        add_ids(t, json_array_get(order, i), " = ", to);
    }
    if (json_array_size(rest) > 0) {
        lw_buf_str(to, "; not rankable: ");
        add_ids(t, rest, ", ", to);
    }
}

static void words_of_text(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    (void)q, (void)t;
    struct lw_span text = lw_text_of(v);
    if (text.s)
        add_text(text, to);
}

static void words_of_edit(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    if (lw_edit_is_same(v)) {
        lw_buf_str(to, "no correction needed");
        return;
    }
    lw_buf_str(to, "corrected: ");
    words_of_text(q, t, v, to);
}

static void words_of_spans(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    struct lw_tagged s;
    for (size_t i = 0; i < json_array_size(v); i++) {
        if (!lw_spans_get(v, i, &s))
            continue;
        lw_buf_str(to, i ? "; \"" : "\"");
        add_text(s.text, to);
        lw_buf_str(to, "\" ");
        words_of_tags(q, t, s.tags, to);
    }
}

void lw_answer_words(
    const struct lw_question *q, const struct lw_task *t, const json_t *v, struct lw_buf *to)
{
    static void (*const words[])(
        const struct lw_question *, const struct lw_task *, const json_t *, struct lw_buf *) = {
        [LW_Q_RATING] = words_of_rating,
        [LW_Q_CHOICE] = words_of_choice,
        [LW_Q_TAGS] = words_of_tags,
        [LW_Q_COMPARE] = words_of_compare,
        [LW_Q_RANK] = words_of_rank,
        [LW_Q_TEXT] = words_of_text,
        [LW_Q_EDIT] = words_of_edit,
        [LW_Q_SPANS] = words_of_spans,
        [LW_Q_WRITE] = words_of_text,
        [LW_Q_TALK] = NULL,
    };
    size_t before = to->len;
    if (v && words[q->type])
        words[q->type](q, t, v, to);
    if (to->len == before)
        lw_buf_str(to, "none");
}

void lw_answer_subject(
    const struct lw_question *q, const struct lw_task *t, const char *item, struct lw_buf *to)
{
    lw_buf_str(to, q->label);
    if (!*item)
        return;
    lw_buf_str(to, ", ");
    if (q->on == LW_ON_RESPONSE) {
        add_response(t, item, to);
        return;
    }
    int at = lw_target_find(q->on, t, item);
    lw_buf_fmt(to, "%s %d", lw_target_type(q->on)->noun, at + 1);
}
