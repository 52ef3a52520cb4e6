/* A timesheet as a table for people: which columns there are, which fit, and the sentences below.
 */
#include "labelwright/text/glyph.h"
#include "labelwright/timesheet/timesheet_formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 2, NAME_COLS = 28 };

/* ---- cells */

/* Seconds that were cut off in the rows above, of the column that is written. */
struct pen {
    const struct lw_timesheet *t;
    const struct lw_timesheet_row *row; /* the total's is &t->total */
    int64_t rest_ms;
};

static bool is_total(const struct pen *p)
{
    return p->row == &p->t->total;
}

static bool is_twice(const struct pen *p)
{
    return !is_total(p) && p->row->project == LW_TWICE;
}

/* Whole seconds; the total's are those of all rows. */
static void add_time(struct pen *p, int64_t ms, struct lw_buf *to)
{
    int64_t sum = ms + (is_total(p) ? 0 : p->rest_ms);
    int64_t seconds = sum / 1000 - (sum % 1000 < 0);
    p->rest_ms = sum - seconds * 1000;
    lw_clock_text(seconds, to);
}

static void write_period(struct pen *p, struct lw_buf *to)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    char name[LW_PERIOD_MAX];
    if (is_total(p)) {
        lw_buf_str(to, "Total");
        return;
    }
    lw_timesheet_period(p->t, p->row, name);
    bool again = p->row > p->t->row && p->row[-1].day == p->row->day;
    if (p->t->opts.by == LW_BY_DAY && !again)
        lw_buf_fmt(to, "%s ", names[lw_date_weekday(p->row->day)]);
    lw_buf_str(to, again ? "" : name);
}

static void write_project(struct pen *p, struct lw_buf *to)
{
    if (is_total(p)) {
        lw_buf_str(to, p->t->opts.by == LW_BY_PROJECT ? "Total" : "");
        return;
    }
    const char *name = is_twice(p) ? "(counted twice)" : p->t->opts.project[p->row->project].name;
    struct lw_buf clean = {0};
    lw_clean(name, strlen(name), false, &clean);
    size_t n = clean.len;
    if (n && lw_cols(clean.data, n, NAME_COLS) > NAME_COLS) {
        lw_buf_add(to, clean.data, lw_fit(clean.data, n, NAME_COLS - 1));
        lw_buf_str(to, "…");
    } else {
        lw_buf_add(to, clean.data, n);
    }
    lw_buf_fini(&clean);
}

static void write_moment(const struct pen *p, struct lw_local_time at, struct lw_buf *to)
{
    if (is_total(p) || !p->row->seen)
        return;
    struct lw_buf text = {0};
    lw_local_text(at, &text); /* 2026-11-22T09:00:01… */
    if (p->t->opts.by == LW_BY_DAY)
        lw_buf_add(to, text.data + 11, 5);
    else
        lw_buf_add(to, text.data, 10);
    lw_buf_fini(&text);
}

static void write_first(struct pen *p, struct lw_buf *to)
{
    write_moment(p, p->row->first, to);
}

static void write_last(struct pen *p, struct lw_buf *to)
{
    write_moment(p, p->row->last, to);
}

/* Labels by scripts alone have no time. */
static bool has_time(const struct pen *p)
{
    return is_total(p) || is_twice(p) || p->row->seen;
}

static void write_active(struct pen *p, struct lw_buf *to)
{
    if (has_time(p))
        add_time(p, p->row->active_ms, to);
}

#define TIME(name)                                                                                 \
    static void write_##name(struct pen *p, struct lw_buf *to)                                     \
    {                                                                                              \
        if (!is_twice(p) && has_time(p))                                                           \
            add_time(p, p->row->name##_ms, to);                                                    \
    }
TIME(guidelines)
TIME(idle)
TIME(asleep)
TIME(break)
#undef TIME

#define COUNT(name)                                                                                \
    static void write_##name(struct pen *p, struct lw_buf *to)                                     \
    {                                                                                              \
        if (!is_twice(p))                                                                          \
            lw_buf_fmt(to, "%" PRIu64, p->row->name);                                              \
    }
COUNT(sessions)
COUNT(breaks)
COUNT(done)
COUNT(skipped)
COUNT(replaced)
COUNT(undone)
#undef COUNT

/* "4.2s", "1:05", "1:00:05" */
static void add_span(int64_t ms, struct lw_buf *to)
{
    int64_t tenths = (ms + 50) / 100, s = (ms + 500) / 1000;
    if (tenths < 600)
        lw_buf_fmt(to, "%d.%ds", (int)(tenths / 10), (int)(tenths % 10));
    else if (s < 3600)
        lw_buf_fmt(to, "%d:%02d", (int)(s / 60), (int)(s % 60));
    else
        lw_clock_text(s, to);
}

static void write_median(struct pen *p, struct lw_buf *to)
{
    if (!is_total(p) && p->row->timed)
        add_span(p->row->median, to);
}

static void write_spread(struct pen *p, struct lw_buf *to)
{
    if (is_total(p) || !p->row->timed)
        return;
    add_span(p->row->lower, to);
    lw_buf_str(to, " to ");
    add_span(p->row->upper, to);
}

/* ---- columns */

enum shown { ALWAYS, IF_ANY, IF_SEEN, IF_SEVERAL, IF_PERIODS };

struct column {
    const char *title;
    void (*write)(struct pen *p, struct lw_buf *to);
    size_t any; /* IF_ANY: the figure in the total that must not be 0 */
    enum shown shown;
    bool left;
    int rank; /* those with a higher one go first when not all fit */
};

#define ANY(member) offsetof(struct lw_timesheet_row, member), IF_ANY
static const struct column columns[] = {
    {"Day", write_period, 0, IF_PERIODS, true, 0},
    {"Project", write_project, 0, IF_SEVERAL, true, 0},
    {"First", write_first, 0, IF_SEEN, true, 5},
    {"Last", write_last, 0, IF_SEEN, true, 4},
    {"Active", write_active, 0, ALWAYS, false, 0},
    {"Guides", write_guidelines, ANY(guidelines_ms), false, 11},
    {"Idle", write_idle, ANY(idle_ms), false, 3},
    {"Asleep", write_asleep, ANY(asleep_ms), false, 10},
    {"Breaks", write_breaks, ANY(breaks), false, 9},
    {"Break", write_break, ANY(break_ms), false, 6},
    {"Sessions", write_sessions, ANY(sessions), false, 12},
    {"Done", write_done, 0, ALWAYS, false, 1},
    {"Skipped", write_skipped, ANY(skipped), false, 7},
    {"Replaced", write_replaced, ANY(replaced), false, 13},
    {"Undone", write_undone, ANY(undone), false, 14},
    {"Per task", write_median, ANY(timed), false, 2},
    {"Middle half", write_spread, ANY(timed), false, 8},
};
#undef ANY
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *title_of(const struct lw_timesheet *t, size_t column)
{
    static const char *const periods[] = {"Day", "Week", "Month", ""};
    return columns[column].write == write_period ? periods[t->opts.by] : columns[column].title;
}

static bool is_wanted(const struct lw_timesheet *t, const struct column *c)
{
    uint64_t any;
    memcpy(&any, (const char *)&t->total + c->any, sizeof any);
    switch (c->shown) {
    case ALWAYS:
        return true;
    case IF_ANY:
        return any != 0;
    case IF_SEEN:
        return t->total.seen;
    case IF_SEVERAL:
        return t->opts.nprojects > 1 || t->opts.by == LW_BY_PROJECT;
    case IF_PERIODS:
        return t->opts.by != LW_BY_PROJECT;
    }
    return false;
}

/* ---- the table */

struct cell {
    char *text;
    int cols;
};

struct table {
    const struct lw_timesheet *t;
    struct cell *cell; /* a row of them for the titles, each row, and the total */
    size_t rows;
    int width[COLUMNS];
    bool shown[COLUMNS];
};

static void set_cell(struct table *of, size_t row, size_t column, struct lw_buf *text)
{
    struct cell *c = &of->cell[row * COLUMNS + column];
    c->text = lw_buf_detach(text);
    c->cols = lw_cols(c->text, strlen(c->text), -1);
    of->width[column] = c->cols > of->width[column] ? c->cols : of->width[column];
}

static void fill_column(struct table *of, size_t column)
{
    struct pen pen = {.t = of->t};
    struct lw_buf text = {0};
    lw_buf_str(&text, title_of(of->t, column));
    set_cell(of, 0, column, &text);
    for (size_t i = 1; i < of->rows; i++) {
        pen.row = i < of->rows - 1 ? &of->t->row[i - 1] : &of->t->total;
        columns[column].write(&pen, &text);
        set_cell(of, i, column, &text);
    }
}

static int table_width(const struct table *of)
{
    int width = -GAP;
    for (size_t i = 0; i < COLUMNS; i++)
        width += of->shown[i] ? of->width[i] + GAP : 0;
    return width;
}

/* Leaves out columns until the rest fits; `left_out` gets their titles. */
static void fit(struct table *of, int cols, struct lw_buf *left_out)
{
    for (int rank = COLUMNS; rank > 0 && table_width(of) > cols; rank--)
        for (size_t i = 0; i < COLUMNS; i++)
            if (of->shown[i] && columns[i].rank == rank) {
                of->shown[i] = false;
                lw_buf_fmt(left_out, "%s%s", left_out->len ? ", " : "", columns[i].title);
            }
}

static void add_blanks(struct lw_buf *to, int n)
{
    while (n-- > 0)
        lw_buf_char(to, ' ');
}

static void add_row(const struct table *of, size_t row, struct lw_buf *to)
{
    int owed = 0; /* blanks are written before something, not at the end of a line */
    for (size_t i = 0; i < COLUMNS; i++) {
        if (!of->shown[i])
            continue;
        const struct cell *c = &of->cell[row * COLUMNS + i];
        int pad = of->width[i] - c->cols;
        if (c->cols > 0) {
            add_blanks(to, owed + (columns[i].left ? 0 : pad));
            lw_buf_str(to, c->text);
            owed = columns[i].left ? pad : 0;
        } else {
            owed += of->width[i];
        }
        owed += GAP;
    }
    lw_buf_char(to, '\n');
}

static void add_rule(const struct table *of, struct lw_buf *to)
{
    for (int i = table_width(of); i > 0; i--)
        lw_buf_char(to, '-');
    lw_buf_char(to, '\n');
}

/* ---- sentences */

/* The words of a sentence, cleaned, in lines of `cols` columns; all but the first are indented. */
static void add_wrapped(const char *text, int cols, struct lw_buf *to)
{
    struct lw_buf clean = {0};
    int col = 0;
    lw_clean(text, strlen(text), false, &clean);
    for (char *word = strtok(clean.data, " "); word; word = strtok(NULL, " ")) {
        int n = lw_cols(word, strlen(word), -1);
        if (col > 0 && col + 1 + n > cols) {
            lw_buf_str(to, "\n  ");
            col = 2;
        } else if (col > 0) {
            lw_buf_char(to, ' ');
            col++;
        }
        lw_buf_str(to, word);
        col += n;
    }
    lw_buf_char(to, '\n');
    lw_buf_fini(&clean);
}

static void add_sentence(const struct lw_timesheet *t, enum lw_timesheet_note_kind kind,
    size_t project, int cols, struct lw_buf *to)
{
    struct lw_buf text = {0};
    lw_timesheet_sentence(t, kind, project, &text);
    if (text.len > 0)
        add_wrapped(text.data, cols, to);
    lw_buf_fini(&text);
}

static void add_sentences(
    const struct lw_timesheet *t, const struct lw_buf *left_out, int cols, struct lw_buf *to)
{
    for (int kind = 0; kind < LW_NOTE_DAMAGED; kind++)
        add_sentence(t, (enum lw_timesheet_note_kind)kind, SIZE_MAX, cols, to);
    for (size_t i = 0; i < t->opts.nprojects; i++)
        if (t->opts.project[i].damage)
            add_sentence(t, LW_NOTE_DAMAGED, i, cols, to);
    if (left_out->len == 0)
        return;
    char *text = lw_format("No room here for %s: see --csv, or widen the window.", left_out->data);
    add_wrapped(text, cols, to);
    free(text);
}

static void add_table(struct table *of, int cols, struct lw_buf *left_out, struct lw_buf *to)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        of->shown[i] = is_wanted(of->t, &columns[i]);
        if (of->shown[i])
            fill_column(of, i);
    }
    fit(of, cols, left_out);
    for (size_t i = 0; i < of->rows; i++) {
        if (i == 1 || i == of->rows - 1)
            add_rule(of, to);
        add_row(of, i, to);
    }
}

void lw_timesheet_text(const struct lw_timesheet *t, int cols, struct lw_buf *to)
{
    struct lw_buf left_out = {0}, below = {0};
    struct table table = {.t = t, .rows = t->nrows + 2};
    table.cell = lw_alloc(table.rows * COLUMNS * sizeof *table.cell);
    if (t->nrows > 0)
        add_table(&table, cols, &left_out, to);
    else
        lw_buf_str(to, "No work in this time.\n");
    add_sentences(t, &left_out, cols, &below);
    if (below.len > 0)
        lw_buf_fmt(to, "\n%s", below.data);
    for (size_t i = 0; i < table.rows * COLUMNS; i++)
        free(table.cell[i].text);
    free(table.cell);
    lw_buf_fini(&left_out);
    lw_buf_fini(&below);
}
