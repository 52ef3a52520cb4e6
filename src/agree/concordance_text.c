/* The report for people: at most 80 columns, one line a figure, the reasons for what is undefined
 * below the table, and the arithmetic where it is asked for. Nothing is computed here. */
#define _GNU_SOURCE
#include "labelwright/agree/concordance_report.h"

#include "labelwright/project/question.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/wrap.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 79, DIFFERENCES = 10, OPTIONS = 30, TABLE_KINDS = 9, PAIRED = 3 };

/* ---- text of a width */

/* The cleaned text in exactly so many columns; what is too long ends in "…". */
static void add_cell(struct lw_buf *to, const char *text, int cols, bool right)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    lw_buf_str(&b, "");
    const char *s = b.data ? b.data : "";
    int wide = lw_cols(s, b.len, -1);
    size_t n = wide <= cols ? b.len : lw_fit(s, b.len, cols - 1);
    int blanks = cols - (wide <= cols ? wide : lw_cols(s, n, -1) + 1);
    lw_buf_fmt(to, "%*s", right ? blanks : 0, "");
    lw_buf_add(to, s, n);
    lw_buf_str(to, wide <= cols ? "" : "…");
    lw_buf_fmt(to, "%*s", right ? 0 : blanks, "");
    lw_buf_fini(&b);
}

static void end_line(struct lw_buf *to)
{
    while (to->len > 0 && to->data[to->len - 1] == ' ')
        to->data[--to->len] = '\0';
    lw_buf_char(to, '\n');
}

/* A paragraph; lines after the first are indented by `indent`. */
static void add_wrapped(struct lw_buf *to, const char *text, int indent)
{
    struct lw_wrap w = {0};
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    if (b.len > 0)
        lw_wrap_text(&w, b.data, b.len, WIDTH - indent);
    for (size_t i = 0; i < w.n; i++) {
        lw_buf_fmt(to, "%*s", i ? indent : 0, "");
        lw_buf_add(to, b.data + w.v[i].start, w.v[i].end - w.v[i].start);
        lw_buf_char(to, '\n');
    }
    lw_wrap_fini(&w);
    lw_buf_fini(&b);
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

/* ---- who, and which tasks */

static void add_annotator(struct lw_buf *to, const struct lw_annotator *a, size_t number)
{
    char *labels = lw_format("%" PRIu64 " label%s", a->labels, plural(a->labels));
    char *skipped = a->skipped ? lw_format(", %" PRIu64 " skipped", a->skipped) : lw_strdup("");
    lw_buf_fmt(to, "%3zu  ", number);
    add_cell(to, a->name[0] ? a->name : "(unknown)", 16, false);
    lw_buf_str(to, "  ");
    add_cell(to, a->place, 30, false);
    lw_buf_fmt(to, "  %s%s\n", labels, skipped);
    if (a->otherwise)
        lw_buf_fmt(to, "     %" PRIu64 " answer%s left out: the question has changed since.\n",
            a->otherwise, plural(a->otherwise));
    if (a->unreadable)
        lw_buf_fmt(to, "     %" PRIu64 " answer%s left out: not readable.\n", a->unreadable,
            plural(a->unreadable));
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
        add_wrapped(to, text, 0);
        free(text);
    }
}

/* ---- reasons below a table */

struct notes {
    enum lw_undefined v[16];
    size_t n;
};

/* The number of the note for a reason. */
static size_t note(struct notes *n, enum lw_undefined why)
{
    for (size_t i = 0; i < n->n; i++)
        if (n->v[i] == why)
            return i + 1;
    n->v[n->n++] = why;
    return n->n;
}

static void add_value(struct lw_buf *to, const struct lw_figure *f, struct notes *notes, int cols)
{
    char text[32];
    if (f->why == LW_DEFINED)
        snprintf(text, sizeof text, "%.3f", fabs(f->value) < 0.0005 ? 0 : f->value);
    else
        snprintf(text, sizeof text, "(%zu)", note(notes, f->why));
    add_cell(to, text, cols, true);
}

static void add_notes(struct lw_buf *to, const struct notes *n)
{
    for (size_t i = 0; i < n->n; i++) {
        char *text = lw_format("  (%zu) undefined: %s.", i + 1, lw_undefined_text(n->v[i]));
        add_wrapped(to, text, 6);
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

static void add_row(struct lw_buf *to, const struct lw_concordance_row *row, struct notes *notes)
{
    char who[24] = "all", interval[40] = "";
    if (row->a >= 0)
        snprintf(who, sizeof who, "%d, %d", row->a + 1, row->b + 1);
    if (row->has_interval)
        snprintf(interval, sizeof interval, "%.3f to %.3f", row->at95.low, row->at95.high);
    lw_buf_str(to, "  ");
    add_cell(to, lw_measure_entry(row->measure)->words, 32, false);
    add_cell(to, who, 8, false);
    add_value(to, &row->figure, notes, 7);
    add_cell(to, interval, 19, true);
    lw_buf_fmt(to, "%9" PRIu64 "\n", row->figure.items);
}

static void add_figures(
    const struct lw_concordance_report *r, const struct lw_concordance *a, struct lw_buf *to)
{
    struct notes notes = {.n = 0};
    lw_buf_fmt(to, "  %-32s%-8s%7s%19s%9s\n", "", "between", "value", "95 % interval", "items");
    for (size_t i = 0; i < a->rows; i++) {
        if (a->row[i].option >= 0)
            continue;
        add_row(to, &a->row[i], &notes);
        if (r->explain)
            add_arithmetic(to, &a->row[i]);
    }
    add_notes(to, &notes);
    if (a->tasks >= 2 && !a->intervals)
        lw_buf_str(to, "  No intervals: so many items would take long to draw again.\n");
}

/* ---- option by option */

static const struct lw_concordance_row *find_row(
    const struct lw_concordance *a, enum lw_measure m, int option)
{
    for (size_t i = 0; i < a->rows; i++)
        if (a->row[i].option == option && a->row[i].measure == m)
            return &a->row[i];
    return NULL;
}

struct column {
    const char *title;
    enum lw_measure measure;
};

static const struct column of_two[] = {{"percent", LW_MEASURE_PERCENT}, {"Cohen", LW_MEASURE_COHEN},
    {"alpha", LW_MEASURE_ALPHA_NOMINAL}, {"AC1", LW_MEASURE_AC1}};
static const struct column of_more[] = {{"percent", LW_MEASURE_PERCENT},
    {"Fleiss", LW_MEASURE_FLEISS}, {"alpha", LW_MEASURE_ALPHA_NOMINAL}, {"AC1", LW_MEASURE_AC1}};
static const struct column of_spans[] = {
    {"F1 spans", LW_MEASURE_SPANS_EXACT}, {"F1 bytes", LW_MEASURE_SPANS_BYTES}};

static void add_option(struct lw_buf *to, const struct lw_concordance *a, size_t option,
    const struct column *column, size_t n, struct notes *notes)
{
    lw_buf_str(to, "  ");
    add_cell(to, a->option[option], 32, false);
    lw_buf_fmt(to, "%8" PRIu64, a->given[option]);
    for (size_t i = 0; i < n; i++) {
        const struct lw_concordance_row *row = find_row(a, column[i].measure, (int)option);
        if (row)
            add_value(to, &row->figure, notes, 9);
    }
    end_line(to);
}

static size_t count_given(const struct lw_concordance *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->options; i++)
        n += a->given[i] > 0;
    return n;
}

static void add_options(const struct lw_concordance *a, struct lw_buf *to)
{
    bool spans = a->asked->q->type == LW_Q_SPANS;
    const struct column *column = spans ? of_spans : a->kinds->annotators > 2 ? of_more : of_two;
    size_t n = spans ? 2 : 4, given = count_given(a), shown = 0;
    struct notes notes = {.n = 0};
    if (given == 0)
        return;
    lw_buf_fmt(to, "\n  %-32s%8s", "each answer alone, or not", "given");
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(to, "%9s", column[i].title);
    lw_buf_char(to, '\n');
    for (size_t i = 0; i < a->options && shown < OPTIONS; i++) {
        if (a->given[i] == 0)
            continue;
        add_option(to, a, i, column, n, &notes);
        shown++;
    }
    if (given > shown)
        lw_buf_fmt(to, "  and %zu more; --json has all\n", given - shown);
    add_notes(to, &notes);
}

/* ---- confusion */

static uint64_t times_used(const struct lw_concordance *a, const uint64_t *count, size_t kind)
{
    size_t n = a->kinds->categories;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += count[kind * n + i] + count[i * n + kind];
    return sum;
}

static size_t find_used(const struct lw_concordance *a, const uint64_t *count, size_t *used)
{
    size_t n = 0;
    for (size_t i = 0; i < a->kinds->categories; i++)
        if (times_used(a, count, i) > 0 && ++n <= TABLE_KINDS)
            used[n - 1] = i;
    return n;
}

static void add_table(struct lw_buf *to, const struct lw_concordance *a, const uint64_t *count,
    const size_t *used, size_t n)
{
    int cols = (WIDTH - 20) / (int)n < 12 ? (WIDTH - 20) / (int)n : 12;
    lw_buf_fmt(to, "  %18s", "");
    for (size_t i = 0; i < n; i++) {
        lw_buf_char(to, ' ');
        add_cell(to, a->kind[used[i]], cols - 1, true);
    }
    end_line(to);
    for (size_t i = 0; i < n; i++) {
        lw_buf_str(to, "  ");
        add_cell(to, a->kind[used[i]], 18, false);
        for (size_t k = 0; k < n; k++)
            lw_buf_fmt(to, "%*" PRIu64, cols, count[used[i] * a->kinds->categories + used[k]]);
        end_line(to);
    }
}

static void add_confusion(
    const struct lw_label_set *s, const struct lw_concordance *g, int a, int b, struct lw_buf *to)
{
    uint64_t *count = lw_concordance_confusion(g, a, b);
    size_t used[TABLE_KINDS], n = find_used(g, count, used);
    if (n > 0 && n <= TABLE_KINDS) {
        char *title = a >= 0 ? lw_format("%d %s down, %d %s across", a + 1, s->annotator[a].name,
                                   b + 1, s->annotator[b].name)
                             : lw_strdup("each two annotators, both ways");
        lw_buf_str(to, "\n  ");
        add_cell(to, title, WIDTH - 2, false);
        end_line(to);
        add_table(to, g, count, used, n);
        free(title);
    }
    free(count);
}

static void add_confusions(
    const struct lw_label_set *s, const struct lw_concordance *g, struct lw_buf *to)
{
    enum lw_qtype type = g->asked->q->type;
    if (type == LW_Q_SPANS || type == LW_Q_RANK || g->items == 0)
        return;
    if (s->annotators > PAIRED)
        add_confusion(s, g, -1, -1, to);
    for (int a = 0; s->annotators <= PAIRED && a < (int)s->annotators; a++)
        for (int b = a + 1; b < (int)s->annotators; b++)
            add_confusion(s, g, a, b, to);
}

/* ---- where they differ */

static uint64_t count_differences(const struct lw_concordance *a)
{
    uint64_t n = 0;
    for (size_t i = 0; i < a->asked->units; i++)
        n += lw_concordance_differs(a, i);
    return n;
}

static void add_difference(
    const struct lw_label_set *s, const struct lw_concordance *a, size_t unit, struct lw_buf *to)
{
    const struct lw_unit *u = &a->asked->unit[unit];
    struct lw_buf line = {0};
    lw_buf_fmt(&line, "    %s%s%s", s->task[u->task].id, *u->item ? " " : "", u->item);
    for (size_t i = 0; i < s->annotators; i++) {
        int32_t given = a->kinds->given[unit * s->annotators + i];
        if (given != LW_RATING_NONE)
            lw_buf_fmt(&line, "  %zu: %s", i + 1, a->kind[given]);
    }
    lw_buf_str(&line, s->task[u->task].changed ? "  (record changed)" : "");
    add_cell(to, line.data, WIDTH, false);
    end_line(to);
    lw_buf_fini(&line);
}

static void add_differences(
    const struct lw_label_set *s, const struct lw_concordance *a, uint64_t all, struct lw_buf *to)
{
    size_t shown = 0;
    if (all == 0)
        return;
    lw_buf_str(to, "\n  where they differ:\n");
    for (size_t i = 0; i < a->asked->units && shown < DIFFERENCES; i++) {
        if (!lw_concordance_differs(a, i))
            continue;
        add_difference(s, a, i, to);
        shown++;
    }
    if (all > shown)
        lw_buf_fmt(to, "    and %" PRIu64 " more; --json has all\n", all - shown);
}

/* ---- a question */

static void add_title(const struct lw_concordance *a, uint64_t differ, struct lw_buf *to)
{
    const struct lw_question *q = a->asked->q;
    char *text = lw_format("%s (%s, on %s): %" PRIu64 " item%s in %" PRIu64
                           " task%s answered by two or more, %" PRIu64
                           " pair%s of answers; %" PRIu64 " item%s differ%s.%s",
        q->name, lw_qtype_name(q->type), lw_target_name(q->on), a->items, plural(a->items),
        a->tasks, plural(a->tasks), a->pairs, plural(a->pairs), differ, plural(differ),
        differ == 1 ? "s" : "",
        a->tasks > 0 && a->tasks < LW_SMALL_SAMPLE
            ? " A small sample: nothing can be concluded from it."
            : "");
    lw_buf_char(to, '\n');
    add_wrapped(to, text, 0);
    free(text);
}

static void add_question(
    const struct lw_concordance_report *r, const struct lw_concordance *a, struct lw_buf *to)
{
    uint64_t differ = count_differences(a);
    add_title(a, differ, to);
    add_figures(r, a, to);
    add_options(a, to);
    add_confusions(r->set, a, to);
    add_differences(r->set, a, differ, to);
}

static void add_refused(const struct lw_concordance *a, struct lw_buf *to)
{
    char *text = lw_format("%s is left out: %s.", a->asked->name, a->refused);
    lw_buf_char(to, '\n');
    add_wrapped(to, text, 0);
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
