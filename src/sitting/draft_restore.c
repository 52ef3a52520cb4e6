/* Drafts whose task or questions have changed: answers that still fit are used, the others are kept
 * and can be brought back. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/hash.h"
#include "labelwright/ledger/draft.h"

#include <stdlib.h>
#include <string.h>

/* --- what a draft records of task and questions ---------------------------------------------- */

/* A question without its wording: while this stays the same, an answer means the same. */
static json_t *meaning(const struct lw_project *p, size_t question)
{
    static const char *const words[] = {"label", "help", "options", "when", "required"};
    json_t *m = json_deep_copy(json_array_get(p->questions, question));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        json_object_del(m, words[i]);
    json_object_del(json_object_get(m, "scale"), "points");
    return m;
}

json_t *lw_sitting_meanings(const struct lw_sitting *s)
{
    const struct lw_project *p = s->with.project;
    json_t *all = json_object();
    for (size_t i = 0; i < p->nquestions; i++)
        json_object_set_new(all, p->question[i].name, meaning(p, i));
    return all;
}

json_t *lw_sitting_texts(const struct lw_task *t)
{
    json_t *all = json_object();
    for (size_t i = 0; i < t->nresponses; i++) {
        char hash[LW_SHA256_HEX];
        lw_sha256_hex(t->response[i].text.s, t->response[i].text.n, hash);
        json_object_set_new(all, t->response[i].id, json_string(hash));
    }
    return all;
}

/* --- using a draft ---------------------------------------------------------------------------- */

struct carrying {
    struct lw_sitting *s;
    const json_t *draft;
    json_t *texts;   /* of the task now */
    bool same_task;  /* the draft is of this same record */
    bool same_asked; /* and of the same questions */
    size_t left;     /* answers that do not fit any more */
};

static bool is_text(const struct lw_question *q)
{
    return q->type == LW_Q_TEXT || q->type == LW_Q_EDIT;
}

static bool means_the_same(const struct carrying *c, struct lw_slot slot)
{
    const struct lw_question *q = lw_slot_question(c->s, slot);
    if (c->same_asked || is_text(q))
        return true;
    json_t *now = meaning(c->s->with.project, slot.question);
    bool same = json_equal(now, json_object_get(json_object_get(c->draft, "asked"), q->name));
    json_decref(now);
    return same;
}

/* A corrected prompt does not matter; a changed response does, for its own answers and for those
 * about the whole task. */
static bool is_about_the_same(const struct carrying *c, struct lw_slot slot)
{
    const json_t *was = json_object_get(c->draft, "texts");
    if (c->same_task)
        return true;
    if (slot.response < 0)
        return json_equal(was, c->texts);
    const char *id = c->s->task->response[slot.response].id;
    if (lw_slot_question(c->s, slot)->type == LW_Q_EDIT) /* the answer has the text */
        return true;
    return was && json_equal(json_object_get(was, id), json_object_get(c->texts, id));
}

static void carry(struct carrying *c, struct lw_slot slot, json_t *value)
{
    const struct lw_sitting *s = c->s;
    if (means_the_same(c, slot) && is_about_the_same(c, slot) &&
        lw_answer_fits(s->with.project, s->task, slot, value))
        lw_answer_set(s->with.project, s->task, s->answers, slot, json_deep_copy(value));
    else
        c->left++;
}

static void carry_responses(struct carrying *c, size_t question, json_t *values)
{
    const struct lw_task *t = c->s->task;
    const char *id;
    json_t *value;
    json_object_foreach(values, id, value)
    {
        const struct lw_response *r = lw_task_response(t, id);
        if (r)
            carry(c, (struct lw_slot){question, (int)(r - t->response)}, value);
        else
            c->left++;
    }
}

static void carry_named(struct carrying *c, const char *name, json_t *value)
{
    const struct lw_project *p = c->s->with.project;
    size_t i = 0;
    while (i < p->nquestions && strcmp(p->question[i].name, name) != 0)
        i++;
    if (i == p->nquestions)
        c->left++;
    else if (p->question[i].on != LW_ON_RESPONSE)
        carry(c, (struct lw_slot){i, -1}, value);
    else if (json_is_object(value))
        carry_responses(c, i, value);
    else
        c->left++;
}

static bool says(const json_t *draft, const char *member, const char *text)
{
    const char *is = json_string_value(json_object_get(draft, member));
    return is && strcmp(is, text) == 0;
}

bool lw_sitting_is_draft_of(const struct lw_sitting *s, const json_t *draft)
{
    return says(draft, "sha256", s->task->record.sha256);
}

bool lw_sitting_is_older(const struct lw_sitting *s, const json_t *draft)
{
    const json_t *base = json_object_get(draft, "base");
    return s->standing == LW_TASK_DONE && json_is_integer(base) &&
           (json_int_t)s->replaces > json_integer_value(base);
}

/* What a text or correction becomes when typing ends; new reference. */
static json_t *finished(const json_t *value)
{
    struct lw_span text = lw_text_of(value);
    json_t *whole = json_deep_copy(value);
    if (!lw_edit_is_open(value))
        return whole;
    if (json_object_get(value, "original")) {
        json_object_del(whole, "open");
        return whole;
    }
    json_decref(whole);
    return json_stringn(text.s, text.n);
}

bool lw_sitting_is_as_submitted(const struct lw_sitting *s)
{
    const struct lw_project *p = s->with.project;
    json_t *whole = json_deep_copy(s->answers);
    struct lw_slot slot;
    for (slot.question = 0; slot.question < p->nquestions; slot.question++)
        for (slot.response = -1; slot.response < (int)s->task->nresponses; slot.response++) {
            bool on_response = p->question[slot.question].on == LW_ON_RESPONSE;
            const json_t *value =
                on_response == (slot.response >= 0) ? lw_answer_get(p, s->task, whole, slot) : NULL;
            if (value)
                lw_answer_set(p, s->task, whole, slot, finished(value));
        }
    lw_answers_prune(p, s->task, whole);
    bool same = json_equal(whole, s->stands);
    json_decref(whole);
    return same;
}

size_t lw_sitting_carry(struct lw_sitting *s, const json_t *draft)
{
    struct carrying c = {.s = s,
        .draft = draft,
        .texts = lw_sitting_texts(s->task),
        .same_task = lw_sitting_is_draft_of(s, draft),
        .same_asked = says(draft, "questions", s->with.project->questions_hash)};
    const char *name;
    json_t *value, *answers = json_object_get(draft, "answers");
    json_object_clear(s->answers);
    json_object_foreach(answers, name, value) carry_named(&c, name, value);
    json_decref(c.texts);
    return c.left;
}

/* --- bringing back --------------------------------------------------------------------------- */

static bool has(const json_t *texts, struct lw_span text)
{
    for (size_t i = 0; i < json_array_size(texts); i++) {
        const json_t *t = json_array_get(texts, i);
        if (json_string_length(t) == text.n && memcmp(json_string_value(t), text.s, text.n) == 0)
            return true;
    }
    return false;
}

static void add_text(json_t *to, const json_t *value, bool correction)
{
    struct lw_span text = lw_text_of(value);
    bool fits = correction == (json_object_get(value, "original") != NULL);
    if (fits && text.n > 0 && !has(to, text))
        json_array_append_new(to, json_stringn(text.s, text.n));
}

/* The texts among the answers of one draft, of any question and response. */
static void add_texts(json_t *to, const json_t *draft, bool correction)
{
    const char *name, *id;
    json_t *value, *one;
    json_object_foreach(json_object_get(draft, "answers"), name, value)
    {
        add_text(to, value, correction);
        if (!lw_text_of(value).s)
            json_object_foreach(value, id, one) add_text(to, one, correction);
    }
}

json_t *lw_sitting_old_texts(const struct lw_sitting *s)
{
    struct lw_slot slot = s->slot[s->focus];
    const struct lw_question *q = lw_slot_question(s, slot);
    json_t *texts = json_array(), *old = lw_drafts_old(lw_sitting_drafts(s), s->task->id), *draft;
    size_t i;
    json_array_foreach(old, i, draft)
    {
        json_t *value = json_object_get(json_object_get(draft, "answers"), q->name);
        if (slot.response >= 0)
            value = json_object_get(value, s->task->response[slot.response].id);
        add_text(texts, value, q->type == LW_Q_EDIT);
    }
    json_array_foreach(old, i, draft) add_texts(texts, draft, q->type == LW_Q_EDIT);
    json_decref(old);
    return texts;
}

/* --- showing --------------------------------------------------------------------------------- */

static void value_words(const json_t *value, struct lw_buf *to)
{
    struct lw_span text = lw_text_of(value);
    char *dump = text.s ? NULL : json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (text.s)
        lw_buf_add(to, text.s, text.n);
    else if (dump)
        lw_buf_str(to, dump);
    free(dump);
    lw_buf_char(to, '\n');
}

/* Response ids are never shown, only letters. */
static void response_words(
    const struct lw_sitting *s, const char *name, json_t *values, struct lw_buf *to)
{
    const char *id;
    json_t *value;
    json_object_foreach(values, id, value)
    {
        const struct lw_response *r = lw_task_response(s->task, id);
        lw_buf_fmt(to, "%s, response %c: ", name,
            r ? lw_sitting_letter(s, (int)(r - s->task->response)) : '?');
        value_words(value, to);
    }
}

static void draft_words(const struct lw_sitting *s, const json_t *draft, struct lw_buf *to)
{
    const char *name;
    json_t *value;
    lw_buf_fmt(to, ".labelwright/%s\n", json_string_value(json_object_get(draft, "kept_as")));
    json_object_foreach(json_object_get(draft, "answers"), name, value)
    {
        bool one =
            !json_is_object(value) || lw_text_of(value).s || json_object_get(value, "better");
        if (!one) {
            response_words(s, name, value, to);
            continue;
        }
        lw_buf_fmt(to, "%s: ", name);
        if (json_object_get(value, "better")) /* names a response by its id */
            lw_buf_str(to, "a comparison\n");
        else
            value_words(value, to);
    }
}

char *lw_sitting_describe_old_drafts(const struct lw_sitting *s)
{
    struct lw_buf words = {0};
    json_t *old = lw_drafts_old(lw_sitting_drafts(s), s->task->id), *draft;
    size_t i;
    json_array_foreach(old, i, draft)
    {
        lw_buf_str(&words, i > 0 ? "\n" : "");
        draft_words(s, draft, &words);
    }
    json_decref(old);
    return words.len ? lw_buf_take(&words) : NULL;
}
