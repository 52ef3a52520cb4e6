/* spans: one line a span, with the answers about it. Offsets count what other tools count: code
 * points, UTF-16 units, or bytes. Every line has the same members: those of the questions about
 * spans that are asked now. */
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/export/span_characters.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"
#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

static const char chars[] = "chars", utf16[] = "utf16";

static enum lw_span_unit unit_of(const struct lw_export_state *x)
{
    const char *unit = x->with->offsets ? x->with->offsets : chars;
    return strcmp(unit, chars) == 0   ? LW_SPAN_CHARACTERS
           : strcmp(unit, utf16) == 0 ? LW_SPAN_UTF16
                                      : LW_SPAN_BYTES;
}

/* ---- answers about a span */

/* In place of an answer, of its type where that has an empty value. */
static json_t *empty_of(const struct lw_question *q)
{
    switch (q->type) {
    case LW_Q_TEXT:
    case LW_Q_WRITE:
    case LW_Q_CHOICE:
        return json_string("");
    case LW_Q_TAGS:
        return json_array();
    case LW_Q_EDIT:
        return json_object();
    default:
        return json_null();
    }
}

/* NULL where nothing is asked about spans. */
static json_t *answers_about(const struct lw_export_state *x, const json_t *answers, const char *id)
{
    const struct lw_project *now = x->with->project;
    json_t *about = NULL;
    for (size_t i = 0; i < now->nquestions; i++) {
        const struct lw_question *q = &now->question[i];
        if (q->on != LW_ON_SPAN)
            continue;
        json_t *v = json_object_get(json_object_get(answers, q->name), id);
        about = about ? about : json_object();
        json_object_set_new(about, q->name, v ? json_incref(v) : empty_of(q));
    }
    return about;
}

/* ---- lines */

struct marked {
    struct lw_export_state *x;
    const struct lw_task *t;
    const json_t *answers;
    json_t *time; /* of the label */
    json_int_t seq;
};

static void read_event(struct marked *m)
{
    const struct lw_member *when = &m->x->in[LW_IN_TIME], *seq = &m->x->in[LW_IN_SEQ];
    size_t n = 0;
    char *time = when->value ? lw_member_text(when, &n) : NULL;
    m->time = json_string(time ? time : "");
    free(time);
    m->seq = seq->value ? strtoll(seq->value, NULL, 10) : 0;
}

static void add_span(struct marked *m, struct lw_slot slot, const struct lw_tagged *s)
{
    struct lw_export_state *x = m->x;
    int response = lw_slot_response(x->asked, m->t, slot);
    const char *item = lw_slot_id(x->asked, m->t, slot);
    json_t *about = answers_about(x, m->answers, s->id);
    json_t *line = json_pack("{s:s,s:s,s:s,s:s,s:s,s:I,s:I,s:o,s:O,s:o*,s:s,s:o,s:O,s:I}", "task",
        m->t->id, "response", response >= 0 ? m->t->response[response].id : "", "item",
        item ? item : "", "question", x->asked->question[slot.question].name, "id", s->id, "start",
        (json_int_t)s->start, "end", (json_int_t)s->end, "text",
        json_stringn_nocheck(s->text.s, s->text.n), "tags", s->tags, "answers", about, "offsets",
        x->with->offsets ? x->with->offsets : chars, "annotator",
        json_loads(x->annotator, JSON_DECODE_ANY, NULL), "time", m->time, "seq", m->seq);
    lw_json_add(&x->out, line);
    lw_buf_char(&x->out, '\n');
    x->report->written++;
    json_decref(line);
}

static void add_slot(struct marked *m, struct lw_slot slot)
{
    const json_t *value = lw_answer_get(m->x->asked, m->t, m->answers, slot);
    struct lw_tagged s;
    json_t *counted =
        lw_spans_in_units(value, lw_slot_text(m->x->asked, m->t, slot), unit_of(m->x));
    for (size_t i = 0; lw_spans_get(counted, i, &s); i++)
        add_span(m, slot, &s);
    json_decref(counted);
}

/* The one that was asked for, else all. */
static bool is_wanted(const struct lw_export_state *x, const struct lw_question *q)
{
    return q->type == LW_Q_SPANS && (!x->with->question || q == x->question);
}

static void add_question(struct marked *m, size_t question)
{
    enum lw_target on = m->x->asked->question[question].on;
    int items = (int)lw_target_count(on, m->t);
    for (int i = lw_target_is_keyed(on) ? 0 : -1; i < items; i++)
        add_slot(m, (struct lw_slot){question, i});
}

/* Answers that no line carries. */
static void count_others(struct lw_export_state *x, const json_t *answers)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)(uintptr_t)answers, name, v)
    {
        const struct lw_question *q = lw_find_question(x->asked, name, strlen(name));
        const struct lw_question *now = lw_find_question(x->with->project, name, strlen(name));
        if (!q || !(is_wanted(x, q) || (now && now->on == LW_ON_SPAN)))
            lw_export_lose(x, LW_LOSS_OTHER);
    }
}

static void add(struct lw_export_state *x, struct lw_task *t, const json_t *answers)
{
    struct marked m = {.x = x, .t = t, .answers = answers};
    uint64_t before = x->report->written;
    read_event(&m);
    for (size_t i = 0; i < x->asked->nquestions; i++)
        if (is_wanted(x, &x->asked->question[i]))
            add_question(&m, i);
    if (x->report->written == before)
        lw_export_lose(x, LW_LOSS_NO_SPANS);
    count_others(x, answers);
    json_decref(m.time);
}

static int rank_of(const struct lw_export_format *f, const struct lw_question *q)
{
    (void)f;
    return q->type == LW_Q_SPANS ? 1 : 0;
}

static const char *must(const struct lw_export_format *f)
{
    (void)f;
    return "be of type spans";
}

static const struct lw_export_decider by_span = {
    .rank = rank_of,
    .must = must,
    .does = "marks spans",
    .add = add,
};

const struct lw_export_format lw_export_spans = {
    "spans",
    "JSON Lines: each marked span, with offsets in characters, its tags and the answers about it",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &by_span,
    .offsets = true,
};
