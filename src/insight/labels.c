/* Folds a journal's events into what its labels say: for each annotate event its answers, as
 * numbers that the sections of a report count. Lines are read in place; only a block of questions
 * is parsed. The time of the same events is folded by worklog. */
#include "insight/insight_internal.h"

#include <stdlib.h>
#include <string.h>

struct lw_insight *lw_insight_new(void)
{
    struct lw_insight *s = lw_alloc(sizeof *s);
    s->work = lw_worklog_new();
    return s;
}

void lw_insight_free(struct lw_insight *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->nasked; i++) {
        lw_project_free(s->asked[i].project);
        free(s->asked[i].question);
    }
    for (size_t i = 0; i < s->nquestions; i++)
        free(s->question[i].name);
    for (size_t i = 0; i < s->given_numbers.n; i++)
        free(s->given[i].text);
    lw_interned_fini(&s->given_numbers);
    lw_interned_fini(&s->pattern_numbers);
    lw_worklog_free(s->work);
    free(s->asked);
    free(s->question);
    free(s->given);
    free(s->pattern_label);
    free(s->label);
    free(s->mark);
    free(s->again);
    lw_interned_fini(&s->practised);
    lw_buf_fini(&s->text);
    free(s);
}

const struct lw_worklog *lw_insight_work(const struct lw_insight *s)
{
    return s->work;
}

bool lw_insight_has_question(const struct lw_insight *s, const char *name)
{
    for (size_t i = 0; i < s->nquestions; i++)
        if (strcmp(s->question[i].name, name) == 0)
            return true;
    return false;
}

/* ---- questions */

static bool is_countable(enum lw_qtype t)
{
    return t == LW_Q_RATING || t == LW_Q_CHOICE || t == LW_Q_TAGS || t == LW_Q_COMPARE ||
           t == LW_Q_RANK;
}

/* The same name with another type or target is another question. */
static uint32_t question_of(struct lw_insight *s, const struct lw_question *q)
{
    if (!is_countable(q->type))
        return UINT32_MAX;
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->question[i].type == q->type && s->question[i].on == q->on &&
            strcmp(s->question[i].name, q->name) == 0)
            return (uint32_t)i;
    s->question = lw_grow(s->question, s->nquestions + 1, sizeof *s->question);
    s->question[s->nquestions] = (struct lw_asked_question){lw_strdup(q->name), q->type, q->on};
    return (uint32_t)s->nquestions++;
}

void lw_insight_add_questions(struct lw_insight *s, const char *sha256, const json_t *block)
{
    struct lw_asked_block a = {.project = lw_project_of_questions(block)};
    size_t n = a.project ? a.project->nquestions : 0;
    if (!sha256 || strlen(sha256) != LW_SHA256_HEX - 1) {
        lw_project_free(a.project);
        return;
    }
    memcpy(a.sha256, sha256, LW_SHA256_HEX);
    a.question = lw_alloc((n + 1) * sizeof *a.question);
    for (size_t i = 0; i < n; i++)
        a.question[i] = question_of(s, &a.project->question[i]);
    s->asked = lw_grow(s->asked, s->nasked + 1, sizeof *s->asked);
    s->asked[s->nasked++] = a;
}

static void fold_questions(struct lw_insight *s, const struct lw_event *e)
{
    json_t *event = lw_event_json(e);
    lw_insight_add_questions(s, json_string_value(json_object_get(event, "sha256")),
        json_object_get(event, "questions"));
    json_decref(event);
}

/* The newest block of that hash; mostly it is that of the label before. */
static uint32_t asked_of(struct lw_insight *s, const struct lw_member *m)
{
    size_t len;
    const char *sha256 = lw_member_plain(m, &len);
    if (!sha256 || len != LW_SHA256_HEX - 1)
        return UINT32_MAX;
    if (s->last_asked < s->nasked && memcmp(s->asked[s->last_asked].sha256, sha256, len) == 0)
        return (uint32_t)s->last_asked;
    for (size_t i = s->nasked; i-- > 0;)
        if (memcmp(s->asked[i].sha256, sha256, len) == 0) {
            s->last_asked = i;
            return (uint32_t)i;
        }
    return UINT32_MAX;
}

/* ---- labels */

struct label_members {
    struct lw_insight *s;
    struct lw_label_facts *label;
    struct lw_labeled_text text;
    struct lw_member questions, record, practice;
    bool is_read; /* its answers are */
};

/* Where its answers end. They come behind what they need; otherwise they are read when all is
 * known.
 */
static const char *read_answers(struct label_members *f)
{
    struct lw_insight *s = f->s;
    if (f->is_read || !f->questions.value || !f->text.answers.value)
        return NULL;
    f->label->asked = asked_of(s, &f->questions);
    if (f->label->asked == UINT32_MAX || !s->asked[f->label->asked].project)
        return NULL;
    f->is_read = true;
    return lw_insight_read_answers(s, f->label, &f->text);
}

/* By length first: most members are none of these. */
static const char *take_member(void *ctx, const struct lw_member *m)
{
    static const struct {
        const char *key;
        size_t offset;
    } by_length[] = {
        [5] = {"order", offsetof(struct label_members, text.order)},
        [6] = {"record", offsetof(struct label_members, record)},
        [7] = {"answers", offsetof(struct label_members, text.answers)},
        [8] = {"practice", offsetof(struct label_members, practice)},
        [9] = {"questions", offsetof(struct label_members, questions)},
    };
    struct label_members *to = ctx;
    size_t n = m->key_len;
    if (n >= sizeof by_length / sizeof *by_length || !by_length[n].key ||
        m->key[0] != by_length[n].key[0] || memcmp(m->key, by_length[n].key, n) != 0)
        return NULL;
    *(struct lw_member *)((char *)to + by_length[n].offset) = *m;
    return n == 7 && m->value_len == 0 ? read_answers(to) : NULL;
}

static void fold_label(struct lw_insight *s, const struct lw_event *e)
{
    s->label = lw_insight_room(s->label, s->nlabels, &s->cap_labels, sizeof *s->label);
    struct lw_label_facts *label = &s->label[s->nlabels++];
    *label = (struct lw_label_facts){.seq = e->seq,
        .pos = e->pos,
        .first = s->nmarks,
        .pattern = LW_NO_PATTERN,
        .asked = UINT32_MAX};
    struct label_members f = {.s = s, .label = label, .text.end = e->text + e->pos.len - 1};
    lw_worklog_fold_with(s->work, e, take_member, &f);
    read_answers(&f);
    if (f.questions.value && label->asked == UINT32_MAX)
        label->asked = asked_of(s, &f.questions);
    label->record = f.record.value ? lw_member_u64(&f.record) : 0;
    if (f.practice.value)
        lw_insight_fold_practice(s, e, &f.practice);
}

void lw_insight_fold(struct lw_insight *s, const struct lw_event *e)
{
    if (e->type == LW_EV_ANNOTATE) {
        fold_label(s, e);
        return;
    }
    lw_worklog_fold(s->work, e);
    if (e->type == LW_EV_QUESTIONS)
        fold_questions(s, e);
    else if (e->type == LW_EV_REPEAT)
        lw_insight_fold_repeat(s, e);
    else if (e->type == LW_EV_UNDO)
        lw_insight_undo_repeat(s, e);
}
