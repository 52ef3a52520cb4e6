/* The tables of a question: each answer alone, who said what, and where they differ. */
#define _GNU_SOURCE
#include "agree/report_lines_internal.h"

#include <inttypes.h>
#include <stdlib.h>

enum { DIFFERENCES = 10, OPTIONS = 30, TABLE_KINDS = 9, PAIRED = 3 };

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
    const struct column *column, size_t n, struct lw_report_notes *notes)
{
    lw_buf_str(to, "  ");
    lw_report_cell(to, a->option[option], 32, false);
    lw_buf_fmt(to, "%8" PRIu64, a->given[option]);
    for (size_t i = 0; i < n; i++) {
        const struct lw_concordance_row *row = find_row(a, column[i].measure, (int)option);
        if (row)
            lw_report_value(to, &row->figure, notes, 9);
    }
    lw_report_end_line(to);
}

static size_t count_given(const struct lw_concordance *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->options; i++)
        n += a->given[i] > 0;
    return n;
}

void lw_report_options(const struct lw_concordance *a, struct lw_buf *to)
{
    bool spans = a->asked->q->type == LW_Q_SPANS;
    const struct column *column = spans ? of_spans : a->kinds->annotators > 2 ? of_more : of_two;
    size_t n = spans ? 2 : 4, given = count_given(a), shown = 0;
    struct lw_report_notes notes = {.n = 0};
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
    lw_report_notes(to, &notes);
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
    int cols = (LW_REPORT_WIDTH - 20) / (int)n < 12 ? (LW_REPORT_WIDTH - 20) / (int)n : 12;
    lw_buf_fmt(to, "  %18s", "");
    for (size_t i = 0; i < n; i++) {
        lw_buf_char(to, ' ');
        lw_report_cell(to, a->kind[used[i]], cols - 1, true);
    }
    lw_report_end_line(to);
    for (size_t i = 0; i < n; i++) {
        lw_buf_str(to, "  ");
        lw_report_cell(to, a->kind[used[i]], 18, false);
        for (size_t k = 0; k < n; k++)
            lw_buf_fmt(to, "%*" PRIu64, cols, count[used[i] * a->kinds->categories + used[k]]);
        lw_report_end_line(to);
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
        lw_report_cell(to, title, LW_REPORT_WIDTH - 2, false);
        lw_report_end_line(to);
        add_table(to, g, count, used, n);
        free(title);
    }
    free(count);
}

void lw_report_confusions(
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

uint64_t lw_report_count_differences(const struct lw_concordance *a)
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
    lw_report_cell(to, line.data, LW_REPORT_WIDTH, false);
    lw_report_end_line(to);
    lw_buf_fini(&line);
}

void lw_report_differences(
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
