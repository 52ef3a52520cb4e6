/* What a draft records besides its answers, and which of its answers still fit after its task or
 * the questions have changed. An answer fits if it still means the same: the same question (its
 * wording may differ) about the same texts. Reads and writes no file: that is draft_file.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"

#include "labelwright/base/hash.h"

#include <string.h>

/* ---- what a draft records of task and questions */

/* A question without its wording: while this stays the same, an answer means the same. */
static json_t *meaning(const struct lw_project *p, size_t question)
{
    static const char *const words[] = {
        "label", "help", "options", "when", "required", "page", "default"};
    json_t *m = json_deep_copy(json_array_get(p->questions, question));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        json_object_del(m, words[i]);
    json_object_del(json_object_get(m, "scale"), "points");
    return m;
}

/* Of all questions; borrowed, and made once, as a draft is made anew at each key. */
static json_t *meanings(struct lw_sitting *s)
{
    const struct lw_project *p = s->view.opts.project;
    if (s->meanings)
        return s->meanings;
    s->meanings = json_object();
    for (size_t i = 0; i < p->nquestions; i++)
        json_object_set_new(s->meanings, p->question[i].name, meaning(p, i));
    return s->meanings;
}

static json_t *texts_of(const struct lw_task *t)
{
    json_t *all = json_object();
    for (size_t i = 0; i < t->nresponses && !t->talk; i++) { /* replies are answers themselves */
        char hash[LW_SHA256_HEX];
        lw_sha256_hex(t->response[i].text.s, t->response[i].text.n, hash);
        json_object_set_new(all, t->response[i].id, json_string(hash));
    }
    return all;
}

json_t *lw_sitting_texts(struct lw_sitting *s)
{
    bool replies_now =
        s->view.task->talk && json_object_size(s->texts) > 0; /* it was brought since */
    if (replies_now) {
        json_decref(s->texts);
        s->texts = NULL;
    }
    if (!s->texts)
        s->texts = texts_of(s->view.task);
    return s->texts;
}

json_t *lw_sitting_draft_json(struct lw_sitting *s, struct lw_spent spent)
{
    json_t *order = json_array();
    for (size_t i = 0; i < s->view.task->nresponses; i++)
        json_array_append_new(order, json_string(s->view.task->response[s->view.order[i]].id));
    json_t *draft = json_pack("{s:s,s:s,s:I,s:s,s:I,s:s,s:O,s:O,s:o,s:I,s:I,s:O,s:s*}", "task",
        s->view.task->id, "file", s->view.task->record.file, "number",
        (json_int_t)s->view.task->record.number, "sha256", s->view.task->record.sha256, "base",
        (json_int_t)s->view.replaces, "questions", s->view.opts.project->questions_hash, "asked",
        meanings(s), "texts", lw_sitting_texts(s), "order", order, "active_ms",
        (json_int_t)spent.active_ms, "wall_ms", (json_int_t)spent.wall_ms, "answers",
        s->view.answers, "reason", s->view.reason);
    if (s->repeat.of)
        json_object_set_new(draft, "repeat", json_integer((json_int_t)s->repeat.of));
    return draft;
}

/* ---- using a draft */

struct restoring {
    struct lw_sitting *s;
    const json_t *draft;
    const json_t *texts; /* of the task now */
    bool same_task;      /* the draft is of this same record */
    bool same_asked;     /* and of the same questions */
    size_t left;         /* answers that do not fit any more */
};

static bool is_text(const struct lw_question *q)
{
    return q->type == LW_Q_TEXT || q->type == LW_Q_EDIT || q->type == LW_Q_WRITE;
}

static bool means_the_same(const struct restoring *c, struct lw_slot slot)
{
    const struct lw_question *q = lw_slot_question(c->s, slot);
    if (c->same_asked || is_text(q))
        return true;
    json_t *now = meaning(c->s->view.opts.project, slot.question);
    bool same = json_equal(now, json_object_get(json_object_get(c->draft, "asked"), q->name));
    json_decref(now);
    return same;
}

/* A corrected prompt does not matter; a changed response does, for its own answers and for those
 * about the whole task. */
static bool is_about_the_same(const struct restoring *c, struct lw_slot slot)
{
    const json_t *was = json_object_get(c->draft, "texts");
    if (c->same_task || lw_slot_question(c->s, slot)->on == LW_ON_SPAN) /* its words are the same */
        return true;
    int response = lw_slot_response(c->s->view.opts.project, c->s->view.task, slot);
    if (response < 0)
        return json_equal(was, c->texts);
    const char *id = c->s->view.task->response[response].id;
    if (lw_slot_question(c->s, slot)->type == LW_Q_EDIT) /* the answer has the text */
        return true;
    return was && json_equal(json_object_get(was, id), json_object_get(c->texts, id));
}

static void restore(struct restoring *c, struct lw_slot slot, json_t *value)
{
    struct lw_sitting *s = c->s;
    bool spans = lw_slot_question(s, slot)->type == LW_Q_SPANS;
    if (spans && !c->same_task && means_the_same(c, slot))
        c->left += lw_sitting_find_spans(s, slot, value);
    else if (means_the_same(c, slot) && is_about_the_same(c, slot) &&
             lw_answer_fits(s->view.opts.project, s->view.task, slot, value))
        lw_answer_set(s->view.opts.project, s->view.task, s->view.answers, slot,
            lw_slot_question(s, slot)->type == LW_Q_TALK ? lw_reply_restore(s, value)
                                                         : json_deep_copy(value));
    else
        c->left++;
}

/* About a message of the talk that is not shown now. */
static bool restore_earlier(
    struct restoring *c, size_t question, const char *id, const json_t *value)
{
    const struct lw_sitting_view *v = &c->s->view;
    const struct lw_question *q = &v->opts.project->question[question];
    if (!lw_talk_keeps(v->opts.project, v->answers, q->on, id))
        return false;
    json_t *all = json_object_get(v->answers, q->name);
    if (!all)
        json_object_set_new(v->answers, q->name, all = json_object());
    json_object_set_new(all, id, json_deep_copy(value));
    return true;
}

static void restore_items(struct restoring *c, size_t question, json_t *values)
{
    enum lw_target on = c->s->view.opts.project->question[question].on;
    const char *id;
    json_t *value;
    json_object_foreach(values, id, value)
    {
        int item = lw_target_find(on, c->s->view.task, id);
        if (item >= 0)
            restore(c, (struct lw_slot){question, item}, value);
        else if (!restore_earlier(c, question, id, value))
            c->left++;
    }
}

static void restore_question(struct restoring *c, const char *name, json_t *value)
{
    const struct lw_project *p = c->s->view.opts.project;
    size_t i = 0;
    while (i < p->nquestions && strcmp(p->question[i].name, name) != 0)
        i++;
    if (i == p->nquestions)
        c->left++;
    else if (!lw_target_is_keyed(p->question[i].on))
        restore(c, (struct lw_slot){i, -1}, value);
    else if (json_is_object(value))
        restore_items(c, i, value);
    else
        c->left++;
}

/* These come first: others are about the items that they bring. */
static bool is_of_type(const struct restoring *c, const char *name, enum lw_qtype type)
{
    const struct lw_question *q = lw_question_find(c->s->view.opts.project, name);
    return q && q->type == type;
}

static void restore_all_of(struct restoring *c, const json_t *answers, enum lw_qtype type)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)answers, name, value) if (is_of_type(c, name, type))
        restore_question(c, name, value);
    lw_sitting_bring_items(c->s);
}

static bool member_is(const json_t *draft, const char *member, const char *text)
{
    const char *is = json_string_value(json_object_get(draft, member));
    return is && strcmp(is, text) == 0;
}

bool lw_sitting_is_draft_of(const struct lw_sitting *s, const json_t *draft)
{
    return member_is(draft, "sha256", s->view.task->record.sha256);
}

bool lw_sitting_is_older(const struct lw_sitting *s, const json_t *draft)
{
    const json_t *base = json_object_get(draft, "base");
    return s->view.state == LW_TASK_DONE && json_is_integer(base) &&
           (json_int_t)s->view.replaces > json_integer_value(base);
}

static void finish_all(const struct lw_sitting *s, size_t question, json_t *answers)
{
    const struct lw_project *p = s->view.opts.project;
    enum lw_target on = p->question[question].on;
    int n = (int)lw_target_count(on, s->view.task);
    for (int i = lw_target_is_keyed(on) ? 0 : -1; i < n; i++) {
        struct lw_slot slot = {question, i};
        const json_t *value = lw_answer_get(p, s->view.task, answers, slot);
        if (value)
            lw_answer_set(
                p, s->view.task, answers, slot, lw_text_closed(&p->question[question], value));
    }
}

bool lw_sitting_equals_submitted(const struct lw_sitting *s)
{
    const struct lw_project *p = s->view.opts.project;
    json_t *whole = json_deep_copy(s->view.answers);
    struct lw_slot slot;
    for (slot.question = 0; slot.question < p->nquestions; slot.question++)
        finish_all(s, slot.question, whole);
    lw_answers_prune(p, s->view.task, whole);
    bool same = json_equal(whole, s->view.submitted);
    json_decref(whole);
    return same;
}

size_t lw_sitting_restore_answers(struct lw_sitting *s, const json_t *draft)
{
    struct restoring c = {.s = s,
        .draft = draft,
        .texts = lw_sitting_texts(s),
        .same_task = lw_sitting_is_draft_of(s, draft),
        .same_asked = member_is(draft, "questions", s->view.opts.project->questions_hash)};
    const char *name;
    json_t *value, *answers = json_object_get(draft, "answers");
    s->moved = 0;
    json_object_clear(s->view.answers);
    restore_all_of(&c, answers, LW_Q_TALK);
    restore_all_of(&c, answers, LW_Q_SPANS);
    json_object_foreach(answers, name,
        value) if (!is_of_type(&c, name, LW_Q_TALK) && !is_of_type(&c, name, LW_Q_SPANS))
        restore_question(&c, name, value);
    return c.left;
}
