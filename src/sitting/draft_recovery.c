/* Old drafts of the task on the screen, which did not fit any more: their texts, to be used again,
 * and all of them as words, to be read. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

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
    struct lw_slot slot = s->view.slot[s->view.focus];
    const struct lw_question *q = lw_slot_question(s, slot);
    json_t *texts = json_array(),
           *old = lw_drafts_old(lw_sitting_drafts(s), lw_sitting_draft_key(s)), *draft;
    size_t i;
    json_array_foreach(old, i, draft)
    {
        json_t *value = json_object_get(json_object_get(draft, "answers"), q->name);
        if (slot.item >= 0)
            value = json_object_get(value, lw_slot_id(s->view.opts.project, s->view.task, slot));
        add_text(texts, value, q->type == LW_Q_EDIT);
    }
    json_array_foreach(old, i, draft) add_texts(texts, draft, q->type == LW_Q_EDIT);
    json_decref(old);
    return texts;
}

/* ---- as words */

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

/* Ids are never shown, only letters and numbers. */
static void item_words(
    const struct lw_sitting *s, const char *name, json_t *values, struct lw_buf *to)
{
    const struct lw_question *q = lw_question_find(s->view.opts.project, name);
    enum lw_target on = q && lw_target_is_keyed(q->on) ? q->on : LW_ON_RESPONSE;
    const char *id;
    json_t *value;
    json_object_foreach(values, id, value)
    {
        int item = lw_target_find(on, s->view.task, id);
        if (on == LW_ON_RESPONSE)
            lw_buf_fmt(
                to, LW_MSG_OLD_ANSWER_ABOUT, name, item >= 0 ? lw_sitting_letter(s, item) : '?');
        else
            lw_buf_fmt(to, LW_MSG_OLD_ANSWER_ABOUT_ITEM, name, lw_target_type(on)->noun, item + 1);
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
        bool names_ids = json_object_get(value, "better") || json_object_get(value, "order");
        bool one = !json_is_object(value) || lw_text_of(value).s || names_ids;
        if (!one) {
            item_words(s, name, value, to);
            continue;
        }
        lw_buf_fmt(to, LW_MSG_OLD_ANSWER, name);
        if (names_ids)
            lw_buf_str(
                to, json_object_get(value, "order") ? LW_MSG_A_RANKING : LW_MSG_A_COMPARISON);
        else
            value_words(value, to);
    }
}

char *lw_sitting_describe_old_drafts(const struct lw_sitting *s)
{
    struct lw_buf words = {0};
    json_t *old = lw_drafts_old(lw_sitting_drafts(s), lw_sitting_draft_key(s)), *draft;
    size_t i;
    json_array_foreach(old, i, draft)
    {
        lw_buf_str(&words, i > 0 ? "\n" : "");
        draft_words(s, draft, &words);
    }
    json_decref(old);
    return words.len ? lw_buf_detach(&words) : NULL;
}
