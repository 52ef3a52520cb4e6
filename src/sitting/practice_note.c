/* What is known of a practice task, in sentences, once its label is on the disk: question by
 * question what the user answered, what is known, how far they agree, and why. How answers compare
 * is the answers room's; how the note is shown, the front ends'. */
#include "sitting/sitting_internal.h"

#include "labelwright/answers/practice.h"
#include "labelwright/project/task_target.h"
#include "labelwright/stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool lw_sitting_practises(const struct lw_sitting *s)
{
    return s->view.task && lw_project_practises(s->view.opts.project, s->view.task->record.file);
}

/* ---- one answer in words */

struct noting {
    const struct lw_sitting *s;
    const json_t *known;
    struct lw_practice_note *to;
};

static bool is_text(const struct lw_question *q)
{
    return q->type == LW_Q_TEXT || q->type == LW_Q_WRITE || q->type == LW_Q_EDIT;
}

static int response_of(const struct lw_task *t, const json_t *better)
{
    const char *id = json_string_value(json_object_get(better, "better"));
    return id && !json_object_get(better, "strength") ? lw_target_find(LW_ON_RESPONSE, t, id) : -1;
}

static void add_words(const struct noting *n, const json_t *answers, struct lw_slot slot,
    const json_t *value, struct lw_buf *to)
{
    const struct lw_sitting_view *v = &n->s->view;
    const struct lw_answered a = {v->opts.project, v->task, v->order, answers};
    const struct lw_question *q = &v->opts.project->question[slot.question];
    int alone = q->type == LW_Q_COMPARE ? response_of(v->task, value) : -1;
    struct lw_span text = is_text(q) && value ? lw_text_of(value) : (struct lw_span){NULL, 0};
    bool list = q->type == LW_Q_TAGS || q->type == LW_Q_SPANS || q->type == LW_Q_BOXES;
    if (!value)
        lw_buf_str(to, list ? LW_MSG_KNOWN_NONE : LW_MSG_KNOWN_NO_ANSWER);
    else if (json_is_array(value) && json_array_size(value) == 0)
        lw_buf_str(to, LW_MSG_KNOWN_NONE);
    else if (alone >= 0)
        lw_buf_fmt(to, LW_MSG_KNOWN_BETTER, lw_sitting_letter(n->s, alone));
    else if (text.s)
        lw_buf_add(to, text.s, text.n);
    else
        lw_answered_describe(&a, slot, to);
}

/* ---- how they differ */

static void add_apart(const struct lw_agreed *one, struct lw_buf *to)
{
    const char *near = one->how == LW_AGREE_NEAR ? LW_MSG_KNOWN_NEAR : "";
    long long by = one->apart;
    if (by > 0)
        lw_buf_fmt(to, LW_MSG_KNOWN_HIGHER, by, near);
    else if (by < 0)
        lw_buf_fmt(to, LW_MSG_KNOWN_LOWER, -by, near);
}

static bool contains(const json_t *list, const json_t *v)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), v))
            return true;
    return false;
}

/* The tags of `of` that are not in the other list. */
static void add_tags(const struct lw_question *q, const char *fmt, const json_t *of,
    const json_t *in, struct lw_buf *to)
{
    struct lw_buf words = {0};
    for (size_t i = 0; i < json_array_size(of); i++) {
        const char *path = json_string_value(json_array_get(of, i));
        const struct lw_option *o = path ? lw_option_find(q, path) : NULL;
        if (!contains(in, json_array_get(of, i)))
            lw_buf_fmt(&words, "%s%s", words.len ? ", " : "", o ? o->label : path ? path : "?");
    }
    if (words.len) {
        char *sentence = lw_format(fmt, words.data);
        lw_buf_str(to, sentence);
        free(sentence);
    }
    lw_buf_fini(&words);
}

static void add_pairs(const struct lw_agreed *one, struct lw_buf *to)
{
    lw_buf_fmt(to, LW_MSG_KNOWN_PAIRS, one->swapped, one->pairs);
    if (one->tied)
        lw_buf_fmt(to, LW_MSG_KNOWN_TIES, one->tied);
    lw_buf_char(to, '.');
}

static void add_difference(
    const struct lw_question *q, const struct lw_agreed *one, struct lw_buf *to)
{
    if (!one->a || one->how == LW_AGREE_SAME)
        return;
    if (q->type == LW_Q_RATING)
        add_apart(one, to);
    else if (q->type == LW_Q_COMPARE && one->how == LW_AGREE_NEAR)
        lw_buf_str(to, LW_MSG_KNOWN_SAME_BETTER);
    else if (q->type == LW_Q_TAGS) {
        add_tags(q, LW_MSG_KNOWN_MISSING, one->b, one->a, to);
        add_tags(q, LW_MSG_KNOWN_EXTRA, one->a, one->b, to);
    } else if (q->type == LW_Q_SPANS || q->type == LW_Q_BOXES)
        lw_buf_fmt(to, LW_MSG_KNOWN_MARKS, one->missing, one->extra);
    else if (q->type == LW_Q_RANK)
        add_pairs(one, to);
}

/* ---- the note */

static bool slot_of(const struct noting *n, const struct lw_agreed *one, struct lw_slot *to)
{
    enum lw_target on = n->s->view.opts.project->question[one->question].on;
    *to = (struct lw_slot){one->question, -1};
    if (lw_target_is_keyed(on))
        to->item = lw_target_find(on, n->s->view.task, one->item);
    return !lw_target_is_keyed(on) || to->item >= 0;
}

static char *sentence(const struct noting *n, struct lw_slot slot, const struct lw_agreed *one)
{
    const struct lw_sitting_view *v = &n->s->view;
    const struct lw_question *q = &v->opts.project->question[one->question];
    struct lw_buf label = {0}, yours = {0}, known = {0}, to = {0};
    lw_sitting_slot_label(n->s, slot, &label);
    add_words(n, v->answers, slot, one->a, &yours);
    add_words(n, n->known, slot, one->b, &known);
    if (one->how == LW_AGREE_SAME)
        lw_buf_fmt(&to, LW_MSG_KNOWN_SAME, label.data, one->a ? yours.data : LW_MSG_KNOWN_NONE);
    else
        lw_buf_fmt(&to, one->how == LW_AGREE_UNJUDGED ? LW_MSG_KNOWN_TEXTS : LW_MSG_KNOWN_OTHER,
            label.data, yours.data, known.data);
    add_difference(q, one, &to);
    lw_buf_fini(&label);
    lw_buf_fini(&yours);
    lw_buf_fini(&known);
    return lw_buf_detach(&to);
}

static void add_line(void *ctx, const struct lw_agreed *one)
{
    struct noting *n = ctx;
    struct lw_slot slot;
    if (!one->b || !slot_of(n, one, &slot))
        return;
    const char *name = n->s->view.opts.project->question[one->question].name;
    const char *why = lw_known_why(n->s->view.task, name);
    struct lw_practice_line *before = n->to->n ? &n->to->v[n->to->n - 1] : NULL;
    if (why && before && before->why && strcmp(before->why, why) == 0) {
        free(before->why); /* it stands below the last item of its question */
        before->why = NULL;
    }
    n->to->v = lw_grow(n->to->v, n->to->n + 1, sizeof *n->to->v);
    n->to->v[n->to->n++] =
        (struct lw_practice_line){one->how, sentence(n, slot, one), why ? lw_strdup(why) : NULL};
}

static int percent(double share)
{
    return (int)lround(share * 100);
}

void lw_practice_describe(const struct lw_practice_sum *sum, struct lw_buf *to)
{
    struct lw_interval at = lw_interval_wilson(sum->agreed, sum->asked, LW_Z_95);
    if (!sum->asked)
        return;
    lw_buf_fmt(to, LW_MSG_PRACTICE_SUM, (unsigned long long)sum->agreed,
        (unsigned long long)sum->asked, percent((double)sum->agreed / (double)sum->asked));
    lw_buf_fmt(to, sum->asked < LW_SMALL_SAMPLE ? LW_MSG_PRACTICE_SMALL : LW_MSG_PRACTICE_RANGE,
        percent(at.low), percent(at.high));
}

static char *sum_so_far(const struct lw_sitting *s)
{
    struct lw_practice_sum sum = lw_ledger_practice(s->view.opts.ledger, INT64_MIN, INT64_MAX);
    struct lw_buf words = {0};
    if (!sum.asked)
        return NULL;
    lw_buf_str(&words, LW_MSG_PRACTICE_SO_FAR);
    lw_practice_describe(&sum, &words);
    lw_buf_char(&words, '.');
    return lw_buf_detach(&words);
}

void lw_practice_note_drop(struct lw_sitting *s)
{
    struct lw_practice_note *note = s->view.note;
    for (size_t i = 0; note && i < note->n; i++) {
        free(note->v[i].text);
        free(note->v[i].why);
    }
    if (note) {
        free(note->v);
        free(note->why);
        free(note->sum);
    }
    free(note);
    s->view.note = NULL;
}

void lw_practice_note_make(struct lw_sitting *s)
{
    json_t *known = lw_known_answers(s->view.opts.project, s->view.task);
    lw_practice_note_drop(s);
    if (!known) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_PRACTICE_UNKNOWN, s->view.nth + 1);
        return;
    }
    struct lw_practice_note *note = lw_alloc(sizeof *note);
    *note = (struct lw_practice_note){.nth = s->view.nth};
    struct noting n = {s, known, note};
    lw_answers_agree(s->view.opts.project, s->view.answers, known, add_line, &n);
    const char *why = lw_known_why_all(s->view.task);
    note->why = why ? lw_strdup(why) : NULL;
    note->sum = sum_so_far(s);
    json_decref(known);
    s->view.note = note;
}

void lw_sitting_end_note(struct lw_sitting *s)
{
    if (!s->view.note)
        return;
    lw_practice_note_drop(s);
    lw_sitting_begin_again(s);
}
