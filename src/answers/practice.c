/* Practice: known answers in the form of answers, what is wrong with them, and how a label compares
 * with them. How two answers compare is in agreement.c. */
#include "labelwright/answers/practice.h"

#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/task_target.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- words of a table as answers; each gives a new value, NULL where the words are none */

typedef json_t *reader(const struct lw_question *q, const struct lw_task *t, struct lw_span text);

static struct lw_span trimmed(struct lw_span s)
{
    while (s.n > 0 && strchr(" \t\r\n", s.s[0]))
        s = (struct lw_span){s.s + 1, s.n - 1};
    while (s.n > 0 && strchr(" \t\r\n", s.s[s.n - 1]))
        s.n--;
    return s;
}

/* What stands before one of the `ends`; `s` goes on behind it. */
static struct lw_span next_word(struct lw_span *s, const char *ends)
{
    size_t n = 0;
    while (n < s->n && !strchr(ends, s->s[n]))
        n++;
    struct lw_span word = trimmed((struct lw_span){s->s, n});
    *s = n < s->n ? (struct lw_span){s->s + n + 1, s->n - n - 1} : (struct lw_span){s->s + n, 0};
    return word;
}

static json_t *read_rating(
    const struct lw_question *q, const struct lw_task *t, struct lw_span text)
{
    int64_t n;
    (void)q;
    (void)t;
    return lw_number_parse(text.s, text.n, &n) ? json_integer(n) : NULL;
}

static bool is_word(const char *word, struct lw_span s)
{
    return strlen(word) == s.n && strncasecmp(word, s.s, s.n) == 0;
}

/* By its value, else by what the screen calls it. */
static json_t *read_option(
    const struct lw_question *q, const struct lw_task *t, struct lw_span text)
{
    (void)t;
    for (size_t i = 0; i < q->noptions; i++)
        if (strlen(q->option[i].path) == text.n && memcmp(q->option[i].path, text.s, text.n) == 0)
            return json_string(q->option[i].path);
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group && is_word(q->option[i].label, text))
            return json_string(q->option[i].path);
    return NULL;
}

static json_t *read_tags(const struct lw_question *q, const struct lw_task *t, struct lw_span text)
{
    json_t *list = json_array();
    while (text.n > 0) {
        struct lw_span word = next_word(&text, ";");
        json_t *one = word.n ? read_option(q, t, word) : NULL;
        if (word.n)
            json_array_append_new(list, one ? one : json_stringn(word.s, word.n));
    }
    return list;
}

/* The id of a response by that id, or by its letter in the order of the record. NULL for none. */
static const char *response_of(const struct lw_task *t, struct lw_span word)
{
    for (size_t i = 0; i < t->nresponses; i++)
        if (strlen(t->response[i].id) == word.n && memcmp(t->response[i].id, word.s, word.n) == 0)
            return t->response[i].id;
    size_t place = word.n == 1 ? (size_t)((word.s[0] | 0x20) - 'a') : t->nresponses;
    return place < t->nresponses ? t->response[place].id : NULL;
}

static json_t *read_better(
    const struct lw_question *q, const struct lw_task *t, struct lw_span text)
{
    const char *id = response_of(t, text);
    (void)q;
    if (!id && (is_word("tie", text) || is_word("same", text)))
        return json_pack("{s:n,s:i}", "better", "strength", 0);
    return id ? json_pack("{s:s}", "better", id) : NULL;
}

static json_t *read_ranking(
    const struct lw_question *q, const struct lw_task *t, struct lw_span text)
{
    json_t *order = json_array();
    (void)q;
    while (order && text.n > 0) {
        struct lw_span place = next_word(&text, ">");
        json_t *ids = json_array();
        while (place.n > 0) {
            struct lw_span word = next_word(&place, "=");
            const char *id = response_of(t, word);
            json_array_append_new(ids, id ? json_string(id) : json_stringn(word.s, word.n));
        }
        json_array_append_new(order, ids);
    }
    return json_pack("{s:o,s:[]}", "order", order, "not_rankable");
}

static reader *const readers[LW_Q_TALK + 1] = {
    [LW_Q_RATING] = read_rating,
    [LW_Q_CHOICE] = read_option,
    [LW_Q_TAGS] = read_tags,
    [LW_Q_COMPARE] = read_better,
    [LW_Q_RANK] = read_ranking,
};

/* ---- one value */

static json_t *of_text(const struct lw_question *q, const struct lw_task *t, const json_t *v)
{
    struct lw_span s = trimmed((struct lw_span){json_string_value(v), json_string_length(v)});
    bool made = s.n > 0 && (s.s[0] == '{' || s.s[0] == '[') && q->type != LW_Q_TEXT &&
                q->type != LW_Q_WRITE;
    json_t *value = made ? json_loadb(s.s, s.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (!value && readers[q->type] && s.n > 0)
        value = readers[q->type](q, t, s);
    return value ? value : json_incref((json_t *)(uintptr_t)v);
}

static json_t *value_of(const struct lw_question *q, const struct lw_task *t, const json_t *v)
{
    bool one = q->type == LW_Q_CHOICE && json_array_size(v) == 1;
    v = one ? json_array_get(v, 0) : v;
    if (json_is_string(v))
        return of_text(q, t, v);
    if (q->type == LW_Q_CHOICE && json_is_integer(v)) {
        char *text = json_dumps(v, JSON_ENCODE_ANY);
        json_t *word = json_string(text);
        free(text);
        return word;
    }
    return json_incref((json_t *)(uintptr_t)v);
}

static bool names_items(const struct lw_question *q, const struct lw_task *t, json_t *v)
{
    const char *id;
    json_t *one;
    json_object_foreach(v, id, one) if (lw_target_find(q->on, t, id) >= 0) return true;
    return false;
}

/* By the ids of the items. Without ids it is about the only one there is. */
static json_t *values_of(const struct lw_question *q, const struct lw_task *t, json_t *v)
{
    json_t *to = json_object(), *one;
    const char *id;
    bool alone = lw_target_count(q->on, t) == 1 && !names_items(q, t, v);
    if (alone)
        json_object_set_new(to, lw_target_item(q->on, t, 0).id, value_of(q, t, v));
    else if (json_is_object(v))
        json_object_foreach(v, id, one) json_object_set_new(to, id, value_of(q, t, one));
    if (alone || json_is_object(v))
        return to;
    json_decref(to);
    return json_incref(v);
}

json_t *lw_known_answers(const struct lw_project *p, const struct lw_task *t)
{
    json_t *to = json_object(), *v;
    const char *name;
    json_object_foreach((json_t *)(uintptr_t)t->known, name, v)
    {
        const struct lw_question *q = lw_question_find(p, name);
        if (!q || json_is_null(v))
            json_object_set(to, name, v);
        else if (lw_target_is_keyed(q->on))
            json_object_set_new(to, name, values_of(q, t, v));
        else
            json_object_set_new(to, name, value_of(q, t, v));
    }
    if (json_object_size(to) > 0)
        return to;
    json_decref(to);
    return NULL;
}

/* ---- what is wrong */

/* A comparison may leave open how much better one is: the check wants a number. */
static void add_strength(const struct lw_project *p, json_t *known)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        json_t *v = json_object_get(known, p->question[i].name);
        if (p->question[i].type == LW_Q_COMPARE && json_is_string(json_object_get(v, "better")) &&
            !json_object_get(v, "strength"))
            json_object_set_new(v, "strength", json_integer(1));
    }
}

size_t lw_known_check(const struct lw_project *p, const struct lw_task *t,
    void (*tell)(void *ctx, const char *text), void *ctx)
{
    json_t *known = lw_known_answers(p, t), *whole = json_deep_copy(known);
    struct lw_task as_suggested = *t;
    as_suggested.suggestions = whole;
    add_strength(p, whole);
    size_t n = whole ? lw_suggestions_check(p, &as_suggested, tell, ctx) : 0;
    json_decref(whole);
    json_decref(known);
    return n;
}

/* ---- why */

const char *lw_known_why(const struct lw_task *t, const char *question)
{
    return json_string_value(json_object_get(t->why, question));
}

const char *lw_known_why_all(const struct lw_task *t)
{
    return json_string_value(t->why);
}

/* ---- how a label compares */

struct outcomes {
    const struct lw_project *p;
    json_t *to;
};

/* What only the label says is neither right nor wrong. */
static void add_outcome(void *ctx, const struct lw_agreed *one)
{
    struct outcomes *o = ctx;
    if (one->b)
        json_array_append_new(
            o->to, json_pack("{s:s,s:s,s:s}", "question", o->p->question[one->question].name,
                       "item", one->item, "outcome", lw_agreement_name(one->how)));
}

json_t *lw_practice_outcome(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers)
{
    struct outcomes o = {p, json_array()};
    json_t *known = lw_known_answers(p, t);
    if (known)
        lw_answers_agree(p, answers, known, add_outcome, &o);
    json_decref(known);
    return o.to;
}
