/* The report as JSON: every figure, with what it stands on; never NaN. */
#define _GNU_SOURCE
#include "labelwright/agree/concordance_report.h"

#include "labelwright/project/question.h"

#include <stdlib.h>

static json_t *number(uint64_t n)
{
    return json_integer((json_int_t)n);
}

static json_t *between(int a, int b)
{
    if (a < 0)
        return json_null();
    return json_pack("[i,i]", a + 1, b + 1);
}

static json_t *row_json(const struct lw_concordance_row *row)
{
    const struct lw_figure *f = &row->figure;
    json_t *to = json_pack("{s:s,s:o}", "measure", lw_measure_entry(row->measure)->name, "between",
        between(row->a, row->b));
    json_object_set_new(to, "value", f->why == LW_DEFINED ? json_real(f->value) : json_null());
    if (f->why != LW_DEFINED) {
        json_object_set_new(to, "why", json_string(lw_undefined_text(f->why)));
    } else {
        json_object_set_new(to, "observed", json_real(f->observed));
        if (lw_measure_entry(row->measure)->parts != LW_OF_SHARE)
            json_object_set_new(to, "expected", json_real(f->expected));
    }
    json_object_set_new(to, "items", number(f->items));
    json_object_set_new(to, "pairs", number(f->pairs));
    if (row->has_interval)
        json_object_set_new(to, "interval", json_pack("[f,f]", row->at95.low, row->at95.high));
    return to;
}

static json_t *rows_json(const struct lw_concordance *a, int option)
{
    json_t *to = json_array();
    for (size_t i = 0; i < a->rows; i++)
        if (a->row[i].option == option)
            json_array_append_new(to, row_json(&a->row[i]));
    return to;
}

static json_t *options_json(const struct lw_concordance *a)
{
    json_t *to = json_array();
    for (size_t i = 0; i < a->options; i++)
        if (a->option[i])
            json_array_append_new(to, json_pack("{s:s,s:o,s:o}", "option", a->option[i], "given",
                                          number(a->given[i]), "measures", rows_json(a, (int)i)));
    return to;
}

static json_t *one_confusion(const struct lw_concordance *g, int a, int b)
{
    size_t n = g->kinds->categories;
    uint64_t *count = lw_concordance_confusion(g, a, b);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *row = json_array();
        for (size_t k = 0; k < n; k++)
            json_array_append_new(row, number(count[i * n + k]));
        json_array_append_new(rows, row);
    }
    free(count);
    return json_pack("{s:o,s:o}", "between", between(a, b), "counts", rows);
}

enum { CONFUSION_KINDS = 100 };

/* Of kinds that are few enough to be a table. */
static json_t *confusion_json(const struct lw_label_set *s, const struct lw_concordance *g)
{
    json_t *to = json_array();
    for (int a = 0; a < (int)s->annotators; a++)
        for (int b = a + 1; b < (int)s->annotators; b++)
            json_array_append_new(to, one_confusion(g, a, b));
    return to;
}

static json_t *kinds_json(const struct lw_concordance *a)
{
    json_t *to = json_array();
    for (size_t i = 0; i < a->kinds->categories; i++)
        json_array_append_new(to, json_string(a->kind[i]));
    return to;
}

static json_t *difference_json(
    const struct lw_label_set *s, const struct lw_concordance *a, size_t unit)
{
    const struct lw_unit *u = &a->asked->unit[unit];
    json_t *answers = json_array();
    for (size_t i = 0; i < s->annotators; i++) {
        int32_t given = a->kinds->given[unit * s->annotators + i];
        json_array_append_new(
            answers, given == LW_RATING_NONE ? json_null() : json_string(a->kind[given]));
    }
    json_t *to = json_pack("{s:s,s:o}", "task", s->task[u->task].id, "answers", answers);
    if (*u->item)
        json_object_set_new(to, "item", json_string(u->item));
    if (s->task[u->task].changed)
        json_object_set_new(to, "record_changed", json_true());
    return to;
}

static json_t *differences_json(const struct lw_label_set *s, const struct lw_concordance *a)
{
    json_t *to = json_array();
    for (size_t i = 0; i < a->asked->units; i++)
        if (lw_concordance_differs(a, i))
            json_array_append_new(to, difference_json(s, a, i));
    return to;
}

static json_t *question_json(const struct lw_label_set *s, const struct lw_concordance *a)
{
    const struct lw_question *q = a->asked->q;
    json_t *to = json_pack("{s:s,s:s,s:s}", "question", q->name, "type", lw_qtype_name(q->type),
        "on", lw_target_name(q->on));
    if (a->refused) {
        json_object_set_new(to, "refused", json_string(a->refused));
        return to;
    }
    json_object_set_new(to, "tasks", number(a->tasks));
    json_object_set_new(to, "items", number(a->items));
    json_object_set_new(to, "pairs", number(a->pairs));
    json_object_set_new(to, "small", json_boolean(a->tasks < LW_SMALL_SAMPLE));
    json_object_set_new(to, "measures", rows_json(a, -1));
    json_object_set_new(to, "options", options_json(a));
    if (a->kinds->categories <= CONFUSION_KINDS) {
        json_object_set_new(to, "answers", kinds_json(a));
        json_object_set_new(to, "confusion", confusion_json(s, a));
    }
    json_object_set_new(to, "differences", differences_json(s, a));
    return to;
}

static json_t *annotators_json(const struct lw_label_set *s)
{
    json_t *to = json_array();
    for (size_t i = 0; i < s->annotators; i++) {
        const struct lw_annotator *a = &s->annotator[i];
        json_array_append_new(
            to, json_pack("{s:s,s:s,s:o,s:o,s:o,s:o}", "annotator", a->name, "journal", a->place,
                    "labels", number(a->labels), "skipped", number(a->skipped), "unreadable",
                    number(a->unreadable), "asked_otherwise", number(a->otherwise)));
    }
    return to;
}

json_t *lw_concordance_json(const struct lw_concordance_report *r)
{
    uint64_t two = 0, changed = 0;
    for (size_t i = 0; i < r->set->tasks; i++) {
        two += r->set->task[i].labels >= 2;
        changed += r->set->task[i].changed;
    }
    json_t *questions = json_array();
    for (size_t i = 0; i < r->n; i++)
        json_array_append_new(questions, question_json(r->set, r->question[i]));
    return json_pack("{s:o,s:{s:o,s:o,s:o},s:{s:i,s:i,s:i},s:o}", "annotators",
        annotators_json(r->set), "tasks", "all", number(r->set->tasks), "by_two", number(two),
        "record_changed", number(changed), "intervals", "percent", 95, "draws",
        (int)LW_BOOTSTRAP_TIMES, "seed", (int)LW_CONCORDANCE_SEED, "questions", questions);
}
