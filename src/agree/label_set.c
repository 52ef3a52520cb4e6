/* Labels of several annotators side by side: each answer becomes a cell of its question's table, by
 * the item that it is about and the annotator who gave it. How journals are found is
 * label_paths.c's and how one is read label_source.c's. */
#include "agree/label_set_internal.h"

#include "agree/answer_code_internal.h"
#include "agree/question_match_internal.h"
#include "labelwright/agree/ratings.h"
#include "labelwright/answers/answers.h"
#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was read of a question so far. */
struct answer_cell {
    uint32_t unit, annotator;
    int32_t answer;
};

struct lw_compared_cells {
    struct lw_string_table
        units; /* the number of the task, in four bytes, and the id of the item */
    struct lw_string_table answers;
    struct answer_cell *v;
    size_t n, cap;
    bool empty_counts; /* no answer is one too: nothing marked, no tag */
};

/* ---- what was asked */

static const char *who(const struct lw_annotator *a)
{
    return a->name[0] ? a->name : a->place;
}

static struct lw_compared *find_asked(struct lw_label_set *s, const char *name)
{
    for (size_t i = 0; i < s->nasked; i++)
        if (strcmp(s->asked[i].name, name) == 0)
            return &s->asked[i];
    return NULL;
}

static struct lw_compared *add_asked(
    struct lw_label_set *s, const struct lw_project *p, const struct lw_question *q)
{
    s->asked = lw_grow(s->asked, s->nasked + 1, sizeof *s->asked);
    struct lw_compared *a = &s->asked[s->nasked++];
    const char *refusal = lw_question_refusal(p, q);
    *a = (struct lw_compared){.name = q->name, .q = q, .cells = lw_alloc(sizeof *a->cells)};
    a->refused = refusal ? lw_strdup(refusal) : NULL;
    a->cells->empty_counts = q->type == LW_Q_TAGS || q->type == LW_Q_SPANS;
    return a;
}

/* Which annotator was asked first is whose question is in the set. */
static const struct lw_annotator *first_asked(
    const struct lw_label_set *s, const struct lw_compared *a)
{
    for (size_t i = 0; i < s->annotators; i++) {
        const struct lw_label_source *from = s->annotator[i].source;
        for (size_t b = 0; b < from->nblocks; b++)
            if (from->block[b].project && from->block[b].project->question <= a->q &&
                a->q < from->block[b].project->question + from->block[b].project->nquestions)
                return &s->annotator[i];
    }
    return &s->annotator[0];
}

/* A question as this annotator was asked it last. */
static int32_t match_newest(struct lw_label_set *s, size_t annotator, const struct lw_project *p,
    const struct lw_question *q)
{
    struct lw_compared *a = find_asked(s, q->name);
    if (!a)
        a = add_asked(s, p, q);
    else if (!a->refused)
        a->refused =
            lw_question_difference(a->q, who(first_asked(s, a)), q, who(&s->annotator[annotator]));
    a->annotators_asked++;
    return (int32_t)(a - s->asked);
}

/* The newest block with a question of that name; its place in it at *at. */
static const struct lw_question_version *newest_with(
    const struct lw_label_source *from, const char *name, size_t *at)
{
    for (size_t b = from->nblocks; b-- > 0;) {
        const struct lw_project *p = from->block[b].project;
        const struct lw_question *q = p ? lw_question_find(p, name) : NULL;
        if (q) {
            *at = (size_t)(q - p->question);
            return &from->block[b];
        }
    }
    return NULL;
}

static void match_block(struct lw_label_set *s, size_t annotator, struct lw_question_version *b)
{
    const struct lw_label_source *from = s->annotator[annotator].source;
    const struct lw_project *p = b->project;
    b->asked = lw_alloc((p->nquestions + 1) * sizeof *b->asked);
    for (size_t i = 0; i < p->nquestions; i++) {
        size_t at = 0;
        const struct lw_question *q = &p->question[i];
        const struct lw_question_version *newest = newest_with(from, q->name, &at);
        if (newest == b) {
            b->asked[i] = match_newest(s, annotator, p, q);
            continue;
        }
        char *differs = lw_question_difference(q, "", &newest->project->question[at], "");
        b->asked[i] = differs ? LW_ASKED_OTHERWISE : newest->asked[at];
        free(differs);
    }
}

static void match_questions(struct lw_label_set *s)
{
    for (size_t i = 0; i < s->annotators; i++)
        for (size_t b = s->annotator[i].source->nblocks; b-- > 0;)
            if (s->annotator[i].source->block[b].project)
                match_block(s, i, &s->annotator[i].source->block[b]);
}

/* ---- one label */

struct reader {
    struct lw_label_set *s;
    size_t annotator;
    struct lw_buf text; /* of an answer, or the name of a unit */
};

static uint32_t find_unit(struct reader *r, struct lw_compared *a, uint32_t task, const char *item)
{
    lw_buf_clear(&r->text);
    lw_buf_add(&r->text, &task, sizeof task);
    lw_buf_str(&r->text, item);
    return lw_string_number(&a->cells->units, r->text.data, r->text.len, NULL);
}

static void add_cell(
    struct reader *r, struct lw_compared *a, uint32_t task, const char *item, int32_t answer)
{
    struct lw_compared_cells *c = a->cells;
    if (c->n == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 64;
        c->v = lw_grow(c->v, c->cap, sizeof *c->v);
    }
    c->v[c->n++] =
        (struct answer_cell){find_unit(r, a, task, item), (uint32_t)r->annotator, answer};
}

static void add_answer(
    struct reader *r, struct lw_compared *a, uint32_t task, const char *item, const json_t *v)
{
    lw_buf_clear(&r->text);
    lw_buf_str(&r->text, "");
    if (!lw_answer_encode(a->q, v, &r->text)) {
        r->s->annotator[r->annotator].unreadable++;
        return;
    }
    int32_t answer = (int32_t)lw_string_number(
        &a->cells->answers, r->text.data ? r->text.data : "", r->text.len, NULL);
    add_cell(r, a, task, item, answer);
}

static void add_question(struct reader *r, struct lw_compared *a, uint32_t task, const json_t *v)
{
    const char *item;
    json_t *one;
    if (a->refused)
        return;
    if (!lw_target_is_keyed(a->q->on))
        add_answer(r, a, task, "", v);
    else
        json_object_foreach((json_t *)(uintptr_t)v, item, one) add_answer(r, a, task, item, one);
}

/* Whoever was asked for tags or spans and gave none said that there are none. */
static void add_empty(struct reader *r, struct lw_compared *a, uint32_t task, const char *item)
{
    int32_t none = (int32_t)lw_string_number(
        &a->cells->answers, LW_ANSWER_EMPTY, sizeof LW_ANSWER_EMPTY - 1, NULL);
    add_cell(r, a, task, item, none);
}

static bool wants_empty(const struct lw_label_set *s, int32_t asked)
{
    return asked >= 0 && s->asked[asked].cells->empty_counts && !s->asked[asked].refused;
}

static struct lw_task *load_as_labeled(
    const struct lw_label_set *s, size_t annotator, uint64_t key, uint64_t record)
{
    struct lw_task *t = NULL;
    char first[17];
    size_t position, place = s->annotator[annotator].source->place;
    struct lw_tasks *tasks = lw_label_place_tasks(s->store, place);
    if (!tasks || !lw_tasks_find(tasks, key, &position) ||
        lw_tasks_load(tasks, position, &t, NULL) != LW_OK)
        return NULL;
    lw_task_id_of_hash(t->record.sha256, first);
    if (!t->unreadable && strtoull(first, NULL, 16) == record)
        return t;
    lw_task_free(t);
    return NULL;
}

static void add_slots_left(
    struct reader *r, const struct lw_read_label *l, const struct lw_task *t, uint32_t task)
{
    size_t n;
    const struct lw_project *p = l->block->project;
    struct lw_slot *slot = lw_slots(p, t, NULL, l->answers, &n);
    for (size_t i = 0; i < n; i++) {
        int32_t asked = l->block->asked[slot[i].question];
        const char *item = lw_slot_id(p, t, slot[i]);
        if (wants_empty(r->s, asked) && !lw_answer_get(p, t, l->answers, slot[i]))
            add_empty(r, &r->s->asked[asked], task, item ? item : "");
    }
    free(slot);
}

/* Without its task it is known only of questions that are asked of every task. */
static void add_tasks_left(struct reader *r, const struct lw_read_label *l, uint32_t task)
{
    const struct lw_project *p = l->block->project;
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        if (wants_empty(r->s, l->block->asked[i]) && q->on == LW_ON_TASK && q->nwhen == 0 &&
            !json_object_get(l->answers, q->name))
            add_empty(r, &r->s->asked[l->block->asked[i]], task, "");
    }
}

static void add_what_is_left(struct reader *r, const struct lw_read_label *l, uint32_t task)
{
    bool any = false;
    for (size_t i = 0; i < l->block->project->nquestions; i++)
        any = any || wants_empty(r->s, l->block->asked[i]);
    if (!any)
        return;
    struct lw_task *t = load_as_labeled(r->s, r->annotator, l->key, l->record);
    if (t)
        add_slots_left(r, l, t, task);
    else
        add_tasks_left(r, l, task);
    lw_task_free(t);
}

static uint32_t number_task(struct lw_label_set *s, const struct lw_read_label *l)
{
    int known;
    uint32_t task = lw_string_number(&s->store->ids, l->task, l->n, &known);
    if (!known) {
        if ((s->tasks & (s->tasks - 1)) == 0)
            s->task = lw_grow(s->task, s->tasks ? 2 * s->tasks : 1, sizeof *s->task);
        s->task[s->tasks++] = (struct lw_labeled_task){.record = l->record};
    }
    s->task[task].id = s->store->ids.v[task].s;
    return task;
}

/* Where the label is; false when it was there already. */
static bool note_place(struct lw_label_source *from, uint32_t task, struct lw_pos pos)
{
    size_t old = from->nlabels;
    if (task >= from->nlabels) {
        from->nlabels = 2 * (size_t)task + 64;
        from->label = lw_grow(from->label, from->nlabels, sizeof *from->label);
        memset(from->label + old, 0, (from->nlabels - old) * sizeof *from->label);
    }
    bool new = from->label[task].len == 0;
    from->label[task] = pos;
    return new;
}

static void add_label(void *ctx, const struct lw_read_label *l)
{
    struct reader *r = ctx;
    struct lw_annotator *a = &r->s->annotator[r->annotator];
    if (!l->block || !l->block->project || !l->answers) {
        a->unreadable++;
        return;
    }
    uint32_t task = number_task(r->s, l);
    if (!note_place(a->source, task, l->pos))
        return;
    a->labels++;
    r->s->task[task].labels++;
    r->s->task[task].changed |= r->s->task[task].record != l->record;
    const struct lw_project *p = l->block->project;
    for (size_t i = 0; i < p->nquestions; i++) {
        const json_t *v = json_object_get(l->answers, p->question[i].name);
        int32_t asked = l->block->asked[i];
        a->otherwise += v && asked == LW_ASKED_OTHERWISE;
        if (v && asked >= 0)
            add_question(r, &r->s->asked[asked], task, v);
    }
    add_what_is_left(r, l, task);
}

/* ---- all of them */

struct ordered {
    uint32_t task, number; /* of a unit, as it came */
};

static int by_task(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->task != y->task)
        return x->task < y->task ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Puts the units in the order of tasks; `place` gets where each one went. */
static void order_units(struct lw_compared *a, uint32_t *place)
{
    const struct lw_table_string *unit = a->cells->units.v;
    struct ordered *o = lw_alloc((a->units + 1) * sizeof *o);
    for (size_t i = 0; i < a->units; i++) {
        o[i].number = (uint32_t)i;
        memcpy(&o[i].task, unit[i].s, sizeof o[i].task);
    }
    if (a->units > 1)
        qsort(o, a->units, sizeof *o, by_task);
    for (size_t i = 0; i < a->units; i++) {
        place[o[i].number] = (uint32_t)i;
        a->unit[i] = (struct lw_unit){o[i].task, unit[o[i].number].s + sizeof o[i].task};
    }
    free(o);
}

/* Turns cells into a table. */
static void settle(struct lw_label_set *s, struct lw_compared *a)
{
    struct lw_compared_cells *c = a->cells;
    size_t width = s->annotators;
    a->units = c->units.n;
    a->answers = c->answers.n;
    a->unit = lw_alloc((a->units + 1) * sizeof *a->unit);
    a->given = lw_grow(NULL, a->units * width + 1, sizeof *a->given);
    uint32_t *place = lw_alloc((a->units + 1) * sizeof *place);
    order_units(a, place);
    for (size_t i = 0; i < a->units * width; i++)
        a->given[i] = LW_RATING_NONE;
    for (size_t i = 0; i < c->n; i++)
        a->given[place[c->v[i].unit] * width + c->v[i].annotator] = c->v[i].answer;
    free(place);
    free(c->v);
    c->v = NULL;
}

static enum lw_code read_all(struct lw_label_set *s, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    struct reader r = {.s = s};
    for (; r.annotator < s->annotators && code == LW_OK; r.annotator++) {
        struct lw_annotator *a = &s->annotator[r.annotator];
        code = lw_label_source_each(a->source, add_label, &r, err);
        a->skipped = lw_ledger_totals(a->source->ledger).skipped;
    }
    lw_buf_fini(&r.text);
    for (size_t i = 0; i < s->nasked; i++)
        settle(s, &s->asked[i]);
    return code;
}

enum lw_code lw_label_set_read(const struct lw_sys *sys, const char *const *path, size_t n,
    struct lw_label_set **to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_label_set *s = lw_alloc(sizeof *s);
    enum lw_code code = LW_OK;
    s->store = lw_alloc(sizeof *s->store);
    s->store->sys = sys;
    for (size_t i = 0; i < n && code == LW_OK; i++)
        code = lw_label_path_open(s, path[i], p, err);
    if (code == LW_OK) {
        match_questions(s);
        code = read_all(s, err);
    }
    *to = code == LW_OK ? s : NULL;
    if (code != LW_OK)
        lw_label_set_free(s);
    return code;
}

void lw_label_set_free(struct lw_label_set *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->nasked; i++) {
        struct lw_compared *a = &s->asked[i];
        lw_string_table_fini(&a->cells->units);
        lw_string_table_fini(&a->cells->answers);
        free(a->cells->v);
        free(a->cells);
        free(a->unit);
        free(a->given);
        free(a->refused);
    }
    free(s->asked);
    lw_label_paths_close(s);
    lw_string_table_fini(&s->store->ids);
    free(s->store);
    free(s->task);
    free(s);
}

/* ---- queries */

const char *lw_compared_answer(const struct lw_compared *a, int32_t answer)
{
    return a->cells->answers.v[answer].s;
}

struct lw_task *lw_label_set_task(const struct lw_label_set *s, uint32_t task)
{
    const struct lw_table_string *id = &s->store->ids.v[task];
    uint64_t key = lw_fingerprint(id->s, id->n);
    for (size_t i = 0; i < s->annotators; i++) {
        struct lw_task *t = load_as_labeled(s, i, key, s->task[task].record);
        if (t)
            return t;
    }
    return NULL;
}

const json_t *lw_label_set_questions(const struct lw_label_set *s)
{
    const struct lw_label_source *from = s->annotators ? s->annotator[0].source : NULL;
    return from && from->nblocks ? from->block[from->nblocks - 1].questions : NULL;
}

json_t *lw_label_set_answers(const struct lw_label_set *s, size_t annotator, uint32_t task)
{
    const struct lw_label_source *from = s->annotator[annotator].source;
    bool has = task < from->nlabels && from->label[task].len > 0;
    return has ? lw_label_source_answers(from, from->label[task]) : NULL;
}
