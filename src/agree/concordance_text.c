/* The report for people: at most 80 columns, one line a figure, the reasons for what is undefined
 * below the table, and the arithmetic where it is asked for. Nothing is computed here. */
#define _GNU_SOURCE
#include "labelwright/agree/concordance_report.h"

#include "agree/report_lines_internal.h"

#include "labelwright/project/question.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- who, and which tasks */

static void add_annotator(struct lw_buf *to, const struct lw_annotator *a, size_t number)
{
    char *labels = lw_format("%" PRIu64 " label%s", a->labels, lw_report_plural(a->labels));
    char *skipped = a->skipped ? lw_format(", %" PRIu64 " skipped", a->skipped) : lw_strdup("");
    lw_buf_fmt(to, "%3zu  ", number);
    lw_report_cell(to, a->name[0] ? a->name : "(unknown)", 16, false);
    lw_buf_str(to, "  ");
    lw_report_cell(to, a->place, 30, false);
    lw_buf_fmt(to, "  %s%s\n", labels, skipped);
    if (a->otherwise)
        lw_buf_fmt(to, "     %" PRIu64 " answer%s left out: the question has changed since.\n",
            a->otherwise, lw_report_plural(a->otherwise));
    if (a->unreadable)
        lw_buf_fmt(to, "     %" PRIu64 " answer%s left out: not readable.\n", a->unreadable,
            lw_report_plural(a->unreadable));
    free(labels);
    free(skipped);
}

static void add_head(const struct lw_label_set *s, struct lw_buf *to)
{
    uint64_t two = 0, changed = 0;
    for (size_t i = 0; i < s->annotators; i++)
        add_annotator(to, &s->annotator[i], i + 1);
    for (size_t i = 0; i < s->tasks; i++) {
        two += s->task[i].labels >= 2;
        changed += s->task[i].changed;
    }
    lw_buf_fmt(to, "\n%" PRIu64 " of %zu task%s labeled by two or more.\n", two, s->tasks,
        s->tasks == 1 ? " was" : "s were");
    if (changed) {
        char *text = lw_format("%" PRIu64 " of them changed between the labels: the annotators "
                               "saw different records. They are compared all the same.",
            changed);
        lw_report_wrapped(to, text, 0);
        free(text);
    }
}

/* ---- figures of the answer as a whole */

static void add_arithmetic(struct lw_buf *to, const struct lw_concordance_row *row)
{
    const struct lw_figure *f = &row->figure;
    if (f->why != LW_DEFINED)
        return;
    lw_buf_str(to, "      ");
    switch (lw_measure_entry(row->measure)->parts) {
    case LW_OF_SHARE:
        lw_buf_fmt(to, "mean over %" PRIu64 " items of the share of pairs that agree\n", f->items);
        break;
    case LW_OF_AGREEMENT:
        lw_buf_fmt(to, "(%.4f - %.4f) / (1 - %.4f): agreement seen, and by chance\n", f->observed,
            f->expected, f->expected);
        break;
    case LW_OF_DISAGREEMENT:
        lw_buf_fmt(
            to, "1 - %.6g / %.6g: disagreement seen, and by chance\n", f->observed, f->expected);
        break;
    case LW_OF_FRACTION:
        lw_buf_fmt(to, "%.8g / %.8g\n", f->observed, f->expected);
        break;
    }
}

static void add_row(
    struct lw_buf *to, const struct lw_concordance_row *row, struct lw_report_notes *notes)
{
    char who[24] = "all", interval[40] = "";
    if (row->a >= 0)
        snprintf(who, sizeof who, "%d, %d", row->a + 1, row->b + 1);
    if (row->has_interval)
        snprintf(interval, sizeof interval, "%.3f to %.3f", row->at95.low, row->at95.high);
    lw_buf_str(to, "  ");
    lw_report_cell(to, lw_measure_entry(row->measure)->words, 32, false);
    lw_report_cell(to, who, 8, false);
    lw_report_value(to, &row->figure, notes, 7);
    lw_report_cell(to, interval, 19, true);
    lw_buf_fmt(to, "%9" PRIu64 "\n", row->figure.items);
}

static void add_figures(
    const struct lw_concordance_report *r, const struct lw_concordance *a, struct lw_buf *to)
{
    struct lw_report_notes notes = {.n = 0};
    lw_buf_fmt(to, "  %-32s%-8s%7s%19s%9s\n", "", "between", "value", "95 % interval", "items");
    for (size_t i = 0; i < a->rows; i++) {
        if (a->row[i].option >= 0)
            continue;
        add_row(to, &a->row[i], &notes);
        if (r->explain)
            add_arithmetic(to, &a->row[i]);
    }
    lw_report_notes(to, &notes);
    if (a->tasks >= 2 && !a->intervals)
        lw_buf_str(to, "  No intervals: so many items would take long to draw again.\n");
}

/* ---- a question */

static void add_title(const struct lw_concordance *a, uint64_t differ, struct lw_buf *to)
{
    const struct lw_question *q = a->asked->q;
    char *text = lw_format("%s (%s, on %s): %" PRIu64 " item%s in %" PRIu64
                           " task%s answered by two or more, %" PRIu64
                           " pair%s of answers; %" PRIu64 " item%s differ%s.%s",
        q->name, lw_qtype_name(q->type), lw_target_name(q->on), a->items,
        lw_report_plural(a->items), a->tasks, lw_report_plural(a->tasks), a->pairs,
        lw_report_plural(a->pairs), differ, lw_report_plural(differ), differ == 1 ? "s" : "",
        a->tasks > 0 && a->tasks < LW_SMALL_SAMPLE
            ? " A small sample: nothing can be concluded from it."
            : "");
    lw_buf_char(to, '\n');
    lw_report_wrapped(to, text, 0);
    free(text);
}

static void add_question(
    const struct lw_concordance_report *r, const struct lw_concordance *a, struct lw_buf *to)
{
    uint64_t differ = lw_report_count_differences(a);
    add_title(a, differ, to);
    add_figures(r, a, to);
    lw_report_options(a, to);
    lw_report_confusions(r->set, a, to);
    lw_report_differences(r->set, a, differ, to);
}

static void add_refused(const struct lw_concordance *a, struct lw_buf *to)
{
    char *text = lw_format("%s is left out: %s.", a->asked->name, a->refused);
    lw_buf_char(to, '\n');
    lw_report_wrapped(to, text, 0);
    free(text);
}

static bool any_interval(const struct lw_concordance *a)
{
    for (size_t i = 0; i < a->rows; i++)
        if (a->row[i].has_interval)
            return true;
    return false;
}

void lw_concordance_text(const struct lw_concordance_report *r, struct lw_buf *to)
{
    bool intervals = false;
    add_head(r->set, to);
    for (size_t i = 0; i < r->n; i++) {
        if (r->question[i]->refused)
            add_refused(r->question[i], to);
        else
            add_question(r, r->question[i], to);
        intervals = intervals || any_interval(r->question[i]);
    }
    if (intervals)
        lw_buf_fmt(to, "\nIntervals: bootstrap over tasks, %d draws, seed %d.\n",
            (int)LW_BOOTSTRAP_TIMES, (int)LW_CONCORDANCE_SEED);
}
