/* Counts what the current labels say and keeps their texts: each task's label is read once, what it
 * says is kept beside its task, and taken off the sums again when another label takes its place.
 * Which label counts is the ledger's. */
#include "labelwright/answers/past_labels.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/question.h"

#include <stdlib.h>
#include <string.h>

enum { STEP = 64 /* labels */ };

/* One label, and the options with a quota that it gave; its texts are in `texts`. */
struct past_label {
    uint64_t task, seq;
    uint32_t *given; /* places in `sum` */
    size_t n;
};

struct lw_past {
    const struct lw_project *project;
    const struct lw_journal *journal;
    const struct lw_ledger *ledger;
    size_t *first; /* where the options of each question begin in `sum`; SIZE_MAX: no quota */
    uint64_t *sum;
    size_t nsums;
    struct lw_likeness **texts; /* of each question that is `distinct`; else NULL */

    struct past_label *label; /* an open hash table by task, a power of two; task 0 is a free one */
    size_t n, cap;

    uint64_t *waiting; /* tasks whose labels are still to be read */
    size_t nwaiting, cap_waiting, next;
};

/* ---- the labels by task */

static size_t place_of(const struct lw_past *p, uint64_t task)
{
    size_t at = (size_t)(task * 0x9E3779B97F4A7C15U >> 32) & (p->cap - 1);
    while (p->label[at].task && p->label[at].task != task)
        at = (at + 1) & (p->cap - 1);
    return at;
}

static void make_room(struct lw_past *p)
{
    if (2 * (p->n + 1) <= p->cap)
        return;
    struct past_label *old = p->label;
    size_t ncap = p->cap;
    p->cap = p->cap ? 2 * p->cap : 64;
    p->label = lw_alloc(p->cap * sizeof *p->label);
    for (size_t i = 0; i < ncap; i++)
        if (old[i].task)
            p->label[place_of(p, old[i].task)] = old[i];
    free(old);
}

static struct past_label *label_of(struct lw_past *p, uint64_t task)
{
    make_room(p);
    struct past_label *l = &p->label[place_of(p, task)];
    if (!l->task) {
        l->task = task;
        p->n++;
    }
    return l;
}

/* ---- one label */

static void take_off(struct lw_past *p, struct past_label *l)
{
    for (size_t i = 0; i < l->n; i++)
        p->sum[l->given[i]]--;
    for (size_t i = 0; l->seq && i < p->project->nquestions; i++)
        if (p->texts[i])
            lw_likeness_remove(p->texts[i], l->task);
    free(l->given);
    l->given = NULL;
    l->n = 0;
    l->seq = 0;
}

static void add_option(struct lw_past *p, struct past_label *l, size_t question, const json_t *v)
{
    const struct lw_question *q = &p->project->question[question];
    const struct lw_option *o = lw_option_find(q, json_string_value(v));
    if (!o)
        return;
    l->given = lw_grow(l->given, l->n + 1, sizeof *l->given);
    l->given[l->n] = (uint32_t)(p->first[question] + (size_t)(o - q->option));
    p->sum[l->given[l->n++]]++;
}

static void add_value(struct lw_past *p, struct past_label *l, size_t question, const json_t *v)
{
    if (json_is_string(v) && p->first[question] != SIZE_MAX)
        add_option(p, l, question, v);
    if (json_is_string(v) && p->texts[question])
        lw_likeness_add(p->texts[question], l->task, json_string_value(v), json_string_length(v));
}

static void add_answers(struct lw_past *p, struct past_label *l, json_t *answers)
{
    for (size_t i = 0; i < p->project->nquestions; i++) {
        json_t *answer = json_object_get(answers, p->project->question[i].name), *v;
        const char *item;
        if (p->first[i] == SIZE_MAX && !p->texts[i])
            continue;
        add_value(p, l, i, answer);
        json_object_foreach(answer, item, v) add_value(p, l, i, v);
    }
}

void lw_past_update(struct lw_past *p, uint64_t task)
{
    if (!p || !task)
        return;
    const struct lw_entry *e = lw_ledger_of(p->ledger, task);
    struct past_label *l = label_of(p, task);
    uint64_t seq = e && !e->skip ? e->seq : 0;
    if (l->seq == seq)
        return;
    take_off(p, l);
    json_t *event = NULL;
    if (seq && lw_journal_read(p->journal, e->pos, &event, NULL) == LW_OK) {
        l->seq = seq;
        add_answers(p, l, json_object_get(event, "answers"));
        json_decref(event);
    }
}

/* ---- all of them */

static void wait_for(void *ctx, const struct lw_entry *e)
{
    struct lw_past *p = ctx;
    if (e->skip)
        return;
    if (p->nwaiting == p->cap_waiting) {
        p->cap_waiting = p->cap_waiting ? 2 * p->cap_waiting : 64;
        p->waiting = lw_grow(p->waiting, p->cap_waiting, sizeof *p->waiting);
    }
    p->waiting[p->nwaiting++] = e->task;
}

void lw_past_restart(struct lw_past *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->cap; i++)
        free(p->label[i].given);
    free(p->label);
    p->label = NULL;
    p->n = p->cap = p->nwaiting = p->next = 0;
    memset(p->sum, 0, p->nsums * sizeof *p->sum);
    for (size_t i = 0; i < p->project->nquestions; i++)
        if (p->texts[i]) {
            lw_likeness_free(p->texts[i]);
            p->texts[i] = lw_likeness_new();
        }
    lw_ledger_each(p->ledger, wait_for, p);
}

bool lw_past_is_complete(const struct lw_past *p)
{
    return !p || p->next == p->nwaiting;
}

bool lw_past_step(struct lw_past *p)
{
    for (size_t i = 0; i < STEP && !lw_past_is_complete(p); i++)
        lw_past_update(p, p->waiting[p->next++]);
    return !lw_past_is_complete(p);
}

struct lw_past *lw_past_new(
    const struct lw_project *project, const struct lw_journal *j, const struct lw_ledger *l)
{
    struct lw_past *p = lw_alloc(sizeof *p);
    *p = (struct lw_past){.project = project, .journal = j, .ledger = l};
    p->first = lw_alloc((project->nquestions + 1) * sizeof *p->first);
    p->texts = lw_alloc((project->nquestions + 1) * sizeof(struct lw_likeness *));
    size_t ntexts = 0;
    for (size_t i = 0; i < project->nquestions; i++) {
        bool counts = lw_question_has_quota(&project->question[i]);
        p->first[i] = counts ? p->nsums : SIZE_MAX;
        p->nsums += counts ? project->question[i].noptions : 0;
        p->texts[i] = project->question[i].distinct ? lw_likeness_new() : NULL;
        ntexts += p->texts[i] != NULL;
    }
    p->sum = lw_alloc((p->nsums + 1) * sizeof *p->sum);
    if (p->nsums + ntexts == 0 || !j) {
        lw_past_free(p);
        return NULL;
    }
    lw_past_restart(p);
    return p;
}

void lw_past_free(struct lw_past *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->cap; i++)
        free(p->label[i].given);
    for (size_t i = 0; i < p->project->nquestions; i++)
        lw_likeness_free(p->texts[i]);
    free(p->texts);
    free(p->label);
    free(p->waiting);
    free(p->first);
    free(p->sum);
    free(p);
}

/* ---- queries */

static uint64_t own(const struct lw_past *p, uint64_t task, size_t sum)
{
    const struct past_label *l = p->cap && task ? &p->label[place_of(p, task)] : NULL;
    uint64_t n = 0;
    for (size_t i = 0; l && i < l->n; i++)
        n += l->given[i] == sum;
    return n;
}

uint64_t lw_past_count(const struct lw_past *p, size_t question, size_t option, uint64_t but)
{
    if (!p || p->first[question] == SIZE_MAX)
        return 0;
    size_t sum = p->first[question] + option;
    return p->sum[sum] - own(p, but, sum);
}

struct lw_quota lw_past_quotas(const struct lw_past *p, size_t question)
{
    struct lw_quota all = {0};
    const struct lw_question *q = p ? &p->project->question[question] : NULL;
    for (size_t i = 0; q && i < q->noptions; i++) {
        uint64_t wanted = (uint64_t)q->option[i].quota, done = lw_past_count(p, question, i, 0);
        all.wanted += wanted;
        all.done += done < wanted ? done : wanted;
    }
    return all;
}

bool lw_past_like(const struct lw_past *p, size_t question, uint64_t task, const char *s, size_t n,
    struct lw_like *to)
{
    return p && p->texts[question] && lw_likeness_find(p->texts[question], s, n, task, to);
}

static void add_text(struct lw_buf *to, const json_t *v)
{
    if (!json_is_string(v))
        return;
    lw_buf_str(to, to->len ? "\n\n" : "");
    lw_buf_add(to, json_string_value(v), json_string_length(v));
}

char *lw_past_text(const struct lw_past *p, size_t question, uint64_t task)
{
    const struct lw_entry *e = p ? lw_ledger_of(p->ledger, task) : NULL;
    struct lw_buf text = {0};
    json_t *event = NULL;
    if (!e || e->skip || lw_journal_read(p->journal, e->pos, &event, NULL) != LW_OK)
        return NULL;
    const char *item;
    json_t *answers = json_object_get(event, "answers"), *v;
    json_t *answer = json_object_get(answers, p->project->question[question].name);
    add_text(&text, answer);
    json_object_foreach(answer, item, v) add_text(&text, v);
    json_decref(event);
    return text.len ? lw_buf_detach(&text) : NULL;
}
